// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.analysis.TruePeakInterpolator;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.Decibels;
import org.lacquer.audio.StreamFormat;

import java.util.Arrays;

/**
 * Rounds peaks off, by up to a given depth, at eight times the rate.
 *
 * <p>A peak o dB above the ceiling is lowered by {@code D (1 - exp(-t² / 1.2))} dB with {@code t =
 * max(0, o / D + 1/2)}: it begins half the depth D below the ceiling and is never steep enough to
 * turn the order of levels around (its slope is at most 0.8). What the curve takes away is computed
 * at eight points a frame, and only near such peaks; the difference is brought back to the sample
 * rate through a low-pass and added. Elsewhere samples stay as they are. Peaks can come out
 * somewhat higher than the curve says, since the low-pass takes the edges off; a limiter follows.
 * Of a peak that is bass ({@link BassShare}) nothing is taken: rounded bass would sound in the
 * treble. Latency: 64 frames and that of the bass.
 */
final class SoftClipper implements LimiterStep {
    private static final int TAPS = TruePeakInterpolator.TAPS;
    private static final int LEAD = TruePeakInterpolator.LEAD;
    private static final int OVERSAMPLING = 8;
    private static final int STRIDE = TruePeakInterpolator.OVERSAMPLING / OVERSAMPLING;

    /**
     * Cut-off of the low-pass as a share of the rate. What lies close to half the rate a limiter
     * could not turn down by short dips, since peaks there come from samples far away.
     */
    private static final double CUTOFF = 0.455;

    private static final float[][] LOW_PASS = lowPass();
    private static final double WIDTH = 1.2;

    /** Neighbouring samples below this share of the threshold have no peak of it between them. */
    private static final double FAR = 0.5;

    private static final int PAST = 2 * TAPS;

    private final double ceiling;
    private final double depthDb;
    private final double bassCare;
    private final double threshold;
    private final float[][] heard;
    private final float[][] clipped;
    private final FrameDelay delay;
    private final BassShare[] bass;
    private final int latency;

    /**
     * @param ceiling at this level of the input
     */
    SoftClipper(double ceiling, LimiterSettings settings, StreamFormat format, int maxFrames) {
        int channels = format.channels();
        this.ceiling = ceiling;
        this.depthDb = settings.clipDb();
        this.bassCare = settings.bassCare();
        this.threshold = threshold(ceiling, depthDb);
        this.heard = new float[channels][PAST + maxFrames];
        this.clipped = new float[channels][PAST + maxFrames];
        StreamFormat mono = new StreamFormat(format.sampleRateHz(), 1);
        this.bass = new BassShare[channels];
        Arrays.setAll(bass, c -> new BassShare(mono, TAPS / 2, maxFrames));
        this.delay = new FrameDelay(channels, bass[0].latencyFrames() - TAPS / 2);
        this.latency = bass[0].latencyFrames() + TAPS / 2;
    }

    /** Level from which the curve acts. */
    static double threshold(double ceiling, double depthDb) {
        return ceiling * Decibels.toGain(-0.5 * depthDb);
    }

    /** The curve: the magnitude that a magnitude above the threshold becomes. */
    static double clipped(double magnitude, double ceiling, double depthDb) {
        double t = Math.max(0.0, Decibels.fromGain(magnitude / ceiling) / depthDb + 0.5);
        double lowerDb = depthDb * (1.0 - StrictMath.exp(-t * t / WIDTH));
        return magnitude * Decibels.toGain(-lowerDb);
    }

    @Override
    public int latencyFrames() {
        return latency;
    }

    @Override
    public void process(AudioBlock block, int start, int count) {
        for (int c = 0; c < heard.length; c++) {
            float[] x = heard[c];
            float[] y = clipped[c];
            double[] basses = bass[c].basses(block, c, start, count);
            delay.process(c, block.channel(c), start, count);
            System.arraycopy(block.channel(c), start, x, PAST, count);
            System.arraycopy(block.channel(c), start, y, PAST, count);
            float far = (float) (FAR * threshold);
            for (int i = 0; i < count; i++) {
                int n = PAST - TAPS / 2 + i;
                if (Math.max(Math.abs(x[n]), Math.abs(x[n + 1])) > far) {
                    clip(x, y, n, basses[i]);
                }
            }
            keepSilence(x, y, PAST + count);
            System.arraycopy(y, PAST - TAPS, block.channel(c), start, count);
            System.arraycopy(x, count, x, 0, PAST);
            System.arraycopy(y, count, y, 0, PAST);
        }
    }

    /** The points from frame n up to the next. */
    private void clip(float[] x, float[] y, int n, double bassHere) {
        for (int phase = 0; phase < STRIDE * OVERSAMPLING; phase += STRIDE) {
            double value = phase == 0 ? x[n] : TruePeakInterpolator.at(x, n - LEAD, phase);
            double magnitude = Math.abs(value);
            if (magnitude > threshold) {
                double clipShare = 1.0 - bassCare * BassShare.of(bassHere, magnitude);
                double excess = clipShare * (magnitude - clipped(magnitude, ceiling, depthDb));
                float share = (float) (Math.signum(value) * excess / OVERSAMPLING);
                float[] h = LOW_PASS[phase / STRIDE];
                for (int k = 0; k < TAPS; k++) {
                    y[n - LEAD + k] -= share * h[k];
                }
            }
        }
    }

    /**
     * Nothing rings into digital silence: what comes before the first and after the last sample is
     * cut off in the end, and the limiter has to see it cut.
     */
    private static void keepSilence(float[] x, float[] y, int end) {
        int zeros = 0;
        for (int i = 0; i < end; i++) {
            zeros = x[i] == 0f ? zeros + 1 : 0;
            if (zeros == CorrectedChannel.SILENT_FRAMES) {
                Arrays.fill(y, i + 1 - zeros, i + 1, 0f);
            } else if (zeros > CorrectedChannel.SILENT_FRAMES) {
                y[i] = 0f;
            }
        }
    }

    /** Sinc under a Blackman-Harris window, by phase; sums to one. */
    private static float[][] lowPass() {
        float[][] phases = new float[OVERSAMPLING][TAPS];
        for (int p = 0; p < OVERSAMPLING; p++) {
            double[] taps = new double[TAPS];
            double sum = 0.0;
            for (int k = 0; k < TAPS; k++) {
                double distance = k - LEAD - (double) p / OVERSAMPLING;
                double angle = 2.0 * StrictMath.PI * CUTOFF * distance;
                double turn = 0.5 + distance / TAPS;
                taps[k] =
                        (distance == 0.0 ? 1.0 : StrictMath.sin(angle) / angle)
                                * CorrectionKernels.blackmanHarris(turn);
                sum += taps[k];
            }
            for (int k = 0; k < TAPS; k++) {
                phases[p][k] = (float) (taps[k] / sum);
            }
        }
        return phases;
    }

    @Override
    public void reset() {
        for (int c = 0; c < heard.length; c++) {
            Arrays.fill(heard[c], 0f);
            Arrays.fill(clipped[c], 0f);
            bass[c].reset();
        }
        delay.reset();
    }
}
