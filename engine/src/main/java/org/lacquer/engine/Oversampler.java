// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

/**
 * One channel up to at least 352.8 kHz (8 times at 44.1 and 48 kHz, 4 times at 96, 2 times at 192)
 * and back, by half-band filters in a row. Flat to 0.453 of the sample rate (20 kHz at 44.1), 110
 * dB down from 0.547 of it. Latency: 90, 87, 79 or 0 frames.
 */
final class Oversampler {
    private static final int[] PAIRS = {40, 8, 6};

    private final HalfBand[] stages;

    /** rates[k]: samples at 2^k times the rate. */
    private final float[][] rates;

    private final int latency;

    Oversampler(int sampleRateHz, int maxFrames) {
        int count = stagesFor(sampleRateHz);
        this.stages = new HalfBand[count];
        this.rates = new float[count + 1][];
        this.rates[0] = new float[maxFrames];
        // In samples of the last stage's low rate; the pad makes it whole frames.
        int sum = 0;
        for (int k = 0; k < count; k++) {
            sum += HalfBand.latency(PAIRS[k], 0) << (count - 1 - k);
        }
        int unit = count == 0 ? 1 : 1 << (count - 1);
        int pad = Math.floorMod(-sum, unit);
        for (int k = 0; k < count; k++) {
            stages[k] = new HalfBand(PAIRS[k], k == count - 1 ? pad : 0, maxFrames << k);
            rates[k + 1] = new float[maxFrames << (k + 1)];
        }
        this.latency = (sum + pad) / unit;
    }

    private static int stagesFor(int sampleRateHz) {
        if (sampleRateHz <= 50_000) {
            return 3;
        }
        if (sampleRateHz <= 100_000) {
            return 2;
        }
        return sampleRateHz <= 200_000 ? 1 : 0;
    }

    static int latencyFrames(int sampleRateHz) {
        return new Oversampler(sampleRateHz, 1).latency;
    }

    int factor() {
        return 1 << stages.length;
    }

    /** Where input is put and output is found, at the plain rate. */
    float[] plain() {
        return rates[0];
    }

    /** Where samples lie at the high rate between {@link #up} and {@link #down}. */
    float[] dense() {
        return rates[stages.length];
    }

    void up(int count) {
        for (int k = 0; k < stages.length; k++) {
            stages[k].up(rates[k], count << k, rates[k + 1]);
        }
    }

    void down(int count) {
        for (int k = stages.length - 1; k >= 0; k--) {
            stages[k].down(rates[k + 1], count << k, rates[k]);
        }
    }

    void reset() {
        for (HalfBand stage : stages) {
            stage.reset();
        }
    }
}
