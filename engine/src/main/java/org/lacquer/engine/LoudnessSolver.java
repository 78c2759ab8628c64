// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.analysis.GatedLoudness;
import org.lacquer.analysis.KWeightedPower;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioSource;
import org.lacquer.audio.AudioSpool;
import org.lacquer.audio.Decibels;
import org.lacquer.audio.StreamFormat;

import java.io.IOException;

/**
 * Finds the drive at which a limiter lands on a loudness.
 *
 * <p>The audio in front of the limiter is filtered and searched for peaks once. A trial then costs
 * one run of the gain curve: the energy of each 10 ms hop is scaled by the mean square of the gain
 * in it, which differs from limiting and measuring anew by some hundredths of a LU. The caller
 * measures the rendered result and tells the solver what it was, so that this difference is taken
 * out too.
 */
final class LoudnessSolver implements AutoCloseable {
    private static final int BLOCK = 8_192;
    private static final double MAX_DRIVE_ABOVE_LINEAR_DB = 40.0;
    private static final double TOLERANCE_LU = 0.003;
    private static final int MAX_TRIALS = 40;

    private final LimiterSettings settings;
    private final StreamFormat format;
    private final double[] hopEnergies;
    private final AudioSpool peaks;
    private final double linearLufs;

    /** What rendering measured above the estimate, learned from {@link #measured}. */
    private double correctionLu;

    LoudnessSolver(AudioSpool audio, LimiterSettings settings, long memoryLimitBytes)
            throws IOException {
        this.settings = settings;
        this.format = audio.format();
        KWeightedPower power = new KWeightedPower(format);
        this.peaks = new AudioSpool(new StreamFormat(format.sampleRateHz(), 1), memoryLimitBytes);
        PeakEnvelope envelope = PeakEnvelope.coarse(format.channels(), BLOCK);
        double[] values = new double[BLOCK];
        try (AudioSource source = audio.source()) {
            AudioBlock block = new AudioBlock(format.channels(), BLOCK);
            AudioBlock out = new AudioBlock(1, BLOCK);
            int toDrop = envelope.latencyFrames();
            while (source.read(block) > 0) {
                power.write(block);
                toDrop = search(envelope, block, values, out, toDrop);
            }
            block.setFrames(envelope.latencyFrames());
            block.clear();
            search(envelope, block, values, out, toDrop);
        }
        peaks.finish();
        this.hopEnergies = power.hopEnergies();
        this.linearLufs = GatedLoudness.integratedLufs(hopEnergies, format);
    }

    private int search(
            PeakEnvelope envelope, AudioBlock block, double[] values, AudioBlock out, int toDrop)
            throws IOException {
        envelope.process(block, 0, block.frames(), values);
        int dropped = Math.min(toDrop, block.frames());
        out.setFrames(block.frames() - dropped);
        for (int i = 0; i < out.frames(); i++) {
            out.channel(0)[i] = (float) values[i + dropped];
        }
        peaks.write(out);
        return toDrop - dropped;
    }

    /** Loudness in front of the limiter; NaN for silence. */
    double linearLufs() {
        return linearLufs;
    }

    /** Loudness that the largest drive would reach. */
    double loudestLufs(double fastDb) throws IOException {
        double largest = Math.min(60.0, -14.0 - linearLufs + MAX_DRIVE_ABOVE_LINEAR_DB);
        return estimateLufs(largest, fastDb) + correctionLu;
    }

    /** Tells the solver what a rendering with {@code driveDb} measured. */
    void measured(double driveDb, double fastDb, double measuredLufs) throws IOException {
        correctionLu = measuredLufs - estimateLufs(driveDb, fastDb);
    }

    /**
     * The drive for a loudness, rounded to 0.001 dB; NaN when even the largest drive stays below.
     *
     * <p>Loudness rises with drive, by at most 1 LU per dB. Regula falsi with the Illinois weight
     * (M. Dowell, P. Jarratt, BIT 11, 1971) between the drive that would do without limiting and
     * the largest.
     */
    double driveDb(double targetLufs, double fastDb) throws IOException {
        double wanted = targetLufs - correctionLu;
        double low = Math.max(-60.0, wanted - linearLufs - 0.5);
        double lowError = estimateLufs(low, fastDb) - wanted;
        double high = Math.min(60.0, low + 1.0);
        double highError = estimateLufs(high, fastDb) - wanted;
        double largest = Math.min(60.0, low + MAX_DRIVE_ABOVE_LINEAR_DB);
        while (highError < 0.0) {
            if (high >= largest) {
                return Double.NaN;
            }
            low = high;
            lowError = highError;
            high = Math.min(largest, high + Math.max(1.0, -1.5 * highError));
            highError = estimateLufs(high, fastDb) - wanted;
        }
        double drive = low;
        double error = lowError;
        int side = 0;
        for (int trial = 0;
                trial < MAX_TRIALS && Math.abs(error) > TOLERANCE_LU && high - low > 1e-4;
                trial++) {
            drive = (low * highError - high * lowError) / (highError - lowError);
            error = estimateLufs(drive, fastDb) - wanted;
            if (error < 0.0) {
                low = drive;
                lowError = error;
                highError = side == -1 ? highError / 2.0 : highError;
                side = -1;
            } else {
                high = drive;
                highError = error;
                lowError = side == 1 ? lowError / 2.0 : lowError;
                side = 1;
            }
        }
        return Math.rint(drive * 1_000.0) / 1_000.0;
    }

    private double estimateLufs(double driveDb, double fastDb) throws IOException {
        double drive = Decibels.toGain(driveDb);
        double limit = Decibels.toGain(settings.ceilingDbtp() - Limiter.MARGIN_DB) / drive;
        GainModel gain = new GainModel(limit, limit * Decibels.toGain(fastDb));
        double[] scaled = new double[hopEnergies.length];
        HopMeans means = new HopMeans(scaled, -gain.latencyFrames());
        AudioBlock block = new AudioBlock(1, BLOCK);
        try (AudioSource source = peaks.source()) {
            while (source.read(block) > 0) {
                float[] values = block.channel(0);
                for (int i = 0; i < block.frames(); i++) {
                    means.add(gain.next(values[i]));
                }
            }
        }
        for (int i = 0; i < gain.latencyFrames(); i++) {
            means.add(gain.next(0.0));
        }
        double power = drive * drive;
        for (int h = 0; h < scaled.length; h++) {
            scaled[h] *= power * hopEnergies[h];
        }
        return GatedLoudness.integratedLufs(scaled, format);
    }

    @Override
    public void close() throws IOException {
        peaks.close();
    }

    /** The slow and the fast gain of a {@link Limiter} in series, for peaks instead of audio. */
    private final class GainModel {
        private final GainCurve slow = GainCurve.limiting(settings, format);
        private final GainCurve fast = GainCurve.trimming(Limiter.TRIM_REACH_MS, format);
        private final double[] peakRing = new double[slow.latencyFrames()];
        private final double[] gainRing = new double[fast.latencyFrames()];
        private final double limit;
        private final double slowLimit;
        private int peakPosition;
        private int gainPosition;

        GainModel(double limit, double slowLimit) {
            this.limit = limit;
            this.slowLimit = slowLimit;
        }

        int latencyFrames() {
            return slow.latencyFrames() + fast.latencyFrames();
        }

        double next(double peak) {
            double delayedPeak = peakRing[peakPosition];
            peakRing[peakPosition] = peak;
            peakPosition = peakPosition + 1 == peakRing.length ? 0 : peakPosition + 1;
            double slowGain = slow.next(peak, slowLimit);
            double fastGain = fast.next(delayedPeak * slowGain, limit);
            double delayedGain = gainRing[gainPosition];
            gainRing[gainPosition] = slowGain;
            gainPosition = gainPosition + 1 == gainRing.length ? 0 : gainPosition + 1;
            return delayedGain * fastGain;
        }
    }

    /** Mean square of gains by hop; hop h begins at frame round(h · rate / 100). */
    private final class HopMeans {
        private final double[] means;
        private long frame;
        private int hop;
        private long hopEnd;
        private long hopStart;
        private double sum;

        HopMeans(double[] means, long firstFrame) {
            this.means = means;
            this.frame = firstFrame;
            this.hopEnd = start(1);
        }

        private long start(long hop) {
            return Math.round(hop * format.sampleRateHz() / 100.0);
        }

        void add(double gain) {
            if (frame >= 0) {
                sum += gain * gain;
            }
            frame++;
            if (frame == hopEnd) {
                if (hop < means.length) {
                    means[hop] = sum / (hopEnd - hopStart);
                }
                hop++;
                sum = 0.0;
                hopStart = hopEnd;
                hopEnd = start(hop + 1L);
            }
        }
    }
}
