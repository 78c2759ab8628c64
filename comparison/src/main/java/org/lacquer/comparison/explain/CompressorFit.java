// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.explain;

import java.util.Arrays;

/**
 * Finds threshold, ratio, knee, attack and release of a compressor from the gain that was seen, by
 * running its detector for many times and reading slope and threshold from gain over level.
 *
 * <p>Both detectors of the engine are modelled: that of the multiband compressor smooths the level
 * and that of the broadband compressor the reduction.
 */
final class CompressorFit {
    /** Which detector. */
    enum Kind {
        BAND,
        BROAD
    }

    private static final double[] ATTACKS_MS = {2.0, 6.0, 15.0, 35.0};
    private static final double[] RELEASES_MS = {60.0, 120.0, 240.0, 500.0};
    private static final double[] KNEES_DB = {0.0, 3.0, 6.0, 10.0, 14.0};
    private static final double MEAN_SQUARE_MS = 10.0;
    private static final double MEAN_ATTACK_MS = 400.0;
    private static final double MEAN_RELEASE_MS = 1_500.0;
    private static final double FLOOR = 1e-12;
    private static final double STEEPEST = -0.92;
    private static final double FLATTEST = -0.04;
    private static final int THRESHOLDS = 24;

    private final GainTrace trace;
    private final double[] target;
    private final float[] squares;
    private final int rate;
    private final Kind kind;
    private final double stepMs;

    /** The level that was asked for last, and for which times. */
    private double[] lastLevel = new double[0];

    private double lastAttackMs;
    private double lastReleaseMs;

    private CompressorFit(GainTrace trace, double[] target, float[] squares, int rate, Kind kind) {
        this.trace = trace;
        this.target = target;
        this.squares = squares;
        this.rate = rate;
        this.kind = kind;
        this.stepMs = Milliseconds.stepMs(rate);
    }

    /** A compressor that does nothing. */
    static CompressorGuess idle(GainTrace trace, double[] target) {
        double[] ones = new double[trace.powers().length];
        Arrays.fill(ones, 1.0);
        return new CompressorGuess(
                0.0,
                0.0,
                6.0,
                15.0,
                120.0,
                false,
                LeastSquares.mean(target, trace.weights()),
                LeastSquares.variance(target, trace.weights()),
                0.0,
                ones);
    }

    /**
     * @param target gain by frame of the trace, in dB
     * @param squares what the detector hears, by frame of the sound
     */
    static CompressorGuess fit(
            GainTrace trace, double[] target, float[] squares, int rate, Kind kind) {
        return new CompressorFit(trace, target, squares, rate, kind).fit();
    }

    private CompressorGuess fit() {
        CompressorGuess best = idle(trace, target);
        for (double attack : ATTACKS_MS) {
            for (double release : RELEASES_MS) {
                best = better(best, coarse(attack, release, false));
                if (kind == Kind.BROAD) {
                    best = better(best, coarse(attack, release, true));
                }
            }
        }
        if (best.slope() == 0.0) {
            return best;
        }
        CompressorGuess exact =
                exact(
                        best.thresholdDb(),
                        best.slope(),
                        best.kneeDb(),
                        best.attackMs(),
                        best.releaseMs(),
                        best.automatic());
        return refined(exact);
    }

    private static CompressorGuess better(CompressorGuess a, CompressorGuess b) {
        return b.score() < a.score() ? b : a;
    }

    /** Best threshold and slope for given times, by frames alone. */
    private CompressorGuess coarse(double attackMs, double releaseMs, boolean automatic) {
        CompressorGuess best = idle(trace, target);
        double[] level = level(attackMs, releaseMs);
        double[] byFrame = trace.averaged(level);
        double[] range = range(byFrame);
        double kneeDb = 6.0;
        for (int k = 0; k < THRESHOLDS; k++) {
            double threshold = range[0] + (range[1] - range[0]) * k / THRESHOLDS;
            double[] ramp = new double[byFrame.length];
            if (kind == Kind.BAND) {
                for (int t = 0; t < ramp.length; t++) {
                    ramp[t] = CompressorGuess.ramp(byFrame[t] - threshold, kneeDb);
                }
            } else {
                ramp =
                        trace.averaged(
                                reduction(
                                        level, threshold, kneeDb, attackMs, releaseMs, automatic));
            }
            best = better(best, regressed(ramp, threshold, kneeDb, attackMs, releaseMs, automatic));
        }
        return best;
    }

    private double[] range(double[] byFrame) {
        double[] heard = new double[byFrame.length];
        int count = 0;
        for (int t = 0; t < byFrame.length; t++) {
            if (trace.weights()[t] > 0.0) {
                heard[count++] = byFrame[t];
            }
        }
        if (count == 0) {
            return new double[] {-40.0, -20.0};
        }
        double[] sorted = Arrays.copyOf(heard, count);
        Arrays.sort(sorted);
        return new double[] {sorted[count / 20], sorted[count - 1 - count / 200] + 1.0};
    }

    private CompressorGuess regressed(
            double[] ramp,
            double threshold,
            double kneeDb,
            double attackMs,
            double releaseMs,
            boolean automatic) {
        double[] weights = trace.weights();
        double meanRamp = LeastSquares.mean(ramp, weights);
        double meanTarget = LeastSquares.mean(target, weights);
        double product = 0.0;
        double norm = 1e-12;
        for (int t = 0; t < ramp.length; t++) {
            product += weights[t] * (ramp[t] - meanRamp) * (target[t] - meanTarget);
            norm += weights[t] * (ramp[t] - meanRamp) * (ramp[t] - meanRamp);
        }
        double slope = Math.max(STEEPEST, product / norm);
        if (slope > FLATTEST) {
            return idle(trace, target);
        }
        double[] left = target.clone();
        for (int t = 0; t < left.length; t++) {
            left[t] -= slope * ramp[t];
        }
        return new CompressorGuess(
                threshold,
                slope,
                kneeDb,
                attackMs,
                releaseMs,
                automatic,
                LeastSquares.mean(left, weights),
                LeastSquares.variance(left, weights),
                -slope * meanRamp,
                new double[0]);
    }

    /** Steps to neighbours while they fit better. */
    private CompressorGuess refined(CompressorGuess start) {
        CompressorGuess best = start;
        double thresholdStep = 1.5;
        double timeStep = 1.5;
        for (int round = 0; round < 3; round++) {
            double t = best.thresholdDb();
            best = better(best, exact(t - thresholdStep, best));
            best = better(best, exact(t + thresholdStep, best));
            for (double knee : KNEES_DB) {
                if (round > 0) {
                    best = better(best, exactKnee(knee, best));
                }
            }
            best = better(best, exactTimes(timeStep, 1.0, best));
            best = better(best, exactTimes(1.0 / timeStep, 1.0, best));
            best = better(best, exactTimes(1.0, timeStep, best));
            best = better(best, exactTimes(1.0, 1.0 / timeStep, best));
            thresholdStep *= 0.6;
            timeStep = Math.sqrt(timeStep);
        }
        return best;
    }

    private CompressorGuess exact(double threshold, CompressorGuess like) {
        return exact(
                threshold,
                like.slope(),
                like.kneeDb(),
                like.attackMs(),
                like.releaseMs(),
                like.automatic());
    }

    private CompressorGuess exactKnee(double kneeDb, CompressorGuess like) {
        return exact(
                like.thresholdDb(),
                like.slope(),
                kneeDb,
                like.attackMs(),
                like.releaseMs(),
                like.automatic());
    }

    private CompressorGuess exactTimes(double attack, double release, CompressorGuess like) {
        return exact(
                like.thresholdDb(),
                like.slope(),
                like.kneeDb(),
                Math.max(0.5, Math.min(200.0, attack * like.attackMs())),
                Math.max(15.0, Math.min(2_500.0, release * like.releaseMs())),
                like.automatic());
    }

    /** Through the windows of the trace; the slope is corrected once by what it is seen to do. */
    private CompressorGuess exact(
            double threshold,
            double slope,
            double kneeDb,
            double attackMs,
            double releaseMs,
            boolean automatic) {
        double[] reduction =
                reduction(
                        level(attackMs, releaseMs),
                        threshold,
                        kneeDb,
                        attackMs,
                        releaseMs,
                        automatic);
        CompressorGuess best = idle(trace, target);
        double tried = slope;
        for (int round = 0; round < 2; round++) {
            double[] gains = new double[reduction.length];
            for (int n = 0; n < gains.length; n++) {
                gains[n] = Quick.gain(-tried * reduction[n]);
            }
            double[] seen = trace.seen(gains);
            double[] weights = trace.weights();
            double[] left = new double[seen.length];
            double product = 0.0;
            double norm = 1e-12;
            double meanSeen = LeastSquares.mean(seen, weights);
            double meanTarget = LeastSquares.mean(target, weights);
            for (int t = 0; t < seen.length; t++) {
                left[t] = target[t] - seen[t];
                product += weights[t] * (seen[t] - meanSeen) * (target[t] - meanTarget);
                norm += weights[t] * (seen[t] - meanSeen) * (seen[t] - meanSeen);
            }
            best =
                    better(
                            best,
                            new CompressorGuess(
                                    threshold,
                                    tried,
                                    kneeDb,
                                    attackMs,
                                    releaseMs,
                                    automatic,
                                    LeastSquares.mean(left, weights),
                                    LeastSquares.variance(left, weights),
                                    -meanSeen,
                                    gains));
            tried = Math.max(STEEPEST, tried * product / norm);
            if (tried > FLATTEST) {
                break;
            }
        }
        return best;
    }

    /** Level of the detector in dB by millisecond. */
    private double[] level(double attackMs, double releaseMs) {
        boolean same = kind == Kind.BROAD || attackMs == lastAttackMs && releaseMs == lastReleaseMs;
        if (lastLevel.length == 0 || !same) {
            lastLevel = detected(attackMs, releaseMs);
            lastAttackMs = attackMs;
            lastReleaseMs = releaseMs;
        }
        return lastLevel;
    }

    private double[] detected(double attackMs, double releaseMs) {
        int step = Milliseconds.step(rate);
        double[] level = new double[trace.powers().length];
        if (kind == Kind.BROAD) {
            double share = 1.0 - StrictMath.exp(-stepMs / MEAN_SQUARE_MS);
            double mean = 0.0;
            for (int n = 0; n < level.length; n++) {
                mean += share * (trace.powers()[n] - mean);
                level[n] = Quick.db(mean + FLOOR);
            }
            return level;
        }
        double attack = 1.0 - StrictMath.exp(-1_000.0 / (attackMs * rate));
        double release = 1.0 - StrictMath.exp(-1_000.0 / (releaseMs * rate));
        double centre = (attack + release) / 2.0;
        double spread = (attack - release) / 2.0;
        double envelope = 0.0;
        for (int n = 0; n < level.length; n++) {
            for (int i = n * step; i < (n + 1) * step; i++) {
                double difference = squares[i] - envelope;
                envelope += centre * difference + spread * Math.abs(difference);
            }
            level[n] = Quick.db(envelope + FLOOR);
        }
        return level;
    }

    /** What a slope of -1 would take away, by millisecond, dB. */
    private double[] reduction(
            double[] level,
            double threshold,
            double kneeDb,
            double attackMs,
            double releaseMs,
            boolean automatic) {
        double[] reduction = new double[level.length];
        double attack = 1.0 - StrictMath.exp(-stepMs / attackMs);
        double release = 1.0 - StrictMath.exp(-stepMs / releaseMs);
        double meanAttack = 1.0 - StrictMath.exp(-stepMs / MEAN_ATTACK_MS);
        double meanRelease = 1.0 - StrictMath.exp(-stepMs / MEAN_RELEASE_MS);
        double now = 0.0;
        double mean = 0.0;
        for (int n = 0; n < level.length; n++) {
            double wanted = CompressorGuess.ramp(level[n] - threshold, kneeDb);
            if (kind == Kind.BAND) {
                reduction[n] = wanted;
                continue;
            }
            mean += (wanted > mean ? meanAttack : meanRelease) * (wanted - mean);
            if (wanted >= now) {
                now += attack * (wanted - now);
            } else {
                double towards = automatic ? Math.max(wanted, Math.min(mean, now)) : wanted;
                now += release * (towards - now);
            }
            reduction[n] = now;
        }
        return reduction;
    }
}
