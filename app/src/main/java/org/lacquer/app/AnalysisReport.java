// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.analysis.Analysis;
import org.lacquer.analysis.DeviceTranslation;
import org.lacquer.analysis.Dynamics;
import org.lacquer.analysis.FeatureSet;
import org.lacquer.analysis.MonoFold;
import org.lacquer.analysis.Resonance;
import org.lacquer.analysis.Section;
import org.lacquer.analysis.Spectrum;
import org.lacquer.analysis.StereoImage;
import org.lacquer.analysis.TonalCorridor;
import org.lacquer.inference.Target;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What {@code analyze} says of a file, to people. */
final class AnalysisReport {
    private static final int RESONANCES_SHOWN = 3;
    private static final int SECTIONS_SHOWN = 16;

    private final Terminal terminal;
    private final Analysis figures;
    private final List<String> lines = new ArrayList<>();

    private AnalysisReport(Terminal terminal, Analysis figures) {
        this.terminal = terminal;
        this.figures = figures;
    }

    /**
     * @param target what the tone is held against; empty leaves that out
     */
    static String text(Terminal terminal, Measured measured, Optional<Target> target) {
        AnalysisReport report = new AnalysisReport(terminal, measured.figures());
        report.lines.add(
                terminal.bold(measured.file().toString())
                        + "   "
                        + terminal.faint(measured.kind()));
        report.loudness();
        report.dynamics();
        report.tone(target);
        report.stereo();
        report.devices();
        report.sections();
        report.lines.addAll(Findings.lines(terminal, measured.findings()));
        return String.join("\n", report.lines);
    }

    private void heading(String text) {
        lines.add("");
        lines.add(terminal.bold(text));
    }

    private void row(String label, String value, String unit) {
        lines.add(
                String.format(Locale.ROOT, "  %-28s %8s  %s", label, value, unit).stripTrailing());
    }

    private void row(Figure figure) {
        row(figure.label(), figure.text(figures), figure.unit());
    }

    private void row(String label, double value, int digits, String unit) {
        if (Double.isFinite(value)) {
            row(label, Figure.text(value, digits), unit);
        }
    }

    private void loudness() {
        heading("Loudness and peaks");
        row(Figure.INTEGRATED);
        row(Figure.LOUDNESS_RANGE);
        row(Figure.MOMENTARY);
        row(Figure.SHORT_TERM);
        row("Where it spends its time", figures.loudness().histogram().usualLufs(), 0, "LUFS");
        row(Figure.TRUE_PEAK);
        row(Figure.SAMPLE_PEAK);
    }

    private void dynamics() {
        Dynamics dynamics = figures.dynamics();
        heading("Dynamics");
        row(Figure.PLR);
        row(Figure.PSR);
        if (figures.features() != null) {
            row(Figure.DR);
        }
        if (Double.isFinite(dynamics.lowCrestDb())) {
            row(
                    "Crest: low, mid, high",
                    three(dynamics.lowCrestDb(), dynamics.midCrestDb(), dynamics.highCrestDb()),
                    "dB");
        }
        row("Onsets", dynamics.transientsPerSecond(), 1, "per second");
        row("Tempo", dynamics.tempo().bpm(), 1, "BPM");
    }

    private static String three(double low, double mid, double high) {
        return Figure.text(low, 0) + ", " + Figure.text(mid, 0) + ", " + Figure.text(high, 0);
    }

    private void tone(Optional<Target> target) {
        Spectrum spectrum = figures.spectrum();
        if (spectrum.centresHz().isEmpty()) {
            return;
        }
        heading("Tone");
        target.ifPresent(this::against);
        row("Tilt, 100 Hz to 10 kHz", spectrum.tiltDbPerOctave(), 1, "dB per octave");
        row("Centre of the spectrum", spectrum.shape().centroidHz() / 1_000.0, 1, "kHz");
        row("Upper end", spectrum.bandwidthHz() / 1_000.0, 1, "kHz");
        List<Resonance> resonances = spectrum.resonances();
        for (Resonance one : resonances.subList(0, Math.min(RESONANCES_SHOWN, resonances.size()))) {
            row(
                    "Resonance at " + hertz(one.frequencyHz()),
                    "+" + Figure.text(one.excessDb(), 1),
                    "dB, "
                            + Figure.text(100.0 * one.share(), 0)
                            + " % of the time, from "
                            + Formats.clock(one.firstSeconds()));
        }
    }

    private void against(Target target) {
        List<Double> mean = list(target.mean());
        List<Double> spread = list(target.sd());
        TonalCorridor.Comparison comparison = new TonalCorridor(mean, spread).compare(figures);
        String[] names = {
            "Lows, 20 to 250 Hz", "Low mids, to 2 kHz", "High mids, to 8 kHz", "Highs, to 20 kHz"
        };
        row("Against the corridor of", "", target.name());
        for (int b = 0; b < comparison.wide().size(); b++) {
            TonalCorridor.Band band = comparison.wide().get(b);
            if (Double.isFinite(band.differenceDb())) {
                row(
                        "  " + names[b],
                        String.format(Locale.ROOT, "%+.1f", band.differenceDb()),
                        band.outsideDb() == 0.0
                                ? "dB, inside \u00b1" + Figure.text(band.spreadDb(), 1)
                                : "dB, outside \u00b1" + Figure.text(band.spreadDb(), 1));
            }
        }
    }

    private static List<Double> list(double[] features) {
        return Arrays.stream(features, FeatureSet.LTAS, FeatureSet.LTAS + FeatureSet.BANDS)
                .boxed()
                .toList();
    }

    private void stereo() {
        StereoImage stereo = figures.stereo();
        if (figures.channels() != 2 || stereo.bands().isEmpty()) {
            return;
        }
        heading("Stereo");
        row("Side against mid", stereo.widthDb(), 1, "dB");
        row("Correlation of channels", stereo.correlation(), 2, "");
        row("Left against right", stereo.channels().balanceDb(), 1, "dB");
        row("Delay of the right channel", stereo.channels().delayMs(), 2, "ms");
        row("Lost when played in mono", stereo.monoLossLu(), 1, "LU");
        for (MonoFold band : stereo.monoBands()) {
            row("  " + edges(band.lowHz(), band.highHz()), band.lossLu(), 1, "LU");
        }
    }

    private static String edges(double lowHz, double highHz) {
        if (lowHz == 0.0) {
            return "below " + hertz(highHz);
        }
        return Double.isInfinite(highHz)
                ? "above " + hertz(lowHz)
                : hertz(lowHz) + " to " + hertz(highHz);
    }

    private static String hertz(double frequency) {
        return frequency < 1_000.0
                ? Figure.text(frequency, 0) + " Hz"
                : Formats.plain(Math.rint(frequency / 10.0) / 100.0) + " kHz";
    }

    private void devices() {
        if (figures.translation().devices().isEmpty()) {
            return;
        }
        heading("On other devices");
        for (DeviceTranslation device : figures.translation().devices()) {
            String name = device.model().name();
            String verdict = device.verdict().name().toLowerCase(Locale.ROOT);
            String head = String.format(Locale.ROOT, "  %-14s %-8s", name, verdict);
            List<String> wrapped = Paragraph.lines(head, device.reason());
            String coloured =
                    switch (device.verdict()) {
                        case GOOD, UNKNOWN -> wrapped.getFirst();
                        case FAIR ->
                                terminal.yellow(head) + wrapped.getFirst().substring(head.length());
                        case POOR ->
                                terminal.red(head) + wrapped.getFirst().substring(head.length());
                    };
            lines.add(coloured);
            lines.addAll(wrapped.subList(1, wrapped.size()));
        }
    }

    private void sections() {
        List<Section> sections = figures.dynamics().sections();
        if (sections.size() < 2) {
            return;
        }
        heading("Sections");
        for (Section section : sections.subList(0, Math.min(SECTIONS_SHOWN, sections.size()))) {
            String place =
                    section.place() == Section.Place.BODY
                            ? ""
                            : section.place().name().toLowerCase(Locale.ROOT);
            lines.add(
                    String.format(
                                    Locale.ROOT,
                                    "  %5s to %5s  %-7s %8s  LUFS  %s",
                                    Formats.clock(section.startSeconds()),
                                    Formats.clock(section.endSeconds()),
                                    section.level().name().toLowerCase(Locale.ROOT),
                                    Figure.text(section.loudnessLufs(), 1),
                                    place)
                            .stripTrailing());
        }
        if (sections.size() > SECTIONS_SHOWN) {
            lines.add(
                    terminal.faint(
                            "  and " + (sections.size() - SECTIONS_SHOWN) + " more: see --json"));
        }
    }
}
