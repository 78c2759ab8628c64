// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.work;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioReader;
import org.lacquer.audio.AudioSource;
import org.lacquer.audio.AudioWriter;
import org.lacquer.audio.BitDepth;
import org.lacquer.audio.DitherKind;
import org.lacquer.audio.FileFormat;
import org.lacquer.audio.OutputSpec;
import org.lacquer.audio.Quantizer;
import org.lacquer.audio.Resampler;
import org.lacquer.audio.StreamFormat;
import org.lacquer.audio.Tags;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Audio as a browser takes it: WAV, 24 bit, at one of two rates, with its waveform. */
final class PlayAudio {
    /** Of every folder that holds audio for listening. */
    static final String NAME = "play.wav";

    private static final int BLOCK = 8_192;

    private PlayAudio() {}

    /** 44.1 kHz and its multiples are heard at 44.1, everything else at 48 kHz. */
    static int rateFor(int sampleRateHz) {
        boolean family =
                sampleRateHz % 11_025 == 0 || sampleRateHz > 44_100 && sampleRateHz % 44_100 == 0;
        return family ? 44_100 : 48_000;
    }

    /**
     * Writes {@value #NAME} and the peaks.
     *
     * @return frames
     */
    static long write(AudioSource source, int rateHz, Path folder) throws IOException {
        try (AudioSource played = Resampler.resample(source, rateHz)) {
            return write(played, folder.resolve(NAME), folder);
        }
    }

    /** Only the peaks, of a file that browsers take as it is. */
    static long peaksOf(Path file, Path folder) throws IOException {
        try (AudioReader reader = AudioReader.open(file)) {
            PeakFile peaks = new PeakFile(reader.format());
            AudioBlock block = new AudioBlock(reader.format().channels(), BLOCK);
            long frames = 0;
            while (reader.read(block) > 0) {
                peaks.write(block);
                frames += block.frames();
            }
            peaks.save(folder);
            return frames;
        }
    }

    /**
     * For a master: the file itself where it can be heard as it is, else a copy.
     *
     * @return frames
     */
    static long ofMaster(Path master, int rateHz, Path folder) throws IOException {
        try (AudioReader reader = AudioReader.open(master)) {
            boolean fits =
                    reader.format().sampleRateHz() == rateHz
                            && reader.info().bitDepth() <= 24
                            && reader.info().codec().startsWith("pcm_s");
            if (!fits) {
                return write(reader, rateHz, folder);
            }
        }
        Files.createLink(folder.resolve(NAME), master);
        return peaksOf(master, folder);
    }

    private static long write(AudioSource source, Path file, Path folder) throws IOException {
        StreamFormat format = source.format();
        PeakFile peaks = new PeakFile(format);
        Quantizer quantizer = new Quantizer(BitDepth.INT24, DitherKind.NONE, 1, format);
        OutputSpec spec = new OutputSpec(FileFormat.WAV, BitDepth.INT24, format, Tags.NONE);
        try (AudioWriter writer = AudioWriter.create(file, spec, false)) {
            AudioBlock block = new AudioBlock(format.channels(), BLOCK);
            long frames = 0;
            while (source.read(block) > 0) {
                peaks.write(block);
                quantizer.process(block);
                writer.write(block);
                frames += block.frames();
            }
            writer.commit();
            peaks.save(folder);
            return frames;
        }
    }
}
