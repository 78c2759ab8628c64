// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of numbers in order of time, in bounded memory.
 *
 * <p>Rows come in stretches of 64. When 1024 stretches are full (25 minutes at 44.1 kHz), every
 * second one is dropped, and from then on only every second one is kept; again when they are full
 * again. Which rows are kept depends on nothing but their number. Rows of one stretch stay
 * neighbours, so changes between frames can still be measured.
 */
final class FrameStore {
    private static final int STRETCH = 64;
    private static final int MOST_STRETCHES = 1024;

    private final int width;
    private final List<float[]> stretches = new ArrayList<>();
    private int stride = 1;
    private long arrived;
    private int count;

    FrameStore(int width) {
        this.width = width;
    }

    /** Adds a copy of the row. */
    void add(float[] row) {
        long stretch = arrived / STRETCH;
        int place = (int) (arrived % STRETCH);
        arrived++;
        if (stretch % stride != 0) {
            return;
        }
        if (place == 0) {
            if (stretches.size() == MOST_STRETCHES) {
                thin();
                if (stretch % stride != 0) {
                    return;
                }
            }
            stretches.add(new float[STRETCH * width]);
        }
        System.arraycopy(row, 0, stretches.getLast(), place * width, width);
        count = (stretches.size() - 1) * STRETCH + place + 1;
    }

    /** Rows kept. */
    int count() {
        return count;
    }

    float get(int row, int column) {
        return stretches.get(row / STRETCH)[row % STRETCH * width + column];
    }

    /** Whether row {@code row - lag} exists and came exactly {@code lag} rows before. */
    boolean reachesBack(int row, int lag) {
        return row >= lag && (stride == 1 || row / STRETCH == (row - lag) / STRETCH);
    }

    private void thin() {
        List<float[]> kept = new ArrayList<>();
        for (int i = 0; i < stretches.size(); i += 2) {
            kept.add(stretches.get(i));
        }
        stretches.clear();
        stretches.addAll(kept);
        stride *= 2;
    }
}
