// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lacquer.audio.AudioClip;
import org.lacquer.engine.Responses.Response;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

final class MatchingEqTest {
    private static final int RATE = 44_100;

    /** Third octaves from 20 Hz to 20 kHz with gains drawn from ±6 dB, jumps between neighbours. */
    private static MatchingEqSettings thirds(long seed, double smoothingOctaves, EqPhase phase) {
        Random random = new Random(seed);
        List<Double> frequencies = new ArrayList<>();
        List<Double> gains = new ArrayList<>();
        for (int band = 13; band <= 43; band++) {
            frequencies.add(Math.pow(10.0, band / 10.0));
            gains.add(random.nextDouble() * 12.0 - 6.0);
        }
        return new MatchingEqSettings(frequencies, gains, List.of(), 6.0, smoothingOctaves, phase);
    }

    @ParameterizedTest
    @EnumSource(EqPhase.class)
    void filterHasTheCurveDownTo20Hertz(EqPhase phase) {
        for (int rate : new int[] {44_100, 48_000}) {
            MatchingEqSettings stage = thirds(5, 0.33, phase);
            Response response = Responses.mono(stage, rate, 0.5f);
            for (int bin = response.binOf(20.0); bin <= response.binOf(20_000.0); bin += 11) {
                double hz = response.frequencyHz(bin);
                assertThat(response.db(bin))
                        .as("%s Hz", hz)
                        .isCloseTo(stage.responseDb(hz, rate), within(0.05));
            }
        }
    }

    /** Without smoothing the curve runs through its points; with it, near them. */
    @Test
    void curveRunsThroughItsPoints() {
        MatchingEqSettings exact = thirds(6, 0.0, EqPhase.MINIMUM);
        for (int k = 0; k < exact.frequenciesHz().size(); k++) {
            assertThat(exact.responseDb(exact.frequenciesHz().get(k), RATE))
                    .isCloseTo(exact.gainsDb().get(k), within(0.05));
        }
        List<Double> smoothSlope = new ArrayList<>();
        for (double hz : exact.frequenciesHz()) {
            smoothSlope.add(1.2 * Math.log10(hz / 1_000.0));
        }
        MatchingEqSettings slope =
                new MatchingEqSettings(
                        exact.frequenciesHz(), smoothSlope, List.of(), 6.0, 0.33, EqPhase.MINIMUM);
        for (double hz = 40.0; hz < 10_000.0; hz *= 1.1) {
            assertThat(slope.responseDb(hz, RATE))
                    .isCloseTo(1.2 * Math.log10(hz / 1_000.0), within(0.01));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0, 0.33, 1.5})
    void curveNeverLeavesItsLimit(double smoothingOctaves) {
        Random random = new Random(7);
        for (int trial = 0; trial < 10; trial++) {
            List<Double> frequencies = new ArrayList<>();
            List<Double> gains = new ArrayList<>();
            double hz = 15.0;
            while (hz < 20_000.0) {
                frequencies.add(hz);
                gains.add(random.nextGaussian() * 12.0);
                hz *= 1.05 + random.nextDouble();
            }
            MatchingEqSettings stage =
                    new MatchingEqSettings(
                            frequencies, gains, List.of(), 4.0, smoothingOctaves, EqPhase.LINEAR);
            for (double at = 5.0; at < 30_000.0; at *= 1.07) {
                assertThat(stage.responseDb(at, 96_000)).isBetween(-4.0 - 1e-9, 4.0 + 1e-9);
            }
        }
    }

    /** A side curve of its own changes side only. */
    @Test
    void midAndSideHaveTheirOwnCurves() {
        MatchingEqSettings stage =
                new MatchingEqSettings(
                        List.of(100.0, 1_000.0, 10_000.0),
                        List.of(0.0, 0.0, 0.0),
                        List.of(-3.0, -3.0, -3.0),
                        6.0,
                        0.33,
                        EqPhase.MINIMUM);
        AudioClip mix = TestSignals.musicLike(RATE, 0.2, 8);
        var processor = stage.prepare(mix.format());
        int latency = processor.latencyFrames();
        float[][] longer = new float[2][];
        for (int c = 0; c < 2; c++) {
            longer[c] = Arrays.copyOf(mix.channel(c), mix.frames() + latency);
        }
        float[][] out = TestSignals.run(processor, new AudioClip(RATE, longer), null);
        double cut = Math.pow(10.0, -3.0 / 20.0);
        for (int i = 0; i < mix.frames(); i++) {
            float l = mix.channel(0)[i];
            float r = mix.channel(1)[i];
            float outL = out[0][latency + i];
            float outR = out[1][latency + i];
            assertThat(outL + outR).isCloseTo(l + r, within(1e-6f));
            assertThat(outL - outR).isCloseTo((float) ((l - r) * cut), within(1e-5f));
        }
        assertThat(stage.responseDb(500.0, RATE)).isZero();
        assertThat(stage.responseDb(500.0, RATE, ChannelPlacement.SIDE))
                .isCloseTo(-3.0, within(1e-9));
    }

    @Test
    void pointsThatMakeNoCurveAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(List.of(100.0, 100.0), List.of(1.0, 2.0)))
                .withMessageStartingWith("frequenciesHz must rise");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(List.of(100.0, 90.0), List.of(1.0, 2.0)))
                .withMessageStartingWith("frequenciesHz must be between 100.0 and 40000.0 Hz");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(List.of(100.0, 200.0), List.of(1.0)))
                .withMessageStartingWith("gainsDb must have one entry for each");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(List.of(100.0), List.of(Double.NaN)))
                .withMessageStartingWith("gainsDb must be between");
    }

    private static MatchingEqSettings of(List<Double> frequencies, List<Double> gains) {
        return new MatchingEqSettings(frequencies, gains, List.of(), 6.0, 0.33, EqPhase.LINEAR);
    }
}
