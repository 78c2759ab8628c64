// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison;

import org.lacquer.analysis.Analysis;
import org.lacquer.analysis.Analyzer;
import org.lacquer.analysis.Figures;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioReader;
import org.lacquer.audio.AudioSource;
import org.lacquer.audio.AudioSpool;
import org.lacquer.audio.BitDepth;
import org.lacquer.audio.Failure;
import org.lacquer.audio.FailureException;
import org.lacquer.audio.Progress;
import org.lacquer.audio.Resampler;
import org.lacquer.audio.StreamFormat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * A file, measured as it is and kept for more readings, in stereo and at the rate that the
 * comparison wants.
 *
 * @param delivered figures of the file as it is
 * @param audio the same in stereo, at the wanted rate
 * @param bitDepth nearest of those that Lacquer writes; float for lossy files
 */
record Recording(Analysis delivered, AudioSpool audio, BitDepth bitDepth) implements AutoCloseable {

    /**
     * @param rateHz rate of {@code audio}; empty for the file's own
     */
    static Recording read(Path file, OptionalInt rateHz, long memoryLimitBytes, Progress progress)
            throws IOException {
        return read(file, rateHz, Figures.ALL, memoryLimitBytes, progress);
    }

    /**
     * @param rateHz rate of {@code audio}; empty for the file's own
     */
    static Recording read(
            Path file,
            OptionalInt rateHz,
            Figures figures,
            long memoryLimitBytes,
            Progress progress)
            throws IOException {
        try (AudioReader reader = AudioReader.open(file)) {
            if (reader.format().channels() > 2) {
                throw new FailureException(
                        new Failure.UnsupportedInput(
                                file,
                                "it has "
                                        + reader.format().channels()
                                        + " channels; mono and stereo can be compared"));
            }
            StreamFormat stereo = new StreamFormat(reader.format().sampleRateHz(), 2);
            AudioSpool spool = new AudioSpool(stereo, memoryLimitBytes);
            try {
                Analysis delivered =
                        Analyzer.analyze(
                                reader.heardBy(block -> spool.write(stereo(block))),
                                reader.info().declaredFrames(),
                                figures,
                                progress);
                spool.finish();
                if (Double.isNaN(delivered.loudness().integratedLufs())) {
                    throw new FailureException(new Failure.SilentInput(file));
                }
                return new Recording(
                        delivered,
                        atRate(spool, rateHz, memoryLimitBytes),
                        bitDepth(reader.info().bitDepth()));
            } catch (IOException | RuntimeException e) {
                spool.close();
                throw e;
            }
        }
    }

    private static BitDepth bitDepth(int bits) {
        if (bits == 0 || bits > 24) {
            return BitDepth.FLOAT32;
        }
        return bits <= 16 ? BitDepth.INT16 : BitDepth.INT24;
    }

    private static AudioSpool atRate(AudioSpool spool, OptionalInt rateHz, long memoryLimitBytes)
            throws IOException {
        int own = spool.format().sampleRateHz();
        if (rateHz.orElse(own) == own) {
            return spool;
        }
        try (spool) {
            return keep(Resampler.resample(spool.source(), rateHz.getAsInt()), memoryLimitBytes);
        }
    }

    /** Reads a source to its end and closes it. */
    static AudioSpool keep(AudioSource source, long memoryLimitBytes) throws IOException {
        AudioSpool spool = new AudioSpool(source.format(), memoryLimitBytes);
        try (source) {
            AudioBlock block = new AudioBlock(source.format().channels(), 8_192);
            while (source.read(block) > 0) {
                spool.write(block);
            }
            spool.finish();
            return spool;
        } catch (IOException | RuntimeException e) {
            spool.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        audio.close();
    }

    /** One channel as two. */
    private static AudioBlock stereo(AudioBlock block) {
        if (block.channels() != 1) {
            return block;
        }
        float[] samples = Arrays.copyOf(block.channel(0), block.frames());
        return AudioBlock.wrap(samples, samples);
    }
}
