// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lacquer.analysis.FeatureSet;
import org.lacquer.audio.Fft;
import org.lacquer.training.SyntheticMusic;
import org.lacquer.training.corpus.Track.Split;
import org.lacquer.training.faults.ToneFault;

import java.io.IOException;

class FeatureAlgebraTest {
    private final float[][] music = SyntheticMusic.samples("algebra", 6.0);

    @Test
    void layoutIsTheFeatureSet() {
        assertThat(Layout.WIDTH).isEqualTo(FeatureSet.SIZE);
        assertThat(Layout.LTAS).isEqualTo(FeatureSet.LTAS);
        assertThat(Layout.SIDE_MID).isEqualTo(FeatureSet.WIDTH);
        assertThat(Layout.CORRELATION).isEqualTo(FeatureSet.CORRELATION);
        assertThat(Layout.LEVELS).isEqualTo(FeatureSet.LEVEL_QUANTILES);
        assertThat(Layout.PLR).isEqualTo(FeatureSet.PLR);
        assertThat(Layout.TARGET_WIDTH).isEqualTo(FeatureSet.CONTENT);
    }

    @Test
    void computedToneAndWidthEqualRenderedOnes() throws IOException {
        double[] eqDb = new double[Layout.BANDS];
        double[] sideDb = new double[Layout.BANDS];
        for (int b = 0; b < Layout.BANDS; b++) {
            eqDb[b] = 4.0 * StrictMath.sin(b / 5.0);
            sideDb[b] = -3.0 + b / 10.0;
        }
        BaseRow clean = SyntheticMusic.row("a", "a", Split.TRAIN, 0, music);
        BaseRow rendered =
                SyntheticMusic.row("a", "a", Split.TRAIN, 1, render(music, eqDb, sideDb));
        double[] computed = FeatureAlgebra.apply(clean, new ToneFault(eqDb, sideDb));

        for (int b = 2; b < Layout.BANDS - 1; b++) {
            // Below 100 Hz a band is narrower than two bins of the spectrum and leaks.
            double toleranceDb = b < 6 ? 1.0 : 0.3;
            assertThat(computed[b])
                    .as(FeatureSet.features().get(b).name())
                    .isCloseTo(rendered.features()[b], within(toleranceDb));
        }
        for (int g = 0; g < 6; g++) {
            assertThat(computed[Layout.SIDE_MID + g])
                    .as("width " + g)
                    .isCloseTo(rendered.features()[Layout.SIDE_MID + g], within(0.4));
            assertThat(computed[Layout.CORRELATION + g])
                    .as("correlation " + g)
                    .isCloseTo(rendered.features()[Layout.CORRELATION + g], within(0.03));
        }
    }

    @Test
    void noFaultChangesNothing() throws IOException {
        BaseRow clean = SyntheticMusic.row("a", "a", Split.TRAIN, 0, music);
        double[] same = FeatureAlgebra.apply(clean, ToneFault.none());

        for (int i = 0; i < same.length; i++) {
            assertThat(same[i]).isCloseTo(clean.features()[i], within(1e-4));
        }
    }

    /** The same curves as FFT filters, interpolated in log frequency. */
    private static float[][] render(float[][] clip, double[] eqDb, double[] sideDb) {
        int frames = clip[0].length;
        int length = Integer.highestOneBit(frames) * 2;
        Fft fft = new Fft(length);
        double[] mid = new double[length];
        double[] side = new double[length];
        for (int i = 0; i < frames; i++) {
            mid[i] = (clip[0][i] + clip[1][i]) / 2.0;
            side[i] = (clip[0][i] - clip[1][i]) / 2.0;
        }
        fft.forward(mid);
        fft.forward(side);
        for (int k = 1; k < length / 2; k++) {
            double hz = (double) k * SyntheticMusic.RATE / length;
            double position = Math.min(28.999, Math.max(0.0, 10.0 * StrictMath.log10(hz) - 14.0));
            int b = (int) position;
            double t = position - b;
            double eq = eqDb[b] * (1 - t) + eqDb[b + 1] * t;
            double wide = sideDb[b] * (1 - t) + sideDb[b + 1] * t;
            double m = StrictMath.pow(10.0, eq / 20.0);
            double s = StrictMath.pow(10.0, (eq + wide) / 20.0);
            mid[2 * k] *= m;
            mid[2 * k + 1] *= m;
            side[2 * k] *= s;
            side[2 * k + 1] *= s;
        }
        fft.inverse(mid);
        fft.inverse(side);
        float[][] out = new float[2][frames];
        for (int i = 0; i < frames; i++) {
            out[0][i] = (float) (mid[i] + side[i]);
            out[1][i] = (float) (mid[i] - side[i]);
        }
        return out;
    }
}
