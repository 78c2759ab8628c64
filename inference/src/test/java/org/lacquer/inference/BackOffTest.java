// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lacquer.analysis.FeatureSet;
import org.lacquer.analysis.Series;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.StreamFormat;

import java.util.Arrays;

/** When a master is thrown away, and how its tone is heard. */
final class BackOffTest {
    private static final StreamFormat FORMAT = new StreamFormat(44_100, 2);

    @Test
    void whatWasWantedIsKept() {
        double[] wanted = tilt(0.2);
        assertThat(BackOff.worse(tilt(-1.0), plus(tilt(-1.0), wanted), wanted)).isFalse();
        assertThat(BackOff.excessDb(tilt(-1.0), plus(tilt(-1.0), wanted), wanted)).isNegative();
    }

    @Test
    void lessThanWantedAndNothingAtAllAreKept() {
        double[] wanted = tilt(0.2);
        assertThat(BackOff.worse(tilt(-1.0), plus(tilt(-1.0), tilt(0.1)), wanted)).isFalse();
        assertThat(BackOff.worse(tilt(-1.0), tilt(-1.0), wanted)).isFalse();
    }

    @Test
    void theOppositeAndMuchTooMuchAreThrownAway() {
        double[] wanted = tilt(0.2);
        assertThat(BackOff.worse(tilt(-1.0), plus(tilt(-1.0), tilt(-0.2)), wanted)).isTrue();
        assertThat(BackOff.worse(tilt(-1.0), plus(tilt(-1.0), tilt(0.6)), wanted)).isTrue();
    }

    @Test
    void levelMeansNothing() {
        double[] louder = tilt(-1.0);
        for (int b = 0; b < louder.length; b++) {
            louder[b] += 9.0;
        }
        assertThat(BackOff.excessDb(tilt(-1.0), louder, tilt(0.2))).isCloseTo(0.0, within(1e-9));
    }

    @Test
    void inaudibleBandsDoNotCount() {
        double[] mix = tilt(0.0);
        Arrays.fill(mix, 25, 30, -100.0);
        double[] master = mix.clone();
        Arrays.fill(master, 25, 30, -98.0);
        assertThat(BackOff.worse(mix, master, new double[FeatureSet.BANDS])).isFalse();
    }

    /** A sine lies in its third octave, in whatever blocks it comes. */
    @Test
    void probeHearsItsStretchInAnyBlocks() {
        int frames = 14 * 44_100;
        float[] sine = new float[frames];
        for (int i = 0; i < frames; i++) {
            double hz = i < 3 * 44_100 ? 4_000.0 : 1_000.0;
            sine[i] = (float) (0.5 * StrictMath.sin(2.0 * StrictMath.PI * hz * i / 44_100));
        }
        double[] first = probe(sine, 617);
        assertThat(first).isEqualTo(probe(sine, 50_000));
        int loudest = 0;
        for (int b = 0; b < first.length; b++) {
            loudest = first[b] > first[loudest] ? b : loudest;
        }
        assertThat(loudest).isEqualTo(16);
        assertThat(first[22]).isLessThan(first[16] - 60.0);
    }

    private static double[] probe(float[] samples, int longest) {
        ToneProbe probe = new ToneProbe(FORMAT, 4.0);
        for (int at = 0; at < samples.length; at += longest) {
            float[] part = Arrays.copyOfRange(samples, at, Math.min(samples.length, at + longest));
            probe.write(AudioBlock.wrap(part, part));
        }
        return probe.levelsDb();
    }

    @Test
    void loudestStretchIsFound() {
        double[] lufs = new double[300];
        Arrays.fill(lufs, -30.0);
        Arrays.fill(lufs, 150, 220, -10.0);
        assertThat(ToneProbe.loudest(new Series(3.0, 0.1, lufs))).isCloseTo(15.0, within(0.2));
        assertThat(ToneProbe.loudest(Series.EMPTY)).isZero();
    }

    private static double[] plus(double[] one, double[] other) {
        double[] sum = one.clone();
        Arrays.setAll(sum, b -> one[b] + other[b]);
        return sum;
    }

    private static double[] tilt(double dbPerBand) {
        double[] out = new double[FeatureSet.BANDS];
        Arrays.setAll(out, b -> dbPerBand * (b - 15));
        return out;
    }
}
