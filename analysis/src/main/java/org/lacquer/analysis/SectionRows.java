// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import java.util.Arrays;

/** Mean powers of half seconds: K-weighted and in ten octaves. Memory: 88 bytes a second. */
final class SectionRows {
    /** Octaves from three third-octave bands each. */
    static final int OCTAVES = ThirdOctaves.COUNT / 3;

    private static final int WIDTH = 1 + OCTAVES;
    private static final double ROW_SECONDS = 0.5;

    private final int framesARow;
    private final double rowSeconds;
    private final double[] sums = new double[WIDTH];
    private float[] rows = new float[256 * WIDTH];
    private int count;
    private int frames;

    SectionRows(double hopSeconds) {
        this.framesARow = Math.max(1, (int) Math.round(ROW_SECONDS / hopSeconds));
        this.rowSeconds = framesARow * hopSeconds;
    }

    void hear(SpectralFrames spectra) {
        sums[0] += spectra.weightedPower;
        for (int b = 0; b < ThirdOctaves.COUNT; b++) {
            sums[1 + b / 3] += spectra.midBands[b] + spectra.sideBands[b];
        }
        frames++;
        if (frames == framesARow) {
            endRow();
        }
    }

    private void endRow() {
        if (rows.length == count * WIDTH) {
            rows = Arrays.copyOf(rows, 2 * rows.length);
        }
        for (int i = 0; i < WIDTH; i++) {
            rows[count * WIDTH + i] = (float) (sums[i] / frames);
            sums[i] = 0.0;
        }
        count++;
        frames = 0;
    }

    double rowSeconds() {
        return rowSeconds;
    }

    int count() {
        return count;
    }

    double weightedPower(int row) {
        return rows[row * WIDTH];
    }

    double octavePower(int row, int octave) {
        return rows[row * WIDTH + 1 + octave];
    }
}
