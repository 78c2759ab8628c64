// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

/**
 * What tells a ring from a note, of one steady peak; all figures but two in dB.
 *
 * <p>A ring lifts what is there, whatever it is: it has its prominence in the quiet and in the loud
 * moments, and hardly more in the middle than at its steadiest. A note that is often played has
 * much more while it sounds, less where others are loud, brings its octave, and is in tune.
 *
 * <p>The odds are a logistic regression on these figures and their squares, fitted with 2,891 rings
 * put into the bands of 360 tracks of the training and calibration packages, 320 rings of 6 to 12
 * dB in the sound of 80 of them, and the 4,374 steady peaks of the same tracks without a ring.
 *
 * @param middleDb how far its median prominence is above the usual in the octave around it
 * @param swingDb from the 5th to the 90th percentile of prominence, as is usual in that octave
 * @param roughnessDb from the median to the 90th percentile of the steady curve in that octave
 * @param octavesAboveKilohertz its place
 * @param octaveDb the steady peak an octave higher
 * @param edgeDb the fall of the steady curve to the higher of the bands a quarter tone away
 * @param loudContrastDb how far it is above the strongest other band of the octave in the fifth of
 *     the time in which its surroundings are loudest
 * @param steadyDb how far the steady curve, three bands together, is above the usual
 * @param unevenDb mean by which other bands of the octave stand out, median over time
 * @param mistuningSemitones distance to the nearest tempered note
 */
record RingEvidence(
        double middleDb,
        double swingDb,
        double roughnessDb,
        double octavesAboveKilohertz,
        double octaveDb,
        double edgeDb,
        double loudContrastDb,
        double steadyDb,
        double unevenDb,
        double mistuningSemitones) {

    /** Mean, spread, weight and weight of the square, in the order of the components. */
    private static final double[][] WEIGHTS = {
        {8.491, 4.965, -1.646, 0.077}, // middleDb
        {14.655, 5.238, -1.356, -0.031}, // swingDb
        {3.503, 2.062, -0.877, 0.130}, // roughnessDb
        {-0.022, 1.629, 0.448, -0.310}, // octavesAboveKilohertz
        {2.788, 3.541, -0.855, -0.040}, // octaveDb
        {4.017, 2.759, -0.620, -0.128}, // edgeDb
        {-0.786, 4.847, 1.204, 0.197}, // loudContrastDb
        {5.175, 3.145, 3.854, -0.450}, // steadyDb
        {2.305, 1.016, 1.996, 0.025}, // unevenDb
        {0.154, 0.135, 0.804, -0.247}, // mistuningSemitones
    };

    private static final double OFFSET = 0.172;

    /** Figures count as if within so many spreads of their mean. */
    private static final double MOST_SPREADS = 4.0;

    /** One finished track in eleven has a peak with higher odds. */
    private static final double LEAST_LOG_ODDS = 2.5;

    boolean ring() {
        return logOdds() >= LEAST_LOG_ODDS;
    }

    /** Natural logarithm of the odds, as if rings were as common as in the fit. */
    double logOdds() {
        double[] figures = {
            middleDb,
            swingDb,
            roughnessDb,
            octavesAboveKilohertz,
            octaveDb,
            edgeDb,
            loudContrastDb,
            steadyDb,
            unevenDb,
            mistuningSemitones
        };
        double odds = OFFSET;
        for (int i = 0; i < figures.length; i++) {
            double[] weights = WEIGHTS[i];
            double spreads = (figures[i] - weights[0]) / weights[1];
            double x = Math.max(-MOST_SPREADS, Math.min(MOST_SPREADS, spreads));
            odds += weights[2] * x + weights[3] * x * x;
        }
        return odds;
    }
}
