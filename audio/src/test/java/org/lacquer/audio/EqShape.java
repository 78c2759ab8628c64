// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

import java.util.List;

/** The shapes of an equaliser's band, as designed and as their analogue prototypes. */
enum EqShape {
    BELL,
    LOW_SHELF,
    HIGH_SHELF;

    /** By {@link FilterDesign}. */
    BiquadCoefficients section(double centreHz, double gainDb, double q, double rate) {
        return switch (this) {
            case BELL -> FilterDesign.bell(centreHz, gainDb, q, rate);
            case LOW_SHELF -> FilterDesign.lowShelf(centreHz, gainDb, q, rate);
            case HIGH_SHELF -> FilterDesign.highShelf(centreHz, gainDb, q, rate);
        };
    }

    /** By {@link EqDesign}. */
    List<BiquadCoefficients> sections(double centreHz, double gainDb, double q, double rate) {
        return switch (this) {
            case BELL -> EqDesign.bell(centreHz, gainDb, q, rate);
            case LOW_SHELF -> EqDesign.lowShelf(centreHz, gainDb, q, rate);
            case HIGH_SHELF -> EqDesign.highShelf(centreHz, gainDb, q, rate);
        };
    }

    /**
     * The analogue response, after the cookbook's prototypes; written down a second time, so that
     * no design is compared with itself.
     */
    double prototypeDb(double x, double gainDb, double q) {
        double a = Math.pow(10.0, gainDb / 40.0);
        double r = Math.sqrt(a) / q;
        double square = x * x;
        double power =
                switch (this) {
                    case BELL ->
                            quadratic(1.0 - square, a * x / q)
                                    / quadratic(1.0 - square, x / (a * q));
                    case LOW_SHELF ->
                            a
                                    * a
                                    * quadratic(a - square, r * x)
                                    / quadratic(1.0 - a * square, r * x);
                    case HIGH_SHELF ->
                            a
                                    * a
                                    * quadratic(1.0 - a * square, r * x)
                                    / quadratic(a - square, r * x);
                };
        return 10.0 * Math.log10(power);
    }

    private static double quadratic(double real, double imaginary) {
        return real * real + imaginary * imaginary;
    }

    /** Jury's conditions for z² + p z + q: whether both roots are inside the unit circle. */
    static boolean insideUnitCircle(double p, double q) {
        return Math.abs(q) < 1.0 && Math.abs(p) < 1.0 + q;
    }
}
