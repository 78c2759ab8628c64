// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

/** Left and right to mid = (L + R)/2 and side = (L - R)/2, and back. Equal channels stay equal. */
final class MidSide {
    private MidSide() {}

    static void encode(double[] left, double[] right, int count) {
        for (int i = 0; i < count; i++) {
            double l = left[i];
            double r = right[i];
            left[i] = (l + r) * 0.5;
            right[i] = (l - r) * 0.5;
        }
    }

    static void decode(double[] mid, double[] side, int count) {
        for (int i = 0; i < count; i++) {
            double m = mid[i];
            double s = side[i];
            mid[i] = m + s;
            side[i] = m - s;
        }
    }
}
