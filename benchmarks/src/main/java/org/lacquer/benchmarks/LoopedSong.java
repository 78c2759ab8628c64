// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

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

/** Writes a FLAC file of a given length by repeating a song: {@code IN OUT SECONDS}. */
public final class LoopedSong {
    private static final int BLOCK = 8_192;

    private LoopedSong() {}

    public static void main(String[] arguments) throws IOException {
        Path song = Path.of(arguments[0]);
        StreamFormat format;
        try (AudioReader reader = AudioReader.open(song)) {
            format = reader.format();
        }
        long wanted = format.framesOf(Double.parseDouble(arguments[2]));
        OutputSpec spec = new OutputSpec(FileFormat.FLAC, BitDepth.INT24, format, Tags.NONE);
        try (AudioWriter writer = AudioWriter.create(Path.of(arguments[1]), spec, true)) {
            while (wanted > 0) {
                wanted -= append(song, format, wanted, writer);
            }
            writer.commit();
        }
    }

    private static long append(Path song, StreamFormat format, long wanted, AudioWriter writer)
            throws IOException {
        AudioBlock block = new AudioBlock(format.channels(), BLOCK);
        long written = 0;
        try (AudioReader reader = AudioReader.open(song)) {
            while (written < wanted && reader.read(block) > 0) {
                block.setFrames((int) Math.min(block.frames(), wanted - written));
                writer.write(block);
                written += block.frames();
            }
        }
        return written;
    }
}
