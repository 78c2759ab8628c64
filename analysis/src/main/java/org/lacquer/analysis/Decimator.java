// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

/**
 * Brings the mean of all channels down to about 2.7 kHz, for what happens below 650 Hz.
 *
 * <p>Two steps: the cubic of three boxes (a quadratic B-spline, with triple zeros at every multiple
 * of the rate between) down to about 5.5 kHz, then binomial weights (1 + z)⁶ and every second
 * sample. What folds back into 0 to 650 Hz is at least 50 dB down, into 0 to 60 Hz at least 120 dB;
 * 650 Hz itself loses 1.5 dB, which figures that compare neighbours do not notice.
 */
final class Decimator {
    private static final double BETWEEN_HZ = 5512.5;
    private static final double[] BINOMIAL = {
        1 / 64.0, 6 / 64.0, 15 / 64.0, 20 / 64.0, 15 / 64.0, 6 / 64.0, 1 / 64.0
    };

    private final int factor;
    private final double[] oldest;
    private final double[] middle;
    private final double[] newest;

    private final double[] delay = new double[BINOMIAL.length];
    private double oldestBefore;
    private double oldestTwoBefore;
    private double middleBefore;
    private double sumOldest;
    private double sumMiddle;
    private double sumNewest;
    private int phase;
    private boolean second;

    /** Sum of squares of everything heard, before decimation. */
    double energy;

    Decimator(int sampleRateHz) {
        this.factor = Math.max(1, (int) Math.round(sampleRateHz / BETWEEN_HZ));
        this.oldest = new double[factor];
        this.middle = new double[factor];
        this.newest = new double[factor];
        double cube = (double) factor * factor * factor;
        for (int a = 0; a < factor; a++) {
            for (int b = 0; b < factor; b++) {
                for (int c = 0; c < factor; c++) {
                    int place = a + b + c;
                    double[] part = place < factor ? newest : place < 2 * factor ? middle : oldest;
                    // The newest input has the smallest delay, so weights run backwards.
                    part[factor - 1 - place % factor] += 1.0 / cube;
                }
            }
        }
    }

    int factor() {
        return 2 * factor;
    }

    /**
     * Decimates a stretch.
     *
     * @return numbers written to {@code output}
     */
    int process(float[][] samples, int frames, double[] output) {
        double scale = 1.0 / samples.length;
        int count = 0;
        double squares = 0.0;
        for (int i = 0; i < frames; i++) {
            double sum = samples[0][i];
            for (int c = 1; c < samples.length; c++) {
                sum += samples[c][i];
            }
            double mean = scale * sum;
            squares += mean * mean;
            sumOldest += oldest[phase] * mean;
            sumMiddle += middle[phase] * mean;
            sumNewest += newest[phase] * mean;
            phase++;
            if (phase == factor) {
                phase = 0;
                if (endBox()) {
                    output[count++] = binomial();
                }
            }
        }
        energy += squares;
        return count;
    }

    /** Whether this is a second one. */
    private boolean endBox() {
        System.arraycopy(delay, 1, delay, 0, delay.length - 1);
        delay[delay.length - 1] = oldestTwoBefore + middleBefore + sumNewest;
        oldestTwoBefore = oldestBefore;
        oldestBefore = sumOldest;
        middleBefore = sumMiddle;
        sumOldest = 0.0;
        sumMiddle = 0.0;
        sumNewest = 0.0;
        second = !second;
        return !second;
    }

    private double binomial() {
        double sum = 0.0;
        for (int i = 0; i < delay.length; i++) {
            sum += BINOMIAL[i] * delay[i];
        }
        return sum;
    }
}
