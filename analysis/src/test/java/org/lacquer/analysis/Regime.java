// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.AudioClip;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Kinds of audio that break meters in different ways, each from a fixed generator. */
enum Regime {
    SILENCE,
    DC,
    FULL_SCALE,
    NEAR_NYQUIST,
    NOISE,
    MUSIC;

    /** Channels differ from each other, except in silence. */
    AudioClip clip(int sampleRateHz, int channels, double seconds, long seed) {
        float[][] samples = new float[channels][];
        for (int c = 0; c < channels; c++) {
            samples[c] = channel(sampleRateHz, (int) (seconds * sampleRateHz), seed + 31L * c);
        }
        return new AudioClip(sampleRateHz, samples);
    }

    private float[] channel(int rate, int frames, long seed) {
        var random = new SplittableRandom(seed);
        float[] samples = new float[frames];
        switch (this) {
            case SILENCE -> Arrays.fill(samples, 0f);
            case DC -> Arrays.fill(samples, (float) (0.1 + 0.8 * random.nextDouble()));
            case FULL_SCALE -> {
                for (int i = 0; i < frames; i++) {
                    samples[i] = random.nextInt(6) == 0 || i == 0 ? sign(random) : samples[i - 1];
                }
            }
            case NEAR_NYQUIST -> {
                // Turns a frame: 0.45 to 0.499.
                double turns = 0.45 + 0.049 * random.nextDouble();
                for (int i = 0; i < frames; i++) {
                    samples[i] = (float) (0.7 * Math.cos(2.0 * Math.PI * (turns * i % 1.0)));
                }
            }
            case NOISE -> samples = Signals.noise(frames, random.nextDouble(), seed);
            case MUSIC -> {
                double seconds = (frames + 1.0) / rate;
                AudioClip music = Signals.musicLike(rate, seconds, seed);
                samples = Arrays.copyOf(music.channel((int) (seed & 1)), frames);
            }
        }
        return samples;
    }

    private static float sign(SplittableRandom random) {
        return random.nextBoolean() ? 1f : -1f;
    }
}
