// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.explain;

import org.lacquer.engine.ChannelPlacement;
import org.lacquer.engine.EqBand;
import org.lacquer.engine.HighPassSettings;
import org.lacquer.engine.ParametricEqSettings;
import org.lacquer.engine.StageSettings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * Few bands of an equaliser, and perhaps a high-pass, that follow a curve: the best band on a grid
 * is added, all are refined together (K. Levenberg 1944, D. Marquardt 1963), and so on until
 * another band is not worth it. The level of the whole curve is free.
 */
final class ToneFit {
    private static final int MOST_BANDS = 8;
    private static final double GOOD_ENOUGH_DB = 0.08;
    private static final double WORTH_SHARE = 0.88;
    private static final double WORTH_DB = 0.02;

    /** Smaller moves of a band are noise of the measurement. */
    private static final double SMALLEST_GAIN_DB = 0.15;

    /** Of a shelf and a bell that explain alike the shelf is the simpler. */
    private static final double BELL_SHARE = 0.97;

    private static final double TEMPLATE_DB = 2.0;
    private static final double[] QS = {0.4, 0.7, 1.0, 1.4, 2.0, 3.0};
    private static final int[] SLOPES = {12, 24};
    private static final int ROUNDS = 25;

    private final double[] hz;
    private final double[] target;
    private final double[] weights;
    private final int rate;
    private final List<Template> templates = new ArrayList<>();

    private record Template(EqBand band, double[] db) {}

    /**
     * What came out.
     *
     * @param offsetDb level that remains
     * @param rmsDb what the curve does not follow
     */
    record Result(
            Optional<HighPassSettings> highPass,
            List<EqBand> bands,
            double offsetDb,
            double rmsDb) {

        /** High-pass and equaliser, as far as there are any. */
        List<StageSettings> stages() {
            List<StageSettings> stages = new ArrayList<>();
            highPass.ifPresent(stages::add);
            if (!bands.isEmpty()) {
                stages.add(new ParametricEqSettings(bands));
            }
            return stages;
        }

        double responseDb(double frequencyHz, int rate) {
            double db = new ParametricEqSettings(bands).responseDb(frequencyHz, rate);
            return highPass.isPresent() ? db + highPass.get().responseDb(frequencyHz, rate) : db;
        }
    }

    private ToneFit(double[] hz, double[] targetDb, double[] weights, int rate) {
        this.hz = hz;
        this.target = targetDb;
        this.weights = weights;
        this.rate = rate;
        for (EqBand.Shape shape :
                List.of(EqBand.Shape.BELL, EqBand.Shape.LOW_SHELF, EqBand.Shape.HIGH_SHELF)) {
            double lowest = shape == EqBand.Shape.HIGH_SHELF ? 600.0 : 30.0;
            double highest = shape == EqBand.Shape.LOW_SHELF ? 1_500.0 : 15_500.0;
            for (double centre = lowest; centre < highest; centre *= 1.2599) {
                for (double q : QS) {
                    if (shape == EqBand.Shape.BELL || q == 0.7) {
                        EqBand band = new EqBand(shape, centre, TEMPLATE_DB, q);
                        templates.add(new Template(band, centred(response(band))));
                    }
                }
            }
        }
    }

    /**
     * @param weights 0 where the curve is not known
     */
    static Result fit(double[] hz, double[] targetDb, double[] weights, int rate) {
        return new ToneFit(hz, targetDb, weights, rate).fit();
    }

    private Result fit() {
        List<EqBand> bands = new ArrayList<>();
        Optional<HighPassSettings> highPass = Optional.empty();
        double error = rms(residual(bands, highPass));
        while (bands.size() < MOST_BANDS && error > GOOD_ENOUGH_DB) {
            List<EqBand> more = new ArrayList<>(bands);
            double[] left = residual(bands, highPass);
            more.add(best(left));
            refine(more, highPass);
            double withBand = rms(residual(more, highPass));
            double withHighPass = Double.POSITIVE_INFINITY;
            Optional<HighPassSettings> pass = Optional.empty();
            List<EqBand> same = new ArrayList<>(bands);
            if (highPass.isEmpty()) {
                pass = bestHighPass(left);
                if (pass.isPresent()) {
                    refine(same, pass);
                    pass = bestHighPass(residual(same, Optional.empty()));
                    withHighPass = rms(residual(same, pass));
                }
            }
            double now = Math.min(withBand, withHighPass);
            if (now > WORTH_SHARE * error || now > error - WORTH_DB) {
                break;
            }
            // Of two that fit alike the high-pass is the simpler.
            if (withHighPass < 1.1 * withBand) {
                highPass = pass;
                bands = same;
                error = withHighPass;
            } else {
                bands = more;
                error = withBand;
            }
        }
        bands.removeIf(band -> Math.abs(band.gainDb()) < SMALLEST_GAIN_DB);
        refine(bands, highPass);
        double[] left = leftover(bands, highPass);
        return new Result(
                highPass,
                bands.stream().map(ToneFit::rounded).toList(),
                LeastSquares.mean(left, weights),
                rms(centred(left)));
    }

    private EqBand best(double[] left) {
        Template best = templates.getFirst();
        double gain = 0.0;
        double most = -1.0;
        for (Template template : templates) {
            double product = 0.0;
            double norm = 1e-12;
            for (int i = 0; i < hz.length; i++) {
                product += weights[i] * template.db[i] * left[i];
                norm += weights[i] * template.db[i] * template.db[i];
            }
            boolean bell = template.band.shape() == EqBand.Shape.BELL;
            double explained = (bell ? BELL_SHARE : 1.0) * product * product / norm;
            if (explained > most) {
                most = explained;
                best = template;
                gain = TEMPLATE_DB * product / norm;
            }
        }
        return best.band.withGainDb(Math.max(-12.0, Math.min(12.0, gain)));
    }

    private Optional<HighPassSettings> bestHighPass(double[] left) {
        Optional<HighPassSettings> best = Optional.empty();
        double least = rms(left);
        for (int slope : SLOPES) {
            for (double cutoff = 15.0; cutoff < 130.0; cutoff *= 1.06) {
                HighPassSettings settings =
                        new HighPassSettings(Math.rint(10.0 * cutoff) / 10.0, slope);
                double[] rest = left.clone();
                for (int i = 0; i < hz.length; i++) {
                    rest[i] -= settings.responseDb(hz[i], rate);
                }
                double error = rms(centred(rest));
                if (error < least) {
                    least = error;
                    best = Optional.of(settings);
                }
            }
        }
        return best;
    }

    private double[] response(EqBand band) {
        DoubleUnaryOperator response =
                new ParametricEqSettings(List.of(band)).response(rate, ChannelPlacement.STEREO);
        double[] db = new double[hz.length];
        for (int i = 0; i < hz.length; i++) {
            db[i] = hz[i] < 0.49 * rate ? response.applyAsDouble(hz[i]) : 0.0;
        }
        return db;
    }

    private double[] leftover(List<EqBand> bands, Optional<HighPassSettings> highPass) {
        double[] left = target.clone();
        for (EqBand band : bands) {
            double[] db = response(band);
            for (int i = 0; i < hz.length; i++) {
                left[i] -= db[i];
            }
        }
        if (highPass.isPresent()) {
            for (int i = 0; i < hz.length; i++) {
                left[i] -= highPass.get().responseDb(hz[i], rate);
            }
        }
        return left;
    }

    private double[] residual(List<EqBand> bands, Optional<HighPassSettings> highPass) {
        return centred(leftover(bands, highPass));
    }

    private double[] centred(double[] values) {
        double mean = LeastSquares.mean(values, weights);
        double[] centred = values.clone();
        for (int i = 0; i < centred.length; i++) {
            centred[i] -= mean;
        }
        return centred;
    }

    private double rms(double[] values) {
        return Math.sqrt(LeastSquares.variance(values, weights));
    }

    /** Damped Gauss-Newton steps in frequency and Q (both logarithmic) and gain. */
    private void refine(List<EqBand> bands, Optional<HighPassSettings> highPass) {
        int n = 3 * bands.size();
        if (n == 0) {
            return;
        }
        double damping = 1e-2;
        double[] left = residual(bands, highPass);
        double error = rms(left);
        for (int round = 0; round < ROUNDS && damping < 1e4; round++) {
            double[][] slopes = new double[n][];
            for (int k = 0; k < n; k++) {
                slopes[k] = slope(bands.get(k / 3), k % 3);
            }
            double[][] normal = new double[n][n];
            double[] right = new double[n];
            for (int k = 0; k < n; k++) {
                for (int j = 0; j < n; j++) {
                    normal[k][j] = product(slopes[k], slopes[j]);
                }
                normal[k][k] = normal[k][k] * (1.0 + damping) + 1e-6;
                right[k] = product(slopes[k], left);
            }
            double[] step = LeastSquares.solve(normal, right);
            List<EqBand> moved = new ArrayList<>();
            for (int k = 0; k < bands.size(); k++) {
                moved.add(moved(bands.get(k), step, 3 * k));
            }
            double[] now = residual(moved, highPass);
            if (rms(now) < error) {
                boolean done = rms(now) > 0.999 * error;
                error = rms(now);
                left = now;
                for (int k = 0; k < bands.size(); k++) {
                    bands.set(k, moved.get(k));
                }
                damping /= 3.0;
                if (done) {
                    return;
                }
            } else {
                damping *= 5.0;
            }
        }
    }

    private double product(double[] a, double[] b) {
        double sum = 0.0;
        for (int i = 0; i < a.length; i++) {
            sum += weights[i] * a[i] * b[i];
        }
        return sum;
    }

    private double[] slope(EqBand band, int parameter) {
        double[] step = new double[3];
        step[parameter] = 1e-3;
        double[] before = response(band);
        double[] after = response(moved(band, step, 0));
        for (int i = 0; i < after.length; i++) {
            after[i] = (after[i] - before[i]) / 1e-3;
        }
        return centred(after);
    }

    private static EqBand moved(EqBand band, double[] step, int at) {
        double f = band.frequencyHz() * StrictMath.exp(within(step[at], 0.5));
        double gain = band.gainDb() + within(step[at + 1], 3.0);
        double q = band.q() * StrictMath.exp(within(step[at + 2], 0.5));
        boolean bell = band.shape() == EqBand.Shape.BELL;
        double lowest = band.shape() == EqBand.Shape.HIGH_SHELF ? 600.0 : 20.0;
        double highest = band.shape() == EqBand.Shape.LOW_SHELF ? 1_500.0 : 16_000.0;
        return new EqBand(
                band.shape(),
                Math.max(lowest, Math.min(highest, f)),
                Math.max(-18.0, Math.min(18.0, gain)),
                Math.max(bell ? 0.3 : 0.45, Math.min(bell ? 6.0 : 1.0, q)),
                band.placement());
    }

    private static double within(double value, double limit) {
        return Math.max(-limit, Math.min(limit, value));
    }

    /** Figures that people would set. */
    private static EqBand rounded(EqBand band) {
        double step = StrictMath.pow(10.0, Math.floor(StrictMath.log10(band.frequencyHz())) - 2);
        return new EqBand(
                band.shape(),
                Math.rint(band.frequencyHz() / step) * step,
                Math.rint(band.gainDb() * 100.0) / 100.0,
                Math.rint(band.q() * 100.0) / 100.0,
                band.placement());
    }
}
