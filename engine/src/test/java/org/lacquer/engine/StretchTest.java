// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioSpool;
import org.lacquer.audio.BitDepth;
import org.lacquer.audio.DitherKind;
import org.lacquer.audio.FileFormat;
import org.lacquer.audio.Progress;
import org.lacquer.audio.StreamFormat;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;

/** A stretch sounds as the same stretch of the whole song. */
final class StretchTest {
    private static final StreamFormat FORMAT = new StreamFormat(44_100, 2);
    private static final int SECONDS = 16;

    private static final MasteringPlan PLAN =
            MasteringPlan.of(
                    List.of(
                            HighPassSettings.DEFAULT,
                            new GainSettings(3.0),
                            LimiterSettings.DEFAULT.withDriveDb(9.0)),
                    new Delivery(
                            OptionalDouble.empty(),
                            OptionalInt.empty(),
                            FileFormat.WAV,
                            BitDepth.FLOAT32,
                            DitherKind.NONE,
                            1),
                    Provenance.DEFAULT);

    @Test
    void equalsTheWholeRendering() throws Exception {
        try (AudioSpool mix = mix();
                AudioSpool whole = new AudioSpool(FORMAT, Long.MAX_VALUE / 2);
                AudioSpool part = new AudioSpool(FORMAT, Long.MAX_VALUE / 2);
                Stretch stretch = new Stretch(mix, PLAN, 7.25, 10.5, 44_100, Long.MAX_VALUE / 2)) {
            new Renderer(Path.of("mix"), Long.MAX_VALUE / 2, Progress.NONE)
                    .render(mix, PLAN, () -> whole);
            whole.finish();
            Rendered rendered = stretch.play(9.0, part);
            part.finish();
            assertThat(part.frames()).isEqualTo(stretch.frames()).isEqualTo(143_325);
            assertThat(rendered.reductions()).containsKey("limiter");
            AudioBlock expected = new AudioBlock(2, 143_325);
            AudioBlock got = new AudioBlock(2, 143_325);
            whole.source(319_725, 463_050).read(expected);
            part.source().read(got);
            double worst = 0.0;
            for (int c = 0; c < 2; c++) {
                for (int i = 0; i < 143_325; i++) {
                    worst = Math.max(worst, Math.abs(expected.channel(c)[i] - got.channel(c)[i]));
                }
            }
            // What the limiter's gain remembers from more than four seconds before.
            assertThat(worst).isLessThan(2e-3);
        }
    }

    @Test
    void loudnessInFrontOfTheLimiterFollowsTheGain() throws Exception {
        MasteringPlan louder =
                MasteringPlan.of(
                        List.of(
                                HighPassSettings.DEFAULT,
                                new GainSettings(5.5),
                                LimiterSettings.DEFAULT.withDriveDb(9.0)),
                        PLAN.delivery(),
                        Provenance.DEFAULT);
        try (AudioSpool mix = mix();
                Stretch first = new Stretch(mix, PLAN, 2.0, 6.0, 48_000, Long.MAX_VALUE / 2);
                Stretch second = new Stretch(mix, louder, 2.0, 6.0, 48_000, Long.MAX_VALUE / 2)) {
            assertThat(first.frames()).isEqualTo(192_000);
            assertThat(second.linearLufs() - first.linearLufs()).isCloseTo(2.5, within(1e-3));
        }
    }

    @Test
    void endsWithTheMixAndDoesNotStartBehindIt() throws Exception {
        try (AudioSpool mix = mix()) {
            try (Stretch stretch =
                    new Stretch(mix, PLAN, SECONDS - 1.0, SECONDS + 9.0, 44_100, 0)) {
                assertThat(stretch.frames()).isEqualTo(44_100);
            }
            assertThatThrownBy(() -> new Stretch(mix, PLAN, SECONDS, SECONDS + 1.0, 44_100, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("within the mix");
        }
    }

    /** Noise in pulses, so that gains move. */
    private static AudioSpool mix() throws Exception {
        AudioSpool spool = new AudioSpool(FORMAT, Long.MAX_VALUE / 2);
        Random random = new Random(5);
        AudioBlock block = new AudioBlock(2, 44_100);
        for (int second = 0; second < SECONDS; second++) {
            block.setFrames(44_100);
            for (int i = 0; i < 44_100; i++) {
                double level = i % 11_025 < 3_000 ? 0.4 : 0.1;
                block.channel(0)[i] = (float) (level * (random.nextDouble() * 2.0 - 1.0));
                block.channel(1)[i] = (float) (level * (random.nextDouble() * 2.0 - 1.0));
            }
            spool.write(block);
        }
        spool.finish();
        return spool;
    }
}
