// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.Decibels;

import java.util.Arrays;

/** The frames that are at most 30 dB (K-weighted) below the loudest, and means over them. */
final class GatedFrames {
    private static final double GATE = 1e-3;

    private final FrameStore store;
    private final int[] rows;
    private final boolean[] gated;

    GatedFrames(FrameStore store) {
        this.store = store;
        this.gated = new boolean[store.count()];
        float loudest = 0f;
        for (int i = 0; i < store.count(); i++) {
            loudest = Math.max(loudest, store.get(i, FrameColumns.WEIGHTED));
        }
        int[] passed = new int[store.count()];
        int count = 0;
        for (int i = 0; i < store.count(); i++) {
            gated[i] = loudest > 0f && store.get(i, FrameColumns.WEIGHTED) >= GATE * loudest;
            if (gated[i]) {
                passed[count++] = i;
            }
        }
        this.rows = Arrays.copyOf(passed, count);
    }

    int count() {
        return rows.length;
    }

    /** Value of gated frame {@code index}. */
    float get(int index, int column) {
        return store.get(rows[index], column);
    }

    /**
     * Index of the gated frame that came {@code lag} frames before gated frame {@code index}; -1
     * when that one is not gated or not kept.
     */
    int before(int index, int lag) {
        int row = rows[index];
        if (!store.reachesBack(row, lag) || !gated[row - lag]) {
            return -1;
        }
        return Arrays.binarySearch(rows, Math.max(0, index - lag), index, row - lag);
    }

    double mean(int column) {
        double sum = 0.0;
        for (int row : rows) {
            sum += store.get(row, column);
        }
        return sum / rows.length;
    }

    /** What the gate makes of a mean: mean over gated frames over that of all; 1 for silence. */
    double gateGain(int column, int otherColumn) {
        double all = 0.0;
        for (int i = 0; i < gated.length; i++) {
            all += (double) store.get(i, column) + store.get(i, otherColumn);
        }
        return all == 0.0 ? 1.0 : (mean(column) + mean(otherColumn)) * gated.length / all;
    }

    /** Sum of means over columns. */
    double mean(int fromColumn, int toColumn) {
        double sum = 0.0;
        for (int column = fromColumn; column < toColumn; column++) {
            sum += mean(column);
        }
        return sum;
    }

    /** Decibels of the mean; negative infinity for zero. */
    double meanDb(int column) {
        return Decibels.fromPower(mean(column));
    }

    /** Side over mid of a range of bands, limited to ±40 dB. */
    double widthDb(int fromBand, int toBand) {
        double mid = mean(FrameColumns.MID + fromBand, FrameColumns.MID + toBand);
        double side = mean(FrameColumns.SIDE + fromBand, FrameColumns.SIDE + toBand);
        if (mid == 0.0 && side == 0.0) {
            return -40.0;
        }
        return Math.max(-40.0, Math.min(40.0, Decibels.fromPower(side) - Decibels.fromPower(mid)));
    }

    /**
     * Correlation of left and right in a group: (m - s) / √((m + s)² - (2c)²) with the powers m of
     * mid and s of side and their cross power c, since L = M + S and R = M - S. 1 for a silent
     * group, 0 when one channel is silent.
     */
    double correlation(int group) {
        int from = ThirdOctaves.groupStart(group);
        int to = ThirdOctaves.groupEnd(group);
        double m = mean(FrameColumns.MID + from, FrameColumns.MID + to);
        double s = mean(FrameColumns.SIDE + from, FrameColumns.SIDE + to);
        double c = mean(FrameColumns.CROSS + group);
        if (m + s == 0.0) {
            return 1.0;
        }
        double square = (m + s) * (m + s) - 4.0 * c * c;
        if (square <= 1e-12 * (m + s) * (m + s)) {
            return 0.0;
        }
        return Math.max(-1.0, Math.min(1.0, (m - s) / Math.sqrt(square)));
    }
}
