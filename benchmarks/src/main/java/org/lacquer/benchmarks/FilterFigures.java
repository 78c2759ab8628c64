// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

import static org.lacquer.benchmarks.FigurePage.frequency;
import static org.lacquer.benchmarks.FigurePage.number;

import org.lacquer.app.chart.Axis;
import org.lacquer.app.chart.Curve;
import org.lacquer.app.chart.Ink;
import org.lacquer.audio.StreamFormat;
import org.lacquer.engine.EqBand;
import org.lacquer.engine.EqBand.Shape;
import org.lacquer.engine.EqPhase;
import org.lacquer.engine.HighPassSettings;
import org.lacquer.engine.LowPassSettings;
import org.lacquer.engine.ParametricEqSettings;
import org.lacquer.engine.StageSettings;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Predicate;

/** Equalisers against their analogue prototypes, and the slopes of high- and low-pass. */
final class FilterFigures {
    private static final int RATE = 44_100;
    private static final int RESPONSE_FRAMES = 1 << 16;
    private static final double HIGHEST_HZ = 20_000.0;

    /** Edges of bands from here on are left out. */
    private static final double EDGE_HZ = 0.49 * RATE;

    private static final List<EqBand> BELLS =
            List.of(
                    new EqBand(Shape.BELL, 100.0, 6.0, 1.0),
                    new EqBand(Shape.BELL, 1_000.0, -6.0, 2.0),
                    new EqBand(Shape.BELL, 6_000.0, 6.0, 1.0),
                    new EqBand(Shape.BELL, 16_000.0, 6.0, 1.0));

    private static final List<EqBand> SHELVES =
            List.of(
                    new EqBand(Shape.LOW_SHELF, 100.0, 6.0, 0.71),
                    new EqBand(Shape.HIGH_SHELF, 8_000.0, 6.0, 0.71),
                    new EqBand(Shape.TILT, 1_000.0, 3.0, 0.3),
                    new EqBand(Shape.BAND_SHELF, 2_500.0, -5.0, 0.4));

    private static final double[] GRID_HZ = {
        31.5, 63.0, 125.0, 250.0, 500.0, 1_000.0, 2_000.0, 4_000.0, 8_000.0, 12_000.0, 16_000.0,
        19_000.0
    };
    private static final double[] GRID_GAINS_DB = {-12.0, -6.0, -3.0, 3.0, 6.0, 12.0};
    private static final double[] GRID_QS = {0.3, 0.5, 0.71, 1.0, 2.0, 4.0, 8.0};

    private final FigurePage page;
    private final double[] hz;

    FilterFigures(FigurePage page, FigureScale scale) {
        this.page = page;
        this.hz = Plots.logarithmic(20.0, HIGHEST_HZ, scale.points());
    }

    void write() throws IOException {
        equaliser();
        phases();
        passes();
    }

    private void equaliser() throws IOException {
        page.heading("Equaliser");
        page.paragraph(
                """
                Coloured lines are measured: the Fourier transform of what the processor makes of a click, at 44.1 kHz.
                Dashed lines are the analogue prototypes, from their transfer functions. The deviation is measured less
                prototype, from 20 Hz to 20 kHz.
                """);
        List<List<String>> rows = new ArrayList<>();
        bands("equaliser-bells", "Bells", BELLS, rows);
        bands("equaliser-shelves", "Shelves and tilt", SHELVES, rows);
        page.table(
                List.of(
                        "Band",
                        "gain, Q",
                        "largest deviation from the analogue prototype, dB",
                        "at",
                        "largest deviation from `responseDb`, dB"),
                rows);
        page.paragraph(
                """
                The table below searches more settings with `responseDb`, which the last column above shows to be what the
                processor does: centres from 31.5 Hz to 19 kHz, gains of ±3, ±6 and ±12 dB, Q from 0.3 to 8 (a tilt of
                12 dB is a shelf of 24). The largest deviation from the analogue prototype from 20 Hz to 20 kHz of every
                setting is one case. A band shelf whose upper edge would lie above 21.6 kHz (0.49 of the rate) is made with its lower
                edge alone, and therefore goes on above the band; such settings have a row of their own.
                """);
        List<List<String>> grid = new ArrayList<>();
        for (Shape shape : Shape.values()) {
            if (shape == Shape.BAND_SHELF) {
                grid.add(
                        gridRow(
                                "band shelf, both edges",
                                shape,
                                band -> upperEdgeHz(band) < EDGE_HZ));
                grid.add(
                        gridRow(
                                "band shelf, lower edge",
                                shape,
                                band -> upperEdgeHz(band) >= EDGE_HZ));
            } else {
                grid.add(gridRow(shapeName(shape), shape, band -> true));
            }
        }
        page.table(
                List.of("Shape", "cases", "at most 0.1 dB", "median, dB", "largest, dB", "there"),
                grid);
    }

    private void bands(String file, String title, List<EqBand> bands, List<List<String>> rows)
            throws IOException {
        List<Curve> responses = new ArrayList<>();
        List<Curve> deviations = new ArrayList<>();
        for (int k = 0; k < bands.size(); k++) {
            EqBand band = bands.get(k);
            ParametricEqSettings stage = new ParametricEqSettings(List.of(band));
            double[] measured = measure(stage);
            double[] analogue = AnalogPrototype.magnitudesDb(band, hz);
            double[] deviation = Plots.difference(measured, analogue);
            double[] predicted = values(at -> stage.responseDb(at, RATE));
            responses.add(Plots.broad(name(band), hz, measured, Ink.ofCurve(k)));
            responses.add(Plots.formula("", hz, analogue));
            deviations.add(Plots.line(name(band), hz, deviation, Ink.ofCurve(k)));
            int worst = worst(deviation);
            rows.add(
                    List.of(
                            name(band),
                            number("%+.0f dB, ", band.gainDb()) + number("%.2f", band.q()),
                            number("%+.4f", deviation[worst]),
                            frequency(hz[worst]),
                            number(
                                    "%.5f",
                                    Plots.largestMagnitude(
                                            Plots.difference(measured, predicted)))));
        }
        Axis decibels = Plots.linear("Gain, dB", -8.0, 8.0, 2.0, "%+.0f");
        Axis small = Plots.linear("Deviation, dB", -0.1, 0.1, 0.05, "%+.2f");
        page.charts(
                file,
                title + " at 44.1 kHz and how far they are from the analogue prototypes",
                Plots.chart(title, Axis.frequency(), decibels, responses),
                Plots.chart("Measured less analogue", Axis.frequency(), small, deviations));
    }

    private List<String> gridRow(String name, Shape shape, Predicate<EqBand> chosen) {
        List<Double> largest = new ArrayList<>();
        double worst = 0.0;
        String there = "";
        for (double centreHz : GRID_HZ) {
            for (double gainDb : GRID_GAINS_DB) {
                for (double q : GRID_QS) {
                    EqBand band = new EqBand(shape, centreHz, gainDb, q);
                    if (!chosen.test(band)) {
                        continue;
                    }
                    DoubleUnaryOperator response =
                            new ParametricEqSettings(List.of(band))
                                    .response(RATE, band.placement());
                    double[] predicted = values(response);
                    double deviation =
                            Plots.largestMagnitude(
                                    Plots.difference(
                                            predicted, AnalogPrototype.magnitudesDb(band, hz)));
                    largest.add(deviation);
                    if (!(deviation <= worst)) {
                        worst = deviation;
                        there =
                                frequency(centreHz)
                                        + number(", %+.0f dB, Q ", gainDb)
                                        + number("%.2f", q);
                    }
                }
            }
        }
        largest.sort(null);
        long within = largest.stream().filter(value -> value <= 0.1).count();
        return List.of(
                name,
                String.valueOf(largest.size()),
                number("%.1f %%", 100.0 * within / largest.size()),
                number("%.4f", largest.get(largest.size() / 2)),
                number("%.3f", worst),
                there);
    }

    /** Of a band shelf, {@link Shape#BAND_SHELF}. */
    private static double upperEdgeHz(EqBand band) {
        double half = 1.0 / (2.0 * band.q());
        return band.frequencyHz() * (half + StrictMath.sqrt(1.0 + half * half));
    }

    private void phases() {
        List<List<String>> rows = new ArrayList<>();
        for (EqPhase phase : EqPhase.values()) {
            ParametricEqSettings stage = new ParametricEqSettings(SHELVES, phase);
            double[] predicted = values(at -> stage.responseDb(at, RATE));
            double[] deviation = Plots.difference(measure(stage), predicted);
            int worst = worst(deviation);
            int late = stage.prepare(new StreamFormat(RATE, 1)).latencyFrames();
            rows.add(
                    List.of(
                            phase.name().toLowerCase(Locale.ROOT),
                            String.valueOf(late),
                            number("%.1f", 1_000.0 * late / RATE),
                            number("%+.6f", deviation[worst]),
                            frequency(hz[worst])));
        }
        page.paragraph(
                "The four shelves above in one stage, by phase. The deviation is measured less"
                        + " `responseDb`.");
        page.table(
                List.of("Phase", "latency, frames", "latency, ms", "largest deviation, dB", "at"),
                rows);
    }

    private void passes() throws IOException {
        page.heading("High-pass and low-pass");
        page.paragraph(
                """
                Measured with a click as above; dashed: the analogue Butterworth filter. The low-pass is matched
                to its prototype up to 0.907 of half the sample rate; the high-pass comes from the bilinear transform.
                """);
        int[] slopes = {6, 12, 24, 48};
        List<Curve> high = new ArrayList<>();
        List<Curve> low = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        for (int k = 0; k < slopes.length; k++) {
            int order = slopes[k] / 6;
            Ink ink = Ink.ofCurve(k);
            String name = slopes[k] + " dB/oct";
            var highPass = new HighPassSettings(100.0, slopes[k]);
            var lowPass = new LowPassSettings(4_000.0, slopes[k]);
            high.add(Plots.broad(name, hz, measure(highPass), ink));
            low.add(Plots.broad(name, hz, measure(lowPass), ink));
            high.add(
                    Plots.formula(
                            "",
                            hz,
                            values(
                                    at ->
                                            AnalogPrototype.butterworthHighPassDb(
                                                    at / 100.0, order))));
            low.add(
                    Plots.formula(
                            "",
                            hz,
                            values(
                                    at ->
                                            AnalogPrototype.butterworthHighPassDb(
                                                    4_000.0 / at, order))));
            rows.add(slopeRow("high-pass 100 Hz", slopes[k], highPass, 100.0, 0.5));
            rows.add(slopeRow("low-pass 4 kHz", slopes[k], lowPass, 4_000.0, 2.0));
        }
        Axis level = Plots.linear("Gain, dB", -96.0, 6.0, 12.0, "%.0f");
        page.charts(
                "passes",
                "High-pass at 100 Hz and low-pass at 4 kHz with slopes of 6, 12, 24 and 48 dB per"
                        + " octave",
                Plots.chart("High-pass, 100 Hz", Axis.frequency(), level, high),
                Plots.chart("Low-pass, 4 kHz", Axis.frequency(), level, low));
        rows.sort((a, b) -> a.getFirst().compareTo(b.getFirst()));
        page.table(
                List.of(
                        "Filter",
                        "slope, dB/oct",
                        "at the cutoff, dB",
                        "an octave out, dB",
                        "analogue",
                        "two octaves out, dB",
                        "analogue"),
                rows);
    }

    /**
     * @param octave ratio of a frequency that is damped to one an octave nearer to the cutoff
     */
    private static List<String> slopeRow(
            String name, int slope, StageSettings stage, double cutoffHz, double octave) {
        double[] at = {cutoffHz, cutoffHz * octave, cutoffHz * octave * octave};
        float[] response = Probe.impulseResponse(stage, 1.0, RESPONSE_FRAMES, RATE);
        double[] db = Probe.magnitudesDb(response, 1.0, at, RATE);
        return List.of(
                name,
                String.valueOf(slope),
                number("%.3f", db[0]),
                number("%.2f", db[1]),
                number("%.2f", AnalogPrototype.butterworthHighPassDb(0.5, slope / 6)),
                number("%.2f", db[2]),
                number("%.2f", AnalogPrototype.butterworthHighPassDb(0.25, slope / 6)));
    }

    private double[] measure(StageSettings stage) {
        // In the middle, so that what rings in front of the click is there too.
        float[] in = new float[RESPONSE_FRAMES];
        in[RESPONSE_FRAMES / 2] = 1f;
        return Probe.magnitudesDb(Probe.run(stage, RATE, in)[0], 1.0, hz, RATE);
    }

    private double[] values(DoubleUnaryOperator function) {
        double[] values = new double[hz.length];
        for (int k = 0; k < values.length; k++) {
            values[k] = function.applyAsDouble(hz[k]);
        }
        return values;
    }

    private static int worst(double[] deviation) {
        int worst = 0;
        for (int k = 0; k < deviation.length; k++) {
            if (Math.abs(deviation[k]) > Math.abs(deviation[worst])) {
                worst = k;
            }
        }
        return worst;
    }

    private static String name(EqBand band) {
        return shapeName(band.shape()) + " " + frequency(band.frequencyHz());
    }

    private static String shapeName(Shape shape) {
        return shape.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
