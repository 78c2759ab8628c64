// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.analysis.FeatureSet;
import org.lacquer.analysis.Series;
import org.lacquer.analysis.Spectrum;
import org.lacquer.app.chart.Axis;
import org.lacquer.app.chart.Chart;
import org.lacquer.app.chart.Corridor;
import org.lacquer.app.chart.Curve;
import org.lacquer.app.chart.Ink;
import org.lacquer.app.chart.Pen;
import org.lacquer.comparison.Candidate;
import org.lacquer.comparison.CandidateKind;
import org.lacquer.comparison.Comparison;
import org.lacquer.inference.Target;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Pictures of a comparison: spectra, loudness and punch over time, all at equal loudness. */
final class ComparisonCharts {
    private static final double SPECTRUM_ROOM_DB = 50.0;
    private static final int POINTS = 600;

    /** Narrower is as good as mono. */
    private static final double NARROWEST_DB = -40.0;

    private static final double INAUDIBLE_DBFS = -119.0;

    private ComparisonCharts() {}

    static List<Chart> of(Comparison comparison) {
        List<Chart> charts = new ArrayList<>();
        spectrum(comparison).ifPresent(charts::add);
        charts.add(
                overTime(
                        comparison,
                        "Loudness over time, 3 s, matched",
                        "Loudness, LUFS",
                        candidate -> candidate.aligned().loudness().shortTermLufs(),
                        true));
        charts.add(
                overTime(
                        comparison,
                        "Peak to loudness over time (PSR)",
                        "PSR, dB",
                        candidate -> candidate.aligned().dynamics().psrDb(),
                        false));
        charts.add(gain(comparison));
        width(comparison).ifPresent(charts::add);
        return charts;
    }

    /** How far the gain is pulled down, which is what compressors and limiters do. */
    private static Chart gain(Comparison comparison) {
        List<Curve> curves = new ArrayList<>();
        double seconds = 0.0;
        for (int k = 0; k < comparison.candidates().size(); k++) {
            Candidate candidate = comparison.candidates().get(k);
            if (candidate.kind() != CandidateKind.MIX) {
                curves.add(curve(candidate.name(), candidate.gainDb(), 0.0, pen(k)));
            }
            seconds = Math.max(seconds, candidate.aligned().durationSeconds());
        }
        double[] heights = Curve.heights(curves).sorted().toArray();
        double lowest = heights.length == 0 ? -6.0 : heights[heights.length / 200];
        double highest = heights.length == 0 ? 0.0 : heights[heights.length - 1];
        return new Chart(
                "Gain reduction over time, bass, middle and treble together",
                Axis.time(seconds),
                Axis.decibels(
                        "Gain, dB",
                        Math.min(-3.0, lowest),
                        Math.max(1.0, Math.min(3.0, highest)),
                        lowest < -12.0 ? 3.0 : 1.0),
                Optional.empty(),
                curves);
    }

    /** Side over mid in third octaves; nothing when all are mono. */
    private static Optional<Chart> width(Comparison comparison) {
        List<Curve> curves = new ArrayList<>();
        for (int k = 0; k < comparison.candidates().size(); k++) {
            Candidate candidate = comparison.candidates().get(k);
            Spectrum spectrum = candidate.aligned().spectrum();
            double[] centres = spectrum.centresHz().stream().mapToDouble(hz -> hz).toArray();
            double[] ratio = new double[centres.length];
            boolean wide = false;
            for (int b = 0; b < ratio.length; b++) {
                boolean heard = spectrum.levelsDbfs().get(b) > INAUDIBLE_DBFS;
                double value = spectrum.sideLevelsDbfs().get(b) - spectrum.midLevelsDbfs().get(b);
                ratio[b] = heard ? Math.max(NARROWEST_DB, Math.min(20.0, value)) : Double.NaN;
                wide |= heard && value > NARROWEST_DB;
            }
            if (wide) {
                curves.add(new Curve(candidate.name(), centres, ratio, pen(k)));
            }
        }
        if (curves.isEmpty()) {
            return Optional.empty();
        }
        double highest = Curve.heights(curves).max().orElse(0.0);
        double lowest = Curve.heights(curves).min().orElse(NARROWEST_DB);
        return Optional.of(
                new Chart(
                        "Width: side over mid (0 dB: as much side as mid)",
                        Axis.frequency(),
                        Axis.decibels("Side over mid, dB", lowest, Math.max(0.0, highest), 5.0),
                        Optional.empty(),
                        curves));
    }

    private static Optional<Chart> spectrum(Comparison comparison) {
        List<Curve> curves = new ArrayList<>();
        double[] centres = new double[0];
        for (int k = 0; k < comparison.candidates().size(); k++) {
            Candidate candidate = comparison.candidates().get(k);
            double[] levels = candidate.spectrumDb();
            if (levels.length > 0) {
                centres =
                        candidate.aligned().spectrum().centresHz().stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray();
                curves.add(new Curve(candidate.name(), centres, levels, pen(k)));
            }
        }
        if (curves.isEmpty()) {
            return Optional.empty();
        }
        Corridor corridor = corridor(comparison.target(), centres);
        double highest =
                Stream.concat(curves.stream().map(Curve::y), Stream.of(corridor.high()))
                        .flatMapToDouble(Arrays::stream)
                        .max()
                        .orElse(0.0);
        return Optional.of(
                new Chart(
                        "Spectrum at equal loudness",
                        Axis.frequency(),
                        Axis.decibels(
                                "Third octave at \u221220 LUFS, dB",
                                highest - SPECTRUM_ROOM_DB,
                                highest + 0.5,
                                5.0),
                        Optional.of(corridor),
                        curves));
    }

    private static Corridor corridor(Target target, double[] centres) {
        double[] low = new double[centres.length];
        double[] high = new double[centres.length];
        for (int b = 0; b < centres.length; b++) {
            double mean = target.mean()[FeatureSet.LTAS + b];
            double sd = target.sd()[FeatureSet.LTAS + b];
            low[b] = mean - sd;
            high[b] = mean + sd;
        }
        return new Corridor("target", centres, low, high);
    }

    private static Chart overTime(
            Comparison comparison,
            String title,
            String unit,
            Function<Candidate, Series> series,
            boolean matched) {
        List<Curve> curves = new ArrayList<>();
        double seconds = 0.0;
        for (int k = 0; k < comparison.candidates().size(); k++) {
            Candidate candidate = comparison.candidates().get(k);
            double shift = matched ? candidate.matchGainDb() : 0.0;
            curves.add(curve(candidate.name(), series.apply(candidate), shift, pen(k)));
            seconds = Math.max(seconds, candidate.aligned().durationSeconds());
        }
        double[] heights = Curve.heights(curves).sorted().toArray();
        double highest = heights.length == 0 ? 0.0 : heights[heights.length - 1];
        // Fades go far below what is worth a place in the picture.
        double lowest = heights.length == 0 ? -20.0 : heights[heights.length / 20];
        return new Chart(
                title,
                Axis.time(seconds),
                Axis.decibels(unit, lowest - 3.0, highest + 1.0, 3.0),
                Optional.empty(),
                curves);
    }

    private static Curve curve(String name, Series series, double shift, Pen pen) {
        int step = Math.max(1, (series.size() + POINTS - 1) / POINTS);
        int points = series.size() / step;
        double[] x = new double[points];
        double[] y = new double[points];
        for (int i = 0; i < points; i++) {
            double sum = 0.0;
            int known = 0;
            for (int k = 0; k < step; k++) {
                double value = series.at(i * step + k);
                if (!Double.isNaN(value)) {
                    sum += value;
                    known++;
                }
            }
            x[i] = series.secondsAt(i * step + step / 2);
            y[i] = known == 0 ? Double.NaN : sum / known + shift;
        }
        return new Curve(name, x, y, pen);
    }

    /** Four inks; a fifth candidate takes the first again, dashed. */
    private static Pen pen(int index) {
        Pen pen = Pen.of(Ink.ofCurve(index), 2.0);
        return index / 4 % 2 == 0 ? pen : pen.asDashed();
    }
}
