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

    /** Lines on either side of a tone that its window spreads it over, and a little vibrato. */
    private static final int LOBE = 3;

    private static final int HIGHEST_OVERTONE = 6;

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

    DeviceSeconds(List<DeviceModel> models) {
        this.models = List.copyOf(models);
        int width = FULL + REGIONS + models.size() * (REGIONS + 1);
        this.rows = new PowerRows(width);
        this.row = new double[width];
        this.responses = new double[models.size()][2][0];
    }

    /** Computes the responses at the lines that will be heard. */
    void prepare(BinCosines cosines, int[] steps, int sampleRateHz) {
        for (int d = 0; d < responses.length; d++) {
            responses[d] = DeviceResponse.lines(models.get(d), cosines, steps, sampleRateHz);
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
        row[COUNT] = sums.count();
        int from = 0;
        for (int r = 0; r < REGIONS; r++) {
            int to = sums.lineAbove(highHz(r));
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
        double stepHz = sums.binHz() / SecondSpectra.FINER;
        int first = 0;
        for (int b = 0; b < ThirdOctaves.COUNT; b++) {
            double low = ThirdOctaves.lowerEdgeHz(b) / stepHz;
            double high = ThirdOctaves.upperEdgeHz(b) / stepHz;
            while (first < sums.mid.length && sums.upperEdge(first) <= low) {
                first++;
            }
            for (int i = first; i < sums.mid.length && sums.lowerEdge(i) < high; i++) {
                double from = sums.lowerEdge(i);
                double to = sums.upperEdge(i);
                double share = (Math.min(high, to) - Math.max(low, from)) / (to - from);
                row[MID + b] += share * sums.mid[i];
                row[SIDE + b] += share * sums.side[i];
            }
        }
    }

    /**
     * The strongest line of the bass is its fundamental f, placed between lines by a parabola; its
     * power is that of the window's main lobe. The overtones are the same width around 2f to 6f.
     */
    private void bass(SecondSpectra sums) {
        double total = 0.0;
        for (int i = 0; i < sums.mid.length; i++) {
            total += power(sums, i);
        }
        int from = sums.lineAbove(LOWEST_BASS_HZ);
        int to = sums.lineAbove(HIGHEST_BASS_HZ);
        int peak = from;
        for (int i = from; i < to; i++) {
            if (power(sums, i) > power(sums, peak)) {
                peak = i;
            }
        }
        double fundamental = 0.0;
        for (int i = peak - LOBE; i <= peak + LOBE; i++) {
            fundamental += power(sums, i);
        }
        if (total == 0.0 || fundamental < BASS_SHARE * total) {
            return;
        }
        row[BASS] = fundamental;
        double before = Math.sqrt(power(sums, peak - 1));
        double after = Math.sqrt(power(sums, peak + 1));
        double curve = before - 2.0 * Math.sqrt(power(sums, peak)) + after;
        double place = peak + (curve < 0.0 ? 0.5 * (before - after) / curve : 0.0);
        double lineHz = sums.binHz() / SecondSpectra.FINER;
        for (int n = 2; n <= HIGHEST_OVERTONE; n++) {
            int first = sums.lineAbove((n * place - LOBE - 0.5) * lineHz);
            int end = sums.lineAbove((n * place + LOBE + 0.5) * lineHz);
            for (int d = 0; d < responses.length; d++) {
                row[overtones(d)] +=
                        played(responses[d][0], sums.mid, first, end)
                                + played(responses[d][1], sums.side, first, end);
            }
        }
    }

    private static double played(double[] response, double[] powers, int from, int to) {
        double sum = 0.0;
        for (int i = from; i < to; i++) {
            sum += response[i] * powers[i];
        }
        return sum;
    }

    private static double power(SecondSpectra sums, int line) {
        return sums.mid[line] + sums.side[line];
    }
}
