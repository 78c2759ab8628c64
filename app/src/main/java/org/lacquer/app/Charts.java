// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.analysis.Analysis;
import org.lacquer.analysis.FeatureSet;
import org.lacquer.analysis.Features;
import org.lacquer.analysis.Section;
import org.lacquer.analysis.Series;
import org.lacquer.analysis.Spectrum;
import org.lacquer.app.chart.Axis;
import org.lacquer.app.chart.Chart;
import org.lacquer.app.chart.Corridor;
import org.lacquer.app.chart.Curve;
import org.lacquer.app.chart.Ink;
import org.lacquer.app.chart.Pen;
import org.lacquer.inference.Mastered;
import org.lacquer.inference.Target;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** The pictures of a song: spectrum, loudness over time, and width by frequency. */
final class Charts {
    /** Loudness at which spectra are compared; the targets' own. */
    private static final double EQUAL_LUFS = -20.0;

    private static final double SPECTRUM_ROOM_DB = 60.0;
    private static final double LOUDNESS_ROOM_LU = 36.0;

    /** More points than this are no longer seen. */
    private static final int POINTS = 1_200;

    private Charts() {}

    /**
     * @param target drawn as a corridor behind the spectra
     */
    static List<Chart> of(List<Measured> files, Optional<Target> target) {
        Map<String, Analysis> named = new LinkedHashMap<>();
        for (Measured file : files) {
            String name = Formats.nameOf(file.file());
            named.merge(name, file.figures(), (first, second) -> first);
            if (named.get(name) != file.figures()) {
                named.put(file.file().toString(), file.figures());
            }
        }
        List<Chart> charts = new ArrayList<>();
        charts.add(spectrum(named, target));
        charts.add(loudness(named));
        if (named.values().stream().anyMatch(Charts::hasWidth)) {
            charts.add(width(named));
        }
        return charts;
    }

    /** A mix, its master, and where it should go. */
    static List<Chart> of(Mastered mastered) {
        Map<String, Analysis> named = new LinkedHashMap<>();
        named.put("mix", mastered.inputFigures());
        mastered.outputFigures().ifPresent(figures -> named.put("master", figures));
        return List.of(spectrum(named, mastered.target()), loudness(named));
    }

    private static Chart spectrum(Map<String, Analysis> files, Optional<Target> target) {
        boolean equal = files.size() > 1 || target.isPresent();
        boolean features = files.values().stream().allMatch(Charts::hasFeatures);
        List<Curve> curves = new ArrayList<>();
        files.forEach(
                (name, figures) -> {
                    Spectrum spectrum = figures.spectrum();
                    double[] levels =
                            equal && features ? featureLevels(figures) : levels(figures, equal);
                    if (levels.length == spectrum.centresHz().size() && levels.length > 0) {
                        Ink ink = Ink.ofCurve(files.size() == 1 ? 1 : curves.size());
                        curves.add(
                                new Curve(
                                        name,
                                        array(spectrum.centresHz()),
                                        audible(levels, spectrum),
                                        Pen.of(ink, 2.2)));
                    }
                });
        Optional<Corridor> corridor =
                features && !curves.isEmpty()
                        ? target.map(wanted -> corridor(wanted, curves.getFirst().x()))
                        : Optional.empty();
        double[] heights =
                Stream.concat(curves.stream().map(Curve::y), corridor.stream().map(Corridor::high))
                        .flatMapToDouble(Arrays::stream)
                        .filter(Double::isFinite)
                        .toArray();
        double highest = DoubleStream.of(heights).max().orElse(0.0);
        double lowest = DoubleStream.of(heights).min().orElse(highest - SPECTRUM_ROOM_DB);
        String unit = equal ? "Third octave at \u221220 LUFS, dB" : "Third octave, dBFS";
        return new Chart(
                equal ? "Spectrum at equal loudness" : "Spectrum",
                Axis.frequency(),
                Axis.decibels(
                        unit, Math.max(lowest, highest - SPECTRUM_ROOM_DB), highest + 0.5, 5.0),
                corridor,
                curves);
    }

    private static Chart loudness(Map<String, Analysis> files) {
        List<Curve> momentary = new ArrayList<>();
        List<Curve> shortTerm = new ArrayList<>();
        double seconds = 0.0;
        for (Map.Entry<String, Analysis> file : files.entrySet()) {
            Analysis figures = file.getValue();
            Ink ink = Ink.ofCurve(files.size() == 1 ? 1 : shortTerm.size());
            Pen thin = Pen.of(ink, 1.0).withOpacity(0.4);
            momentary.add(curve("", figures.loudness().momentaryLufs(), thin));
            shortTerm.add(
                    curve(file.getKey(), figures.loudness().shortTermLufs(), Pen.of(ink, 2.2)));
            seconds = Math.max(seconds, figures.durationSeconds());
        }
        double highest = Curve.heights(momentary).max().orElse(0.0);
        double lowest = Curve.heights(shortTerm).min().orElse(highest - LOUDNESS_ROOM_LU);
        List<Curve> all = new ArrayList<>(momentary);
        all.addAll(shortTerm);
        List<Chart.Span> sections =
                files.size() == 1
                        ? sections(files.values().iterator().next())
                        : List.<Chart.Span>of();
        return new Chart(
                "Loudness over time: 3 s bold, 0.4 s thin",
                Axis.time(seconds),
                Axis.decibels(
                        "Loudness, LUFS",
                        Math.max(lowest - 3.0, highest - LOUDNESS_ROOM_LU),
                        highest + 1.0,
                        6.0),
                Optional.empty(),
                all,
                sections);
    }

    /** The louder a section, the darker; labelled by its place and level. */
    private static List<Chart.Span> sections(Analysis figures) {
        List<Chart.Span> spans = new ArrayList<>();
        for (Section section : figures.dynamics().sections()) {
            double opacity =
                    switch (section.level()) {
                        case SILENT -> 0.0;
                        case QUIET -> 0.03;
                        case MEDIUM -> 0.07;
                        case LOUD -> 0.13;
                    };
            spans.add(
                    new Chart.Span(
                            section.startSeconds(),
                            section.endSeconds(),
                            label(section),
                            Ink.THIRD,
                            opacity));
        }
        return spans;
    }

    private static String label(Section section) {
        String level = section.level().name().toLowerCase(Locale.ROOT);
        return section.place() == Section.Place.BODY
                ? level
                : section.place().name().toLowerCase(Locale.ROOT) + ", " + level;
    }

    private static boolean hasWidth(Analysis figures) {
        return figures.channels() == 2 && !figures.spectrum().sideLevelsDbfs().isEmpty();
    }

    /** Side over mid in third octaves, and the room that a mono player leaves. */
    private static Chart width(Map<String, Analysis> files) {
        List<Curve> curves = new ArrayList<>();
        for (Map.Entry<String, Analysis> file : files.entrySet()) {
            Analysis figures = file.getValue();
            if (!hasWidth(figures)) {
                continue;
            }
            Spectrum spectrum = figures.spectrum();
            double[] ratio = new double[spectrum.centresHz().size()];
            for (int band = 0; band < ratio.length; band++) {
                boolean heard = spectrum.levelsDbfs().get(band) > -119.0;
                double value =
                        spectrum.sideLevelsDbfs().get(band) - spectrum.midLevelsDbfs().get(band);
                ratio[band] = heard ? Math.max(-40.0, Math.min(20.0, value)) : Double.NaN;
            }
            Ink ink = Ink.ofCurve(files.size() == 1 ? 1 : curves.size());
            curves.add(
                    new Curve(file.getKey(), array(spectrum.centresHz()), ratio, Pen.of(ink, 2.2)));
        }
        double highest = Curve.heights(curves).max().orElse(0.0);
        double lowest = Curve.heights(curves).min().orElse(-20.0);
        Curve equal =
                new Curve(
                        "",
                        new double[] {20.0, 22_400.0},
                        new double[] {0.0, 0.0},
                        Pen.of(Ink.TARGET, 1.2).asDashed());
        curves.add(equal);
        return new Chart(
                "Width: side over mid, third octaves (0 dB: as much side as mid)",
                Axis.frequency(),
                Axis.decibels("Side over mid, dB", lowest - 2.0, Math.max(1.0, highest), 5.0),
                Optional.empty(),
                curves);
    }

    private static Curve curve(String name, Series series, Pen pen) {
        int step = Math.max(1, (series.size() + POINTS - 1) / POINTS);
        int points = series.size() / step;
        double[] x = new double[points];
        double[] y = new double[points];
        for (int i = 0; i < points; i++) {
            double sum = 0.0;
            for (int k = 0; k < step; k++) {
                sum += series.at(i * step + k);
            }
            x[i] = series.secondsAt(i * step + step / 2);
            y[i] = sum / step;
        }
        return new Curve(name, x, y, pen);
    }

    private static Corridor corridor(Target target, double[] centresHz) {
        double[] mean = target.mean();
        double[] sd = target.sd();
        double[] low = new double[centresHz.length];
        double[] high = new double[centresHz.length];
        for (int band = 0; band < centresHz.length; band++) {
            low[band] = mean[FeatureSet.LTAS + band] - sd[FeatureSet.LTAS + band];
            high[band] = mean[FeatureSet.LTAS + band] + sd[FeatureSet.LTAS + band];
        }
        return new Corridor("target: " + target.name(), centresHz, low, high);
    }

    private static boolean hasFeatures(Analysis figures) {
        Features features = figures.features();
        return features != null && features.vector().defined();
    }

    private static double[] featureLevels(Analysis figures) {
        Features features = figures.features();
        return features == null
                ? new double[0]
                : Arrays.copyOfRange(
                        features.vector().values(),
                        FeatureSet.LTAS,
                        FeatureSet.LTAS + FeatureSet.BANDS);
    }

    private static double[] levels(Analysis figures, boolean equal) {
        double shift = equal ? EQUAL_LUFS - figures.loudness().integratedLufs() : 0.0;
        return figures.spectrum().levelsDbfs().stream()
                .mapToDouble(level -> level + shift)
                .toArray();
    }

    /** A band above half the sample rate holds nothing: no line rather than a fall to the floor. */
    private static double[] audible(double[] levels, Spectrum spectrum) {
        double[] kept = levels.clone();
        for (int band = 0; band < kept.length; band++) {
            if (spectrum.levelsDbfs().get(band) < -119.0) {
                kept[band] = Double.NaN;
            }
        }
        return kept;
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
