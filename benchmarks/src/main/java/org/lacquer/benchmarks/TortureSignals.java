// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

import org.lacquer.audio.AudioClip;

import java.util.Random;

/** Six seconds each, as in published comparisons of limiters. */
final class TortureSignals {
    private static final int RATE = 44_100;
    private static final int FRAMES = 6 * RATE;

    private TortureSignals() {}

    private static double sine(double turns) {
        return StrictMath.sin(2.0 * StrictMath.PI * turns);
    }

    /** 1 kHz at -20 dBFS over a bass tone at +6 dBFS. */
    static AudioClip bassUnderTone(int bassHz) {
        float[] samples = new float[FRAMES];
        for (int i = 0; i < FRAMES; i++) {
            double seconds = (double) i / RATE;
            samples[i] = (float) (1.9953 * sine(bassHz * seconds) + 0.1 * sine(1_000.0 * seconds));
        }
        return new AudioClip(RATE, samples, samples.clone());
    }

    /** A quarter of the rate, samples at full scale: the peaks between them lie 3 dB higher. */
    static AudioClip quarterRate() {
        float[] samples = new float[FRAMES];
        for (int i = 0; i < FRAMES; i++) {
            samples[i] = (float) (Math.sqrt(2.0) * sine(0.25 * i + 0.125));
        }
        return new AudioClip(RATE, samples, samples.clone());
    }

    /** Clicks of +6 dBFS in noise of -12 dBFS. */
    static AudioClip clicks() {
        Random random = new Random(1);
        float[] samples = new float[FRAMES];
        for (int i = 0; i < FRAMES; i++) {
            samples[i] = (float) (0.25 * random.nextGaussian());
            if (i % 4_410 == 2_000) {
                samples[i] = random.nextBoolean() ? 2f : -2f;
            }
        }
        return new AudioClip(RATE, samples, samples.clone());
    }

    /** Power of the lines at 1 kHz ± 1 to 4 times the bass over that at 1 kHz, of the last 4 s. */
    static double intermodulationDb(float[] samples, int bassHz) {
        double sides = 0.0;
        for (int k = 1; k <= 4; k++) {
            sides += power(samples, 1_000.0 - k * bassHz) + power(samples, 1_000.0 + k * bassHz);
        }
        return 10.0 * StrictMath.log10(sides / power(samples, 1_000.0));
    }

    private static double power(float[] samples, double frequencyHz) {
        int count = 4 * RATE;
        double real = 0.0;
        double imaginary = 0.0;
        for (int i = 0; i < count; i++) {
            double turn = (double) i / count;
            double window =
                    0.35875
                            - 0.48829 * sine(turn + 0.25)
                            + 0.14128 * sine(2.0 * turn + 0.25)
                            - 0.01168 * sine(3.0 * turn + 0.25);
            double value = window * samples[samples.length - count - RATE / 2 + i];
            double phase = frequencyHz * i / RATE;
            real += value * sine(phase + 0.25);
            imaginary += value * sine(phase);
        }
        return real * real + imaginary * imaginary;
    }
}
