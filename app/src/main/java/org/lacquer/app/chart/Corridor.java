// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.chart;

import org.lacquer.audio.Require;

/** The room between two lines, for instance mean ± standard deviation. */
public record Corridor(String name, double[] x, double[] low, double[] high) {
    public Corridor {
        Require.that(
                x.length == low.length && x.length == high.length,
                "a corridor needs as many x as low and high");
        x = x.clone();
        low = low.clone();
        high = high.clone();
    }

    @Override
    public double[] x() {
        return x.clone();
    }

    @Override
    public double[] low() {
        return low.clone();
    }

    @Override
    public double[] high() {
        return high.clone();
    }
}
