// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.jspecify.annotations.Nullable;
import org.lacquer.analysis.Figures;
import org.lacquer.analysis.Finding;
import org.lacquer.analysis.StemPreflight;
import org.lacquer.analysis.StemPreflight.Stem;
import org.lacquer.analysis.StemSum;
import org.lacquer.analysis.StemSummer;
import org.lacquer.audio.AudioReader;
import org.lacquer.audio.AudioSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks a folder of stems: each file by itself, then all of them together. */
final class StemCheck {
    private final Terminal terminal;
    private final boolean json;
    private final StemFolder folder;
    private final List<Stem> stems = new ArrayList<>();
    private final List<Path> readable = new ArrayList<>();
    private boolean failed;
    private int exitCode = ExitCode.DONE;

    StemCheck(Terminal terminal, boolean json, StemFolder folder) {
        this.terminal = terminal;
        this.json = json;
        this.folder = folder;
    }

    /** Prints everything and returns the exit code; a file that cannot be read counts most. */
    int run() throws IOException {
        for (Path file : folder.stems()) {
            Stem stem = checked(file, true);
            if (stem != null) {
                stems.add(stem);
                readable.add(file);
            }
        }
        Path mixFile = folder.mix();
        Stem mix = mixFile == null ? null : checked(mixFile, false);
        if (stems.size() == folder.stems().size()) {
            checkTogether(mix);
        }
        return exitCode != ExitCode.DONE
                ? exitCode
                : failed ? ExitCode.CHECK_FAILED : ExitCode.DONE;
    }

    private @Nullable Stem checked(Path file, boolean isStem) {
        try {
            Measured measured = measured(file);
            List<Finding> findings =
                    isStem
                            ? StemPreflight.checkStem(measured.figures(), measured.info())
                            : measured.findings();
            // The mix is heard with the stems; its own faults are not theirs.
            failed |= isStem && Findings.failed(findings);
            print(file, measured.kind(), findings);
            return Stem.of(bareName(file), measured.figures(), measured.info());
        } catch (IOException e) {
            Problem problem = Problem.of(e);
            exitCode = exitCode == ExitCode.DONE ? problem.exitCode() : exitCode;
            if (json) {
                terminal.line(Json.line(Json.error(file, problem)));
            } else {
                terminal.complain(problem.message());
            }
            return null;
        }
    }

    private Measured measured(Path file) throws IOException {
        try (ProgressLine progress = new ProgressLine(terminal)) {
            return Measured.read(file, Figures.ALL, progress.of(Formats.nameOf(file)));
        }
    }

    private void checkTogether(@Nullable Stem mix) throws IOException {
        StemSum sum = StemPreflight.canSum(stems) ? sum(mix) : null;
        List<Finding> findings = StemPreflight.check(stems, mix, sum);
        failed |= Findings.failed(findings);
        if (!json) {
            String kind = stems.size() + " stems" + (mix == null ? "" : ", mix " + mix.name());
            print(folder.folder(), kind, findings);
            return;
        }
        Map<String, Object> object = Json.object(folder.folder());
        object.put("ok", !Findings.failed(findings));
        object.put("stems", folder.stems().stream().map(Formats::nameOf).toList());
        object.put("mix", Optional.ofNullable(mix).map(file -> Formats.nameOf(mixPath())));
        object.put("aside", folder.aside().stream().map(Formats::nameOf).toList());
        object.put("sum", Optional.ofNullable(sum).map(figures -> figures(figures, stems)));
        object.put("findings", Findings.json(findings));
        terminal.line(Json.line(object));
    }

    private StemSum sum(@Nullable Stem mix) throws IOException {
        boolean fits = mix != null && fits(mix);
        List<AudioReader> open = new ArrayList<>();
        try (ProgressLine progress = new ProgressLine(terminal)) {
            for (Path file : readable) {
                open.add(AudioReader.open(file));
            }
            AudioReader mixReader = null;
            if (fits) {
                mixReader = AudioReader.open(mixPath());
                open.add(mixReader);
            }
            List<AudioSource> sources = new ArrayList<>(open.subList(0, readable.size()));
            long frames = open.getFirst().info().declaredFrames();
            return StemSummer.sum(sources, mixReader, frames, progress.of("Adding"));
        } finally {
            for (AudioReader reader : open) {
                reader.close();
            }
        }
    }

    private boolean fits(Stem mix) {
        List<Stem> all = new ArrayList<>(stems);
        all.add(mix);
        return StemPreflight.canSum(all);
    }

    private Path mixPath() {
        Path mix = folder.mix();
        return mix == null ? folder.folder() : mix;
    }

    private void print(Path file, String kind, List<Finding> findings) {
        if (json) {
            Map<String, Object> object = Json.object(file);
            object.put("ok", !Findings.failed(findings));
            object.put("findings", Findings.json(findings));
            terminal.line(Json.line(object));
        } else {
            terminal.line(Findings.text(terminal, file, kind, findings));
        }
    }

    private static Map<String, Object> figures(StemSum sum, List<Stem> stems) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("truePeakDbtp", Figure.rounded(sum.truePeakDbtp()));
        object.put("residualDb", Figure.rounded(sum.match().residualDb()));
        object.put("gainDb", Figure.rounded(sum.match().gainDb()));
        object.put(
                "offsetSeconds",
                Figure.rounded(
                        (double) sum.match().offsetFrames() / stems.getFirst().sampleRateHz()));
        object.put("inverted", sum.match().inverted());
        return object;
    }

    private static String bareName(Path file) {
        String name = Formats.nameOf(file);
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
