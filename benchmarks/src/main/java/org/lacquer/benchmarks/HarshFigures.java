// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

import org.lacquer.analysis.Analysis;
import org.lacquer.analysis.Analyzer;
import org.lacquer.analysis.Features;
import org.lacquer.analysis.Figures;
import org.lacquer.analysis.Finding;
import org.lacquer.analysis.Preflight;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.AudioSource;
import org.lacquer.audio.Progress;
import org.lacquer.audio.SourceInfo;
import org.lacquer.audio.Tags;
import org.lacquer.inference.ResonanceRule;
import org.lacquer.training.corpus.Track;
import org.lacquer.training.corpus.Track.Split;
import org.lacquer.training.data.FileDecoder;
import org.lacquer.training.faults.Draws;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Harsh and sibilant bands put into finished tracks, {@link HarshPlant} of 4 to 8 dB, and how many
 * of them get the bell that softens highs: {@code CORPUS [SPLIT [TRACKS]]}. The same tracks as they
 * are, are the controls.
 */
public final class HarshFigures {
    private static final PrintStream OUT =
            new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private static final SourceInfo WAV =
            new SourceInfo("wav", "pcm_s24le", 24, false, -1L, Tags.NONE);
    private static final String[] KINDS = {
        "as it is", "harsh, 2.5 to 5 kHz", "sibilant, 5 to 9 kHz"
    };

    private HarshFigures() {}

    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]).resolve("root");
        Split split = Split.valueOf(arguments.length > 1 ? arguments[1] : "TEST");
        int count = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 20;
        int tracks = 0;
        int[] softened = new int[KINDS.length];
        double[] depth = new double[KINDS.length];
        for (Track track : ResonanceFigures.choose(split, count)) {
            AudioClip clean =
                    ResonanceFigures.middle(new FileDecoder().decode(track.under(root), 480.0));
            Draws draws = Draws.of("harsh/" + track.key());
            HarshPlant harsh = new HarshPlant(2_500.0, 5_000.0, draws.uniform(4.0, 8.0));
            HarshPlant sibilant = new HarshPlant(5_000.0, 9_000.0, draws.uniform(4.0, 8.0));
            AudioClip[] clips = {clean, harsh.in(clean), sibilant.in(clean)};
            tracks++;
            for (int k = 0; k < clips.length; k++) {
                double softerDb = softerDb(clips[k]);
                softened[k] += softerDb > 0.0 ? 1 : 0;
                depth[k] += softerDb;
            }
        }
        OUT.println("| track | softened | 95 % interval | bell, mean of those dB |");
        OUT.println("|---|---|---|---|");
        for (int k = 0; k < KINDS.length; k++) {
            OUT.printf(
                    Locale.ROOT,
                    "| %s | %d of %d | %s | %.1f |%n",
                    KINDS[k],
                    softened[k],
                    tracks,
                    ResonanceFigures.wilson(softened[k], tracks).replace("95 %: ", ""),
                    depth[k] / Math.max(1, softened[k]));
        }
    }

    private static double softerDb(AudioClip clip) throws IOException {
        try (AudioSource source = clip.source()) {
            Analysis analysis = Analyzer.analyze(source, Figures.ALL, Progress.NONE);
            double harshDb =
                    Preflight.check(analysis, WAV).stream()
                            .filter(finding -> finding.code().equals("harshness"))
                            .mapToDouble(Finding::value)
                            .findFirst()
                            .orElse(0.0);
            Features features = analysis.features();
            return features == null || !features.vector().defined()
                    ? 0.0
                    : ResonanceRule.softerDb(
                            harshDb, ResonanceRule.biteDb(features.vector().values()));
        }
    }
}
