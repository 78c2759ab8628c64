// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.Decibels;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Figures of {@link StereoImage} from the seconds of a stream.
 *
 * <p>Thresholds: mono loss below 120 Hz warns above 1 dB (a distributor's rule for low end that is
 * cut to vinyl or summed in clubs); all others are the project's own. They judge a band only when
 * it is at most 30 LU below the whole.
 */
final class StereoFigures {
    private static final double LIMIT_DB = 40.0;
    private static final double BALANCE_LIMIT_DB = 100.0;
    private static final double HEARD_LU = -30.0;

    /** Loss of a band that warns and that fails, in LU. */
    private static final double[] WARN_LU = {1.0, 1.5, 2.5, 4.0};

    private static final double[] FAIL_LU = {
        3.0, Double.POSITIVE_INFINITY, 4.0, Double.POSITIVE_INFINITY
    };

    private static final double WARN_WHOLE_LU = 2.0;

    /** Unrelated channels read up to 0.05 about zero over three seconds. */
    private static final double WARN_CORRELATION = -0.1;

    private static final double FAIL_CORRELATION = -0.3;

    private static final double DUAL_MONO = 1e-6;
    private static final double DEAD_DB = 60.0;

    private static final String[] NAMES = {"bass", "low-mids", "mids", "highs"};
    private static final String[] TITLES = {
        "The bass below 120 Hz",
        "The range from 120 to 250 Hz",
        "The range from 250 Hz to 4 kHz, voices and most instruments,",
        "The top above 4 kHz"
    };

    private final StereoSeconds bands;
    private final PowerRows rows;
    private final Seconds seconds;

    StereoFigures(StereoSeconds bands, Seconds seconds) {
        this.bands = bands;
        this.rows = bands.rows;
        this.seconds = seconds;
    }

    MonoFold whole() {
        return fold(0, StereoSeconds.BANDS, 0.0, Double.POSITIVE_INFINITY);
    }

    List<MonoFold> bands() {
        List<MonoFold> list = new ArrayList<>();
        for (int b = 0; b < StereoSeconds.BANDS; b++) {
            list.add(fold(b, b + 1, StereoSeconds.lowHz(b), StereoSeconds.highHz(b)));
        }
        return list;
    }

    ChannelRelation channels(ChannelDelay delay) {
        Sums all = whole(0, StereoSeconds.BANDS);
        double balance = all.balanceDb();
        double[] values = new double[seconds.windows()];
        for (int w = 0; w < values.length; w++) {
            values[w] = window(w, 0, StereoSeconds.BANDS).balanceDb();
        }
        boolean dead = Math.abs(balance) >= DEAD_DB;
        return new ChannelRelation(
                balance,
                Seconds.series(values),
                dead ? Double.NaN : delay.delayMs(),
                delay.coherence(),
                !dead && delay.inverted(),
                all.side <= DUAL_MONO * all.mid,
                !dead
                        ? ChannelRelation.DeadChannel.NONE
                        : balance > 0.0
                                ? ChannelRelation.DeadChannel.RIGHT
                                : ChannelRelation.DeadChannel.LEFT);
    }

    List<Finding> findings(MonoFold whole, List<MonoFold> folds) {
        List<Finding> list = new ArrayList<>();
        for (int b = 0; b < folds.size(); b++) {
            MonoFold fold = folds.get(b);
            if (fold.verdict() == Verdict.FAIR || fold.verdict() == Verdict.POOR) {
                list.add(loss(severity(fold.verdict()), "mono-loss-" + NAMES[b], TITLES[b], fold));
            }
        }
        if (whole.lossLu() > WARN_WHOLE_LU) {
            list.add(loss(Severity.WARNING, "mono-loss", "The song", whole));
        }
        int worst = leastCorrelated(whole);
        if (worst >= 0) {
            double value = whole.correlationOverTime().at(worst);
            boolean much = value < FAIL_CORRELATION;
            list.add(
                    new Finding(
                            much ? Severity.FAILURE : Severity.WARNING,
                            "negative-correlation",
                            String.format(
                                    Locale.ROOT,
                                    "At %s left and right work against each other (correlation"
                                            + " %.2f): in mono that moment thins out%s.",
                                    time(worst),
                                    value,
                                    much ? " or vanishes" : ""),
                            value,
                            "correlation",
                            worst));
        }
        list.sort((a, b) -> b.severity().compareTo(a.severity()));
        return list;
    }

    /** Verdict of findings. */
    static Verdict verdict(List<Finding> findings) {
        Verdict verdict = Verdict.GOOD;
        for (Finding finding : findings) {
            if (finding.severity() == Severity.FAILURE) {
                return Verdict.POOR;
            }
            if (finding.severity() == Severity.WARNING) {
                verdict = Verdict.FAIR;
            }
        }
        return verdict;
    }

    /** Minutes and seconds. */
    static String time(double atSeconds) {
        int whole = (int) Math.round(atSeconds);
        return String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
    }

    private MonoFold fold(int from, int to, double lowHz, double highHz) {
        Sums all = whole(from, to);
        Sums everything = whole(0, StereoSeconds.BANDS);
        double[] losses = new double[seconds.windows()];
        double[] widths = new double[losses.length];
        double[] correlations = new double[losses.length];
        double worst = Double.NaN;
        int worstWindow = -1;
        for (int w = 0; w < losses.length; w++) {
            Sums sums = window(w, from, to);
            losses[w] = sums.lossLu();
            widths[w] = sums.widthDb();
            correlations[w] = sums.correlation();
            boolean heard =
                    seconds.judged(w)
                            && sums.power() >= Decibels.toPower(HEARD_LU) * seconds.windowPower(w);
            if (heard && !(losses[w] <= worst)) {
                worst = losses[w];
                worstWindow = w;
            }
        }
        double loss = all.lossLu();
        double share =
                Math.min(
                        0.0,
                        Decibels.fromPower(all.power()) - Decibels.fromPower(everything.power()));
        return new MonoFold(
                lowHz,
                highHz,
                loss,
                all.widthDb(),
                all.correlation(),
                share,
                worst,
                worstWindow < 0 ? Double.NaN : worstWindow,
                verdict(from, to, loss, share),
                Seconds.series(losses),
                Seconds.series(widths),
                Seconds.series(correlations));
    }

    private static Verdict verdict(int from, int to, double loss, double share) {
        if (Double.isNaN(loss)) {
            return Verdict.UNKNOWN;
        }
        if (share < HEARD_LU) {
            return Verdict.GOOD;
        }
        boolean whole = to - from > 1;
        double warn = whole ? WARN_WHOLE_LU : WARN_LU[from];
        double fail = whole ? Double.POSITIVE_INFINITY : FAIL_LU[from];
        return loss > fail ? Verdict.POOR : loss > warn ? Verdict.FAIR : Verdict.GOOD;
    }

    private int leastCorrelated(MonoFold whole) {
        double least = WARN_CORRELATION;
        int worst = -1;
        for (int w = 0; w < seconds.windows(); w++) {
            double value = whole.correlationOverTime().at(w);
            if (value < least && seconds.judged(w)) {
                least = value;
                worst = w;
            }
        }
        return worst;
    }

    private static Finding loss(Severity severity, String code, String title, MonoFold fold) {
        String where =
                Double.isNaN(fold.worstSeconds())
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                ", most at %s (%s)",
                                time(fold.worstSeconds()),
                                amount(fold.worstLossLu()));
        return new Finding(
                severity,
                code,
                String.format(
                        Locale.ROOT, "%s loses %s in mono%s.", title, amount(fold.lossLu()), where),
                fold.lossLu(),
                "LU",
                fold.worstSeconds());
    }

    private static String amount(double loss) {
        return loss > 40.0 ? "everything" : String.format(Locale.ROOT, "%.1f LU", loss);
    }

    private static Severity severity(Verdict verdict) {
        return verdict == Verdict.POOR ? Severity.FAILURE : Severity.WARNING;
    }

    private Sums whole(int from, int to) {
        double mid = 0.0;
        double side = 0.0;
        double cross = 0.0;
        for (int b = from; b < to; b++) {
            mid += seconds.whole(rows, StereoSeconds.MID + b);
            side += seconds.whole(rows, StereoSeconds.SIDE + b);
            cross += seconds.whole(rows, StereoSeconds.CROSS + b);
        }
        return new Sums(mid, side, cross);
    }

    private Sums window(int window, int from, int to) {
        double mid = 0.0;
        double side = 0.0;
        double cross = 0.0;
        for (int b = from; b < to; b++) {
            mid += Seconds.window(rows, window, StereoSeconds.MID + b);
            side += Seconds.window(rows, window, StereoSeconds.SIDE + b);
            cross += Seconds.window(rows, window, StereoSeconds.CROSS + b);
        }
        return new Sums(mid, side, cross);
    }

    /** Powers of mid and side and Re(M · conj S). */
    private record Sums(double mid, double side, double cross) {
        double power() {
            return mid + side;
        }

        double lossLu() {
            return power() == 0.0
                    ? Double.NaN
                    : Math.min(TranslationFigures.LIMIT_LU, Decibels.fromPower(power() / mid));
        }

        double widthDb() {
            if (power() == 0.0) {
                return Double.NaN;
            }
            double width = Decibels.fromPower(side / mid);
            return Math.max(-LIMIT_DB, Math.min(LIMIT_DB, width));
        }

        /** (m - s) / √((m + s)² - (2c)²), since L = M + S and R = M - S. */
        double correlation() {
            if (power() == 0.0) {
                return Double.NaN;
            }
            double square = power() * power() - 4.0 * cross * cross;
            if (square <= 1e-12 * power() * power()) {
                return 0.0;
            }
            return Math.max(-1.0, Math.min(1.0, (mid - side) / Math.sqrt(square)));
        }

        double balanceDb() {
            if (power() == 0.0) {
                return Double.NaN;
            }
            double left = Math.max(0.0, power() + 2.0 * cross);
            double right = Math.max(0.0, power() - 2.0 * cross);
            double balance = Decibels.fromPower(left / right);
            return Math.max(-BALANCE_LIMIT_DB, Math.min(BALANCE_LIMIT_DB, balance));
        }
    }
}
