// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.analysis.Analysis;
import org.lacquer.analysis.ChannelLevel;
import org.lacquer.analysis.Figures;
import org.lacquer.analysis.Spectrum;
import org.lacquer.analysis.StereoImage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@code analyze} says of a file. */
final class AnalysisReport {
    private static final List<Figure> SHOWN =
            List.of(
                    Figure.INTEGRATED,
                    Figure.LOUDNESS_RANGE,
                    Figure.MOMENTARY,
                    Figure.SHORT_TERM,
                    Figure.TRUE_PEAK,
                    Figure.SAMPLE_PEAK,
                    Figure.PLR,
                    Figure.PSR,
                    Figure.DR);

    private AnalysisReport() {}

    static String text(Terminal terminal, Measured measured) {
        Analysis figures = measured.figures();
        List<String> lines = new ArrayList<>();
        lines.add(
                terminal.bold(measured.file().toString())
                        + "   "
                        + terminal.faint(measured.kind()));
        lines.add("");
        for (Figure figure : SHOWN) {
            if (figure != Figure.DR || figures.features() != null) {
                lines.add(row(figure.label(), figure.text(figures), figure.unit()));
            }
        }
        if (!figures.spectrum().centresHz().isEmpty()) {
            lines.add(
                    row(
                            "Tilt, 100 Hz to 10 kHz",
                            Figure.text(figures.spectrum().tiltDbPerOctave(), 1),
                            "dB per octave"));
            lines.add(
                    row(
                            "Bandwidth",
                            Figure.text(figures.spectrum().bandwidthHz() / 1_000.0, 1),
                            "kHz"));
        }
        if (figures.channels() == 2 && !figures.stereo().bands().isEmpty()) {
            StereoImage stereo = figures.stereo();
            lines.add(row("Side against mid", Figure.text(stereo.widthDb(), 1), "dB"));
            lines.add(row("Correlation of channels", Figure.text(stereo.correlation(), 2), ""));
            lines.add(row("Lost when played in mono", Figure.text(stereo.monoLossLu(), 1), "LU"));
        }
        lines.addAll(Findings.lines(terminal, measured.findings()));
        return String.join("\n", lines);
    }

    static Map<String, Object> json(Measured measured, Figures wanted) {
        Analysis figures = measured.figures();
        Map<String, Object> object = new LinkedHashMap<>(Figure.json(figures));
        object.put("clippedSamples", figures.peaks().clippedSamples());
        object.put("clipRuns", figures.peaks().clipRuns());
        object.put("nonFiniteSamples", figures.nonFiniteSamples());
        object.put("leadingSilenceSeconds", Figure.rounded(figures.leadingSilenceSeconds()));
        object.put("trailingSilenceSeconds", Figure.rounded(figures.trailingSilenceSeconds()));
        object.put("psrMedianDb", Figure.rounded(figures.dynamics().psrMedianDb()));
        object.put(
                "channelLevels",
                figures.channelLevels().stream().map(AnalysisReport::level).toList());
        object.put("source", measured.source());
        if (wanted == Figures.ALL) {
            object.put("crestDb", crest(figures));
            object.put("spectrum", spectrum(figures.spectrum()));
            object.put("stereo", stereo(figures.stereo()));
            object.put("findings", Findings.json(measured.findings()));
        }
        return object;
    }

    private static String row(String label, String value, String unit) {
        return String.format(Locale.ROOT, "  %-28s %8s  %s", label, value, unit).stripTrailing();
    }

    private static Map<String, Object> level(ChannelLevel level) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("truePeakDbtp", Figure.rounded(level.truePeakDbtp()));
        object.put("samplePeakDbfs", Figure.rounded(level.samplePeakDbfs()));
        object.put("rmsDbfs", Figure.rounded(level.rmsDbfs()));
        object.put("dcOffset", Math.rint(level.dcOffset() * 1e9) / 1e9);
        return object;
    }

    private static Map<String, Object> crest(Analysis figures) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("low", Figure.rounded(figures.dynamics().lowCrestDb()));
        object.put("mid", Figure.rounded(figures.dynamics().midCrestDb()));
        object.put("high", Figure.rounded(figures.dynamics().highCrestDb()));
        return object;
    }

    private static Map<String, Object> spectrum(Spectrum spectrum) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("centresHz", spectrum.centresHz());
        object.put("levelsDbfs", rounded(spectrum.levelsDbfs()));
        object.put("midLevelsDbfs", rounded(spectrum.midLevelsDbfs()));
        object.put("sideLevelsDbfs", rounded(spectrum.sideLevelsDbfs()));
        object.put("tiltDbPerOctave", Figure.rounded(spectrum.tiltDbPerOctave()));
        object.put("bandwidthHz", Figure.rounded(spectrum.bandwidthHz()));
        object.put("edgeDropDb", Figure.rounded(spectrum.edgeDropDb()));
        return object;
    }

    private static Map<String, Object> stereo(StereoImage stereo) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("correlation", Figure.rounded(stereo.correlation()));
        object.put("widthDb", Figure.rounded(stereo.widthDb()));
        object.put("monoLossLu", Figure.rounded(stereo.monoLossLu()));
        List<Map<String, Object>> bands = new ArrayList<>();
        for (StereoImage.Band band : stereo.bands()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("lowHz", band.lowHz());
            one.put("highHz", band.highHz());
            one.put("widthDb", Figure.rounded(band.widthDb()));
            one.put("correlation", Figure.rounded(band.correlation()));
            bands.add(one);
        }
        object.put("bands", bands);
        return object;
    }

    private static List<Double> rounded(List<Double> values) {
        return values.stream().map(Figure::rounded).toList();
    }
}
