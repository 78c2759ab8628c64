// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

import org.lacquer.audio.StreamFormat;

import java.io.PrintStream;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * How far FFmpeg's filter and libebur128 are from Lacquer's meters, as Markdown; differences are
 * the other meter less Lacquer's.
 */
final class AgreementTable {
    /** Of integrated loudness at 44.1 and 48 kHz, in LU. */
    private static final double INTEGRATED_LU = 0.05;

    /**
     * At other rates. Both other meters leave the gain of the second K-weighting section as the
     * bilinear transform makes it, which is 0.051 dB too much at 22.05 kHz; Lacquer corrects it.
     */
    private static final double INTEGRATED_OTHER_RATES_LU = 0.06;

    private static final double RANGE_LU = 0.2;

    /**
     * The most that the others may read above Lacquer's 32 points a frame: libebur128's 12 taps
     * have a ripple of up to 0.074 dB; FFmpeg prints peaks in steps of 0.001.
     */
    private static final double PEAK_ABOVE_DB = 0.08;

    /** ITU-R BS.1770-5, Annex 2: under-read of four points a frame at half the sample rate. */
    private static final double PEAK_BELOW_DB = 0.69;

    private final List<Row> rows;

    AgreementTable(List<Row> rows) {
        this.rows = List.copyOf(rows);
    }

    /** Whether there are rows, and all differences lie within the tolerances. */
    boolean agrees() {
        return !rows.isEmpty() && rows.stream().allMatch(Row::agrees);
    }

    void print(PrintStream out) {
        out.println();
        out.println(
                "| Streams | Figure | Meter | least | greatest | mean of magnitudes | outside |");
        out.println("|---|---|---|---|---|---|---|");
        summary(out, "as they are", row -> !row.derived());
        summary(out, "derived", Row::derived);
        out.println();
        out.println("| Track | s | kHz | ch | I | F | L | LRA | F | L | TP | F | L |");
        out.println("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        for (Row row : rows) {
            out.printf(
                    Locale.ROOT,
                    "| %s | %.0f | %s | %d | %s | %s | %s |%s%n",
                    row.name.replace('|', '/'),
                    row.seconds,
                    kilohertz(row.format.sampleRateHz()),
                    row.format.channels(),
                    triple(row, Reading::integratedLufs),
                    triple(row, Reading::rangeLu),
                    triple(row, Reading::truePeakDbtp),
                    row.agrees() ? "" : " outside");
        }
    }

    private void summary(PrintStream out, String streams, Predicate<Row> which) {
        summary(
                out,
                streams,
                which,
                "integrated, LU",
                Reading::integratedLufs,
                Row::integratedFits);
        summary(out, streams, which, "range, LU", Reading::rangeLu, Row::rangeFits);
        summary(out, streams, which, "true peak, dB", Reading::truePeakDbtp, Row::peakFits);
    }

    private void summary(
            PrintStream out,
            String streams,
            Predicate<Row> which,
            String figure,
            ToDoubleFunction<Reading> value,
            Fit fit) {
        List<Row> chosen = rows.stream().filter(which).toList();
        summaryLine(out, streams, chosen, figure + " | FFmpeg", value, fit, Row::ffmpeg);
        summaryLine(out, streams, chosen, figure + " | libebur128", value, fit, Row::library);
    }

    private static void summaryLine(
            PrintStream out,
            String streams,
            List<Row> chosen,
            String what,
            ToDoubleFunction<Reading> value,
            Fit fit,
            Function<Row, Reading> meter) {
        var signed = new DoubleSummaryStatistics();
        var magnitudes = new DoubleSummaryStatistics();
        long outside = 0;
        for (Row row : chosen) {
            double difference =
                    value.applyAsDouble(meter.apply(row)) - value.applyAsDouble(row.ours);
            signed.accept(difference);
            magnitudes.accept(Math.abs(difference));
            outside += fit.fits(row, difference) ? 0 : 1;
        }
        out.printf(
                Locale.ROOT,
                "| %d %s | %s | %+.3f | %+.3f | %.3f | %d |%n",
                chosen.size(),
                streams,
                what,
                signed.getMin(),
                signed.getMax(),
                magnitudes.getAverage(),
                outside);
    }

    private static String triple(Row row, ToDoubleFunction<Reading> value) {
        double ours = value.applyAsDouble(row.ours);
        return String.format(
                Locale.ROOT,
                "%.2f | %+.3f | %+.3f",
                ours,
                value.applyAsDouble(row.ffmpeg) - ours,
                value.applyAsDouble(row.library) - ours);
    }

    private static String kilohertz(int rateHz) {
        return rateHz % 1000 == 0
                ? Integer.toString(rateHz / 1000)
                : String.format(Locale.ROOT, "%.2f", rateHz / 1000.0).replaceAll("0$", "");
    }

    /** Whether a difference is within its tolerance; NaN never is. */
    private interface Fit {
        boolean fits(Row row, double difference);
    }

    /**
     * One stream and what the meters say of it.
     *
     * @param derived not the file as it is, but another form of it
     */
    record Row(
            String name,
            boolean derived,
            double seconds,
            StreamFormat format,
            Reading ours,
            Reading ffmpeg,
            Reading library) {

        boolean agrees() {
            return agrees(ffmpeg) && agrees(library);
        }

        private boolean agrees(Reading other) {
            return integratedFits(other.integratedLufs() - ours.integratedLufs())
                    && rangeFits(other.rangeLu() - ours.rangeLu())
                    && peakFits(other.truePeakDbtp() - ours.truePeakDbtp());
        }

        private boolean integratedFits(double difference) {
            int rate = format.sampleRateHz();
            boolean common = rate == 44_100 || rate == 48_000;
            return Math.abs(difference) <= (common ? INTEGRATED_LU : INTEGRATED_OTHER_RATES_LU);
        }

        private boolean rangeFits(double difference) {
            return Math.abs(difference) <= RANGE_LU;
        }

        private boolean peakFits(double difference) {
            return difference <= PEAK_ABOVE_DB && difference >= -PEAK_BELOW_DB;
        }
    }
}
