// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

import org.lacquer.app.chart.Axis;
import org.lacquer.app.chart.Chart;
import org.lacquer.app.chart.Curve;
import org.lacquer.app.chart.Ink;
import org.lacquer.app.chart.Pen;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Axes, lines and marks of the charts of the engine. */
final class Plots {
    private static final double LINE = 2.0;
    private static final double BROAD = 3.6;
    private static final double THIN = 1.1;
    private static final double DOT = 5.0;

    private Plots() {}

    static Chart chart(String title, Axis x, Axis y, List<Curve> curves) {
        return new Chart(title, x, y, Optional.empty(), curves);
    }

    /** Equal steps, labelled with {@code format} at multiples of {@code step}. */
    static Axis linear(String title, double low, double high, double step, String format) {
        List<Axis.Tick> ticks = new ArrayList<>();
        double first = Math.ceil(low / step - 1e-9);
        double last = Math.floor(high / step + 1e-9);
        for (double k = first; k <= last; k++) {
            double at = k * step;
            ticks.add(new Axis.Tick(at, FigurePage.number(format, at)));
        }
        return new Axis(title, low, high, false, ticks);
    }

    /** From 0 to a frequency in kHz. */
    static Axis kilohertz(String title, double high, double step) {
        return linear(title, 0.0, high, step, "%.0f");
    }

    static double[] logarithmic(double low, double high, int count) {
        double[] at = new double[count];
        for (int k = 0; k < count; k++) {
            at[k] = low * StrictMath.pow(high / low, (double) k / (count - 1));
        }
        return at;
    }

    static Curve line(String name, double[] x, double[] y, Ink ink) {
        return new Curve(name, x, y, Pen.of(ink, LINE));
    }

    /** What was measured, so broad that a formula can lie on it. */
    static Curve broad(String name, double[] x, double[] y, Ink ink) {
        return new Curve(name, x, y, Pen.of(ink, BROAD).withOpacity(0.55));
    }

    /** What a formula says, to lie over what was measured. */
    static Curve formula(String name, double[] x, double[] y) {
        return new Curve(name, x, y, Pen.of(Ink.TEXT, THIN).asDashed());
    }

    /** A level that is not to be passed. */
    static Curve limit(String name, Axis x, double level) {
        return new Curve(
                name,
                new double[] {x.minimum(), x.maximum()},
                new double[] {level, level},
                Pen.of(Ink.TARGET, 1.6).asDashed());
    }

    /** Single points. */
    static Curve dots(double[] x, double[] y, Ink ink) {
        double[] dotX = new double[3 * x.length];
        double[] dotY = new double[3 * x.length];
        for (int k = 0; k < x.length; k++) {
            dotX[3 * k] = x[k];
            dotX[3 * k + 1] = x[k];
            dotY[3 * k] = y[k];
            dotY[3 * k + 1] = y[k];
            // Not a number: it lifts the pen.
            dotX[3 * k + 2] = x[k];
            dotY[3 * k + 2] = Double.NaN;
        }
        return new Curve("", dotX, dotY, Pen.of(ink, DOT));
    }

    /** The outline of columns, each as wide as a bin; {@code edges} has one more than columns. */
    static Curve columns(String name, double[] edges, double[] heights, Ink ink) {
        int n = heights.length;
        double[] x = new double[2 * n + 2];
        double[] y = new double[2 * n + 2];
        for (int k = 0; k < n; k++) {
            x[2 * k + 1] = edges[k];
            x[2 * k + 2] = edges[k + 1];
            y[2 * k + 1] = heights[k];
            y[2 * k + 2] = heights[k];
        }
        x[0] = edges[0];
        x[2 * n + 1] = edges[n];
        return line(name, x, y, ink);
    }

    static double[] difference(double[] a, double[] b) {
        double[] difference = new double[a.length];
        for (int k = 0; k < a.length; k++) {
            difference[k] = a[k] - b[k];
        }
        return difference;
    }

    static double largestMagnitude(double[] values) {
        double largest = 0.0;
        for (double value : values) {
            // NaN passes.
            largest = Math.abs(value) <= largest ? largest : Math.abs(value);
        }
        return largest;
    }
}
