// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.StreamFormat;

/** Integrated loudness of ITU-R BS.1770-5, Annex 1, from the energies of 10 ms hops. */
public final class GatedLoudness {
    private GatedLoudness() {}

    /**
     * Loudness of blocks of 400 ms, 75 % overlapping, that pass the absolute gate at -70 LUFS and
     * the relative gate 10 LU below their mean; both comparisons strict. A last block that is not
     * complete is left out.
     *
     * @param hopEnergies as {@link KWeightedPower#hopEnergies()} gives them, scaled or not
     * @return LUFS, or NaN when nothing passes: silence, or less than 400 ms
     */
    public static double integratedLufs(double[] hopEnergies, StreamFormat format) {
        double[] powers =
                Hops.windowPowers(
                        hopEnergies,
                        hopEnergies.length,
                        Bs1770.BLOCK_HOPS,
                        Bs1770.STEP_HOPS,
                        format.sampleRateHz());
        double ungated = meanAbove(powers, Bs1770.power(Bs1770.ABSOLUTE_GATE_LUFS));
        if (Double.isNaN(ungated)) {
            return Double.NaN;
        }
        double relativeGate = ungated * StrictMath.pow(10.0, Bs1770.RELATIVE_GATE_LU / 10.0);
        double gate = Math.max(relativeGate, Bs1770.power(Bs1770.ABSOLUTE_GATE_LUFS));
        return Bs1770.loudness(meanAbove(powers, gate));
    }

    private static double meanAbove(double[] powers, double gate) {
        double sum = 0.0;
        int count = 0;
        for (double power : powers) {
            if (power > gate) {
                sum += power;
                count++;
            }
        }
        return count == 0 ? Double.NaN : sum / count;
    }
}
