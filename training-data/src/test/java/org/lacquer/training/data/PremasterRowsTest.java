// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioWriter;
import org.lacquer.audio.BitDepth;
import org.lacquer.audio.FileFormat;
import org.lacquer.audio.OutputSpec;
import org.lacquer.audio.StreamFormat;
import org.lacquer.audio.Tags;
import org.lacquer.training.SyntheticMusic;
import org.lacquer.training.data.TrainingRows.Example;
import org.lacquer.training.data.TrainingRows.Targets;
import org.lacquer.training.premaster.MixFault;
import org.lacquer.training.premaster.PremasterBuilder;
import org.lacquer.training.premaster.PremasterSong;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

final class PremasterRowsTest {
    @Test
    void theGoodMixIsTheMasterAndTheTasteOfAMixIsItsDynamics(@TempDir Path work)
            throws IOException {
        PremasterSong song = PremasterSong.all().getFirst();
        Path folder = Files.createDirectories(PremasterBuilder.folder(work, song));
        write(folder.resolve("good.wav"), 0);
        for (int number = 1; number <= PremasterBuilder.MIXES; number++) {
            write(folder.resolve("mix-" + number + ".wav"), number);
        }

        List<BaseRow> rows = PremasterMeasurer.measure(work, song);

        assertThat(rows).hasSize(2 * (1 + PremasterBuilder.MIXES));
        assertThat(rows).allMatch(BaseRow::premaster);
        BaseRow good = rows.getFirst();
        assertThat(good.variant()).isZero();
        assertThat(rows.stream().filter(row -> row.variant() == 1).findFirst().orElseThrow())
                .satisfies(row -> assertThat(row.features()).isNotEqualTo(good.features()));

        // Calibration rows of the bank play no part in the questions of premasters.
        TargetBank bank = new TargetBank(rows);
        List<Example> questions = TrainingRows.draw(rows, bank, 60, Targets.NONE, "test/");
        assertThat(questions).hasSize(120);
        boolean[] seen = new boolean[3];
        for (int number = 1; number <= PremasterBuilder.MIXES; number++) {
            seen[MixFault.tasteOf(song.key(), number).ordinal()] = true;
        }
        boolean lively = seen[MixFault.Taste.LIVELY.ordinal()];
        boolean squashed = seen[MixFault.Taste.SQUASHED.ordinal()];
        assertThat(questions.stream().anyMatch(e -> e.dynamics() > 0)).isEqualTo(lively);
        assertThat(questions.stream().anyMatch(e -> e.dynamics() < 0)).isEqualTo(squashed);
        // Some questions are the mixes as they are, without a tone on top.
        long plain =
                questions.stream()
                        .filter(
                                e ->
                                        rows.stream()
                                                .anyMatch(
                                                        row -> row.variant() > 0 && close(row, e)))
                        .count();
        assertThat(plain).isBetween(20L, 70L);
    }

    private static boolean close(BaseRow row, Example example) {
        double sum = 0.0;
        for (int b = 0; b < Layout.BANDS; b++) {
            sum += Math.abs(row.features()[b] - example.before()[b]);
        }
        return sum < 0.05;
    }

    private static void write(Path file, int seed) throws IOException {
        float[][] clip = SyntheticMusic.samples("premaster-" + seed, 20.0);
        StreamFormat format = new StreamFormat(44_100, 2);
        OutputSpec spec = new OutputSpec(FileFormat.WAV, BitDepth.INT24, format, Tags.NONE);
        try (AudioWriter writer = AudioWriter.create(file, spec, true)) {
            writer.write(AudioBlock.wrap(clip[0], clip[1]));
            writer.commit();
        }
    }
}
