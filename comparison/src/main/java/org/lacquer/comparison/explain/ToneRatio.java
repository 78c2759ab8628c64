// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.explain;

import org.lacquer.audio.AudioClip;
import org.lacquer.audio.Decibels;

import java.util.Arrays;

/**
 * How much louder a clip is than another by frequency, for mid and for side: third octaves up to
 * 100 Hz, sixth octaves above, in dB.
 *
 * <p>Powers are compared, not waveforms, so phase does not matter. Of every frame the change that
 * all bands share is taken out, so that a gain that moves with the music does not look like tone;
 * its mean is kept. Frames count by the power 0.3 of their level: loud ones more, but not alone.
 */
final class ToneRatio {
    /** Where long transforms, which tell bass notes apart, give way to short ones. */
    private static final double LONG_BELOW_HZ = 180.0;

    private static final int LONG_WINDOW = 16_384;
    private static final int SHORT_WINDOW = 4_096;

    /** Frames further below the loudest of their band do not count. */
    private static final double QUIET = 1e-4;

    private static final double LOUDNESS_EXPONENT = 0.3;

    /** Bands this far below the densest begin to count less, and at the end do not count. */
    private static final double FAINT_DB = -50.0;

    private static final double INAUDIBLE_DB = -65.0;

    /** Below this power against mid, side is the rounding of a codec. */
    private static final double NO_SIDE_DB = -45.0;

    private final double[] hz;
    private final double[] midDb;
    private final double[] midWeights;
    private final double[] sideDb;
    private final double[] sideWeights;
    private final double levelDb;
    private final double balanceDb;

    private ToneRatio(int bands) {
        this.hz = new double[bands];
        this.midDb = new double[bands];
        this.midWeights = new double[bands];
        this.sideDb = new double[bands];
        this.sideWeights = new double[bands];
        this.levelDb = 0.0;
        this.balanceDb = 0.0;
    }

    private ToneRatio(
            double[] hz,
            double[] midDb,
            double[] midWeights,
            double[] sideDb,
            double[] sideWeights,
            double levelDb,
            double balanceDb) {
        this.hz = hz;
        this.midDb = midDb;
        this.midWeights = midWeights;
        this.sideDb = sideDb;
        this.sideWeights = sideWeights;
        this.levelDb = levelDb;
        this.balanceDb = balanceDb;
    }

    /** Edges of all bands. */
    static double[] edgesHz() {
        double[] edges = new double[7 + 1 + 46];
        for (int k = 0; k <= 7; k++) {
            edges[k] = 1_000.0 * StrictMath.pow(10.0, (k - 16.5) / 10.0);
        }
        for (int k = 8; k < edges.length; k++) {
            edges[k] = edges[7] * StrictMath.pow(10.0, (k - 7) / 20.0);
        }
        return edges;
    }

    static ToneRatio between(AudioClip from, AudioClip to) {
        double[] edges = edgesHz();
        int split = 0;
        while (edges[split] < LONG_BELOW_HZ) {
            split++;
        }
        double[] low = Arrays.copyOfRange(edges, 0, split + 1);
        double[] high = Arrays.copyOfRange(edges, split, edges.length);
        int scale = from.format().sampleRateHz() > 60_000 ? 2 : 1;
        Part lows = new Part(from, to, scale * LONG_WINDOW, low);
        Part highs = new Part(from, to, scale * SHORT_WINDOW, high);
        return join(edges, lows, highs);
    }

    private static ToneRatio join(double[] edges, Part lows, Part highs) {
        int bands = edges.length - 1;
        ToneRatio ratio = new ToneRatio(bands);
        double densest = 0.0;
        for (int b = 0; b < bands; b++) {
            Part part = b < lows.bands ? lows : highs;
            int k = b < lows.bands ? b : b - lows.bands;
            ratio.hz[b] = Math.sqrt(edges[b] * edges[b + 1]);
            ratio.midDb[b] = part.midDb[k];
            ratio.sideDb[b] = part.sideDb[k];
            double octaves = StrictMath.log(edges[b + 1] / edges[b]);
            densest = Math.max(densest, part.midPower[k] / octaves);
        }
        for (int b = 0; b < bands; b++) {
            Part part = b < lows.bands ? lows : highs;
            int k = b < lows.bands ? b : b - lows.bands;
            double octaves = StrictMath.log(edges[b + 1] / edges[b]);
            // A third octave counts as two sixths.
            double width = b < 7 ? 2.0 : 1.0;
            double level = Decibels.fromPower(part.midPower[k] / octaves / densest);
            ratio.midWeights[b] = part.midHeard[k] ? width * weight(level) : 0.0;
            double sideLevel = Decibels.fromPower(part.sidePower[k] / octaves / densest);
            boolean heard =
                    part.sideHeard[k]
                            && part.sidePower[k] > Decibels.toPower(NO_SIDE_DB) * part.midPower[k];
            ratio.sideWeights[b] = heard ? width * weight(sideLevel) : 0.0;
        }
        return new ToneRatio(
                ratio.hz,
                ratio.midDb,
                ratio.midWeights,
                ratio.sideDb,
                ratio.sideWeights,
                highs.levelDb,
                highs.balanceDb);
    }

    private static double weight(double levelDb) {
        double share = (levelDb - INAUDIBLE_DB) / (FAINT_DB - INAUDIBLE_DB);
        return Double.isNaN(share) ? 0.0 : Math.max(0.0, Math.min(1.0, share));
    }

    double[] hz() {
        return hz;
    }

    double[] midDb() {
        return midDb;
    }

    /** 0 where the music has nothing to compare. */
    double[] midWeights() {
        return midWeights;
    }

    double[] sideDb() {
        return sideDb;
    }

    double[] sideWeights() {
        return sideWeights;
    }

    /** Mean of the change that all bands share. */
    double levelDb() {
        return levelDb;
    }

    /** How much more the right channel was turned up than the left. */
    double balanceDb() {
        return balanceDb;
    }

    /** Bands of one length of transform. */
    private static final class Part {
        private final int bands;
        private final double[] midDb;
        private final double[] sideDb;
        private final double[] midPower;
        private final double[] sidePower;
        private final boolean[] midHeard;
        private final boolean[] sideHeard;
        private final double levelDb;
        private final double balanceDb;

        Part(AudioClip from, AudioClip to, int window, double[] edges) {
            BandPowers x = new BandPowers(from, window, 2, edges);
            BandPowers y = new BandPowers(to, window, 2, edges);
            bands = x.bands();
            midDb = new double[bands];
            sideDb = new double[bands];
            midPower = new double[bands];
            sidePower = new double[bands];
            midHeard = new boolean[bands];
            sideHeard = new boolean[bands];
            double[] shared = shared(x, y);
            levelDb = Arrays.stream(shared).average().orElse(0.0);
            for (int b = 0; b < bands; b++) {
                midPower[b] = mean(x.mid()[b]);
                sidePower[b] = mean(x.side()[b]);
                midDb[b] = ratioDb(x.mid()[b], y.mid()[b], shared, levelDb);
                sideDb[b] = ratioDb(x.side()[b], y.side()[b], shared, levelDb);
                midHeard[b] = !Double.isNaN(midDb[b]);
                sideHeard[b] = !Double.isNaN(sideDb[b]);
                midDb[b] = midHeard[b] ? midDb[b] : 0.0;
                sideDb[b] = sideHeard[b] ? sideDb[b] : 0.0;
            }
            double balance = 0.0;
            double weights = 0.0;
            for (int b = 0; b < bands; b++) {
                double l = ratioDb(x.left()[b], y.left()[b], shared, levelDb);
                double r = ratioDb(x.right()[b], y.right()[b], shared, levelDb);
                double weight = StrictMath.pow(midPower[b] + sidePower[b], 0.3);
                if (!Double.isNaN(l) && !Double.isNaN(r)) {
                    balance += weight * (r - l);
                    weights += weight;
                }
            }
            balanceDb = weights == 0.0 ? 0.0 : balance / weights;
        }

        private static double mean(float[] powers) {
            double sum = 0.0;
            for (float power : powers) {
                sum += power;
            }
            return powers.length == 0 ? 0.0 : sum / powers.length;
        }

        /** Change by frame, as the mean over bands by the power 0.3 of their level. */
        private static double[] shared(BandPowers x, BandPowers y) {
            double[] shared = new double[Math.min(x.frames(), y.frames())];
            double last = 0.0;
            for (int t = 0; t < shared.length; t++) {
                double sum = 0.0;
                double weights = 0.0;
                for (int b = 0; b < x.bands(); b++) {
                    double px = x.power(b, t);
                    double py = y.power(b, t);
                    if (px > 0.0 && py > 0.0) {
                        double weight = StrictMath.pow(px, LOUDNESS_EXPONENT);
                        sum += weight * Quick.db(py / px);
                        weights += weight;
                    }
                }
                last = weights == 0.0 ? last : sum / weights;
                shared[t] = last;
            }
            return shared;
        }

        /** NaN when nothing is heard. */
        private static double ratioDb(float[] x, float[] y, double[] shared, double levelDb) {
            double loudest = 0.0;
            for (float power : x) {
                loudest = Math.max(loudest, power);
            }
            double sum = 0.0;
            double weights = 0.0;
            for (int t = 0; t < shared.length; t++) {
                if (x[t] > QUIET * loudest && y[t] > 0f) {
                    double weight = StrictMath.pow(x[t], LOUDNESS_EXPONENT);
                    sum += weight * (Quick.db((double) y[t] / x[t]) - shared[t]);
                    weights += weight;
                }
            }
            return weights == 0.0 ? Double.NaN : sum / weights + levelDb;
        }
    }
}
