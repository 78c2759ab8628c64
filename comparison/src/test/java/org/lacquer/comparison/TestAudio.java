// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioSource;
import org.lacquer.audio.AudioSpool;
import org.lacquer.audio.StreamFormat;

import java.io.IOException;
import java.util.Random;

/** Songs for tests: noise with a beat, a bass line and a quiet middle; the same at every run. */
final class TestAudio {
    static final int RATE = 44_100;

    private TestAudio() {}

    static float[][] song(double seconds, long seed) {
        int frames = (int) (seconds * RATE);
        float[][] song = new float[2][frames];
        Random random = new Random(seed);
        double pink = 0.0;
        double sideways = 0.0;
        for (int i = 0; i < frames; i++) {
            double t = (double) i / RATE;
            double beat = t * 2.0 % 1.0;
            double irregular =
                    0.3 + 0.7 * StrictMath.abs(StrictMath.sin(37.0 * StrictMath.floor(t * 2.0)));
            double envelope = irregular * StrictMath.exp(-9.0 * beat) + 0.08;
            double part = t > seconds * 0.4 && t < seconds * 0.6 ? 0.3 : 1.0;
            pink = 0.93 * pink + 0.25 * random.nextGaussian();
            sideways = 0.9 * sideways + 0.1 * random.nextGaussian();
            double bass = 0.12 * StrictMath.sin(2.0 * StrictMath.PI * 55.0 * t);
            double middle = part * (0.25 * envelope * pink + bass);
            double side = part * 0.08 * sideways;
            song[0][i] = (float) (middle + side);
            song[1][i] = (float) (middle - side);
        }
        return song;
    }

    static AudioSpool spool(float[]... channels) throws IOException {
        AudioSpool spool =
                new AudioSpool(new StreamFormat(RATE, channels.length), Long.MAX_VALUE / 4);
        spool.write(AudioBlock.wrap(channels));
        spool.finish();
        return spool;
    }

    static float[][] read(AudioSource source, int frames) throws IOException {
        float[][] samples = new float[source.format().channels()][frames];
        AudioBlock block = new AudioBlock(samples.length, 5_000);
        int done = 0;
        while (source.read(block) > 0) {
            for (int c = 0; c < samples.length; c++) {
                System.arraycopy(block.channel(c), 0, samples[c], done, block.frames());
            }
            done += block.frames();
        }
        return samples;
    }

    /** Frames before the song, negative to cut its start off. */
    static float[][] shifted(float[][] song, int frames) {
        float[][] out = new float[song.length][song[0].length + frames];
        for (int c = 0; c < song.length; c++) {
            for (int i = Math.max(0, frames); i < out[c].length; i++) {
                out[c][i] = song[c][i - frames];
            }
        }
        return out;
    }
}
