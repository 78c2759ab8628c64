// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.Decibels;

import java.util.Arrays;

/**
 * From what is heard to the reduction, one step a control period.
 *
 * <pre>
 * m += k (p - m)                       mean square, time constant {@value #MEAN_SQUARE_MS} ms
 * h  = max peak of the last 12.5 ms    holds over half a period of 40 Hz, so bass does not ripple
 * L  = (1 - share) dB(m) + share (dB(h) - 3.01)
 * r  = static curve of L
 * g += k (r - g)                       k of attack while r exceeds g, else of release
 * </pre>
 *
 * With automatic release g falls towards r no further than a slow mean s of r, quickly, and from
 * there on with s.
 */
final class CompressorDetector {
    private static final double MEAN_SQUARE_MS = 10.0;
    private static final double HOLD_MS = 12.5;

    /** Slow mean of automatic release: tuned so that a bar of music settles it. */
    private static final double MEAN_ATTACK_MS = 400.0;

    private static final double MEAN_RELEASE_MS = 1_500.0;
    private static final double SINE_DB = 10.0 * StrictMath.log10(2.0);
    private static final double SILENCE_DB = -200.0;
    private static final double SMALLEST = 1e-60;

    private final CompressorSettings settings;
    private final boolean automatic;
    private final double peakShare;
    private final double meanSquareStep;
    private final double attack;
    private final double release;
    private final double meanAttack;
    private final double meanRelease;

    private final double[] held;
    private int heldPosition;
    private double meanSquare;
    private double reductionDb;
    private double meanReductionDb;

    CompressorDetector(CompressorSettings settings, double periodMs) {
        this.settings = settings;
        this.automatic = settings.release() == CompressorSettings.Release.AUTO;
        this.peakShare = settings.sideChain().peakPercent() / 100.0;
        this.meanSquareStep = smoothing(MEAN_SQUARE_MS, periodMs);
        this.attack = smoothing(settings.attackMs(), periodMs);
        this.release = smoothing(settings.releaseMs(), periodMs);
        this.meanAttack = smoothing(MEAN_ATTACK_MS, periodMs);
        this.meanRelease = smoothing(MEAN_RELEASE_MS, periodMs);
        this.held = new double[(int) StrictMath.ceil(HOLD_MS / periodMs)];
    }

    /** One-pole coefficient that covers 63 % of a step in the given time. */
    private static double smoothing(double timeMs, double periodMs) {
        return 1.0 - StrictMath.exp(-periodMs / timeMs);
    }

    /** Reduction in dB after one more period with this mean square and largest magnitude. */
    double next(double power, double peak) {
        double wantedDb = settings.reductionDb(levelDb(power, peak));
        meanReductionDb +=
                (wantedDb > meanReductionDb ? meanAttack : meanRelease)
                        * (wantedDb - meanReductionDb);
        if (wantedDb >= reductionDb) {
            reductionDb += attack * (wantedDb - reductionDb);
        } else {
            double towardsDb =
                    automatic
                            ? Math.max(wantedDb, Math.min(meanReductionDb, reductionDb))
                            : wantedDb;
            reductionDb += release * (towardsDb - reductionDb);
        }
        return reductionDb;
    }

    private double levelDb(double power, double peak) {
        meanSquare += meanSquareStep * (power - meanSquare);
        meanSquare = meanSquare < SMALLEST ? 0.0 : meanSquare;
        held[heldPosition] = peak;
        heldPosition = heldPosition + 1 == held.length ? 0 : heldPosition + 1;
        double levelDb = 0.0;
        if (peakShare < 1.0) {
            levelDb += (1.0 - peakShare) * audibleDb(meanSquare);
        }
        if (peakShare > 0.0) {
            double largest = 0.0;
            for (double value : held) {
                largest = Math.max(largest, value);
            }
            levelDb += peakShare * (audibleDb(largest * largest) - SINE_DB);
        }
        return levelDb;
    }

    private static double audibleDb(double power) {
        return Math.max(SILENCE_DB, Decibels.fromPower(power));
    }

    void reset() {
        Arrays.fill(held, 0.0);
        heldPosition = 0;
        meanSquare = 0.0;
        reductionDb = 0.0;
        meanReductionDb = 0.0;
    }
}
