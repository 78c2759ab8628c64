// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference;

import org.lacquer.analysis.FeatureSet;
import org.lacquer.engine.ChannelPlacement;
import org.lacquer.engine.EqBand;
import org.lacquer.engine.ParametricEqSettings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * Why an EQ band has its gain: what the target changed, what the model does anyway, how the mix
 * compares.
 */
final class ToneReasons {
    /** Moves below this are not made and not spoken of. */
    static final double SMALLEST_DB = 0.1;

    /** Part of a 1 dB bell or shelf that counts as its region. */
    private static final double REGION_ABOVE_DB = 0.4;

    private static final int RATE_HZ = 96_000;

    private final Target target;
    private final double[] features;
    private final double[] averageMusic;

    /**
     * @param averageMusic the model's mean of all music, in the order of the target's features
     */
    ToneReasons(Target target, double[] features, double[] averageMusic) {
        this.target = target;
        this.features = features;
        this.averageMusic = averageMusic;
    }

    /**
     * @param k which of the model's EQ bands
     * @param place of the band in the plan's equaliser
     * @param withoutTargetDb what the gain would be without the target
     */
    Decision explain(
            EqBand shape,
            int k,
            int place,
            double gainDb,
            double withoutTargetDb,
            Answer answer,
            Moves moves) {
        double mixLess = overBand(shape, target.mean(), features);
        double targetMore = overBand(shape, target.mean(), averageMusic);
        double byTarget = gainDb - withoutTargetDb;
        StringBuilder because = new StringBuilder(Words.REGIONS.get(k)).append(": ");
        if (Math.abs(byTarget) >= SMALLEST_DB) {
            because.append(styleSentence(byTarget, targetMore));
        }
        if (Math.abs(withoutTargetDb) >= SMALLEST_DB) {
            because.append("for a mix like this the model chooses ")
                    .append(Words.signedDb(withoutTargetDb))
                    .append(" whatever the target; ");
        }
        because.append(comparison(gainDb, mixLess));
        Map<String, Double> evidence = new LinkedHashMap<>();
        evidence.put("movedByTargetDb", Words.rounded(byTarget, 0.01));
        evidence.put("withoutTargetDb", Words.rounded(withoutTargetDb, 0.01));
        evidence.put("targetMinusAverageDb", Words.rounded(targetMore, 0.01));
        evidence.put("targetMinusMixDb", Words.rounded(mixLess, 0.01));
        evidence.put("modelDb", Words.rounded(answer.toward().mean()[k], 0.01));
        evidence.put("sigmaDb", Words.rounded(answer.toward().sigma()[k], 0.01));
        return answer.decibels(
                "parametric-eq.bands[" + place + "].gainDb",
                k,
                gainDb,
                because.toString(),
                evidence,
                moves.eqGate(k),
                moves.eqCap(k));
    }

    /**
     * The mix against the target; the model weighs the whole sound and may well turn up what there
     * is more of, which has to be said.
     */
    private static String comparison(double gainDb, double mixLess) {
        if (Math.abs(mixLess) < SMALLEST_DB) {
            return "the mix has as much here as the target.";
        }
        String compared = "the mix has " + Words.moreOrLess(-mixLess) + " here than the target";
        return gainDb * mixLess > 0.0
                ? compared + "."
                : "it goes by the sound as a whole, although " + compared + ".";
    }

    private String styleSentence(double byTarget, double targetMore) {
        String moved = targetName() + " moves this by " + Words.signedDb(byTarget);
        // The model weighs the whole spectrum; the figure for one region need not point the same
        // way.
        if (Math.signum(targetMore) != Math.signum(byTarget)) {
            return moved + " for the balance of its whole spectrum; ";
        }
        return moved
                + ", since such masters have "
                + Words.moreOrLess(targetMore)
                + " here than music on average; ";
    }

    /** A blend's long name stands once, at the head of the report. */
    private String targetName() {
        return target.weights().size() == 1
                ? "the " + target.name() + " target"
                : "the blended target";
    }

    /** Mean of one spectrum less another over the third octaves that an EQ band mostly moves. */
    private static double overBand(EqBand shape, double[] one, double[] other) {
        DoubleUnaryOperator band =
                new ParametricEqSettings(List.of(shape.withGainDb(1.0)))
                        .response(RATE_HZ, ChannelPlacement.STEREO);
        double sum = 0.0;
        double weights = 0.0;
        for (int b = 1; b < FeatureSet.BANDS - 1; b++) {
            double hz = StrictMath.pow(10.0, (14 + b) / 10.0);
            double weight = Math.max(0.0, band.applyAsDouble(hz) - REGION_ABOVE_DB);
            sum += weight * (one[FeatureSet.LTAS + b] - other[FeatureSet.LTAS + b]);
            weights += weight;
        }
        return sum / weights;
    }
}
