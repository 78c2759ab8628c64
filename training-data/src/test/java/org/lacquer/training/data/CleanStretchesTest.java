// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.AudioWriter;
import org.lacquer.audio.BitDepth;
import org.lacquer.audio.FileFormat;
import org.lacquer.audio.OutputSpec;
import org.lacquer.audio.StreamFormat;
import org.lacquer.audio.Tags;
import org.lacquer.inference.ReferenceTrack;
import org.lacquer.training.SyntheticMusic;
import org.lacquer.training.corpus.Track;
import org.lacquer.training.corpus.Track.Split;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** More rows of a track as it is. */
class CleanStretchesTest {
    private static final Track TRACK =
            new Track(Split.TRAIN, "p", "f.ogg", "-", "-", 60, "-", "-", -14, -10, 20_000);

    private static List<BaseRow> measure(float[][] samples) throws IOException {
        AudioClip clip = new AudioClip(SyntheticMusic.RATE, samples);
        return CleanStretches.measure(TRACK, Path.of("nowhere"), (file, longest) -> clip);
    }

    @Test
    void wholeTrackAndEveryTenSecondsBecomeRows() throws IOException {
        List<BaseRow> rows = measure(SyntheticMusic.samples("long", 36.0));

        // 15 s each, so the last begins at 21 s: three stretches, 10.5 s apart.
        assertThat(rows)
                .extracting(BaseRow::excerpt)
                .containsExactly(
                        CleanStretches.WHOLE,
                        CleanStretches.WHOLE + 1,
                        CleanStretches.WHOLE + 2,
                        CleanStretches.WHOLE + 3);
        assertThat(rows).extracting(BaseRow::variant).containsOnly(0);
        assertThat(rows.get(1).features()).isNotEqualTo(rows.get(3).features());
    }

    @Test
    void quietStretchesAreLeftOut() throws IOException {
        float[][] samples = SyntheticMusic.samples("fades", 36.0);
        for (float[] channel : samples) {
            for (int i = 20 * SyntheticMusic.RATE; i < channel.length; i++) {
                channel[i] *= 0.01f;
            }
        }

        assertThat(measure(samples))
                .extracting(BaseRow::excerpt)
                .containsExactly(
                        CleanStretches.WHOLE, CleanStretches.WHOLE + 1, CleanStretches.WHOLE + 2);
    }

    /** What the app makes of a record must be what the model has learned of records. */
    @Test
    void appHearsReferencesInTheSameStretches(@TempDir Path folder) throws IOException {
        float[][] samples = SyntheticMusic.samples("reference", 47.0);
        for (float[] channel : samples) {
            for (int i = 0; i < 17 * SyntheticMusic.RATE; i++) {
                channel[i] *= 0.05f;
            }
        }
        Path file = folder.resolve("reference.wav");
        StreamFormat format = new StreamFormat(SyntheticMusic.RATE, 2);
        OutputSpec spec = new OutputSpec(FileFormat.WAV, BitDepth.FLOAT32, format, Tags.NONE);
        try (AudioWriter writer = AudioWriter.create(file, spec, false)) {
            writer.write(AudioBlock.wrap(samples));
            writer.commit();
        }

        List<double[]> heard = ReferenceTrack.read(file).vectors();
        List<BaseRow> learned = measure(samples);

        assertThat(heard).hasSameSizeAs(learned).hasSizeLessThan(5);
        for (int k = 0; k < heard.size(); k++) {
            float[] row = learned.get(k).features();
            for (int j = 0; j < row.length; j++) {
                assertThat(heard.get(k)[j]).isCloseTo(row[j], within(1e-4));
            }
        }
    }

    @Test
    void silenceTellsNothing() throws IOException {
        float[][] silence = new float[2][20 * SyntheticMusic.RATE];
        Arrays.fill(silence[0], 0f);

        assertThat(measure(silence)).isEmpty();
    }

    @Test
    void stretchesAreToldFromExcerpts() throws IOException {
        List<BaseRow> rows = measure(SyntheticMusic.samples("split", 26.0));

        assertThat(CleanStretches.without(rows)).isEmpty();
        assertThat(CleanStretches.only(rows)).isEqualTo(rows);
    }
}
