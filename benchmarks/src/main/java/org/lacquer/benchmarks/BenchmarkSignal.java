// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

import org.lacquer.audio.AudioClip;

import java.util.Random;

/** Noise with the spectrum, the beat and the width of loud music; the same at every run. */
final class BenchmarkSignal {
    static final int RATE = 44_100;

    /** Length of the signal: what one invocation of a benchmark works through. */
    static final int SECONDS = 30;

    private static final int BEAT_FRAMES = RATE / 2;
    private static final double DARKNESS = 0.9;

    private BenchmarkSignal() {}

    static AudioClip stereo() {
        int frames = SECONDS * RATE;
        float[] left = new float[frames];
        float[] right = new float[frames];
        Random random = new Random(1);
        double mid = 0.0;
        double side = 0.0;
        for (int i = 0; i < frames; i++) {
            // Falls by 60 dB over a beat of half a second.
            double envelope =
                    0.15 + 0.85 * StrictMath.pow(10.0, -3.0 * (i % BEAT_FRAMES) / BEAT_FRAMES);
            mid = DARKNESS * mid + (1.0 - DARKNESS) * random.nextGaussian();
            side = DARKNESS * side + (1.0 - DARKNESS) * random.nextGaussian();
            left[i] = (float) (envelope * (mid + 0.4 * side));
            right[i] = (float) (envelope * (mid - 0.4 * side));
        }
        return new AudioClip(RATE, left, right);
    }
}
