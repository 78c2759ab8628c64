// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference;

import org.lacquer.analysis.FeatureSet;
import org.lacquer.audio.Decibels;
import org.lacquer.inference.model.Prediction;
import org.lacquer.inference.model.ToneGate;
import org.lacquer.inference.tone.EqSolver;

import java.util.Arrays;
import java.util.Optional;

/**
 * What the model's answer becomes after doubt, intensity and bounds: the moves of a plan.
 *
 * <p>Tone has two parts. What the model would do to this mix without any target repairs faults; it
 * is held back where it may be chance, for a needless repair does harm. What the target changes in
 * the model's answer is style that was asked for; it is followed as far as the target can be
 * trusted, and where it takes a repair back, less is repaired. Compression and width are held back
 * on their own. Then the musician's intensity scales, and caps bind.
 */
final class Moves {
    static final int EQ_BANDS = EqSolver.BANDS;
    static final int BANDS = 3;
    static final int FIRST_SLOPE = 8;
    private static final int FIRST_SIDE = 11;

    /** Place of the mids' side gain among the model's settings. */
    static final int MID_SIDE_GAIN = FIRST_SIDE + 1;

    /** Share of time that each level quantile (5, 10, 25, 50, 75, 90, 95, 99 %) stands for. */
    private static final double[] QUANTILE_SHARES = {.075, .10, .20, .25, .20, .10, .045, .03};

    private static final int MEDIAN = 3;
    private static final double MAX_NEIGHBOUR_STEP_DB = 5.0;
    private static final double MAX_MEAN_REDUCTION_DB = 2.0;
    private static final double MIN_SLOPE = 0.4;
    private static final double MAX_SIDE_DB = 2.0;

    /** Keeps neighbouring bands from fighting each other over tenths of a dB. */
    private static final double MATCH_RIDGE = 0.15;

    /** Two-sided 90 %. */
    private static final double CERTAIN_SIGMAS = 1.64;

    private final double[] eqGainsDb = new double[EQ_BANDS];
    private final double[] slopes = new double[BANDS];
    private final double[] eqGates = new double[EQ_BANDS];
    private final boolean[] eqHeld = new boolean[EQ_BANDS];
    private final boolean[] eqStepped = new boolean[EQ_BANDS];
    private final double[] slopeGates = new double[BANDS];
    private final boolean[] slopeHeld = new boolean[BANDS];
    private double sideGainDb;
    private boolean sideHeld;

    private Moves() {}

    /**
     * @param prediction toward the target
     * @param withoutTarget of the same mix without any target
     * @param trust share of the difference between the two that is followed
     * @param strength share of the whole move, 1 as inferred
     * @param usualTau how strongly doubt holds back, see {@link ToneGate}
     * @param tau the same for the intensity asked for; not more than usual
     * @param eqCapDb largest gain of an EQ band
     */
    static Moves of(
            Prediction prediction,
            Prediction withoutTarget,
            double trust,
            double[] features,
            ToneGate gate,
            double strength,
            double usualTau,
            double tau,
            double eqCapDb) {
        Moves moves = new Moves();
        double[] mean = prediction.mean();
        double[] sigma = prediction.sigma();
        double[] doubted = withoutTarget.mean();
        double[] repair = gate.apply(doubted, withoutTarget.sigma(), usualTau);
        double[] bolder = gate.apply(doubted, withoutTarget.sigma(), tau);
        for (int k = 0; k < EQ_BANDS; k++) {
            double wanted = doubted[k] + trust * (mean[k] - doubted[k]);
            double move =
                    farther(
                            ToneGate.toward(doubted[k], repair[k], wanted),
                            ToneGate.toward(doubted[k], bolder[k], wanted));
            moves.eqGates[k] = kept(move, wanted);
            moves.eqGainsDb[k] = bounded(strength * move, eqCapDb);
            moves.eqHeld[k] = Math.abs(strength * move) > eqCapDb;
        }
        moves.limitSteps();
        for (int b = 0; b < BANDS; b++) {
            double less = 1.0 - mean[FIRST_SLOPE + b];
            double doubt = sigma[FIRST_SLOPE + b] * sigma[FIRST_SLOPE + b];
            moves.slopeGates[b] = ToneGate.factor(less, doubt, tau);
            double wanted = 1.0 - strength * less * moves.slopeGates[b];
            double slope = Math.min(1.0, Math.max(MIN_SLOPE, wanted));
            moves.slopes[b] = boundReduction(features, b, slope);
            moves.slopeHeld[b] = moves.slopes[b] > Math.min(1.0, wanted);
        }
        double side = side(mean);
        boolean certain = Math.abs(side) > CERTAIN_SIGMAS * side(sigma);
        moves.sideGainDb = certain ? bounded(strength * side, MAX_SIDE_DB) : 0.0;
        moves.sideHeld = certain && Math.abs(strength * side) > MAX_SIDE_DB;
        return moves;
    }

    /** What the model says of the sides of mids and highs together. */
    static double side(double[] settings) {
        return 0.5 * (settings[FIRST_SIDE + 1] + settings[FIRST_SIDE + 2]);
    }

    /** Share of a move that doubt has left. */
    private static double kept(double move, double answer) {
        return answer == 0.0 ? 0.0 : Math.max(0.0, Math.min(1.0, move / answer));
    }

    /**
     * Moves the tone towards following a spectrum fully: the gains that bring the mix closest to
     * it, in closed form, whatever the model thinks of it.
     *
     * @param share 0 keeps the inferred gains, 1 follows fully
     */
    void matchTone(double[] features, double[] targetMean, double share) {
        double[] mix =
                Arrays.copyOfRange(features, FeatureSet.LTAS, FeatureSet.LTAS + FeatureSet.BANDS);
        double[] wanted =
                Arrays.copyOfRange(targetMean, FeatureSet.LTAS, FeatureSet.LTAS + FeatureSet.BANDS);
        double[] full = EqSolver.solve(mix, wanted, EqSolver.audibility(wanted), MATCH_RIDGE);
        for (int k = 0; k < EQ_BANDS; k++) {
            eqGainsDb[k] += share * (full[k] - eqGainsDb[k]);
        }
    }

    double eqGainDb(int band) {
        return eqGainsDb[band];
    }

    /** Share of the model's answer that doubt has left of a band. */
    double eqGate(int band) {
        return eqGates[band];
    }

    /** The bound that holds a band back, in words. */
    Optional<String> eqCap(int band) {
        if (eqStepped[band]) {
            return Optional.of("5 dB between neighbouring bands");
        }
        return eqHeld[band] ? Optional.of("largest gain of a band") : Optional.empty();
    }

    double slopeGate(int band) {
        return slopeGates[band];
    }

    Optional<String> slopeCap(int band) {
        return slopeHeld[band]
                ? Optional.of("ratio 2.5 and 2 dB of mean reduction")
                : Optional.empty();
    }

    Optional<String> sideCap() {
        return sideHeld ? Optional.of("2 dB of width") : Optional.empty();
    }

    /** 1 / ratio. */
    double slope(int band) {
        return slopes[band];
    }

    double sideGainDb() {
        return sideGainDb;
    }

    /** Less doubt may only move further the same way, so that more intensity is never less. */
    private static double farther(double usual, double bolder) {
        return usual * bolder > 0.0 && Math.abs(bolder) > Math.abs(usual) ? bolder : usual;
    }

    private static double bounded(double value, double cap) {
        return Math.max(-cap, Math.min(cap, value));
    }

    /**
     * Neighbouring bands differ by at most {@value #MAX_NEIGHBOUR_STEP_DB} dB: both give way
     * equally.
     */
    private void limitSteps() {
        for (int pass = 0; pass < EQ_BANDS; pass++) {
            for (int k = 1; k < EQ_BANDS; k++) {
                double step = eqGainsDb[k] - eqGainsDb[k - 1];
                double excess = Math.abs(step) - MAX_NEIGHBOUR_STEP_DB;
                if (excess > 1e-9) {
                    double half = Math.copySign(excess / 2.0, step);
                    eqGainsDb[k] -= half;
                    eqGainsDb[k - 1] += half;
                    eqStepped[k] = true;
                    eqStepped[k - 1] = true;
                }
            }
        }
    }

    /** The slope nearest to the wanted one whose mean reduction stays in bounds. */
    static double boundReduction(double[] features, int band, double slope) {
        double reduction = meanReductionDb(features, band, slope);
        if (reduction <= MAX_MEAN_REDUCTION_DB) {
            return slope;
        }
        return 1.0 - (1.0 - slope) * MAX_MEAN_REDUCTION_DB / reduction;
    }

    /** Mean over time of what a compressor above the band's median level turns down. */
    static double meanReductionDb(double[] features, int band, double slope) {
        double sum = 0.0;
        for (int q = MEDIAN + 1; q < QUANTILE_SHARES.length; q++) {
            sum += QUANTILE_SHARES[q] * (1.0 - slope) * overMedian(features, band, q);
        }
        return sum;
    }

    /** Gain that gives the band back the mean power that compression above its median takes. */
    static double makeupDb(double[] features, int band, double slope) {
        double before = 0.0;
        double after = 0.0;
        for (int q = 0; q < QUANTILE_SHARES.length; q++) {
            double over = overMedian(features, band, q);
            double level = features[index(band, q)];
            before += QUANTILE_SHARES[q] * Decibels.toPower(level);
            after +=
                    QUANTILE_SHARES[q]
                            * Decibels.toPower(level - (1.0 - slope) * Math.max(over, 0.0));
        }
        return Decibels.fromPower(before / after);
    }

    /** Median of the band's detector level, dB relative to the band's mean power. */
    static double medianDb(double[] features, int band) {
        return features[index(band, MEDIAN)];
    }

    private static double overMedian(double[] features, int band, int quantile) {
        return features[index(band, quantile)] - features[index(band, MEDIAN)];
    }

    private static int index(int band, int quantile) {
        return FeatureSet.LEVEL_QUANTILES + band * FeatureSet.QUANTILES + quantile;
    }
}
