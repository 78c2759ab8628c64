// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

import org.lacquer.audio.AudioClip;
import org.lacquer.audio.Decibels;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A limiter that FFmpeg can run, its own or an LV2 plug-in (found by {@code LV2_PATH}).
 *
 * @param filter FFmpeg's, with a ceiling of -1 dB
 */
record Rival(String label, String filter) {
    private static final double TOLERANCE_LU = 0.02;
    private static final int MAX_TRIALS = 8;

    /**
     * The LSP limiter without its automatic level regulation, which is on as it comes: with it no
     * song reached -9 LUFS.
     */
    private static final List<Rival> ALL =
            List.of(
                    new Rival(
                            "FFmpeg alimiter",
                            "alimiter=limit=0.8913:attack=5:release=50:level=disabled"),
                    new Rival(
                            "LSP limiter",
                            "lv2=p=http\\\\://lsp-plug.in/plugins/lv2/limiter_stereo"
                                    + ":c=th=0.8913|boost=0|ovs=6|alr=0"),
                    new Rival(
                            "x42 dpl, true peak",
                            "lv2=p=http\\\\://gareus.org/oss/lv2/dpl#stereo"
                                    + ":c=threshold=-1|truepeak=1|release=0.05"));

    /** Those that run here. */
    static List<Rival> installed() throws IOException {
        List<Rival> found = new ArrayList<>();
        AudioClip probe = new AudioClip(44_100, new float[44_100], new float[44_100]);
        for (Rival rival : ALL) {
            try {
                rival.run(probe, 0.0);
                found.add(rival);
            } catch (IOException e) {
                System.err.println("not measured: " + rival.label() + " (" + e.getMessage() + ")");
            }
        }
        return found;
    }

    /** The gain in front that lands on a loudness, by the secant method. */
    double driveDb(AudioClip mix, double targetLufs) throws IOException {
        double drive = targetLufs - AudioDistance.integratedLufs(mix);
        double most = drive + 14.0;
        double previousDrive = drive;
        double previousError = Double.NaN;
        for (int trial = 0; trial < MAX_TRIALS; trial++) {
            double error = AudioDistance.integratedLufs(run(mix, drive)) - targetLufs;
            boolean spent = error < 0.0 && drive == most;
            if (Math.abs(error) < TOLERANCE_LU || spent) {
                break;
            }
            double slope = (error - previousError) / (drive - previousDrive);
            double next = drive - error / (slope > 0.1 && slope < 1.5 ? slope : 0.8);
            previousDrive = drive;
            previousError = error;
            drive = Math.min(most, next);
        }
        return drive;
    }

    AudioClip run(AudioClip clip, double driveDb) throws IOException {
        Path folder = Files.createTempDirectory("lacquer-rival");
        Path in = folder.resolve("in.f32");
        Path out = folder.resolve("out.f32");
        try {
            write(clip, driveDb, in);
            String rate = String.valueOf(clip.format().sampleRateHz());
            Process process =
                    new ProcessBuilder(
                                    "ffmpeg",
                                    "-nostdin",
                                    "-v",
                                    "error",
                                    "-y",
                                    "-f",
                                    "f32le",
                                    "-ar",
                                    rate,
                                    "-ac",
                                    "2",
                                    "-i",
                                    in.toString(),
                                    "-af",
                                    filter,
                                    "-f",
                                    "f32le",
                                    "-ar",
                                    rate,
                                    out.toString())
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve("log").toFile())
                            .start();
            if (process.waitFor() != 0) {
                throw new IOException("ffmpeg failed");
            }
            return read(out, clip.format().sampleRateHz());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            Files.deleteIfExists(in);
            Files.deleteIfExists(out);
            Files.deleteIfExists(folder.resolve("log"));
            Files.deleteIfExists(folder);
        }
    }

    private static void write(AudioClip clip, double driveDb, Path file) throws IOException {
        float gain = (float) Decibels.toGain(driveDb);
        ByteBuffer bytes = ByteBuffer.allocate(8 * clip.frames()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < clip.frames(); i++) {
            bytes.putFloat(gain * clip.channel(0)[i]);
            bytes.putFloat(gain * clip.channel(1)[i]);
        }
        Files.write(file, bytes.array());
    }

    private static AudioClip read(Path file, int rate) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        float[] left = new float[bytes.remaining() / 8];
        float[] right = new float[left.length];
        for (int i = 0; i < left.length; i++) {
            left[i] = bytes.getFloat();
            right[i] = bytes.getFloat();
        }
        return new AudioClip(rate, left, right);
    }
}
