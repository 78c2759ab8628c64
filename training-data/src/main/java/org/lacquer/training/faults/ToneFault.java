// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.faults;

import java.util.Arrays;

/**
 * A wrong tone and a wrong width as curves over the third-octave centres: {@code eqDb} for mid and
 * side alike, {@code sideDb} for the side alone.
 *
 * <p>Curves are tilts, sigmoids, Gaussian bells in log frequency and Butterworth ends, none of them
 * a curve that the engine's filters can draw exactly.
 */
public record ToneFault(double[] eqDb, double[] sideDb) {
    /** Third-octave centres, IEC 61260 base ten, 25 Hz to 20 kHz. */
    private static final double[] CENTRES_HZ = centres();

    public ToneFault {
        eqDb = eqDb.clone();
        sideDb = sideDb.clone();
    }

    /** Changes nothing. */
    public static ToneFault none() {
        return new ToneFault(new double[CENTRES_HZ.length], new double[CENTRES_HZ.length]);
    }

    /** A fault of the training family: most have an EQ error, two thirds a width error. */
    public static ToneFault draw(Draws draws) {
        return new ToneFault(drawEq(draws), draws.chance(0.3) ? new double[30] : drawSide(draws));
    }

    /** A gentle tone that belongs to a record rather than being a fault of it, about 3 dB. */
    public static ToneFault drawStyle(Draws draws) {
        double[] curve = new double[CENTRES_HZ.length];
        addTilt(curve, draws.normal(0.0, 0.8), 7.0);
        for (int i = draws.index(3); i >= 0; i--) {
            addComponent(curve, draws, 3.0, 6.0);
        }
        return new ToneFault(curve, new double[CENTRES_HZ.length]);
    }

    /**
     * What amateurs' mixes have: too much below 180 Hz, too little above 3.5 kHz. Never trained on.
     */
    public static ToneFault drawBoomyAndDull(Draws draws) {
        double boomDb = draws.uniform(3.0, 8.0);
        double dullDb = draws.uniform(-9.0, -3.0);
        double[] curve = new double[CENTRES_HZ.length];
        for (int b = 0; b < curve.length; b++) {
            curve[b] = boomDb / (1.0 + StrictMath.exp(3.0 * octaves(CENTRES_HZ[b] / 180.0)));
            curve[b] += dullDb / (1.0 + StrictMath.exp(-3.0 * octaves(CENTRES_HZ[b] / 3_500.0)));
        }
        return new ToneFault(curve, new double[CENTRES_HZ.length]);
    }

    /** A tilt of up to 1.5 dB per octave either way and nothing else. Never trained on. */
    public static ToneFault drawTilt(Draws draws) {
        double[] curve = new double[CENTRES_HZ.length];
        addTilt(curve, draws.uniform(-1.5, 1.5), 9.0);
        return new ToneFault(curve, new double[CENTRES_HZ.length]);
    }

    private static double[] drawEq(Draws draws) {
        double[] curve = new double[CENTRES_HZ.length];
        if (draws.chance(0.10)) {
            return curve;
        }
        addTilt(curve, draws.normal(0.0, 1.1), 7.0);
        for (int i = draws.index(4); i >= 0; i--) {
            addComponent(curve, draws, 4.0, 9.0);
        }
        double severity = draws.pick(0.5, 1.0, 1.5);
        for (int b = 0; b < curve.length; b++) {
            curve[b] *= severity;
        }
        if (draws.chance(0.12)) {
            double cutoffHz = draws.uniform(30.0, 110.0);
            for (int b = 0; b < curve.length; b++) {
                curve[b] -= decibelsOfOnePlus(fourth(cutoffHz / CENTRES_HZ[b]));
            }
        }
        if (draws.chance(0.12)) {
            double cutoffHz = draws.uniform(8_000.0, 16_000.0);
            for (int b = 0; b < curve.length; b++) {
                curve[b] -= decibelsOfOnePlus(fourth(CENTRES_HZ[b] / cutoffHz));
            }
        }
        return curve;
    }

    private static double[] drawSide(Draws draws) {
        double base = draws.normal(0.0, 2.5);
        double perOctave = draws.normal(0.0, 0.6);
        double[] curve = new double[CENTRES_HZ.length];
        for (int b = 0; b < curve.length; b++) {
            curve[b] = clip(base + perOctave * octaves(CENTRES_HZ[b] / 700.0), -9.0, 5.0);
        }
        return curve;
    }

    private static void addTilt(double[] curve, double dbPerOctave, double limitDb) {
        for (int b = 0; b < curve.length; b++) {
            curve[b] += clip(dbPerOctave * octaves(CENTRES_HZ[b] / 800.0), -limitDb, limitDb);
        }
    }

    private static void addComponent(double[] curve, Draws draws, double sdDb, double limitDb) {
        double centreHz = draws.logUniform(40.0, 14_000.0);
        double gainDb = clip(draws.normal(0.0, sdDb), -limitDb, limitDb);
        double widthOctaves = draws.uniform(0.35, 1.6);
        double kind = draws.uniform(0.0, 1.0);
        for (int b = 0; b < curve.length; b++) {
            double x = octaves(CENTRES_HZ[b] / centreHz) / widthOctaves;
            if (kind < 0.5) {
                curve[b] += gainDb * StrictMath.exp(-x * x);
            } else {
                double direction = kind < 0.75 ? 1.0 : -1.0;
                curve[b] += gainDb / (1.0 + StrictMath.exp(direction * 3.0 * x));
            }
        }
    }

    private static double[] centres() {
        double[] centres = new double[30];
        Arrays.setAll(centres, b -> StrictMath.pow(10.0, (14 + b) / 10.0));
        return centres;
    }

    private static double octaves(double ratio) {
        return StrictMath.log(ratio) / StrictMath.log(2.0);
    }

    private static double fourth(double x) {
        return x * x * x * x;
    }

    private static double decibelsOfOnePlus(double x) {
        return 10.0 * StrictMath.log10(1.0 + x);
    }

    private static double clip(double value, double low, double high) {
        return Math.min(Math.max(value, low), high);
    }
}
