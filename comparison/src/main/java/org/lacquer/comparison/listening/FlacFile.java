// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.listening;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.AudioWriter;
import org.lacquer.audio.BitDepth;
import org.lacquer.audio.DitherKind;
import org.lacquer.audio.FileFormat;
import org.lacquer.audio.OutputSpec;
import org.lacquer.audio.Quantizer;
import org.lacquer.audio.Tags;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A clip as the bytes of a FLAC file: every browser decodes it, to the sample and without a delay
 * of the codec. 16 bits with triangular dither; its noise at -93 dB lies 70 dB below the music.
 */
final class FlacFile {
    private static final long DITHER_SEED = 1L;

    private FlacFile() {}

    static byte[] bytes(AudioClip clip) throws IOException {
        float[][] samples = {clip.channel(0).clone(), clip.channel(1).clone()};
        AudioBlock block = AudioBlock.wrap(samples);
        new Quantizer(BitDepth.INT16, DitherKind.TPDF, DITHER_SEED, clip.format()).process(block);
        Path folder = Files.createTempDirectory("lacquer-clip-");
        Path file = folder.resolve("clip.flac");
        try (AudioWriter writer =
                AudioWriter.create(
                        file,
                        new OutputSpec(FileFormat.FLAC, BitDepth.INT16, clip.format(), Tags.NONE),
                        true)) {
            writer.write(block);
            writer.commit();
            return Files.readAllBytes(file);
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        }
    }
}
