// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;

class SummedSourceTest {
    private static final int RATE_HZ = 44_100;
    private static final int FRAMES = 20_000;

    private final float[] left = Signals.noise(1, 0.9, FRAMES);
    private final float[] right = Signals.noise(2, 0.9, FRAMES);
    private final float[] mono = Signals.noise(3, 0.9, FRAMES / 3);

    @Test
    void framesAreAddedFromTheFirstOnWithTheirGains() throws IOException {
        float[][] sum = read(1_000, 0.5, 2.0);
        assertThat(sum).hasDimensions(2, FRAMES);
        for (int i = 0; i < FRAMES; i++) {
            double other = i < mono.length ? 2.0 * mono[i] : 0.0;
            assertThat(sum[0][i]).isEqualTo((float) (0.5 * left[i] + other));
            assertThat(sum[1][i]).isEqualTo((float) (0.5 * right[i] + other));
        }
    }

    @Test
    void blocksLeaveNoTrace() throws IOException {
        float[][] whole = read(1 << 16, 0.7, 0.3);
        assertThat(read(1, 0.7, 0.3)).isDeepEqualTo(whole);
        assertThat(read(8_191, 0.7, 0.3)).isDeepEqualTo(whole);
    }

    @Test
    void oneThatMustNotBeHeardLeavesTheOthersAsTheyAre() throws IOException {
        float[][] sum = read(4_096, 1.0, 0.0);
        assertThat(sum[0]).isEqualTo(left);
        assertThat(sum[1]).isEqualTo(right);
    }

    @Test
    void partsOfAFixedPointMixAddUpToIt() throws IOException {
        float[] mix = new float[FRAMES];
        float[] coarse = new float[FRAMES];
        float[] fine = new float[FRAMES];
        for (int i = 0; i < FRAMES; i++) {
            int value = Math.round(left[i] * 8_000_000f);
            mix[i] = value / 8_388_608f;
            coarse[i] = (value & ~0xFFF) / 8_388_608f;
            fine[i] = (value & 0xFFF) / 8_388_608f;
        }
        List<AudioSource> parts = List.of(clip(fine), clip(coarse));
        try (var sum = new SummedSource(parts, new double[] {1.0, 1.0})) {
            assertThat(sum.format().channels()).isEqualTo(1);
            assertThat(Signals.readAll(sum, 4_096)[0]).isEqualTo(mix);
        }
    }

    @Test
    void ratesMustBeEqual() {
        List<AudioSource> parts =
                List.of(clip(left), new AudioClip(48_000, new float[10]).source());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SummedSource(parts, new double[] {1.0, 1.0}))
                .withMessageContaining("rates");
    }

    private static AudioSource clip(float[]... channels) {
        return new AudioClip(RATE_HZ, channels).source();
    }

    private float[][] read(int block, double gain, double otherGain) throws IOException {
        List<AudioSource> sources = List.of(clip(left, right), clip(mono));
        try (var sum = new SummedSource(sources, new double[] {gain, otherGain})) {
            return Signals.readAll(sum, block);
        }
    }
}
