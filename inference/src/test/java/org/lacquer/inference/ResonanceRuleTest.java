// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lacquer.analysis.Analysis;
import org.lacquer.analysis.Analyzer;
import org.lacquer.analysis.FeatureSet;
import org.lacquer.analysis.Figures;
import org.lacquer.analysis.Resonance;
import org.lacquer.analysis.Spectrum;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.AudioSource;
import org.lacquer.audio.Progress;
import org.lacquer.engine.ChannelPlacement;
import org.lacquer.engine.DynamicEqBand;
import org.lacquer.engine.DynamicEqSettings;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/** Findings about part of the example song, and what becomes of them. */
final class ResonanceRuleTest {
    private static final Resonance RING = new Resonance(1_250.0, 9.0, 11.26, 0.97, 1.5);

    private static Analysis song;

    @BeforeAll
    static void measure() throws IOException {
        AudioClip clip = new AudioClip(ExampleSong.RATE_HZ, ExampleSong.excerpt(24.0, 5.0));
        try (AudioSource source = clip.source()) {
            song = Analyzer.analyze(source, Figures.ALL, Progress.NONE);
        }
    }

    @Test
    void resonanceBecomesABoundedNotchWithAReason() {
        PlanDraft draft = apply(List.of(RING), 0.0, 1.0, Map.of());
        DynamicEqBand notch = notches(draft).getFirst();
        assertThat(notch.frequencyHz()).isEqualTo(1_250.0);
        assertThat(notch.q()).isEqualTo(11.3);
        // 0.6 of what stands out beyond 4 dB.
        assertThat(notch.rangeDb()).isEqualTo(-3.0);
        assertThat(notch.placement()).isEqualTo(ChannelPlacement.STEREO);
        Decision decision = draft.decisions.getFirst();
        assertThat(decision.setting()).isEqualTo("dynamic-eq.bands[0].rangeDb");
        assertThat(decision.value()).isEqualTo(notch.rangeDb());
        assertThat(decision.because()).contains("1250 Hz", "97 %", "resonance");
        assertThat(ResonanceRule.cutDb(RING)).isEqualTo(3.0);
    }

    /** The notch works while the resonance sounds and lets go when it does not. */
    @Test
    void notchTurnsDownAtTheMeanLevelAndRestsBelow() {
        DynamicEqBand notch = notches(apply(List.of(RING), 0.0, 1.0, Map.of())).getFirst();
        double meanDb = notch.thresholdDb() + 3.0 / 0.75;
        assertThat(notch.gainDb(meanDb)).isCloseTo(-3.0, within(0.2));
        assertThat(notch.gainDb(meanDb - 12.0)).isZero();
        assertThat(notch.gainDb(meanDb + 20.0)).isEqualTo(-3.0);
    }

    @Test
    void notchesGrowWithResonanceAndStrengthUpToTheirBound() {
        double last = 0.0;
        for (double excessDb : new double[] {6.5, 8.0, 11.0, 14.0, 20.0}) {
            Resonance ring = new Resonance(1_250.0, excessDb, 10.0, 0.97, 1.5);
            double rangeDb = notches(apply(List.of(ring), 0.0, 1.0, Map.of())).getFirst().rangeDb();
            assertThat(rangeDb).isLessThanOrEqualTo(last).isGreaterThanOrEqualTo(-3.0);
            last = rangeDb;
        }
        assertThat(last).isEqualTo(-3.0);
        assertThat(notches(apply(List.of(RING), 0.0, 0.5, Map.of())).getFirst().rangeDb())
                .isEqualTo(-1.5);
        assertThat(notches(apply(List.of(RING), 0.0, 1.0, Map.of("dynamic-eq", 0)))).isEmpty();
    }

    @Test
    void whatMayBeMusicIsLeftAlone() {
        assertThat(notches(apply(List.of(), 0.0, 1.0, Map.of()))).isEmpty();
        for (Resonance doubtful :
                List.of(
                        new Resonance(1_250.0, 4.9, 11.0, 0.97, 1.5),
                        new Resonance(1_250.0, 9.0, 1.8, 0.97, 1.5))) {
            assertThat(notches(apply(List.of(doubtful), 0.0, 1.0, Map.of()))).isEmpty();
        }
        List<Resonance> many = List.of(RING, RING, RING, RING, RING);
        assertThat(notches(apply(many, 0.0, 1.0, Map.of()))).hasSize(3);
    }

    @Test
    void harshHighsAreSoftenedWhileTheyAreLoud() {
        assertThat(notches(apply(List.of(), 5.5, 1.0, Map.of()))).isEmpty();
        DynamicEqBand soft = notches(apply(List.of(), 7.0, 1.0, Map.of())).getFirst();
        assertThat(soft.frequencyHz()).isEqualTo(3_200.0);
        assertThat(soft.rangeDb()).isEqualTo(-1.8);
        DynamicEqBand most = notches(apply(List.of(), 20.0, 1.0, Map.of())).getFirst();
        assertThat(most.rangeDb()).isEqualTo(-2.5);
    }

    @Test
    void highsThatJumpOutAreSoftened() {
        double[] even = new double[FeatureSet.SIZE];
        assertThat(ResonanceRule.biteDb(even)).isZero();
        double[] biting = even.clone();
        for (int b = 20; b <= 23; b++) {
            biting[FeatureSet.LTAS + b] = 2.0;
            biting[FeatureSet.CONTENT_PERCENTILES + 2 * FeatureSet.BANDS + b] = 3.0;
        }
        // A rise of 3 dB that others do not have, and half of 2 dB.
        assertThat(ResonanceRule.biteDb(biting)).isCloseTo(4.0, within(1e-9));
        assertThat(ResonanceRule.softerDb(0.0, 4.0)).isCloseTo(1.8, within(1e-9));
        assertThat(ResonanceRule.softerDb(7.0, 4.0)).isCloseTo(1.8, within(1e-9));
        assertThat(ResonanceRule.softerDb(0.0, 2.4)).isZero();
        assertThat(ResonanceRule.softerDb(0.0, 50.0)).isEqualTo(2.5);
    }

    private static List<DynamicEqBand> notches(PlanDraft draft) {
        return draft.stages.stream()
                .map(stage -> (DynamicEqSettings) stage)
                .flatMap(stage -> stage.bands().stream())
                .toList();
    }

    private static PlanDraft apply(
            List<Resonance> resonances,
            double harshDb,
            double strength,
            Map<String, Integer> amounts) {
        Analysis mix = with(resonances);
        MasteringRequest request =
                new MasteringRequest(
                        "neutral",
                        List.of(),
                        "streaming",
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        50,
                        0,
                        amounts,
                        Set.of(),
                        Optional.empty(),
                        OptionalInt.empty(),
                        Optional.empty());
        double[] features = Objects.requireNonNull(mix.features()).vector().values();
        PlanDraft draft = new PlanDraft(mix, TargetChoice.neutral(), request, features);
        ResonanceRule.apply(draft, harshDb, strength);
        return draft;
    }

    private static Analysis with(List<Resonance> resonances) {
        Spectrum old = song.spectrum();
        Spectrum spectrum =
                new Spectrum(
                        old.centresHz(),
                        old.levelsDbfs(),
                        old.midLevelsDbfs(),
                        old.sideLevelsDbfs(),
                        old.tiltDbPerOctave(),
                        old.bandwidthHz(),
                        old.edgeDropDb(),
                        old.sixthCentresHz(),
                        old.sixthLevelsDbfs(),
                        old.shape(),
                        old.balance(),
                        resonances);
        return new Analysis(
                song.durationSeconds(),
                song.sampleRateHz(),
                song.channels(),
                song.loudness(),
                song.peaks(),
                song.channelLevels(),
                song.dynamics(),
                spectrum,
                song.stereo(),
                song.translation(),
                song.integrity(),
                song.leadingSilenceSeconds(),
                song.trailingSilenceSeconds(),
                song.nonFiniteSamples(),
                song.firstNonFiniteSeconds(),
                song.features());
    }
}
