// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.AudioSpool;
import org.lacquer.audio.Processor;
import org.lacquer.audio.Progress;
import org.lacquer.audio.StreamFormat;
import org.lacquer.engine.TestSignals.Collector;
import org.lacquer.engine.TestSignals.Regime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** The laws of {@link ProcessorLawsTest}, for whole plans drawn at random; the seed is the name. */
final class PlanLawsTest {
    private static final StreamFormat FORMAT = new StreamFormat(44_100, 2);
    private static final int FRAMES = 6_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void blocksResetAndSilenceOfWholePlans(long seed) {
        MasteringPlan plan = RandomPlans.draw(new Random(seed));
        Processor fresh = processor(plan);
        int frames = FRAMES + fresh.latencyFrames();
        AudioClip music = clip(Regime.MUSIC_LIKE, frames, seed);
        float[][] whole = TestSignals.run(fresh, music, null);
        for (float[] channel : whole) {
            for (float sample : channel) {
                assertThat(Float.isFinite(sample)).isTrue();
            }
        }
        Processor used = processor(plan);
        float[][] silent =
                TestSignals.run(
                        used, new AudioClip(44_100, new float[frames], new float[frames]), null);
        assertThat(silent).isDeepEqualTo(new float[2][frames]);
        TestSignals.run(used, clip(Regime.CLICKS, FRAMES, seed), null);
        used.reset();
        assertThat(TestSignals.run(used, music, new Random(seed))).isDeepEqualTo(whole);
    }

    /** As long as the mix, and never above the ceiling. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16})
    void wholePlansKeepLengthAndCeiling(long seed) throws IOException {
        MasteringPlan plan = RandomPlans.draw(new Random(seed));
        AudioClip music = clip(Regime.MUSIC_LIKE, 20_000, seed);
        try (AudioSpool mix = TestSignals.spool(music)) {
            Rendered rendered =
                    new Renderer(Path.of("test"), Long.MAX_VALUE, Progress.NONE)
                            .render(mix, plan, new Collector());
            assertThat(rendered.frames()).isEqualTo(20_000);
            if (plan.limiter().isPresent()) {
                assertThat(rendered.truePeakDbtp())
                        .isLessThanOrEqualTo(plan.limiter().get().ceilingDbtp() + 0.002);
            }
        }
    }

    @Test
    void everyStageIsDrawnAndReadsBackEqual() {
        for (var kind : StageSettings.KINDS) {
            StageSettings stage = RandomPlans.stage(StageSettings.stageName(kind), new Random(31));
            assertThat(stage).isInstanceOf(kind);
            MasteringPlan plan =
                    MasteringPlan.of(List.of(stage), Delivery.DEFAULT, Provenance.DEFAULT);
            assertThat(PlanYaml.parse(PlanYaml.write(plan))).isEqualTo(plan);
        }
    }

    private static Processor processor(MasteringPlan plan) {
        return new Series(plan.stages().stream().map(stage -> stage.prepare(FORMAT)).toList());
    }

    private static AudioClip clip(Regime regime, int frames, long seed) {
        return TestSignals.clip(regime, 44_100, 2, frames, seed);
    }
}
