// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.premaster;

import org.lacquer.analysis.LoudnessMeter;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioReader;
import org.lacquer.audio.AudioWriter;
import org.lacquer.audio.BitDepth;
import org.lacquer.audio.FileFormat;
import org.lacquer.audio.OutputSpec;
import org.lacquer.audio.StreamFormat;
import org.lacquer.audio.Tags;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** Small things that are done with stereo clips. */
final class Clips {
    private static final StreamFormat FORMAT = new StreamFormat(Stem.RATE_HZ, 2);

    private Clips() {}

    /** Negative infinity, or not a number, for silence. */
    static double integratedLufs(float[][] clip) {
        LoudnessMeter meter = new LoudnessMeter(FORMAT);
        meter.write(AudioBlock.wrap(clip[0], clip[1]));
        return meter.loudness().integratedLufs();
    }

    static float peak(float[][] clip) {
        float peak = 0.0f;
        for (float[] channel : clip) {
            for (float sample : channel) {
                peak = Math.max(peak, Math.abs(sample));
            }
        }
        return peak;
    }

    static float[][] scaled(float[][] clip, double gain) {
        float[][] out = new float[2][clip[0].length];
        for (int c = 0; c < 2; c++) {
            for (int i = 0; i < out[c].length; i++) {
                out[c][i] = (float) (gain * clip[c][i]);
            }
        }
        return out;
    }

    static float[][] added(float[][] a, float[][] b) {
        float[][] out = new float[2][a[0].length];
        for (int c = 0; c < 2; c++) {
            for (int i = 0; i < out[c].length; i++) {
                out[c][i] = a[c][i] + b[c][i];
            }
        }
        return out;
    }

    /** Cut or filled with silence to a length, from a frame on. */
    static float[][] cut(float[][] clip, int start, int frames) {
        float[][] out = new float[2][];
        for (int c = 0; c < 2; c++) {
            out[c] = Arrays.copyOfRange(clip[c], start, start + frames);
        }
        return out;
    }

    /** Reads a stereo or mono file of the common rate. */
    static float[][] read(Path file, double maxSeconds) throws IOException {
        try (AudioReader reader = AudioReader.open(file)) {
            if (reader.format().sampleRateHz() != Stem.RATE_HZ) {
                throw new IOException(file + " is not at " + Stem.RATE_HZ + " Hz");
            }
            int channels = reader.format().channels();
            int limit = (int) (maxSeconds * Stem.RATE_HZ);
            float[][] samples = new float[2][limit];
            int frames = 0;
            AudioBlock block = new AudioBlock(channels, 8_192);
            while (frames < limit && reader.read(block) > 0) {
                int count = Math.min(block.frames(), limit - frames);
                for (int c = 0; c < 2; c++) {
                    System.arraycopy(
                            block.channel(Math.min(c, channels - 1)), 0, samples[c], frames, count);
                }
                frames += count;
            }
            return cut(samples, 0, frames);
        }
    }

    /** Writes 24-bit WAV. */
    static void write(Path file, float[][] clip) throws IOException {
        OutputSpec spec = new OutputSpec(FileFormat.WAV, BitDepth.INT24, FORMAT, Tags.NONE);
        try (AudioWriter writer = AudioWriter.create(file, spec, true)) {
            writer.write(AudioBlock.wrap(clip[0], clip[1]));
            writer.commit();
        }
    }
}
