// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import java.util.ArrayList;
import java.util.List;

/** Rows of powers in order of time, all kept: for what comes once a second. */
final class PowerRows {
    private static final int STRETCH = 64;

    private final int width;
    private final List<float[]> stretches = new ArrayList<>();
    private int count;

    PowerRows(int width) {
        this.width = width;
    }

    /** Adds a copy of the row. */
    void add(double[] row) {
        int place = count % STRETCH;
        if (place == 0) {
            stretches.add(new float[STRETCH * width]);
        }
        float[] stretch = stretches.getLast();
        for (int c = 0; c < width; c++) {
            stretch[place * width + c] = (float) row[c];
        }
        count++;
    }

    int count() {
        return count;
    }

    float get(int row, int column) {
        return stretches.get(row / STRETCH)[row % STRETCH * width + column];
    }
}
