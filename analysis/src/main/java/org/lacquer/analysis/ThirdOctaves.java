// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Third-octave bands from 25 Hz to 20 kHz: IEC 61260-1:2014, base-ten system, exact mid-band
 * frequency 1000 · 10^(x/10) Hz, edges a factor of 10^(1/20) below and above.
 */
final class ThirdOctaves {
    static final int COUNT = FeatureSet.BANDS;

    /** Number x of the band at 1 kHz counted from the lowest. */
    private static final int KILOHERTZ = 16;

    private static final double[] NOMINAL_HZ = {
        25, 31.5, 40, 50, 63, 80, 100, 125, 160, 200, 250, 315, 400, 500, 630, 800, 1000, 1250,
        1600, 2000, 2500, 3150, 4000, 5000, 6300, 8000, 10_000, 12_500, 16_000, 20_000
    };

    /** First band of each group of {@link FeatureSet#GROUPS}, and the end. */
    private static final int[] GROUP_STARTS = {0, 9, 15, 20, 24, 27, COUNT};

    private ThirdOctaves() {}

    static double nominalHz(int band) {
        return NOMINAL_HZ[band];
    }

    static double centreHz(int band) {
        return 1000.0 * StrictMath.pow(10.0, (band - KILOHERTZ) / 10.0);
    }

    static double lowerEdgeHz(int band) {
        return centreHz(band) * StrictMath.pow(10.0, -0.05);
    }

    static double upperEdgeHz(int band) {
        return centreHz(band) * StrictMath.pow(10.0, 0.05);
    }

    /** First band of a group. */
    static int groupStart(int group) {
        return GROUP_STARTS[group];
    }

    /** Band after the last of a group. */
    static int groupEnd(int group) {
        return GROUP_STARTS[group + 1];
    }

    static List<Double> nominalHz() {
        List<Double> list = new ArrayList<>();
        for (double hz : NOMINAL_HZ) {
            list.add(hz);
        }
        return list;
    }

    static List<String> names() {
        List<String> list = new ArrayList<>();
        for (double hz : NOMINAL_HZ) {
            list.add(name(hz));
        }
        return list;
    }

    static List<String> groupNames() {
        List<String> list = new ArrayList<>();
        for (int g = 0; g < FeatureSet.GROUPS; g++) {
            list.add(name(NOMINAL_HZ[groupStart(g)]) + "-" + name(NOMINAL_HZ[groupEnd(g) - 1]));
        }
        return list;
    }

    private static String name(double hz) {
        return hz == Math.rint(hz)
                ? Long.toString((long) hz)
                : String.format(Locale.ROOT, "%.1f", hz);
    }
}
