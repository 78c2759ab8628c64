// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.analysis.Analysis;
import org.lacquer.analysis.BandLevels;
import org.lacquer.analysis.ChannelLevel;
import org.lacquer.analysis.DeviceTranslation;
import org.lacquer.analysis.Dynamics;
import org.lacquer.analysis.Figures;
import org.lacquer.analysis.LoudnessHistogram;
import org.lacquer.analysis.MonoFold;
import org.lacquer.analysis.Resonance;
import org.lacquer.analysis.Section;
import org.lacquer.analysis.Spectrum;
import org.lacquer.analysis.StereoImage;
import org.lacquer.analysis.TonalBalance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@code analyze --json} says of a file. */
final class AnalysisJson {
    private AnalysisJson() {}

    static Map<String, Object> of(Measured measured, Figures wanted) {
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
                figures.channelLevels().stream().map(AnalysisJson::level).toList());
        object.put("source", measured.source());
        if (wanted == Figures.ALL) {
            object.put("crestDb", crest(figures));
            object.put("histogram", histogram(figures.loudness().histogram()));
            object.put("dynamics", dynamics(figures.dynamics()));
            object.put("sections", sections(figures.dynamics().sections()));
            object.put("spectrum", spectrum(figures.spectrum()));
            object.put("stereo", stereo(figures.stereo()));
            object.put(
                    "translation",
                    figures.translation().devices().stream().map(AnalysisJson::device).toList());
            object.put("findings", Findings.json(measured.findings()));
        }
        return object;
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
        object.put("sixthCentresHz", rounded(spectrum.sixthCentresHz()));
        object.put("sixthLevelsDbfs", rounded(spectrum.sixthLevelsDbfs()));
        object.put("centroidHz", Figure.rounded(spectrum.shape().centroidHz()));
        object.put("rollOff85Hz", Figure.rounded(spectrum.shape().rollOff85Hz()));
        object.put("rollOff95Hz", Figure.rounded(spectrum.shape().rollOff95Hz()));
        object.put("flatness", Figure.rounded(spectrum.shape().flatness()));
        object.put("balanceDb", balance(spectrum.balance()));
        object.put(
                "resonances", spectrum.resonances().stream().map(AnalysisJson::resonance).toList());
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
        object.put("monoBands", stereo.monoBands().stream().map(AnalysisJson::mono).toList());
        object.put("balanceDb", Figure.rounded(stereo.channels().balanceDb()));
        object.put("delayMs", Figure.rounded(stereo.channels().delayMs()));
        object.put("polarityInverted", stereo.channels().polarityInverted());
        object.put("dualMono", stereo.channels().dualMono());
        object.put("verdict", lower(stereo.verdict()));
        return object;
    }

    private static Map<String, Object> mono(MonoFold band) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("lowHz", band.lowHz());
        object.put("highHz", band.highHz());
        object.put("lossLu", Figure.rounded(band.lossLu()));
        object.put("widthDb", Figure.rounded(band.widthDb()));
        object.put("worstLossLu", Figure.rounded(band.worstLossLu()));
        object.put("worstSeconds", Figure.rounded(band.worstSeconds()));
        object.put("verdict", lower(band.verdict()));
        return object;
    }

    private static Map<String, Object> balance(TonalBalance balance) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("low", Figure.rounded(balance.lowDb()));
        object.put("lowMid", Figure.rounded(balance.lowMidDb()));
        object.put("highMid", Figure.rounded(balance.highMidDb()));
        object.put("high", Figure.rounded(balance.highDb()));
        return object;
    }

    private static Map<String, Object> resonance(Resonance resonance) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("frequencyHz", Figure.rounded(resonance.frequencyHz()));
        object.put("excessDb", Figure.rounded(resonance.excessDb()));
        object.put("q", Figure.rounded(resonance.q()));
        object.put("share", Figure.rounded(resonance.share()));
        object.put("firstSeconds", Figure.rounded(resonance.firstSeconds()));
        return object;
    }

    private static Map<String, Object> histogram(LoudnessHistogram histogram) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("lowestLufs", Figure.rounded(histogram.lowestLufs()));
        object.put("binLu", LoudnessHistogram.BIN_LU);
        object.put("momentary", histogram.momentary());
        object.put("shortTerm", histogram.shortTerm());
        object.put("usualLufs", Figure.rounded(histogram.usualLufs()));
        object.put("usualShare", Figure.rounded(histogram.usualShare()));
        return object;
    }

    private static Map<String, Object> dynamics(Dynamics dynamics) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("psrP5Db", Figure.rounded(dynamics.psrP5Db()));
        object.put("transientsPerSecond", Figure.rounded(dynamics.transientsPerSecond()));
        object.put("tempoBpm", Figure.rounded(dynamics.tempo().bpm()));
        object.put("tempoConfidence", Figure.rounded(dynamics.tempo().confidence()));
        object.put("bands", dynamics.bands().stream().map(AnalysisJson::band).toList());
        return object;
    }

    private static Map<String, Object> band(BandLevels band) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("lowHz", band.lowHz());
        object.put("highHz", band.highHz());
        object.put("rmsDbfs", Figure.rounded(band.rmsDbfs()));
        object.put("crestDb", Figure.rounded(band.crestDb()));
        object.put("p5Db", Figure.rounded(band.p5Db()));
        object.put("p50Db", Figure.rounded(band.p50Db()));
        object.put("p95Db", Figure.rounded(band.p95Db()));
        return object;
    }

    private static List<Map<String, Object>> sections(List<Section> sections) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (Section section : sections) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("startSeconds", Figure.rounded(section.startSeconds()));
            object.put("endSeconds", Figure.rounded(section.endSeconds()));
            object.put("loudnessLufs", Figure.rounded(section.loudnessLufs()));
            object.put("level", lower(section.level()));
            object.put("place", lower(section.place()));
            list.add(object);
        }
        return list;
    }

    private static Map<String, Object> device(DeviceTranslation device) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("device", device.model().name());
        object.put("verdict", lower(device.verdict()));
        object.put("reason", device.reason());
        object.put("lossLu", Figure.rounded(device.lossLu()));
        object.put("worstLossLu", Figure.rounded(device.worstLossLu()));
        object.put("worstSeconds", Figure.rounded(device.worstSeconds()));
        object.put("bassAudibleShare", Figure.rounded(device.bassAudibleShare()));
        object.put("maskedShare", Figure.rounded(device.maskedShare()));
        return object;
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static List<Double> rounded(List<Double> values) {
        return values.stream().map(Figure::rounded).toList();
    }
}
