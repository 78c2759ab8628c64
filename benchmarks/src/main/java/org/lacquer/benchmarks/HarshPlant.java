// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

import org.lacquer.audio.AudioClip;
import org.lacquer.audio.Decibels;

import java.util.Arrays;

/**
 * A wide band that is turned up only while it is loud: harsh at 2.5 to 5 kHz, sibilant at 5 to 9
 * kHz. Written here, not the engine's.
 *
 * <p>The band is what first-order low-passes, two at each edge, leave between them, at unity in its
 * middle. Its envelope (2 ms up, 60 ms down, the louder channel) opens the gain over the 3 dB above
 * the level that it has in 60 % of the time, and fully beyond.
 *
 * @param gainDb what the middle of the band is turned up by while it is loud
 */
record HarshPlant(double lowHz, double highHz, double gainDb) {
    private static final double ATTACK_SECONDS = 0.002;
    private static final double RELEASE_SECONDS = 0.06;
    private static final double QUIET_PART = 0.6;
    private static final double OPENING_DB = 3.0;

    /** One envelope value of so many is enough for its quantile. */
    private static final int STRIDE = 256;

    /** The clip with the fault, 6 dB lower so that it does not clip. */
    AudioClip in(AudioClip clean) {
        int rate = clean.format().sampleRateHz();
        int frames = clean.frames();
        float[][] bands = new float[2][];
        for (int c = 0; c < 2; c++) {
            bands[c] = band(clean.channel(c), rate);
        }
        float[] envelope = envelope(bands, rate);
        double threshold = quantile(envelope);
        float[][] out = new float[2][frames];
        for (int i = 0; i < frames; i++) {
            double aboveDb = threshold > 0.0 ? overDb(envelope[i], threshold) : 0.0;
            double share = Math.max(0.0, Math.min(1.0, aboveDb / OPENING_DB));
            double more = share == 0.0 ? 0.0 : Decibels.toGain(share * gainDb) - 1.0;
            for (int c = 0; c < 2; c++) {
                out[c][i] = (float) (0.5 * (clean.channel(c)[i] + more * bands[c][i]));
            }
        }
        return new AudioClip(rate, out);
    }

    private static double overDb(double level, double threshold) {
        return level <= threshold ? 0.0 : 20.0 * StrictMath.log10(level / threshold);
    }

    private float[] band(float[] samples, int rate) {
        double low = pole(lowHz, rate);
        double high = pole(highHz, rate);
        double[] lows = new double[2];
        double[] highs = new double[2];
        // In the middle each of the four leaves 1 / (1 + low / high) of the power.
        double unity = 1.0 + lowHz / highHz;
        double scale = unity * unity;
        float[] out = new float[samples.length];
        for (int i = 0; i < samples.length; i++) {
            double x = samples[i];
            for (int k = 0; k < 2; k++) {
                highs[k] += high * (x - highs[k]);
                x = highs[k];
                lows[k] += low * (x - lows[k]);
                x -= lows[k];
            }
            out[i] = (float) (scale * x);
        }
        return out;
    }

    private static double pole(double hz, int rate) {
        return 1.0 - StrictMath.exp(-2.0 * StrictMath.PI * hz / rate);
    }

    private static float[] envelope(float[][] bands, int rate) {
        double attack = 1.0 - StrictMath.exp(-1.0 / (ATTACK_SECONDS * rate));
        double release = 1.0 - StrictMath.exp(-1.0 / (RELEASE_SECONDS * rate));
        float[] envelope = new float[bands[0].length];
        double level = 0.0;
        for (int i = 0; i < envelope.length; i++) {
            double loud = Math.max(Math.abs(bands[0][i]), Math.abs(bands[1][i]));
            level += (loud > level ? attack : release) * (loud - level);
            envelope[i] = (float) level;
        }
        return envelope;
    }

    private static double quantile(float[] envelope) {
        float[] some = new float[envelope.length / STRIDE + 1];
        for (int k = 0; k < some.length; k++) {
            some[k] = envelope[Math.min(k * STRIDE, envelope.length - 1)];
        }
        Arrays.sort(some);
        return some[(int) (QUIET_PART * (some.length - 1))];
    }
}
