// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.faults;

import org.lacquer.audio.Fft;

/**
 * Renders the faults of tone and width that training computes, and saturation, into audio.
 *
 * <p>Signal path: left and right → mid and side → one FFT of the whole clip → the curves' gains, by
 * interpolation over the logarithm of frequency → back. Zero phase, no filter, nothing in common
 * with the engine. Whole clips only.
 */
public final class AudioFault {
    private static final double FIRST_CENTRE_LOG10 = 1.4;

    private AudioFault() {}

    /** A faulty copy of a stereo clip. */
    public static float[][] tone(float[][] clip, ToneFault fault, int sampleRateHz) {
        int frames = clip[0].length;
        int length = Math.max(2, Integer.highestOneBit(Math.max(frames - 1, 1)) * 2);
        double[] mid = new double[length];
        double[] side = new double[length];
        for (int i = 0; i < frames; i++) {
            mid[i] = 0.5 * (clip[0][i] + clip[1][i]);
            side[i] = 0.5 * (clip[0][i] - clip[1][i]);
        }
        double[] eqDb = fault.eqDb();
        double[] both = fault.sideDb();
        for (int b = 0; b < both.length; b++) {
            both[b] += eqDb[b];
        }
        Fft fft = new Fft(length);
        weigh(fft, mid, eqDb, sampleRateHz);
        weigh(fft, side, both, sampleRateHz);
        float[][] out = new float[2][frames];
        for (int i = 0; i < frames; i++) {
            out[0][i] = (float) (mid[i] + side[i]);
            out[1][i] = (float) (mid[i] - side[i]);
        }
        return out;
    }

    /** tanh with slope 1 at zero; full scale is driven by {@code driveDb} over 0 dBFS. */
    public static float[][] saturate(float[][] clip, double driveDb) {
        double drive = StrictMath.pow(10.0, driveDb / 20.0);
        float[][] out = new float[clip.length][];
        for (int c = 0; c < clip.length; c++) {
            out[c] = new float[clip[c].length];
            for (int i = 0; i < clip[c].length; i++) {
                out[c][i] = (float) (StrictMath.tanh(drive * clip[c][i]) / drive);
            }
        }
        return out;
    }

    private static void weigh(Fft fft, double[] data, double[] curveDb, int sampleRateHz) {
        fft.forward(data);
        int half = data.length / 2;
        data[0] *= gain(curveDb, 1.0);
        data[1] *= gain(curveDb, sampleRateHz / 2.0);
        for (int k = 1; k < half; k++) {
            double gain = gain(curveDb, (double) k * sampleRateHz / data.length);
            data[2 * k] *= gain;
            data[2 * k + 1] *= gain;
        }
        fft.inverse(data);
    }

    private static double gain(double[] curveDb, double hz) {
        double position = 10.0 * (StrictMath.log10(hz) - FIRST_CENTRE_LOG10);
        double bounded = Math.min(Math.max(position, 0.0), curveDb.length - 1.0);
        int below = Math.min((int) bounded, curveDb.length - 2);
        double share = bounded - below;
        double db = curveDb[below] * (1.0 - share) + curveDb[below + 1] * share;
        return StrictMath.pow(10.0, db / 20.0);
    }
}
