// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import java.util.ArrayList;
import java.util.List;

/**
 * Sixth-octave bands that halve the third octaves from 25 Hz to 20 kHz: IEC 61260-1:2014, section
 * 5.4, base-ten system, even fraction b = 6: exact mid-band frequency 1000 · 10^(0.3 (2x + 1) / 12)
 * Hz, edges a factor of 10^(1/40) below and above.
 */
final class SixthOctaves {
    static final int COUNT = 2 * ThirdOctaves.COUNT;

    /** Bands below 1 kHz. */
    private static final int BELOW_KILOHERTZ = 33;

    private SixthOctaves() {}

    static double centreHz(int band) {
        return 1000.0 * StrictMath.pow(10.0, (2 * (band - BELOW_KILOHERTZ) + 1) / 40.0);
    }

    /** Lower edge of a band, upper edge of the one below. */
    static double lowerEdgeHz(int band) {
        return 1000.0 * StrictMath.pow(10.0, (band - BELOW_KILOHERTZ) / 20.0);
    }

    static List<Double> centresHz() {
        List<Double> list = new ArrayList<>();
        for (int b = 0; b < COUNT; b++) {
            list.add(centreHz(b));
        }
        return list;
    }
}
