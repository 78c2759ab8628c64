// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.SplittableRandom;

/** The points that the search leaves out; the peaks themselves are in {@link TruePeakMeterTest}. */
class PeakSearchTest {
    private static final int RATE_HZ = 8_000;
    private static final int TENTH = RATE_HZ / 10;

    @Test
    void everyTenthIsTheLargestOfAllItsSamplesAndHalfWayPoints() {
        for (long seed = 1; seed <= 40; seed++) {
            float[] samples = signal(seed);
            var search = new PeakSearch(RATE_HZ);
            search.write(samples, samples.length);
            search.finish();
            float[] plain = plainTenths(samples);
            float[] read = Arrays.copyOf(search.tenths(), plain.length);
            assertThat(read).as("seed %d", seed).isEqualTo(plain);
        }
    }

    @Test
    void oneHalfWayPointHasTheBitsOfAll() {
        int count = 500;
        float[] samples = Signals.noise(count + TruePeakInterpolator.TAPS - 1, 1.0, 78);
        float[] all = new float[count];
        PeakSearch.halves(samples, new double[count], all, count);
        for (int i = 0; i < count; i++) {
            assertThat(PeakSearch.half(samples, i)).isEqualTo(all[i]);
        }
    }

    private static float[] plainTenths(float[] samples) {
        int lead = TruePeakInterpolator.TAPS;
        float[] padded = new float[samples.length + 2 * lead];
        System.arraycopy(samples, 0, padded, lead, samples.length);
        int count = padded.length - TruePeakInterpolator.TAPS + 1;
        float[] halves = new float[count];
        PeakSearch.halves(padded, new double[count], halves, count);
        float[] tenths = new float[samples.length / TENTH + 2];
        for (int n = 0; n < count; n++) {
            // The first point that the search knows lies 64 frames before the first sample.
            int frame = n + TruePeakInterpolator.LEAD - lead;
            int tenth = Math.max(0, Math.floorDiv(frame, TENTH));
            float known =
                    Math.max(Math.abs(padded[n + TruePeakInterpolator.LEAD]), Math.abs(halves[n]));
            tenths[tenth] = Math.max(tenths[tenth], known);
        }
        return tenths;
    }

    /** Regimes: smooth, noisy, near Nyquist, rare clicks, far above full scale, nearly silent. */
    private static float[] signal(long seed) {
        var random = new SplittableRandom(seed);
        float[] samples = Signals.noise(3_000 + random.nextInt(3_000), 1.0, seed);
        double smooth = 0.0;
        for (int i = 0; i < samples.length; i++) {
            smooth += 0.05 * (samples[i] - smooth);
            samples[i] =
                    switch ((int) (seed % 6)) {
                        case 0 -> (float) (smooth + 0.3 * StrictMath.sin(0.02 * i));
                        case 1 -> samples[i];
                        case 2 -> (float) StrictMath.sin(Math.PI * (0.98 + 1e-6 * i) * i);
                        case 3 -> random.nextInt(200) == 0 ? samples[i] : 0f;
                        case 4 -> 500f * samples[i];
                        default -> 1e-8f * samples[i];
                    };
        }
        return samples;
    }
}
