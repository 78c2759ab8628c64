// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lacquer.audio.AudioClip;
import org.lacquer.benchmarks.evaluation.Distances.Portrait;
import org.lacquer.training.corpus.CorpusManifest;
import org.lacquer.training.corpus.Track;
import org.lacquer.training.faults.AudioFault;
import org.lacquer.training.faults.Draws;
import org.lacquer.training.faults.DynamicsFault;
import org.lacquer.training.faults.ToneFault;

import java.util.Arrays;
import java.util.List;

class DistancesTest {
    private static final int RATE = 44_100;

    @Test
    void anotherLevelIsNoDistance() {
        float[][] noise = noise(6 * RATE);
        Distances distances = between(scaled(noise, 0.5f), noise);

        for (double value : distances.values()) {
            // Float samples of two levels: nothing but their rounding.
            assertThat(value).isLessThan(1e-3);
        }
    }

    @Test
    void toneOfThreeDecibelsIsMeasuredAsThat() {
        double[] curve = new double[30];
        for (int b = 0; b < curve.length; b++) {
            curve[b] = b < 15 ? 3.0 : -3.0;
        }
        float[][] noise = noise(6 * RATE);
        float[][] spoiled = AudioFault.tone(noise, new ToneFault(curve, new double[30]), RATE);
        Distances distances = between(spoiled, noise);

        // White noise is loud at the top alone, so equal loudness takes the upper 3 dB back: the
        // lower half is then 6 dB off, the upper none. Lower bands weigh less: they lie lower.
        assertThat(distances.thirdOctaveDb()).isBetween(3.0, 5.5);
        assertThat(distances.stftDb()).isBetween(0.1, 6.0);
        assertThat(distances.dynamicsDb()).isLessThan(0.15);
        assertThat(distances.widthDb()).isLessThan(0.05);
    }

    @Test
    void narrowingShowsInWidthAlone() {
        double[] side = new double[30];
        Arrays.fill(side, -4.0);
        float[][] noise = noise(6 * RATE);
        float[][] spoiled = AudioFault.tone(noise, new ToneFault(new double[30], side), RATE);
        Distances distances = between(spoiled, noise);

        // Exactly 4 dB in each range.
        assertThat(distances.widthDb()).isCloseTo(4.0, within(0.05));
        assertThat(distances.thirdOctaveDb()).isLessThan(0.1);
    }

    @Test
    void expandedBeatShowsInDynamics() {
        float[][] beat = noise(6 * RATE);
        for (float[] channel : beat) {
            for (int i = 0; i < channel.length; i++) {
                channel[i] *= (float) (0.2 + 0.8 * StrictMath.exp(-8.0 * (i % 22_050) / RATE));
            }
        }
        DynamicsFault expand = new DynamicsFault(new double[0], 2, 5.0, 100.0, -6.0, 1.6);
        Distances distances = between(expand.apply(beat, RATE), beat);

        assertThat(distances.dynamicsDb()).isGreaterThan(0.5);
        assertThat(distances.thirdOctaveDb()).isLessThan(0.5);
    }

    @Test
    void onlyTestTracksAreChosenAndEachPackageComesFirst() {
        List<Track> chosen =
                HiddenMaster.choose(CorpusManifest.usableTracks(Integer.MAX_VALUE), 30);
        long packages = chosen.stream().map(Track::packageName).distinct().count();

        assertThat(chosen).hasSize(30).allMatch(track -> track.split() == Track.Split.TEST);
        assertThat(packages).isGreaterThanOrEqualTo(15);
        assertThat(HiddenMaster.choose(CorpusManifest.usableTracks(Integer.MAX_VALUE), 30))
                .isEqualTo(chosen);
    }

    @Test
    void everyGenreOfATestTrackHasAHandChain() {
        HandChains chains = new HandChains();

        assertThat(chains.stages("metal", -18.0, -1.0))
                .isNotEqualTo(chains.stages(HandChains.FIXED, -18.0, -1.0));
        assertThat(chains.stages("-", -18.0, -1.0))
                .isEqualTo(chains.stages(HandChains.FIXED, -18.0, -1.0));
    }

    private static Distances between(float[][] master, float[][] hidden) {
        return Distances.between(
                new Portrait(new AudioClip(RATE, master)),
                new Portrait(new AudioClip(RATE, hidden)));
    }

    private static float[][] noise(int frames) {
        Draws draws = Draws.of("noise");
        float[][] out = new float[2][frames];
        for (int i = 0; i < frames; i++) {
            double mid = draws.normal(0.0, 0.05);
            double side = draws.normal(0.0, 0.02);
            out[0][i] = (float) (mid + side);
            out[1][i] = (float) (mid - side);
        }
        return out;
    }

    private static float[][] scaled(float[][] clip, float gain) {
        float[][] out = new float[clip.length][];
        for (int c = 0; c < clip.length; c++) {
            out[c] = clip[c].clone();
            for (int i = 0; i < out[c].length; i++) {
                out[c][i] *= gain;
            }
        }
        return out;
    }
}
