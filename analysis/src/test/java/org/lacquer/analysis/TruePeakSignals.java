// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

/** The true-peak signals of EBU Tech 3341, table 1, cases 15 to 23. */
final class TruePeakSignals {
    private static final int FILTER_TAPS = 643;

    private TruePeakSignals() {}

    /** A second of sine at {@code rate / divisor} with fades of 10 ms. */
    static float[] sine(int rate, int divisor, double amplitude, double phaseDegrees) {
        double[] samples = new double[rate];
        for (int i = 0; i < samples.length; i++) {
            double angle = 2.0 * Math.PI * (i % divisor) / divisor + Math.toRadians(phaseDegrees);
            samples[i] = amplitude * Math.sin(angle);
        }
        taper(samples, rate / 100);
        return toFloat(samples, 0, 1);
    }

    /**
     * A sine at rate/6 of amplitude 0.5 around one period of rate/4 at amplitude 1, made at four
     * times the rate, band-limited, then every fourth sample from {@code offset}.
     */
    static float[] burst(int rate, int offset) {
        int part = rate / 60 * 24;
        double[] fine = new double[2 * part + 16];
        for (int n = 0; n < part; n++) {
            double value = 0.5 * Math.sin(2.0 * Math.PI * (n % 24) / 24.0);
            fine[n] = value;
            fine[part + 16 + n] = value;
        }
        for (int n = 0; n < 16; n++) {
            fine[part + n] = Math.sin(2.0 * Math.PI * n / 16.0);
        }
        taper(fine, 4 * rate / 100);
        return toFloat(lowPassed(fine), offset, 4);
    }

    private static void taper(double[] samples, int frames) {
        for (int i = 0; i < frames; i++) {
            double gain = (double) i / frames;
            samples[i] *= gain;
            samples[samples.length - 1 - i] *= gain;
        }
    }

    /** Kaiser low-pass, 100 dB, cut-off at a quarter of the band, centred. */
    private static double[] lowPassed(double[] samples) {
        double[] taps = new double[FILTER_TAPS];
        int middle = FILTER_TAPS / 2;
        for (int k = 0; k < FILTER_TAPS; k++) {
            double x = k - middle;
            double sinc = x == 0 ? 0.25 : Math.sin(Math.PI * 0.25 * x) / (Math.PI * x);
            double position = x / middle;
            taps[k] = sinc * bessel(10.06 * Math.sqrt(1.0 - position * position)) / bessel(10.06);
        }
        double[] out = new double[samples.length];
        for (int n = 0; n < out.length; n++) {
            int from = Math.max(0, n - middle);
            int to = Math.min(samples.length - 1, n + middle);
            double sum = 0.0;
            for (int i = from; i <= to; i++) {
                sum += taps[n - i + middle] * samples[i];
            }
            out[n] = sum;
        }
        return out;
    }

    private static double bessel(double x) {
        double sum = 1.0;
        double term = 1.0;
        for (int k = 1; k < 200; k++) {
            term *= x * x / 4.0 / k / k;
            sum += term;
        }
        return sum;
    }

    private static float[] toFloat(double[] samples, int offset, int step) {
        float[] out = new float[(samples.length - offset + step - 1) / step];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) samples[offset + i * step];
        }
        return out;
    }
}
