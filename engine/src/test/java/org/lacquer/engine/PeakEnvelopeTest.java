// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lacquer.audio.AudioBlock;

import java.util.Random;
import java.util.function.DoubleFunction;

class PeakEnvelopeTest {
    private static final double CEILING = 0.5;
    private static final int FRAMES = 1_024;
    private static final int BLOCKS = 60;

    @Test
    void exactPeaksAboveTheCeilingAreTheSameWithoutTheNegligibleOnes() {
        sameAbove(negligible -> PeakEnvelope.exactAbove(CEILING, negligible, 2, FRAMES));
    }

    @Test
    void finePeaksAboveTheCeilingAreTheSameWithoutTheNegligibleOnes() {
        sameAbove(negligible -> PeakEnvelope.fine(negligible, 2, FRAMES));
    }

    /** Noise of every colour around the ceiling: smooth, where the bound is close, and rough. */
    private static void sameAbove(DoubleFunction<PeakEnvelope> envelope) {
        PeakEnvelope all = envelope.apply(0.0);
        PeakEnvelope some = envelope.apply(CEILING);
        Random random = new Random(7);
        double[] state = new double[2];
        double[] expected = new double[FRAMES];
        double[] found = new double[FRAMES];
        int above = 0;
        int left = 0;
        for (int b = 0; b < BLOCKS; b++) {
            AudioBlock block = new AudioBlock(2, FRAMES);
            block.setFrames(FRAMES);
            double smoothing = Math.pow(random.nextDouble(), 3.0);
            double level = CEILING * (0.2 + random.nextDouble());
            for (int c = 0; c < 2; c++) {
                for (int i = 0; i < FRAMES; i++) {
                    state[c] += smoothing * (random.nextGaussian() - state[c]);
                    double scale = Math.sqrt((2.0 - smoothing) / smoothing) / 3.0;
                    block.channel(c)[i] = (float) (level * scale * state[c]);
                }
            }
            all.process(block, 0, FRAMES, expected);
            some.process(block, 0, FRAMES, found);
            for (int i = 0; i < FRAMES; i++) {
                if (expected[i] > CEILING) {
                    above++;
                    assertThat(found[i]).isEqualTo(expected[i]);
                } else {
                    left += found[i] < expected[i] ? 1 : 0;
                    assertThat(found[i]).isLessThanOrEqualTo(CEILING);
                }
            }
        }
        assertThat(above).isGreaterThan(1_000);
        assertThat(left).isGreaterThan(1_000);
    }
}
