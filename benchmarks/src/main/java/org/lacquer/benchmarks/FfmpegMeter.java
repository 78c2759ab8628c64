// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioSink;
import org.lacquer.audio.Decibels;
import org.lacquer.audio.StreamFormat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The filter {@code ebur128} of the {@code ffmpeg} program that the machine has, fed with the
 * samples of this process. Integrated loudness and true peak come from the stream as it is; the
 * loudness range from the stream with 1.5 s of silence behind it, which EBU Tech 3342 asks for in
 * files and the filter does not add.
 *
 * <p>The filter prints loudness with three digits, quantised to 0.01 LU for the range, and peaks as
 * linear numbers with three digits. Not thread-safe.
 */
final class FfmpegMeter implements AudioSink, AutoCloseable {
    private final StreamFormat format;
    private final Path folder;
    private final Process process;
    private ByteBuffer bytes = ByteBuffer.allocate(0);

    FfmpegMeter(StreamFormat format) throws IOException {
        this.format = format;
        this.folder = Files.createTempDirectory("agreement");
        String filter = "ebur128=metadata=1:framelog=verbose";
        String print = ",ametadata=print:file=";
        this.process =
                new ProcessBuilder(
                                "ffmpeg",
                                "-v",
                                "error",
                                "-f",
                                "f32le",
                                "-ar",
                                Integer.toString(format.sampleRateHz()),
                                "-ac",
                                Integer.toString(format.channels()),
                                "-i",
                                "pipe:0",
                                "-filter_complex",
                                "[0:a]asplit[a][b];[a]"
                                        + filter
                                        + ":peak=true"
                                        + print
                                        + "plain.txt[plain];[b]apad=pad_dur=1.5,"
                                        + filter
                                        + print
                                        + "padded.txt[padded]",
                                "-map",
                                "[plain]",
                                "-f",
                                "null",
                                "-",
                                "-map",
                                "[padded]",
                                "-f",
                                "null",
                                "-")
                        .directory(folder.toFile())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(folder.resolve("log.txt").toFile())
                        .start();
    }

    /** First line of {@code ffmpeg -version}; empty when there is no such program. */
    static Optional<String> version() throws IOException {
        Process process;
        try {
            process = new ProcessBuilder("ffmpeg", "-version").redirectErrorStream(true).start();
        } catch (IOException absent) {
            return Optional.empty();
        }
        try (var reader = process.inputReader()) {
            return reader.lines().toList().stream().findFirst();
        }
    }

    @Override
    public void write(AudioBlock block) throws IOException {
        int channels = format.channels();
        int size = block.frames() * channels * Float.BYTES;
        if (bytes.capacity() < size) {
            bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        }
        bytes.clear();
        for (int i = 0; i < block.frames(); i++) {
            for (int c = 0; c < channels; c++) {
                bytes.putFloat(block.channel(c)[i]);
            }
        }
        OutputStream pipe = process.getOutputStream();
        pipe.write(bytes.array(), 0, size);
    }

    /** Ends the stream and waits for the figures. */
    Reading finish() throws IOException, InterruptedException {
        process.getOutputStream().close();
        int code = process.waitFor();
        if (code != 0) {
            throw new IOException(
                    "ffmpeg returned " + code + ": " + Files.readString(folder.resolve("log.txt")));
        }
        Map<String, String> plain = lastValues("plain.txt");
        double peak = 0.0;
        for (int c = 0; c < format.channels(); c++) {
            peak = Math.max(peak, number(plain, "true_peaks_ch" + c));
        }
        return new Reading(
                number(plain, "I"),
                number(lastValues("padded.txt"), "LRA"),
                Decibels.fromGain(peak));
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private static double number(Map<String, String> values, String key) throws IOException {
        String value = values.get(key);
        if (value == null) {
            throw new IOException("ffmpeg told no " + key);
        }
        return value.toLowerCase(Locale.ROOT).contains("nan")
                ? Double.NaN
                : Double.parseDouble(value);
    }

    private Map<String, String> lastValues(String file) throws IOException {
        Map<String, String> values = new HashMap<>();
        String prefix = "lavfi.r128.";
        for (String line : Files.readAllLines(folder.resolve(file))) {
            int equals = line.indexOf('=');
            if (line.startsWith(prefix) && equals > 0) {
                values.put(line.substring(prefix.length(), equals), line.substring(equals + 1));
            }
        }
        return values;
    }
}
