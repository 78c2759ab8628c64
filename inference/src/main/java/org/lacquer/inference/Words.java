// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference;

import java.util.List;
import java.util.Locale;

/** How figures and bands are called in sentences for musicians. */
final class Words {
    /** What each of the model's EQ bands is called, from low to high. */
    static final List<String> REGIONS =
            List.of(
                    "sub bass",
                    "bass",
                    "low mids",
                    "mids",
                    "upper mids",
                    "presence",
                    "brilliance",
                    "air");

    static final List<String> COMPRESSOR_BANDS = List.of("low", "mid", "high");

    private Words() {}

    /** For instance {@code +1.2 dB}. */
    static String signedDb(double value) {
        return String.format(Locale.ROOT, "%+.1f dB", value);
    }

    /** For instance {@code 1.2 dB}. */
    static String db(double value) {
        return String.format(Locale.ROOT, "%.1f dB", value);
    }

    /**
     * To a step such as 0.01; dividing by a whole number keeps decimals short: 0.37, not
     * 0.37000000000000005.
     */
    static double rounded(double value, double step) {
        return Math.rint(value / step) / Math.rint(1.0 / step);
    }

    /** For instance {@code 1.2 dB more}. */
    static String moreOrLess(double db) {
        return db(Math.abs(db)) + (db < 0.0 ? " less" : " more");
    }

    static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
