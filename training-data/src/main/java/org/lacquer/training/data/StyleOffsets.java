// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.data;

import org.lacquer.models.SpectrumPrior;
import org.lacquer.training.algebra.Dense;
import org.lacquer.training.algebra.Ridge;
import org.lacquer.training.algebra.Scaler;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which spectrum a master usually has, given its content, and so the style of every clean row. A
 * row's own package never helps to explain it: that would leave less style in training than there
 * is in a record that nobody has heard.
 */
public final class StyleOffsets {
    /** Ridge penalty in z-scores; the best of 30 to 3000 by leave-package-out. */
    private static final double PENALTY = 300.0;

    private final Folds folds;
    private final SpectrumPrior whole;
    private final List<SpectrumPrior> parts = new ArrayList<>();

    /** Fits on the clean rows outside the test split. */
    public StyleOffsets(List<BaseRow> rows) {
        this.folds = new Folds(rows);
        List<BaseRow> clean =
                rows.stream()
                        .filter(row -> row.variant() == 0 && folds.holds(row.packageName()))
                        .toList();
        whole = fit(clean);
        for (int fold = 0; fold < Folds.COUNT; fold++) {
            int left = fold;
            List<BaseRow> others =
                    clean.stream().filter(row -> folds.of(row.packageName()) != left).toList();
            parts.add(others.isEmpty() ? whole : fit(others));
        }
    }

    /** The folds that the parts leave out. */
    public Folds folds() {
        return folds;
    }

    /** From all packages: what ships. */
    public SpectrumPrior prior() {
        return whole;
    }

    /** Style of a clean row, dB by third octave, by a fit that never heard its package. */
    public double[] of(BaseRow row) {
        SpectrumPrior prior =
                folds.holds(row.packageName()) ? parts.get(folds.of(row.packageName())) : whole;
        return prior.styleDb(doubles(row.features()));
    }

    private static SpectrumPrior fit(List<BaseRow> clean) {
        List<double[]> content =
                clean.stream().map(row -> content(doubles(row.features()))).toList();
        List<double[]> spectra =
                clean.stream().map(row -> FeatureAlgebra.ltasOf(doubles(row.features()))).toList();
        Scaler scaler = Scaler.of(content);
        Dense line =
                new Ridge.Sums(content.stream().map(scaler::apply).toList(), spectra)
                        .solve(PENALTY);
        double[][] weight = new double[Layout.BANDS][];
        double[] bias = new double[Layout.BANDS];
        for (int b = 0; b < weight.length; b++) {
            weight[b] = doubles(line.weight()[b]);
            bias[b] = line.bias()[b];
        }
        return new SpectrumPrior(
                Layout.TARGET_WIDTH, scaler.mean(), scaler.inverseSd(), weight, bias);
    }

    private static double[] content(double[] features) {
        return Arrays.copyOfRange(features, Layout.TARGET_WIDTH, Layout.WIDTH);
    }

    private static double[] doubles(float[] values) {
        double[] out = new double[values.length];
        Arrays.setAll(out, i -> values[i]);
        return out;
    }
}
