// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioWriter;
import org.lacquer.audio.BitDepth;
import org.lacquer.audio.FileFormat;
import org.lacquer.audio.OutputSpec;
import org.lacquer.audio.StreamFormat;
import org.lacquer.audio.Tags;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Files for tests. */
final class Songs {
    static final int RATE_HZ = 44_100;

    private static final long SEED = 20_261_122L;

    private Songs() {}

    /** A beat: bass note, hiss that falls off after each stroke, a quieter half. */
    static float[][] beat(double seconds) {
        var random = new SplittableRandom(SEED);
        int frames = (int) Math.round(seconds * RATE_HZ);
        float[][] stereo = new float[2][frames];
        double pink = 0.0;
        for (int i = 0; i < frames; i++) {
            double time = (double) i / RATE_HZ;
            double stroke = StrictMath.exp(-8.0 * (time * 2.0 % 1.0));
            double bass = StrictMath.sin(2.0 * StrictMath.PI * 55.0 * time) * stroke;
            pink = 0.95 * pink + 0.05 * (random.nextDouble() * 2.0 - 1.0);
            double level = time % 8.0 < 4.0 ? 0.15 : 0.3;
            double side = 0.3 * (random.nextDouble() * 2.0 - 1.0) * stroke;
            stereo[0][i] = (float) (level * (bass + 4.0 * pink + side));
            stereo[1][i] = (float) (level * (bass + 4.0 * pink - side));
        }
        return stereo;
    }

    /** A 32-bit float WAV file, byte by byte: it takes what our writer would refuse. */
    static Path wav(Path file, float[]... channels) throws IOException {
        int frames = channels[0].length;
        int dataBytes = frames * channels.length * Float.BYTES;
        ByteBuffer bytes = ByteBuffer.allocate(44 + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("RIFF".getBytes(StandardCharsets.US_ASCII));
        bytes.putInt(36 + dataBytes);
        bytes.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII));
        bytes.putInt(16).putShort((short) 3).putShort((short) channels.length).putInt(RATE_HZ);
        bytes.putInt(RATE_HZ * channels.length * Float.BYTES);
        bytes.putShort((short) (channels.length * Float.BYTES)).putShort((short) 32);
        bytes.put("data".getBytes(StandardCharsets.US_ASCII));
        bytes.putInt(dataBytes);
        for (int i = 0; i < frames; i++) {
            for (float[] channel : channels) {
                bytes.putFloat(channel[i]);
            }
        }
        return Files.write(file, bytes.array());
    }

    static Path flac(Path file, float[]... channels) throws IOException {
        var format = new StreamFormat(RATE_HZ, channels.length);
        var spec = new OutputSpec(FileFormat.FLAC, BitDepth.INT24, format, Tags.NONE);
        try (AudioWriter writer = AudioWriter.create(file, spec, false)) {
            writer.write(AudioBlock.wrap(channels));
            writer.commit();
        }
        return file;
    }

    /** The first half of a file's bytes. */
    static Path half(Path file, Path whole) throws IOException {
        byte[] bytes = Files.readAllBytes(whole);
        return Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    }

    /** A plan with more treble, to -12 LUFS. */
    static Path brightPlan(Path file) throws IOException {
        return Files.writeString(
                file,
                """
                schemaVersion: 1
                stages:
                  - stage: parametric-eq
                    bands:
                      - {shape: high-shelf, frequencyHz: 5000, gainDb: 4}
                  - stage: limiter
                delivery:
                  targetLufs: -12
                """);
    }
}
