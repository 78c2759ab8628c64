// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.learn;

import java.util.List;

/** Dense layers with SiLU between them, as the trainer left them. */
public record Mlp(List<Dense> layers) {
    public Mlp {
        layers = List.copyOf(layers);
    }

    public double[] apply(double[] x) {
        double[] y = x;
        for (int i = 0; i < layers.size(); i++) {
            y = layers.get(i).apply(y);
            if (i < layers.size() - 1) {
                for (int j = 0; j < y.length; j++) {
                    y[j] = y[j] / (1.0 + StrictMath.exp(-y[j]));
                }
            }
        }
        return y;
    }
}
