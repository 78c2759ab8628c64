// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.learn;

import org.lacquer.training.algebra.Dense;

import java.util.Arrays;
import java.util.List;

/**
 * Dense layers with SiLU between them, as the trainer left them. The last output is the log-odds of
 * the share of the first {@code gains} outputs that is made.
 */
public record Mlp(List<Dense> layers, int gains) {
    public Mlp {
        layers = List.copyOf(layers);
    }

    /** All outputs but the last, the gains times their share. */
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
        int last = y.length - 1;
        double share = 1.0 / (1.0 + StrictMath.exp(-y[last]));
        for (int k = 0; k < gains; k++) {
            y[k] *= share;
        }
        return Arrays.copyOf(y, last);
    }
}
