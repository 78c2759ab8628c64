// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import java.util.Arrays;
import java.util.List;

/** What every device leaves of every second, by region of frequency, and where the bass is. */
final class DeviceSeconds implements SecondSpectra.Listener {
    /** Upper edges of all regions but the last. */
    private static final double[] EDGES_HZ = {60.0, 120.0, 250.0, 500.0, 2_000.0, 6_000.0};

    static final int REGIONS = EDGES_HZ.length + 1;

    /** Range of a bass fundamental. */
    private static final double LOWEST_BASS_HZ = 30.0;

    private static final double HIGHEST_BASS_HZ = 160.0;

    /** Part of a second's power that a bass must have: -20 dB. */
    private static final double BASS_SHARE = 0.01;

    static final int COUNT = 0;
    static final int MID = 1;
    static final int SIDE = MID + ThirdOctaves.COUNT;

    /** Power of the bass fundamental in the song; 0 when there is none. */
    static final int BASS = SIDE + ThirdOctaves.COUNT;

    static final int FULL = BASS + 1;

    final List<DeviceModel> models;
    final PowerRows rows;
    private final double[] row;
    private final double[][][] responses;

    DeviceSeconds(List<DeviceModel> models, int sampleRateHz, DeviceResponse.BinCosines cosines) {
        this.models = List.copyOf(models);
        int width = FULL + REGIONS + models.size() * (REGIONS + 1);
        this.rows = new PowerRows(width);
        this.row = new double[width];
        this.responses = new double[models.size()][][];
        for (int d = 0; d < responses.length; d++) {
            responses[d] = DeviceResponse.bins(models.get(d), cosines, sampleRateHz);
        }
    }

    static double lowHz(int region) {
        return region == 0 ? 0.0 : EDGES_HZ[region - 1];
    }

    static double highHz(int region) {
        return region == REGIONS - 1 ? Double.POSITIVE_INFINITY : EDGES_HZ[region];
    }

    /** Column of what a device plays of a region. */
    static int played(int device, int region) {
        return FULL + REGIONS + device * (REGIONS + 1) + region;
    }

    /** Column of what a device plays of the overtones 2f to 6f of the bass, not weighted. */
    static int overtones(int device) {
        return played(device, REGIONS);
    }

    @Override
    public void second(SecondSpectra sums) {
        Arrays.fill(row, 0.0);
        row[COUNT] = sums.count;
        int from = 0;
        for (int r = 0; r < REGIONS; r++) {
            int to = sums.binAbove(highHz(r));
            for (int k = from; k < to; k++) {
                row[FULL + r] += sums.weighting[k] * (sums.mid[k] + sums.side[k]);
            }
            for (int d = 0; d < responses.length; d++) {
                row[played(d, r)] = played(sums, d, from, to, sums.weighting);
            }
            from = to;
        }
        thirdOctaves(sums);
        bass(sums);
        rows.add(row);
    }

    private double played(SecondSpectra sums, int device, int from, int to, double[] weighting) {
        double[] mid = responses[device][0];
        double[] side = responses[device][1];
        double sum = 0.0;
        for (int k = from; k < to; k++) {
            sum += weighting[k] * (mid[k] * sums.mid[k] + side[k] * sums.side[k]);
        }
        return sum;
    }

    private void thirdOctaves(SecondSpectra sums) {
        int last = sums.mid.length - 1;
        for (int b = 0; b < ThirdOctaves.COUNT; b++) {
            double low = ThirdOctaves.lowerEdgeHz(b) / sums.binHz();
            double high = Math.min(ThirdOctaves.upperEdgeHz(b) / sums.binHz(), last + 0.5);
            for (int k = (int) Math.floor(low + 0.5); k - 0.5 < high && k <= last; k++) {
                double share = Math.max(0.0, Math.min(high, k + 0.5) - Math.max(low, k - 0.5));
                row[MID + b] += share * sums.mid[k];
                row[SIDE + b] += share * sums.side[k];
            }
        }
    }

    /**
     * The strongest bin of the bass is its fundamental, placed between bins by a parabola. Its
     * power is that of the window's main lobe; the overtones are everything from 1.5 to 6.5 times
     * its frequency.
     */
    private void bass(SecondSpectra sums) {
        double total = 0.0;
        for (int k = 0; k < sums.mid.length; k++) {
            total += sums.mid[k] + sums.side[k];
        }
        int from = Math.max(1, sums.binAbove(LOWEST_BASS_HZ));
        int to = Math.max(from + 1, sums.binAbove(HIGHEST_BASS_HZ));
        int peak = from;
        for (int k = from; k < to; k++) {
            if (power(sums, k) > power(sums, peak)) {
                peak = k;
            }
        }
        double fundamental = 0.0;
        for (int k = Math.max(0, peak - 2); k <= peak + 2; k++) {
            fundamental += power(sums, k);
        }
        if (total == 0.0 || fundamental < BASS_SHARE * total) {
            return;
        }
        row[BASS] = fundamental;
        double before = Math.sqrt(power(sums, peak - 1));
        double after = Math.sqrt(power(sums, peak + 1));
        double curve = before - 2.0 * Math.sqrt(power(sums, peak)) + after;
        double place = peak + (curve < 0.0 ? 0.5 * (before - after) / curve : 0.0);
        int first = (int) Math.max(peak + 1, Math.ceil(1.5 * place));
        int end = (int) Math.min(sums.mid.length, Math.floor(6.5 * place) + 1);
        for (int d = 0; d < responses.length; d++) {
            for (int k = first; k < end; k++) {
                row[overtones(d)] +=
                        responses[d][0][k] * sums.mid[k] + responses[d][1][k] * sums.side[k];
            }
        }
    }

    private static double power(SecondSpectra sums, int bin) {
        return sums.mid[bin] + sums.side[bin];
    }
}
