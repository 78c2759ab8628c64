// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.Decibels;

import java.util.Arrays;

/**
 * Levels of 100 ms, and where they are steady noise.
 *
 * <p>The quietest tenth of a second of dense music is still music, and reverberation falls: only
 * half a second of constant level and without tones is called noise. Noise has bins that scatter:
 * the geometric mean of 24 neighbours lies 2.5 dB below their mean (exponential distribution,
 * e^-0.577), while a tone among them pulls it far down.
 */
final class NoiseGaps {
    private static final double LOWEST_HZ = 1000.0;
    private static final double HIGHEST_HZ = 8000.0;
    private static final int NEIGHBOURS = 24;

    /** Mean log ratio of geometric to arithmetic mean: noise -0.55, tones below -1.5. */
    private static final double NOISE_LOG_FLATNESS = -0.8;

    /** Quieter is no trouble, louder is no pause. */
    private static final double LOWEST_POWER = 1e-9;

    private static final double HIGHEST_POWER = 1e-3;

    private static final int GAP_CHUNKS = 5;
    private static final double STEADY = 1.5849;
    private static final double BELOW_LOUD = 0.01;

    private final double chunkSeconds;
    private final int first;
    private final int last;
    private float[] powers = new float[1024];
    private boolean[] noisy = new boolean[1024];
    private int count;

    NoiseGaps(double binHz, double chunkSeconds) {
        this.chunkSeconds = chunkSeconds;
        this.first = (int) Math.ceil(LOWEST_HZ / binHz);
        this.last = (int) (HIGHEST_HZ / binHz);
    }

    /**
     * Takes a chunk.
     *
     * @param power mean square of all channels
     * @param probed whether there is a spectrum
     */
    void write(double power, boolean probed, double[] spectrum) {
        if (count == powers.length) {
            powers = Arrays.copyOf(powers, 2 * count);
            noisy = Arrays.copyOf(noisy, 2 * count);
        }
        powers[count] = (float) power;
        noisy[count] =
                probed
                        && power > LOWEST_POWER
                        && power < HIGHEST_POWER
                        && logFlatness(spectrum) > NOISE_LOG_FLATNESS;
        count++;
    }

    Integrity.Noise result() {
        float[] sorted = new float[count];
        int heard = 0;
        for (int i = 0; i < count; i++) {
            if (powers[i] > 0f) {
                sorted[heard++] = powers[i];
            }
        }
        if (heard == 0) {
            return Integrity.Noise.NONE;
        }
        Arrays.sort(sorted, 0, heard);
        double floor = Decibels.fromPower(Percentiles.of(sorted, heard, 1.0));
        double highest = BELOW_LOUD * Percentiles.of(sorted, heard, 95.0);
        double quietest = Double.NaN;
        int place = -1;
        for (int i = 0; i + GAP_CHUNKS <= count; i++) {
            double power = gapPower(i, highest);
            if (power > 0.0 && !(power >= quietest)) {
                quietest = power;
                place = i;
            }
        }
        return new Integrity.Noise(
                floor,
                place < 0 ? Double.NaN : Decibels.fromPower(quietest),
                place < 0 ? Double.NaN : place * chunkSeconds);
    }

    /** Mean power of a gap that starts here; 0 when there is none. */
    private double gapPower(int start, double highest) {
        float least = Float.MAX_VALUE;
        float most = 0f;
        double sum = 0.0;
        for (int i = start; i < start + GAP_CHUNKS; i++) {
            if (!noisy[i]) {
                return 0.0;
            }
            least = Math.min(least, powers[i]);
            most = Math.max(most, powers[i]);
            sum += powers[i];
        }
        return most <= highest && most <= STEADY * least ? sum / GAP_CHUNKS : 0.0;
    }

    /** Mean over groups of neighbours of log(geometric mean / arithmetic mean). */
    private double logFlatness(double[] spectrum) {
        double total = 0.0;
        int groups = 0;
        int end = Math.min(last, spectrum.length);
        for (int k = first; k + NEIGHBOURS <= end; k += NEIGHBOURS) {
            double sum = 0.0;
            double logs = 0.0;
            for (int i = k; i < k + NEIGHBOURS; i += 4) {
                double product =
                        spectrum[i] * spectrum[i + 1] * (spectrum[i + 2] * spectrum[i + 3]);
                logs += StrictMath.log(product);
                sum += spectrum[i] + spectrum[i + 1] + (spectrum[i + 2] + spectrum[i + 3]);
            }
            total += logs / NEIGHBOURS - StrictMath.log(sum / NEIGHBOURS);
            groups++;
        }
        return groups == 0 ? Double.NEGATIVE_INFINITY : total / groups;
    }
}
