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
import org.lacquer.audio.Progress;
import org.lacquer.audio.Quantizer;
import org.lacquer.audio.Resampler;
import org.lacquer.audio.StreamFormat;
import org.lacquer.audio.Tags;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** What an encoder leaves of a master: encoded, decoded, and as long as the master. */
final class CodecTask implements Task {
    private static final int BLOCK = 8_192;

    /** The share of time that encoding takes. */
    private static final double ENCODED = 0.85;

    @Override
    public Map<String, Object> run(JsonNode request, Desk desk) throws IOException {
        Path out = Path.of(request.path("out").asString());
        Path master = Path.of(request.path("master").asString());
        String[] codec = request.path("codec").asString().split("-");
        FileFormat format = FileFormat.valueOf(codec[0].toUpperCase(Locale.ROOT));
        int bitRate = Integer.parseInt(codec[1]) * 1_000;
        Path encoded = out.resolve("encoded." + format.extensions().getFirst());
        desk.ticker().part(0.0, ENCODED);
        encode(master, encoded, format, bitRate, desk.ticker().stage("encode"));
        desk.ticker().part(ENCODED, 1.0);
        decode(encoded, request, out.resolve("codec.wav"), desk.ticker().stage("finish"));
        Files.delete(encoded);
        return Map.of("codec", request.path("codec").asString());
    }

    private static void encode(
            Path master, Path file, FileFormat format, int bitRate, Progress progress)
            throws IOException {
        try (AudioReader reader = AudioReader.open(master)) {
            int rate = format.nearestRateHz(reader.format().sampleRateHz());
            long frames =
                    Resampler.outputFrames(
                            Math.max(1, reader.info().declaredFrames()),
                            reader.format().sampleRateHz(),
                            rate);
            try (AudioSource source = Resampler.resample(reader, rate);
                    AudioWriter writer =
                            AudioWriter.create(
                                    file,
                                    new OutputSpec(
                                            format,
                                            BitDepth.FLOAT32,
                                            source.format(),
                                            Tags.NONE,
                                            bitRate),
                                    false)) {
                AudioBlock block = new AudioBlock(source.format().channels(), BLOCK);
                long done = 0;
                while (source.read(block) > 0) {
                    writer.write(block);
                    done += block.frames();
                    progress.at((double) done / frames);
                }
                writer.commit();
            }
        }
    }

    private static void decode(Path encoded, JsonNode request, Path out, Progress progress)
            throws IOException {
        long frames = request.path("playFrames").asLong();
        int rate = request.path("playRateHz").asInt();
        try (AudioSource source = Resampler.resample(AudioReader.open(encoded), rate)) {
            StreamFormat format = source.format();
            Quantizer quantizer = new Quantizer(BitDepth.INT24, DitherKind.NONE, 1, format);
            OutputSpec spec = new OutputSpec(FileFormat.WAV, BitDepth.INT24, format, Tags.NONE);
            try (AudioWriter writer = AudioWriter.create(out, spec, false)) {
                AudioBlock block = new AudioBlock(format.channels(), BLOCK);
                long done = 0;
                while (done < frames) {
                    if (source.read(block) == 0) {
                        // Some encoders end a little early: silence up to the master's end.
                        block.setFrames(block.capacity());
                        block.clear();
                    }
                    block.setFrames((int) Math.min(block.frames(), frames - done));
                    quantizer.process(block);
                    writer.write(block);
                    done += block.frames();
                    progress.at((double) done / frames);
                }
                writer.commit();
            }
        }
    }
}
