// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.chart;

import org.lacquer.audio.Require;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * A line through points; one that is not a number or below the chart interrupts it.
 *
 * @param name in the legend; empty for none
 * @param x copied in and out
 * @param y copied in and out
 */
public record Curve(String name, double[] x, double[] y, Pen pen) {
    public Curve {
        Require.that(x.length == y.length, "a curve needs as many x as y");
        x = x.clone();
        y = y.clone();
    }

    /** All heights of curves that are numbers. */
    public static DoubleStream heights(List<Curve> curves) {
        return curves.stream()
                .flatMapToDouble(curve -> Arrays.stream(curve.y))
                .filter(Double::isFinite);
    }

    @Override
    public double[] x() {
        return x.clone();
    }

    @Override
    public double[] y() {
        return y.clone();
    }
}
