// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.jspecify.annotations.Nullable;
import org.lacquer.analysis.GatedLoudness;
import org.lacquer.analysis.KWeightedPower;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioSource;
import org.lacquer.audio.AudioSpool;
import org.lacquer.audio.Decibels;
import org.lacquer.audio.StreamFormat;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Finds the drive at which a limiter lands on a loudness.
 *
 * <p>The audio in front of the limiter is filtered and searched for peaks once. A trial then costs
 * one run of the gain curve: the energy of each 10 ms hop is scaled by the mean square of the gain
 * in it, which differs from limiting and measuring anew by some hundredths of a LU. The caller
 * measures the rendered result and tells the solver what it was, so that this difference is taken
 * out too.
 */
final class LoudnessSolver {
    private static final int BLOCK = 8_192;

    /** Peaks that the gain curve works on at once. */
    private static final int CHUNK = 1_024;

    /** Frames to a group where the rate allows; the peaks of one share a gain in the estimate. */
    private static final int GROUP = 8;

    private static final double MAX_DRIVE_ABOVE_LINEAR_DB = 40.0;
    private static final double TOLERANCE_LU = 0.003;
    private static final int MAX_TRIALS = 40;
    private static final int SHARE_STEPS = 100;
    private static final double[] SHARES =
            IntStream.rangeClosed(0, SHARE_STEPS)
                    .mapToDouble(k -> (double) k / SHARE_STEPS)
                    .toArray();

    private final LimiterSettings settings;
    private final StreamFormat format;

    /** Rate of the peaks: one a group of frames. */
    private final StreamFormat peakFormat;

    private final double[] hopEnergies;
    private final float[] peaks;

    /** How much of each peak is bass, in steps of 1/{@value #SHARE_STEPS}. */
    private final byte[] bassShares;

    private final int groupFrames;
    private final double linearLufs;

    /** What was estimated so far: some trials are asked for more than once. */
    private final Map<Trial, Double> estimates = new HashMap<>();

    /** What rendering measured above the estimate, learned from {@link #measured}. */
    private double correctionLu;

    private record Trial(double driveDb, double fastDb) {}

    LoudnessSolver(AudioSpool audio, LimiterSettings settings) throws IOException {
        this.settings = settings;
        this.format = audio.format();
        int groups = Math.max(1, Math.min(GROUP, format.sampleRateHz() / StreamFormat.MIN_RATE_HZ));
        this.groupFrames = groups;
        this.peakFormat = new StreamFormat(format.sampleRateHz() / groups, 1);
        KWeightedPower power = new KWeightedPower(format);
        this.peaks = new float[Math.toIntExact(audio.frames() / groups + 1)];
        this.bassShares = new byte[peaks.length];
        PeakEnvelope envelope = PeakEnvelope.coarse(format.channels(), BLOCK);
        BassShare share = new BassShare(format, envelope.latencyFrames(), BLOCK);
        double[] values = new double[BLOCK];
        double[] shares = new double[BLOCK];
        long frame = -share.latencyFrames();
        try (AudioSource source = audio.source()) {
            AudioBlock block = new AudioBlock(format.channels(), BLOCK);
            while (source.read(block) > 0) {
                power.write(block);
                envelope.process(block, 0, block.frames(), values);
                share.process(block, 0, 0, block.frames(), values, shares);
                frame = group(values, shares, block.frames(), frame);
            }
            block.setFrames(share.latencyFrames());
            block.clear();
            envelope.process(block, 0, block.frames(), values);
            share.process(block, 0, 0, block.frames(), values, shares);
            group(values, shares, block.frames(), frame);
        }
        this.hopEnergies = power.hopEnergies();
        this.linearLufs = GatedLoudness.integratedLufs(hopEnergies, format);
    }

    /** Keeps the largest peak of each group and its share of bass. */
    private long group(double[] values, double[] shares, int count, long firstFrame) {
        int i = (int) Math.max(0, -firstFrame);
        while (i < count) {
            int group = (int) ((firstFrame + i) / groupFrames);
            int end = (int) Math.min(count, (group + 1L) * groupFrames - firstFrame);
            for (; i < end; i++) {
                if (values[i] > peaks[group]) {
                    peaks[group] = (float) values[i];
                    bassShares[group] = (byte) Math.round(SHARE_STEPS * shares[i]);
                }
            }
        }
        return firstFrame + count;
    }

    /** Loudness in front of the limiter; NaN for silence. */
    double linearLufs() {
        return linearLufs;
    }

    /** Loudness that the largest drive would reach. */
    double loudestLufs(double fastDb) {
        double largest = Math.min(60.0, -14.0 - linearLufs + MAX_DRIVE_ABOVE_LINEAR_DB);
        return estimateLufs(largest, fastDb) + correctionLu;
    }

    /** Highest peak in front of the limiter, on a grid of two points a frame. */
    double highestPeakDb() {
        float highest = 0f;
        for (float peak : peaks) {
            highest = Math.max(highest, peak);
        }
        return Decibels.fromGain(highest);
    }

    /** The loudness up to which limiting costs at most so much of it, to 0.1 LU or so. */
    double cleanestLufs(double lossDb, double fastDb) {
        double low = -60.0;
        double high = 60.0;
        while (high - low > 0.1) {
            double drive = 0.5 * (low + high);
            double loudness = estimateLufs(drive, fastDb);
            if (linearLufs + drive - loudness <= lossDb) {
                low = drive;
            } else {
                high = drive;
            }
        }
        return estimateLufs(low, fastDb) + correctionLu;
    }

    /** Whether a drive is enough for a loudness. */
    boolean reaches(double targetLufs, double driveDb, double fastDb) {
        return estimateLufs(Math.min(60.0, driveDb), fastDb) + correctionLu >= targetLufs;
    }

    /** Tells the solver what a rendering with {@code driveDb} measured. */
    void measured(double driveDb, double fastDb, double measuredLufs) {
        correctionLu = measuredLufs - estimateLufs(driveDb, fastDb);
    }

    /**
     * The drive for a loudness, rounded to 0.001 dB; NaN when even the largest drive stays below.
     *
     * <p>Loudness rises with drive, by at most 1 LU per dB. Regula falsi with the Illinois weight
     * (M. Dowell, P. Jarratt, BIT 11, 1971) between the drive that would do without limiting and
     * the largest.
     */
    double driveDb(double targetLufs, double fastDb) {
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

    private double estimateLufs(double driveDb, double fastDb) {
        return estimates.computeIfAbsent(new Trial(driveDb, fastDb), this::estimateLufs);
    }

    private double estimateLufs(Trial trial) {
        double drive = Decibels.toGain(trial.driveDb());
        double limit = Decibels.toGain(settings.ceilingDbtp() - Limiter.MARGIN_DB) / drive;
        GainModel gain = new GainModel(settings.withFastDb(trial.fastDb()), limit);
        double[] scaled = new double[hopEnergies.length];
        HopMeans means = new HopMeans(scaled);
        int latency = gain.latencyFrames();
        double[] gains = new double[CHUNK];
        int end = peaks.length + latency;
        for (int start = 0; start < end; start += CHUNK) {
            int count = Math.min(CHUNK, end - start);
            gain.process(start, count, gains);
            means.add(gains, Math.max(0, latency - start), count, start - latency);
        }
        means.finish();
        double power = drive * drive;
        for (int h = 0; h < scaled.length; h++) {
            scaled[h] *= power * hopEnergies[h];
        }
        return GatedLoudness.integratedLufs(scaled, format);
    }

    /** The gains of a {@link Limiter} in series, for peaks instead of audio. */
    private final class GainModel {
        private final GainCurve slow = GainCurve.limiting(settings, peakFormat, CHUNK);
        private final @Nullable BassGain bass;
        private final GainCurve fast = GainCurve.trimming(Limiter.FAST_REACH_MS, peakFormat, CHUNK);
        private final ValueDelay peakDelay;
        private final ValueDelay gainDelay = new ValueDelay(fast.latencyFrames(), 0.0, CHUNK);
        private final int latency;
        private final double limit;
        private final double slowLimit;
        private final double clipThreshold;
        private final double bassCare;
        private final double[] heard = new double[CHUNK];
        private final double[] shares = new double[CHUNK];
        private final double[] delayed = new double[CHUNK];

        GainModel(LimiterSettings used, double limit) {
            this.bass =
                    used.slowReachDb() > 0.0
                            ? new BassGain(slow.latencyFrames(), used, limit, peakFormat, CHUNK)
                            : null;
            int slowLatency = slow.latencyFrames() + (bass == null ? 0 : bass.latencyFrames());
            this.peakDelay = new ValueDelay(slowLatency, 0.0, CHUNK);
            this.latency = slowLatency + fast.latencyFrames();
            this.limit = limit;
            this.slowLimit = limit * Decibels.toGain(used.slowReachDb());
            this.clipThreshold = SoftClipper.threshold(limit, settings.clipDb());
            this.bassCare = used.bassCare();
        }

        int latencyFrames() {
            return latency;
        }

        /** Gains for the groups {@link #latencyFrames()} before {@code count} from a first one. */
        void process(int first, int count, double[] gains) {
            for (int i = 0; i < count; i++) {
                boolean within = first + i < peaks.length;
                shares[i] = within ? SHARES[bassShares[first + i]] : 0.0;
                heard[i] = within ? clipped(peaks[first + i], shares[i]) : 0.0;
            }
            System.arraycopy(heard, 0, delayed, 0, count);
            peakDelay.process(delayed, count);
            slow.process(heard, shares, slowLimit, gains, count);
            if (bass != null) {
                bass.process(heard, shares, gains, count);
            }
            for (int i = 0; i < count; i++) {
                delayed[i] *= gains[i];
            }
            fast.process(delayed, shares, limit, delayed, count);
            gainDelay.process(gains, count);
            for (int i = 0; i < count; i++) {
                gains[i] *= delayed[i];
            }
        }

        private double clipped(double peak, double share) {
            if (settings.clipDb() == 0.0 || peak <= clipThreshold) {
                return peak;
            }
            double excess = peak - SoftClipper.clipped(peak, limit, settings.clipDb());
            return peak - (1.0 - bassCare * share) * excess;
        }
    }

    /**
     * Mean square of gains by hop, weighted by the peaks, since gain falls where energy is. Hop h
     * begins at frame round(h · rate / 100).
     */
    private final class HopMeans {
        private final double[] means;
        private long frame;
        private int hop;
        private double sum;
        private double weights;
        private double last = 1.0;
        private long hopEnd;

        HopMeans(double[] means) {
            this.means = means;
            this.hopEnd = endOf(0);
        }

        /** Gains of the peaks from {@code firstPeak + from} on. */
        void add(double[] gains, int from, int to, int firstPeak) {
            int i = from;
            while (i < to) {
                while (frame >= hopEnd) {
                    endHop();
                }
                long left = (hopEnd - frame + groupFrames - 1) / groupFrames;
                int end = (int) Math.min(to, i + left);
                frame += (long) (end - i) * groupFrames;
                addWithin(gains, i, end, firstPeak);
                i = end;
            }
        }

        private void addWithin(double[] gains, int from, int to, int firstPeak) {
            for (int i = from; i < to; i++) {
                double weight = (double) peaks[firstPeak + i] * peaks[firstPeak + i];
                sum += weight * gains[i] * gains[i];
                weights += weight;
            }
        }

        private void endHop() {
            last = weights == 0.0 ? last : sum / weights;
            if (hop < means.length) {
                means[hop] = last;
            }
            hop++;
            hopEnd = endOf(hop);
            sum = 0.0;
            weights = 0.0;
        }

        private long endOf(int index) {
            return Math.round((index + 1L) * format.sampleRateHz() / 100.0);
        }

        void finish() {
            while (hop < means.length) {
                endHop();
            }
        }
    }
}
