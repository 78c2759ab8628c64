// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.explain;

import org.lacquer.engine.StereoWidthSettings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Width settings that follow how side changed against mid: one gain, then mono bass if that
 * explains more, then gains in three bands if those do.
 */
final class WidthFit {
    private static final List<Double> CROSSOVERS_HZ = List.of(250.0, 4_000.0);

    /** The side of a mono bass falls without end; here it stops counting. */
    private static final double DEEPEST_DB = -24.0;

    private static final double SMALLEST_GAIN_DB = 0.25;
    private static final double SMALLEST_BAND_DB = 0.7;
    private static final double SMALLEST_BALANCE_DB = 0.1;
    private static final double MONO_BASS_SHARE = 0.75;
    private static final double MONO_BASS_DB = 0.25;

    private WidthFit() {}

    /**
     * What came out.
     *
     * @param settings neutral when nothing changed
     * @param rmsDb what they do not follow
     * @param known share of the bands, by weight, in which there is a side signal to compare
     */
    record Result(StereoWidthSettings settings, double rmsDb, double known) {}

    /**
     * @param changeDb of side less that of mid, by frequency
     * @param weights 0 where there is no side
     * @param allWeights what the weights would be if there were side everywhere
     */
    static Result fit(
            double[] hz,
            double[] changeDb,
            double[] weights,
            double[] allWeights,
            double balanceDb,
            int rate) {
        double known =
                Arrays.stream(weights).sum() / Math.max(1e-9, Arrays.stream(allWeights).sum());
        double balance = Math.abs(balanceDb) < SMALLEST_BALANCE_DB ? 0.0 : rounded(balanceDb);
        if (known < 0.1) {
            StereoWidthSettings none =
                    StereoWidthSettings.DEFAULT.withBalanceDb(within(balance, 6));
            return new Result(none, 0.0, known);
        }
        double[] change = new double[hz.length];
        for (int i = 0; i < hz.length; i++) {
            change[i] = Math.max(DEEPEST_DB, changeDb[i]);
        }
        double bestHz = 0.0;
        double plain = error(hz, change, weights, 0.0, rate);
        double best = plain;
        for (double corner = 40.0; corner <= 400.0; corner *= 1.05) {
            double error = error(hz, change, weights, corner, rate);
            if (error < best) {
                best = error;
                bestHz = corner;
            }
        }
        if (best > MONO_BASS_SHARE * plain || best > plain - MONO_BASS_DB) {
            bestHz = 0.0;
        }
        bestHz = Math.rint(bestHz);
        double[] left = without(hz, change, bestHz, rate);
        double gain = median(left, weights);
        List<Double> bands = bands(hz, left, weights, gain);
        if (Math.abs(gain) < SMALLEST_GAIN_DB && bands.isEmpty()) {
            gain = 0.0;
        }
        StereoWidthSettings settings =
                new StereoWidthSettings(within(rounded(gain), 9.0), bestHz)
                        .withBalanceDb(within(balance, 6.0));
        if (!bands.isEmpty()) {
            settings = settings.withBands(CROSSOVERS_HZ, bands);
        }
        double squares = 0.0;
        double total = 0.0;
        for (int i = 0; i < hz.length; i++) {
            if (weights[i] > 0.0) {
                double off = change[i] - Math.max(DEEPEST_DB, settings.sideResponseDb(hz[i], rate));
                squares += weights[i] * off * off;
                total += weights[i];
            }
        }
        return new Result(settings, total == 0.0 ? 0.0 : Math.sqrt(squares / total), known);
    }

    private static double error(
            double[] hz, double[] change, double[] weights, double cornerHz, int rate) {
        return Math.sqrt(LeastSquares.variance(without(hz, change, cornerHz, rate), weights));
    }

    private static double[] without(double[] hz, double[] change, double cornerHz, int rate) {
        double[] left = change.clone();
        if (cornerHz == 0.0) {
            return left;
        }
        StereoWidthSettings mono = new StereoWidthSettings(0.0, Math.rint(cornerHz));
        for (int i = 0; i < hz.length; i++) {
            left[i] -= Math.max(DEEPEST_DB, mono.sideResponseDb(hz[i], rate));
        }
        return left;
    }

    /** Gains of the three bands beside the common one; none when they hardly differ. */
    private static List<Double> bands(double[] hz, double[] left, double[] weights, double gain) {
        List<Double> gains = new ArrayList<>();
        double most = 0.0;
        for (int b = 0; b <= CROSSOVERS_HZ.size(); b++) {
            double low = b == 0 ? 0.0 : CROSSOVERS_HZ.get(b - 1);
            double high = b == CROSSOVERS_HZ.size() ? 1e9 : CROSSOVERS_HZ.get(b);
            double[] inside = weights.clone();
            double sum = 0.0;
            for (int i = 0; i < hz.length; i++) {
                inside[i] = hz[i] > low && hz[i] <= high ? inside[i] : 0.0;
                sum += inside[i];
            }
            double off = sum < 2.0 ? 0.0 : median(left, inside) - gain;
            most = Math.max(most, Math.abs(off));
            gains.add(within(rounded(off), 9.0));
        }
        return most < SMALLEST_BAND_DB ? List.of() : gains;
    }

    static double median(double[] values, double[] weights) {
        Integer[] order = new Integer[values.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(values[a], values[b]));
        double half = 0.5 * Arrays.stream(weights).sum();
        double sum = 0.0;
        for (int i : order) {
            sum += weights[i];
            if (sum >= half && weights[i] > 0.0) {
                return values[i];
            }
        }
        return 0.0;
    }

    private static double rounded(double db) {
        return Math.rint(db * 100.0) / 100.0 + 0.0;
    }

    private static double within(double db, double limit) {
        return Math.max(-limit, Math.min(limit, db));
    }
}
