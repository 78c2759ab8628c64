// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference;

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

/** Parts of the example song for tests that need real music. */
final class ExampleSong {
    static final int RATE_HZ = 44_100;

    private static final Path FILE = Path.of("../examples/demo-mix.flac");

    private ExampleSong() {}

    static float[][] excerpt(double startSeconds, double seconds) throws IOException {
        float[][] out = new float[2][(int) (seconds * RATE_HZ)];
        try (AudioReader reader = AudioReader.open(FILE)) {
            long at = -reader.format().framesOf(startSeconds);
            AudioBlock block = new AudioBlock(2, 4_410);
            while (at < out[0].length && reader.read(block) > 0) {
                for (int i = 0; i < block.frames(); i++) {
                    for (int c = 0; c < 2 && at + i >= 0 && at + i < out[c].length; c++) {
                        out[c][(int) (at + i)] = block.channel(c)[i];
                    }
                }
                at += block.frames();
            }
        }
        return out;
    }

    static Path write(Path file, int rate, float[][] samples) throws IOException {
        OutputSpec spec =
                new OutputSpec(
                        FileFormat.WAV,
                        BitDepth.FLOAT32,
                        new StreamFormat(rate, samples.length),
                        Tags.NONE);
        try (AudioWriter writer = AudioWriter.create(file, spec, true)) {
            writer.write(AudioBlock.wrap(samples));
            writer.commit();
        }
        return file;
    }
}
