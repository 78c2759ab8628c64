// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import java.util.Arrays;

/** K-weighted mid, side and cross powers of four bands in every second. */
final class StereoSeconds implements SecondSpectra.Listener {
    static final int BANDS = 4;

    static final int COUNT = 0;
    static final int MID = 1;
    static final int SIDE = MID + BANDS;
    static final int CROSS = SIDE + BANDS;
    private static final int WIDTH = CROSS + BANDS;

    /** Between the bands: bass, upper bass, the middle, the top. */
    private static final double[] EDGES_HZ = {120.0, 250.0, 4_000.0};

    final PowerRows rows = new PowerRows(WIDTH);
    private final double[] row = new double[WIDTH];

    static double lowHz(int band) {
        return band == 0 ? 0.0 : EDGES_HZ[band - 1];
    }

    static double highHz(int band) {
        return band == BANDS - 1 ? Double.POSITIVE_INFINITY : EDGES_HZ[band];
    }

    @Override
    public void second(SecondSpectra sums) {
        Arrays.fill(row, 0.0);
        row[COUNT] = sums.count();
        int from = 0;
        for (int b = 0; b < BANDS; b++) {
            int to = sums.lineAbove(highHz(b));
            for (int k = from; k < to; k++) {
                row[MID + b] += sums.weighting[k] * sums.mid[k];
                row[SIDE + b] += sums.weighting[k] * sums.side[k];
                row[CROSS + b] += sums.weighting[k] * sums.crossReal[k];
            }
            from = to;
        }
        rows.add(row);
    }

    /** Mid and side of a second, all bands. */
    double power(int second) {
        double sum = 0.0;
        for (int b = 0; b < BANDS; b++) {
            sum += (double) rows.get(second, MID + b) + rows.get(second, SIDE + b);
        }
        return sum;
    }

    /** The seconds of both this and all that heard the same stream. */
    Seconds seconds(SecondSpectra sums, double integratedLufs) {
        double[] powers = new double[rows.count()];
        double[] counts = new double[powers.length];
        for (int i = 0; i < powers.length; i++) {
            powers[i] = power(i);
            counts[i] = rows.get(i, COUNT);
        }
        boolean complete = powers.length > 0 && sums.complete(counts[powers.length - 1]);
        return new Seconds(powers, counts, complete, integratedLufs);
    }
}
