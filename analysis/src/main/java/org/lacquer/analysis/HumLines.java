// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.Decibels;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Lines near the multiples of 50 and 60 Hz, window by window, and what the quietest fifth of the
 * windows says about them.
 *
 * <p>A bass note is no hum: it lies beside the multiples (G1 is 49.0 Hz, B1 61.7 Hz), or it does
 * not sound through all quiet windows. A drone that is tuned to the mains cannot be told from hum.
 */
final class HumLines {
    private static final double[] MAINS_HZ = {50.0, 60.0};
    private static final int HARMONICS = 10;
    private static final int LINES = MAINS_HZ.length * HARMONICS;

    /** Grids keep within 0.4 %; what is left is for the reading of the lowest lines. */
    private static final double TOLERANCE = 0.003;

    private static final double READING_HZ = 0.2;
    private static final double NEAR_HZ = 1.5;
    private static final double FAR_HZ = 5.0;
    private static final double PROMINENCE_DB = 12.0;
    private static final double STEADY_HZ = 0.2;
    private static final double STEADY_SHARE = 0.8;
    private static final double QUIET_SHARE = 0.2;
    private static final int FEWEST_WINDOWS = 3;
    private static final int FEWEST_HARMONICS = 3;
    private static final double AGREEMENT_HZ = 0.1;
    private static final double LOWEST_DBFS = -96.0;

    /** Beyond this many windows (3 hours) the louder half is forgotten. */
    private static final int MOST_WINDOWS = 8192;

    private final double binHz;
    private final double[] neighbours;
    private List<Window> windows = new ArrayList<>();

    /**
     * @param levels power of each line
     * @param prominences power over the median of the neighbours; 0 when there is no line
     */
    private record Window(
            long number, double power, float[] frequencies, float[] levels, float[] prominences) {}

    HumLines(double binHz) {
        this.binHz = binHz;
        this.neighbours = new double[2 * (int) Math.ceil(FAR_HZ / binHz) + 2];
    }

    /** Takes the powers of one window's bins. */
    void write(double[] powers, long number) {
        double power = 0.0;
        for (double bin : powers) {
            power += bin;
        }
        if (power == 0.0) {
            return;
        }
        Window window =
                new Window(number, power, new float[LINES], new float[LINES], new float[LINES]);
        for (int m = 0; m < MAINS_HZ.length; m++) {
            for (int h = 1; h <= HARMONICS; h++) {
                line(powers, MAINS_HZ[m] * h, window, m * HARMONICS + h - 1);
            }
        }
        windows.add(window);
        if (windows.size() == MOST_WINDOWS) {
            windows = quietest(MOST_WINDOWS / 2);
        }
    }

    /**
     * @param hopSeconds time between windows
     */
    Integrity.Hum hum(double hopSeconds) {
        int count = Math.max(FEWEST_WINDOWS, (int) Math.ceil(QUIET_SHARE * windows.size()));
        if (windows.size() < count) {
            return Integrity.Hum.NONE;
        }
        List<Window> quiet = quietest(count);
        Integrity.Hum best = Integrity.Hum.NONE;
        for (int m = 0; m < MAINS_HZ.length; m++) {
            Integrity.Hum hum = hum(quiet, m * HARMONICS, hopSeconds);
            best = hum.harmonics() > best.harmonics() ? hum : best;
        }
        return best;
    }

    private List<Window> quietest(int count) {
        List<Window> sorted = new ArrayList<>(windows);
        sorted.sort(Comparator.comparingDouble(Window::power).thenComparingLong(Window::number));
        return new ArrayList<>(sorted.subList(0, count));
    }

    private void line(double[] powers, double nominalHz, Window window, int index) {
        double reach = TOLERANCE * nominalHz + READING_HZ;
        int first = (int) Math.ceil((nominalHz - reach) / binHz);
        int last = (int) Math.floor((nominalHz + reach) / binHz);
        int peak = -1;
        for (int k = first; k <= last; k++) {
            boolean top = powers[k] > powers[k - 1] && powers[k] >= powers[k + 1];
            if (top && (peak < 0 || powers[k] > powers[peak])) {
                peak = k;
            }
        }
        if (peak < 0 || powers[peak - 1] == 0.0 || powers[peak + 1] == 0.0) {
            return;
        }
        double below = StrictMath.log(powers[peak - 1]);
        double at = StrictMath.log(powers[peak]);
        double above = StrictMath.log(powers[peak + 1]);
        double shift = 0.5 * (below - above) / (below - 2.0 * at + above);
        window.frequencies[index] = (float) ((peak + shift) * binHz);
        // A Hann window spreads a line over five bins.
        window.levels[index] = (float) (sum(powers, peak - 2, peak + 2));
        double around = median(powers, peak);
        window.prominences[index] =
                around > 0.0 ? (float) (powers[peak] / around) : Float.POSITIVE_INFINITY;
    }

    private static double sum(double[] powers, int from, int to) {
        double sum = 0.0;
        for (int k = from; k <= to; k++) {
            sum += powers[k];
        }
        return sum;
    }

    private double median(double[] powers, int peak) {
        int near = (int) Math.ceil(NEAR_HZ / binHz);
        int far = (int) Math.floor(FAR_HZ / binHz);
        int count = 0;
        for (int distance = near; distance <= far; distance++) {
            neighbours[count++] = powers[peak - distance];
            neighbours[count++] = powers[peak + distance];
        }
        Arrays.sort(neighbours, 0, count);
        return neighbours[count / 2];
    }

    private static Integrity.Hum hum(List<Window> quiet, int firstLine, double hopSeconds) {
        double[] fundamentals = new double[HARMONICS];
        double[] prominences = new double[HARMONICS];
        double[] levels = new double[HARMONICS];
        for (int h = 0; h < HARMONICS; h++) {
            int line = firstLine + h;
            float prominence = median(quiet, line, Window::prominences);
            float frequency = median(quiet, line, Window::frequencies);
            boolean stands = prominence >= Decibels.toPower(PROMINENCE_DB);
            boolean steady = stands && steady(quiet, line, frequency);
            fundamentals[h] = steady ? frequency / (h + 1) : Double.NaN;
            prominences[h] = prominence;
            levels[h] = median(quiet, line, Window::levels);
        }
        Integrity.Hum best = Integrity.Hum.NONE;
        for (double fundamental : fundamentals) {
            int count = 0;
            double most = 0.0;
            double power = 0.0;
            for (int h = 0; h < HARMONICS; h++) {
                if (Math.abs(fundamentals[h] - fundamental) <= AGREEMENT_HZ) {
                    count++;
                    most = Math.max(most, prominences[h]);
                    power += levels[h];
                }
            }
            double level = power > 0.0 ? Decibels.fromPower(power) : Double.NEGATIVE_INFINITY;
            if (count >= FEWEST_HARMONICS && count > best.harmonics() && level >= LOWEST_DBFS) {
                double seconds = quiet.getFirst().number() * hopSeconds;
                best =
                        new Integrity.Hum(
                                fundamental, count, Decibels.fromPower(most), level, seconds);
            }
        }
        return best;
    }

    private static boolean steady(List<Window> quiet, int line, float frequency) {
        int steady = 0;
        for (Window window : quiet) {
            steady += Math.abs(window.frequencies[line] - frequency) <= STEADY_HZ ? 1 : 0;
        }
        return steady >= STEADY_SHARE * quiet.size();
    }

    private static float median(List<Window> quiet, int line, Function<Window, float[]> figure) {
        float[] values = new float[quiet.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = figure.apply(quiet.get(i))[line];
        }
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
