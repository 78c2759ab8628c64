// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.AudioSpool;
import org.lacquer.audio.Processor;

import java.util.Random;

/** Signals from the regimes that processors must survive, and small ways to run them. */
final class TestSignals {
    private TestSignals() {}

    /** Kinds of input, each drawn from a seed. */
    enum Regime {
        NOISE,
        QUIET_NOISE,
        FULL_SCALE_SQUARE,
        NEAR_NYQUIST,
        CLICKS,
        DC,
        BASS,
        TWICE_FULL_SCALE,
        WORST_PHASE,
        MUSIC_LIKE
    }

    static AudioClip clip(Regime regime, int rate, int channels, int frames, long seed) {
        float[][] x = new float[channels][frames];
        Random random = new Random(seed);
        for (int c = 0; c < channels; c++) {
            double phase = random.nextDouble() * 6.0;
            for (int i = 0; i < frames; i++) {
                x[c][i] = (float) sample(regime, i, rate, phase, random);
            }
        }
        return new AudioClip(rate, x);
    }

    private static double sample(Regime regime, int i, int rate, double phase, Random random) {
        double t = (double) i / rate;
        return switch (regime) {
            case NOISE -> random.nextDouble() * 2.0 - 1.0;
            case QUIET_NOISE -> (random.nextDouble() * 2.0 - 1.0) * 1e-4;
            case FULL_SCALE_SQUARE -> (i / 37) % 2 == 0 ? 1.0 : -1.0;
            case NEAR_NYQUIST -> Math.sin(2.0 * Math.PI * 0.453 * i + phase);
            case CLICKS ->
                    random.nextInt(200) == 0
                            ? (random.nextBoolean() ? 1.0 : -1.0)
                            : random.nextGaussian() * 0.02;
            case DC -> 0.7;
            case BASS -> 0.9 * Math.sin(2.0 * Math.PI * 41.0 * t + phase);
            case TWICE_FULL_SCALE -> 2.0 * Math.sin(2.0 * Math.PI * rate / 4.0 * t + Math.PI / 4.0);
            // Signs of the interpolation kernel half a frame off the centre: samples that agree in
            // one point only.
            case WORST_PHASE -> (Math.floorMod(i, 512) - 256 < 0) == (i % 2 == 0) ? 0.98 : -0.98;
            case MUSIC_LIKE -> musicLike(t, phase, random);
        };
    }

    /** A beat at 120 per minute: decaying thump and hiss over a chord that comes and goes. */
    static double musicLike(double t, double phase, Random random) {
        double beat = t % 0.5;
        double thump = 0.5 * Math.exp(-beat * 18.0) * Math.sin(2.0 * Math.PI * 62.0 * beat);
        double hiss = 0.12 * Math.exp(-((t + 0.25) % 0.5) * 40.0) * random.nextGaussian();
        double swell = 0.6 + 0.4 * Math.sin(2.0 * Math.PI * 0.21 * t);
        double chord = 0.0;
        for (double f : new double[] {196.0, 246.9, 293.7, 587.3, 1174.7, 2349.3}) {
            chord += Math.sin(2.0 * Math.PI * f * t + phase * f) * Math.min(1.0, 250.0 / f);
        }
        return thump + hiss + 0.07 * swell * chord;
    }

    static AudioClip musicLike(int rate, double seconds, long seed) {
        return clip(Regime.MUSIC_LIKE, rate, 2, (int) (rate * seconds), seed);
    }

    /**
     * Runs a copy of the clip through a processor in blocks drawn from {@code random}; null: one
     * block.
     */
    static float[][] run(Processor processor, AudioClip clip, Random random) {
        int channels = clip.format().channels();
        float[][] out = new float[channels][clip.frames()];
        AudioBlock block = new AudioBlock(channels, clip.frames());
        int position = 0;
        while (position < clip.frames()) {
            int rest = clip.frames() - position;
            int count = random == null ? rest : Math.min(rest, 1 + random.nextInt(3_000));
            block.setFrames(count);
            for (int c = 0; c < channels; c++) {
                System.arraycopy(clip.channel(c), position, block.channel(c), 0, count);
            }
            processor.process(block);
            for (int c = 0; c < channels; c++) {
                System.arraycopy(block.channel(c), 0, out[c], position, count);
            }
            position += count;
        }
        return out;
    }

    static AudioSpool spool(AudioClip clip) throws java.io.IOException {
        AudioSpool spool = new AudioSpool(clip.format(), Long.MAX_VALUE);
        AudioBlock block = new AudioBlock(clip.format().channels(), 4_096);
        try (var source = clip.source()) {
            while (source.read(block) > 0) {
                spool.write(block);
            }
        }
        spool.finish();
        return spool;
    }

    /** Collects what a renderer hands over. */
    static final class Collector implements Renderer.Attempts {
        private java.util.List<float[][]> blocks = new java.util.ArrayList<>();

        @Override
        public org.lacquer.audio.AudioSink begin() {
            blocks = new java.util.ArrayList<>();
            return block -> {
                float[][] copy = new float[block.channels()][];
                for (int c = 0; c < copy.length; c++) {
                    copy[c] = java.util.Arrays.copyOf(block.channel(c), block.frames());
                }
                blocks.add(copy);
            };
        }

        float[] channel(int c) {
            int length = blocks.stream().mapToInt(b -> b[c].length).sum();
            float[] all = new float[length];
            int position = 0;
            for (float[][] b : blocks) {
                System.arraycopy(b[c], 0, all, position, b[c].length);
                position += b[c].length;
            }
            return all;
        }
    }
}
