// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lacquer.audio.Decibels;
import org.lacquer.engine.EqBand;
import org.lacquer.engine.HighPassSettings;
import org.lacquer.engine.LimiterSettings.Character;
import org.lacquer.engine.ParametricEqSettings;
import org.lacquer.engine.StereoWidthSettings;

import java.util.Arrays;
import java.util.List;

final class PartsTest {
    private static final int RATE = 44_100;

    private static double[] centres() {
        double[] edges = ToneRatio.edgesHz();
        double[] hz = new double[edges.length - 1];
        for (int b = 0; b < hz.length; b++) {
            hz[b] = Math.sqrt(edges[b] * edges[b + 1]);
        }
        return hz;
    }

    private static double[] ones(int count) {
        double[] ones = new double[count];
        Arrays.fill(ones, 1.0);
        return ones;
    }

    @Test
    void bandsOfAnEqualiserAreFoundAgainWhateverTheLevel() {
        double[] hz = centres();
        ParametricEqSettings truth =
                new ParametricEqSettings(
                        List.of(
                                new EqBand(EqBand.Shape.BELL, 250.0, -3.0, 1.4),
                                new EqBand(EqBand.Shape.HIGH_SHELF, 5_000.0, 2.0, 0.7)));
        HighPassSettings pass = new HighPassSettings(45.0, 24);
        double[] curve = new double[hz.length];
        for (int b = 0; b < hz.length; b++) {
            curve[b] = 7.0 + pass.responseDb(hz[b], RATE) + truth.responseDb(hz[b], RATE);
        }
        ToneFit.Result result = ToneFit.fit(hz, curve, ones(hz.length), RATE);
        assertThat(result.rmsDb()).isLessThan(0.15);
        assertThat(result.highPass()).isPresent();
        assertThat(result.highPass().get().slopeDbPerOctave()).isEqualTo(24);
        assertThat(result.highPass().get().cutoffHz()).isCloseTo(45.0, within(3.0));
        assertThat(result.offsetDb()).isCloseTo(7.0, within(0.5));
        assertThat(result.bands().size()).isLessThanOrEqualTo(4);
    }

    @Test
    void aLevelCurveNeedsNoBands() {
        double[] hz = centres();
        double[] curve = new double[hz.length];
        Arrays.fill(curve, -3.0);
        assertThat(ToneFit.fit(hz, curve, ones(hz.length), RATE).stages()).isEmpty();
    }

    @Test
    void widthAndMonoBassAreFound() {
        double[] hz = centres();
        StereoWidthSettings truth = new StereoWidthSettings(1.5, 110.0);
        double[] change = new double[hz.length];
        for (int b = 0; b < hz.length; b++) {
            change[b] = truth.sideResponseDb(hz[b], RATE);
        }
        double[] weights = ones(hz.length);
        StereoWidthSettings found =
                WidthFit.fit(hz, change, weights, weights, 0.0, RATE).settings();
        assertThat(found.sideGainDb()).isCloseTo(1.5, within(0.1));
        assertThat(found.bassMonoHz()).isCloseTo(110.0, within(4.0));
        assertThat(found.bandSideGainsDb()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-12, 0.003, 0.5, 1.0, 1.999, 77.0})
    void quickDecibelsAgreeWithExactOnes(double power) {
        assertThat(Quick.db(power)).isCloseTo(Decibels.fromPower(power), within(1e-4));
        double reduction = Math.min(80.0, Math.abs(Decibels.fromPower(power)));
        assertThat(Quick.gain(reduction)).isCloseTo(Decibels.toGain(-reduction), within(1e-5));
    }

    @Test
    void limiterModelHoldsTheCeilingAndLetsGo() {
        double[] peaks = new double[3_000];
        Arrays.fill(peaks, 0.2);
        Arrays.fill(peaks, 1_000, 1_020, 1.0);
        for (Character character : Character.values()) {
            double[] gains = LimiterModel.gains(peaks, 0.5, 1.0, character);
            for (int n = 0; n < peaks.length; n++) {
                assertThat(gains[n] * peaks[n]).isLessThanOrEqualTo(0.5 + 1e-9);
            }
            assertThat(gains[990]).isEqualTo(1.0);
            assertThat(gains[2_990]).isGreaterThan(0.98);
        }
    }

    @Test
    void partsThatMoveTogetherBecomeGroups() {
        double[][] moves = new double[6][200];
        double[][] weights = new double[6][];
        for (int k = 0; k < 6; k++) {
            weights[k] = ones(200);
            for (int t = 0; t < 200; t++) {
                double period = k < 2 ? 40.0 : k < 5 ? 66.0 : 25.0;
                moves[k][t] = k + StrictMath.sin(2.0 * StrictMath.PI * t / period);
            }
        }
        assertThat(new BandGroups(moves, weights).split(3)).containsExactly(0, 2, 5, 6);
    }
}
