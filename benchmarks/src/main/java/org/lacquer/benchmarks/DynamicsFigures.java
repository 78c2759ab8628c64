// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

import static org.lacquer.benchmarks.FigurePage.number;

import org.lacquer.app.chart.Axis;
import org.lacquer.app.chart.Curve;
import org.lacquer.app.chart.Ink;
import org.lacquer.audio.Decibels;
import org.lacquer.engine.BelowThreshold;
import org.lacquer.engine.ChannelPlacement;
import org.lacquer.engine.CompressorBand;
import org.lacquer.engine.CompressorSettings;
import org.lacquer.engine.CompressorSettings.Release;
import org.lacquer.engine.DynamicEqBand;
import org.lacquer.engine.DynamicEqBand.Trigger;
import org.lacquer.engine.DynamicEqSettings;
import org.lacquer.engine.EqBand;
import org.lacquer.engine.MultibandCompressorSettings;
import org.lacquer.engine.SideChain;
import org.lacquer.engine.StageSettings;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;

/** Crossovers, static curves and steps of the compressors. */
final class DynamicsFigures {
    private static final int RATE = 44_100;

    /** A sine's mean square lies this far below its peak. */
    private static final double SINE_DB = 10.0 * StrictMath.log10(2.0);

    private static final double TONE_HZ = 1_000.0;
    private static final int RESPONSE_FRAMES = 1 << 16;

    /** Quiet enough to lie below every threshold here. */
    private static final double CLICK = 1e-3;

    private static final List<Double> CROSSOVERS_HZ = List.of(120.0, 500.0, 2_000.0, 7_000.0);
    private static final double LIFT_DB = 12.0;

    /** Whole periods of 42 frames. */
    private static final double STEP_HZ = 1_050.0;

    private static final int STEP_PERIOD = 42;
    private static final double QUIET_DBFS = -50.0;
    private static final double LOUD_DBFS = -10.0;

    private final FigurePage page;
    private final double[] hz;
    private final int levels;

    DynamicsFigures(FigurePage page, FigureScale scale) {
        this.page = page;
        this.hz = Plots.logarithmic(20.0, 20_000.0, scale.points());
        this.levels = scale.points() / 6;
    }

    void write() throws IOException {
        crossovers();
        staticCurves();
        steps();
    }

    private void crossovers() throws IOException {
        page.heading("Crossovers of the multiband compressor");
        page.paragraph(
                """
                Measured with a quiet click through the compressor while no band compresses, at 44.1 kHz. The sum is what
                comes out of it. A band is what comes out in addition when that band's makeup is raised by 12 dB; dashed:
                predicted, `bandResponseDb`.
                """);
        List<Curve> bands = new ArrayList<>();
        MultibandCompressorSettings five = idle(5, -1);
        float[] flat = Probe.impulseResponse(five, CLICK, RESPONSE_FRAMES, RATE);
        double bandError = 0.0;
        for (int b = 0; b < 5; b++) {
            float[] lifted = Probe.impulseResponse(idle(5, b), CLICK, RESPONSE_FRAMES, RATE);
            for (int i = 0; i < lifted.length; i++) {
                lifted[i] = (float) ((lifted[i] - flat[i]) / (Decibels.toGain(LIFT_DB) - 1.0));
            }
            double[] measured = Probe.magnitudesDb(lifted, CLICK, hz, RATE);
            double[] predicted = new double[hz.length];
            for (int k = 0; k < hz.length; k++) {
                predicted[k] = five.bandResponseDb(b, hz[k], RATE);
                if (predicted[k] > -60.0) {
                    bandError = Math.max(bandError, Math.abs(measured[k] - predicted[k]));
                }
            }
            bands.add(
                    Plots.broad(
                            "band " + (b + 1), hz, measured, b == 4 ? Ink.TARGET : Ink.ofCurve(b)));
            bands.add(Plots.formula("", hz, predicted));
        }
        List<Curve> sums = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        for (int count = 2; count <= 5; count++) {
            float[] response = Probe.impulseResponse(idle(count, -1), CLICK, RESPONSE_FRAMES, RATE);
            double[] sum = Probe.magnitudesDb(response, CLICK, hz, RATE);
            sums.add(Plots.line(count + " bands", hz, sum, Ink.ofCurve(count - 2)));
            rows.add(
                    List.of(
                            String.valueOf(count),
                            String.join(
                                    ", ",
                                    CROSSOVERS_HZ.subList(0, count - 1).stream()
                                            .map(FigurePage::frequency)
                                            .toList()),
                            number("%.1e", Plots.largestMagnitude(sum))));
        }
        page.charts(
                "crossovers",
                "Five bands of the multiband compressor, and the sum of two to five",
                Plots.chart(
                        "Five bands",
                        Axis.frequency(),
                        Plots.linear("Gain, dB", -60.0, 6.0, 12.0, "%.0f"),
                        bands),
                Plots.chart(
                        "The bands' sum",
                        Axis.frequency(),
                        Plots.linear("Gain, dB", -0.05, 0.05, 0.025, "%+.3f"),
                        sums));
        page.table(List.of("Bands", "crossovers", "largest deviation of the sum, dB"), rows);
        page.paragraph(
                "Bands down to −60 dB are as predicted within "
                        + number("%.4f", bandError)
                        + " dB.");
    }

    /** Compressors at rest, one of them (or none: -1) lifted. */
    private static MultibandCompressorSettings idle(int count, int lifted) {
        List<CompressorBand> bands = new ArrayList<>();
        for (int b = 0; b < count; b++) {
            double makeupDb = b == lifted ? LIFT_DB : 0.0;
            bands.add(new CompressorBand(0.0, 2.0, 0.0, 12.0, 140.0, makeupDb));
        }
        return new MultibandCompressorSettings(CROSSOVERS_HZ.subList(0, count - 1), bands);
    }

    private void staticCurves() throws IOException {
        page.heading("Static curves");
        page.paragraph(
                """
                Dots: the gain that a sine of 1 kHz has after one second, measured over half a second. Lines: predicted,
                `staticGainDb` of the compressor and `gainDb` of a band. The level is the sine's mean square: a sine of full
                scale has −3 dB. Bands of the multiband compressor and of the dynamic equaliser (a bell of Q 1 at 1 kHz) have equal
                attack and release here (50 ms), since their detectors otherwise lean towards crests and read a sine up to 3 dB higher.
                """);
        List<List<String>> rows = new ArrayList<>();
        List<Curve> compressor = new ArrayList<>();
        addStatic(compressor, rows, "2:1", compressor(2.0, 0.0, 40.0), Ink.FIRST);
        addStatic(compressor, rows, "4:1, knee 12", compressor(4.0, 12.0, 40.0), Ink.SECOND);
        addStatic(compressor, rows, "20:1", compressor(20.0, 0.0, 40.0), Ink.THIRD);
        addStatic(compressor, rows, "4:1, range 8", compressor(4.0, 6.0, 8.0), Ink.FOURTH);
        List<Curve> band = new ArrayList<>();
        addStatic(band, rows, "compress 3:1", band(3.0, 1.0, 0.0), Ink.FIRST);
        addStatic(band, rows, "lift quiet 2:1", band(1.0, 2.0, 10.0), Ink.SECOND);
        addStatic(band, rows, "expand down 1:2", band(1.0, 0.5, 15.0), Ink.THIRD);
        addStatic(band, rows, "expand up 1:1.5", band(1.0 / 1.5, 1.0, 0.0), Ink.FOURTH);
        List<Curve> equaliser = new ArrayList<>();
        addStatic(equaliser, rows, "down 4:1", dynamic(4.0, -8.0, Trigger.ABOVE), Ink.FIRST);
        addStatic(equaliser, rows, "up 2:1", dynamic(2.0, 6.0, Trigger.ABOVE), Ink.SECOND);
        addStatic(equaliser, rows, "below 2:1", dynamic(2.0, -10.0, Trigger.BELOW), Ink.THIRD);
        Axis level = Plots.linear("Level, dB", -60.0, 0.0, 6.0, "%.0f");
        page.charts(
                "static-curves",
                "Gain over level of the compressor, of a band of the multiband compressor and of"
                        + " the dynamic equaliser",
                Plots.chart(
                        "Compressor, threshold −24 dB",
                        level,
                        Plots.linear("Gain, dB", -24.0, 3.0, 3.0, "%+.0f"),
                        compressor),
                Plots.chart(
                        "Multiband, one band",
                        level,
                        Plots.linear("Gain, dB", -18.0, 15.0, 3.0, "%+.0f"),
                        band),
                Plots.chart(
                        "Dynamic equaliser, threshold −30 dB",
                        level,
                        Plots.linear("Gain, dB", -12.0, 9.0, 3.0, "%+.0f"),
                        equaliser));
        page.table(
                List.of("Stage", "curve", "largest deviation from the prediction, dB", "at, dB"),
                rows);
    }

    private static CompressorSettings compressor(double ratio, double kneeDb, double rangeDb) {
        return CompressorSettings.of(-24.0, ratio, kneeDb)
                .withRangeDb(rangeDb)
                .withTimes(20.0, 60.0, Release.FIXED);
    }

    private static CompressorBand band(double ratio, double belowRatio, double belowRangeDb) {
        return new CompressorBand(-24.0, ratio, 6.0, 50.0, 50.0, 0.0)
                .withBelow(new BelowThreshold(-36.0, belowRatio, 6.0, belowRangeDb));
    }

    private void addStatic(
            List<Curve> curves,
            List<List<String>> rows,
            String name,
            CompressorSettings settings,
            Ink ink) {
        addStatic(curves, rows, "compressor", name, settings, settings::staticGainDb, ink);
    }

    private void addStatic(
            List<Curve> curves,
            List<List<String>> rows,
            String name,
            CompressorBand band,
            Ink ink) {
        var settings = new MultibandCompressorSettings(List.of(), List.of(band));
        addStatic(curves, rows, "multiband, one band", name, settings, band::gainDb, ink);
    }

    /** A bell on the very frequency of the sine. */
    private static DynamicEqBand dynamic(double ratio, double rangeDb, Trigger trigger) {
        return new DynamicEqBand(
                EqBand.Shape.BELL,
                TONE_HZ,
                1.0,
                -30.0,
                ratio,
                rangeDb,
                6.0,
                50.0,
                50.0,
                trigger,
                ChannelPlacement.STEREO,
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }

    private void addStatic(
            List<Curve> curves, List<List<String>> rows, String name, DynamicEqBand band, Ink ink) {
        var settings = new DynamicEqSettings(List.of(band));
        addStatic(curves, rows, "dynamic equaliser", name, settings, band::gainDb, ink);
    }

    private void addStatic(
            List<Curve> curves,
            List<List<String>> rows,
            String stage,
            String name,
            StageSettings settings,
            DoubleUnaryOperator predictedDb,
            Ink ink) {
        double[] at = new double[levels];
        double[] measured = new double[levels];
        double worst = 0.0;
        double where = 0.0;
        for (int k = 0; k < levels; k++) {
            at[k] = -60.0 + (60.0 - SINE_DB) * k / (levels - 1);
            float[] in = Probe.sine(TONE_HZ, at[k] + SINE_DB, 1.5, RATE);
            float[] out = Probe.run(settings, RATE, in)[0];
            measured[k] = Probe.gainDb(in, out, RATE, in.length);
            double error = Math.abs(measured[k] - predictedDb.applyAsDouble(at[k]));
            if (!(error <= worst)) {
                worst = error;
                where = at[k];
            }
        }
        double[] fineLevels = new double[241];
        double[] fineGains = new double[fineLevels.length];
        for (int k = 0; k < fineLevels.length; k++) {
            fineLevels[k] = -60.0 + 0.25 * k;
            fineGains[k] = predictedDb.applyAsDouble(fineLevels[k]);
        }
        curves.add(Plots.line(name, fineLevels, fineGains, ink));
        curves.add(Plots.dots(at, measured, ink));
        rows.add(List.of(stage, name, number("%.4f", worst), number("%.0f", where)));
    }

    private void steps() throws IOException {
        page.heading("Steps");
        page.paragraph(
                """
                Gain of the compressor (threshold −40 dB, 4:1, no knee, peak detector) by period of a sine of 1,050 Hz that
                rises from −50 to −10 dBFS at 0.1 s and falls back. The time is that to 63 % of the way, to the period (1
                ms); the peak detector holds for 12.5 ms before it lets go. `AUTO` releases quickly what was turned down for
                a moment and slowly what was turned down for long.
                """);
        List<List<String>> rows = new ArrayList<>();
        List<Curve> attacks = new ArrayList<>();
        double[] attackMs = {5.0, 20.0, 50.0, 100.0};
        for (int k = 0; k < attackMs.length; k++) {
            Step step = new Step(0.1, 0.5, 1.2, stepped(attackMs[k], 150.0, Release.FIXED));
            attacks.add(step.curve(number("attack %.0f", attackMs[k]), Ink.ofCurve(k)));
            rows.add(step.row(number("%.0f", attackMs[k]), "150", "fixed"));
        }
        List<Curve> releases = new ArrayList<>();
        double[] releaseMs = {50.0, 150.0, 600.0};
        for (int k = 0; k < releaseMs.length; k++) {
            Step step = new Step(0.1, 2.1, 5.0, stepped(5.0, releaseMs[k], Release.FIXED));
            releases.add(step.curve(number("release %.0f", releaseMs[k]), Ink.ofCurve(k)));
            rows.add(step.row("5", number("%.0f", releaseMs[k]), "fixed"));
        }
        Step automatic = new Step(0.1, 2.1, 5.0, stepped(5.0, 150.0, Release.AUTO));
        releases.add(automatic.curve("150, auto", Ink.FOURTH));
        rows.add(automatic.row("5", "150", "auto, after 2 s"));
        Step brief = new Step(0.1, 0.15, 2.0, stepped(5.0, 150.0, Release.AUTO));
        rows.add(brief.row("5", "150", "auto, after 50 ms"));
        Axis gain = Plots.linear("Gain, dB", -21.0, 3.0, 3.0, "%+.0f");
        page.charts(
                "steps",
                "Gain over time of the compressor, for attacks and releases",
                Plots.chart(
                        "Attack, ms",
                        Plots.linear("Time, ms", 0.0, 1_200.0, 100.0, "%.0f"),
                        gain,
                        attacks),
                Plots.chart(
                        "Release, ms",
                        Plots.linear("Time, ms", 0.0, 5_000.0, 500.0, "%.0f"),
                        gain,
                        releases));
        page.table(
                List.of(
                        "Attack, ms",
                        "release, ms",
                        "kind",
                        "63 % of the fall after, ms",
                        "63 % of the return after, ms"),
                rows);
    }

    private static CompressorSettings stepped(double attackMs, double releaseMs, Release release) {
        return CompressorSettings.of(-40.0, 4.0, 0.0)
                .withTimes(attackMs, releaseMs, release)
                .withSideChain(new SideChain(100.0, 0.0, 0.0, 100.0));
    }

    /** Gain by period of a sine that is loud for a while. */
    private static final class Step {
        private final int rise;
        private final int fall;
        private final double[] ms;
        private final double[] gainsDb;

        Step(double riseSeconds, double fallSeconds, double seconds, StageSettings settings) {
            rise = (int) (riseSeconds * STEP_HZ);
            fall = (int) (fallSeconds * STEP_HZ);
            int periods = (int) (seconds * STEP_HZ);
            float[] in = Probe.sine(STEP_HZ, LOUD_DBFS, periods / STEP_HZ, RATE);
            float soft = (float) Decibels.toGain(QUIET_DBFS - LOUD_DBFS);
            for (int i = 0; i < in.length; i++) {
                boolean loud = i >= rise * STEP_PERIOD && i < fall * STEP_PERIOD;
                in[i] *= loud ? 1f : soft;
            }
            float[] out = Probe.run(settings, RATE, in)[0];
            ms = new double[periods];
            gainsDb = new double[periods];
            for (int p = 0; p < periods; p++) {
                ms[p] = 1_000.0 * (p + 0.5) / STEP_HZ;
                gainsDb[p] = Probe.gainDb(in, out, p * STEP_PERIOD, (p + 1) * STEP_PERIOD);
            }
        }

        /** One point every three periods is enough for a picture, but not at the edges. */
        Curve curve(String name, Ink ink) {
            List<Integer> kept = new ArrayList<>();
            for (int p = 0; p < ms.length; p++) {
                boolean edge = Math.abs(p - rise) < 30 || Math.abs(p - fall) < 30;
                if (edge || p % (ms.length > 2_000 ? 12 : 3) == 0) {
                    kept.add(p);
                }
            }
            double[] x = kept.stream().mapToDouble(p -> ms[p]).toArray();
            double[] y = kept.stream().mapToDouble(p -> gainsDb[p]).toArray();
            return Plots.line(name, x, y, ink);
        }

        List<String> row(String attack, String release, String kind) {
            return List.of(
                    attack,
                    release,
                    kind,
                    number("%.0f", msTo63(rise, gainsDb[fall - 1])),
                    number("%.0f", msTo63(fall, 0.0)));
        }

        private double msTo63(int from, double towardsDb) {
            double start = gainsDb[from - 1];
            double aim = start + (1.0 - StrictMath.exp(-1.0)) * (towardsDb - start);
            for (int p = from; p < gainsDb.length; p++) {
                if (towardsDb < start ? gainsDb[p] <= aim : gainsDb[p] >= aim) {
                    return 1_000.0 * (p + 0.5 - from) / STEP_HZ;
                }
            }
            return Double.NaN;
        }
    }
}
