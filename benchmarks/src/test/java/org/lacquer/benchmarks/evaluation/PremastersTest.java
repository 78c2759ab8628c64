// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioWriter;
import org.lacquer.audio.BitDepth;
import org.lacquer.audio.FileFormat;
import org.lacquer.audio.OutputSpec;
import org.lacquer.audio.StreamFormat;
import org.lacquer.audio.Tags;
import org.lacquer.benchmarks.evaluation.Contest.Case;
import org.lacquer.training.corpus.Track.Split;
import org.lacquer.training.faults.Draws;
import org.lacquer.training.premaster.PremasterBuilder;
import org.lacquer.training.premaster.PremasterSong;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

final class PremastersTest {
    private static final int RATE = 44_100;
    private static final int FRAMES = 30 * RATE;

    @Test
    void hiddenOriginalAndFaultyMixAreTheSameStretch(@TempDir Path corpus) throws IOException {
        assertThat(Premasters.cases(corpus)).isEmpty();
        PremasterSong song =
                PremasterSong.all().stream()
                        .filter(one -> one.split() == Split.TEST)
                        .findFirst()
                        .orElseThrow();
        Path folder = Files.createDirectories(PremasterBuilder.folder(corpus, song));
        write(folder.resolve("good.wav"), 1.0f);
        for (int mix = 1; mix <= PremasterBuilder.MIXES; mix++) {
            write(folder.resolve("mix-" + mix + ".wav"), 0.5f / mix);
        }
        Files.writeString(folder.resolve("faults.tsv"), "# none");

        List<CaseName> cases = Premasters.cases(corpus);

        assertThat(cases).hasSize(PremasterBuilder.MIXES);
        Case second = Premasters.of(cases.get(1), corpus);
        float[] hidden = second.hidden().clip().channel(0);
        float[] faulty = second.untouched().channel(0);
        assertThat(hidden).hasSize(HiddenMaster.SECONDS * RATE);
        assertThat(faulty).hasSameSizeAs(hidden);
        double gain = 0.0;
        for (int i = 0; i < hidden.length; i += 501) {
            if (Math.abs(hidden[i]) > 0.05f) {
                gain = gain == 0.0 ? faulty[i] / hidden[i] : gain;
                assertThat((double) faulty[i] / hidden[i]).isCloseTo(gain, within(1e-3));
            }
        }
        assertThat(gain).isGreaterThan(0.0);
        assertThat(second.references()).isEmpty();
        assertThat(Competitor.of(Family.PREMASTER, 0))
                .contains(Competitor.NOTHING, Competitor.AUTO)
                .doesNotContain(Competitor.REFERENCE, Competitor.FULL_MATCH);
    }

    /** Noise that is loudest from ten seconds on. */
    private static void write(Path file, float gain) throws IOException {
        Draws draws = new Draws(3L);
        float[][] clip = new float[2][FRAMES];
        for (int i = 0; i < FRAMES; i++) {
            double level = i < 10 * RATE ? 0.05 : 0.4;
            clip[0][i] = gain * (float) draws.uniform(-level, level);
            clip[1][i] = gain * (float) draws.uniform(-level, level);
        }
        OutputSpec spec =
                new OutputSpec(
                        FileFormat.WAV, BitDepth.INT24, new StreamFormat(RATE, 2), Tags.NONE);
        try (AudioWriter writer = AudioWriter.create(file, spec, true)) {
            writer.write(AudioBlock.wrap(clip[0], clip[1]));
            writer.commit();
        }
    }
}
