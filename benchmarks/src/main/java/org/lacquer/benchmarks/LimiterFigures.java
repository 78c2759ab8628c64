// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

import org.lacquer.audio.AudioClip;
import org.lacquer.audio.AudioSpool;
import org.lacquer.audio.BitDepth;
import org.lacquer.audio.DitherKind;
import org.lacquer.audio.FailureException;
import org.lacquer.audio.FileFormat;
import org.lacquer.audio.Progress;
import org.lacquer.engine.Delivery;
import org.lacquer.engine.LimiterSettings;
import org.lacquer.engine.MasteringPlan;
import org.lacquer.engine.Provenance;
import org.lacquer.engine.Rendered;
import org.lacquer.engine.Renderer;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Figures of the limiter on torture signals and on songs, beside FFmpeg's and two LV2 limiters.
 *
 * <pre>
 * torture
 * music TRACKS ROOT LUFS      every limiter driven to one loudness, ceiling -1 dBTP
 * loudness TRACKS ROOT        the loudness solver over targets
 * </pre>
 *
 * See docs/limiter.md for what the figures mean.
 */
public final class LimiterFigures {
    private static final double CEILING_DBTP = -1.0;
    private static final double[] TARGETS_LUFS = {-23, -16, -14, -11, -9, -7, -6};
    private static final PrintStream OUT =
            new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private LimiterFigures() {}

    public static void main(String[] arguments) throws IOException {
        switch (arguments[0]) {
            case "torture" -> torture();
            case "music" ->
                    music(
                            Excerpt.list(Path.of(arguments[1]), Path.of(arguments[2])),
                            Double.parseDouble(arguments[3]));
            case "loudness" -> loudness(Excerpt.list(Path.of(arguments[1]), Path.of(arguments[2])));
            default -> throw new IllegalArgumentException("unknown: " + arguments[0]);
        }
    }

    private static Map<String, LimiterSettings> settings() {
        LimiterSettings plain = LimiterSettings.DEFAULT;
        Map<String, LimiterSettings> all = new LinkedHashMap<>();
        all.put("default", plain);
        all.put("fast 3 dB", plain.withFastDb(3.0));
        all.put("fast 9 dB", plain.withFastDb(9.0));
        all.put("fast 24 dB", plain.withFastDb(24.0));
        all.put("punchy", plain.withCharacter(LimiterSettings.Character.PUNCHY));
        all.put("loud", plain.withCharacter(LimiterSettings.Character.LOUD));
        all.put("clip 2 dB", plain.withClipDb(2.0));
        all.put("link 0 %", plain.withLinkPercent(0.0));
        all.put("best", plain.withQuality(LimiterSettings.Quality.BEST));
        return all;
    }

    private static void torture() throws IOException {
        OUT.println("| limiter | IMD 40 Hz | 60 Hz | 100 Hz | dBTP fs/4 | dBTP clicks + noise |");
        OUT.println("|---|---|---|---|---|---|");
        for (var entry : settings().entrySet()) {
            LimiterSettings limiter = entry.getValue().withDriveDb(0.0);
            tortureRow("Lacquer " + entry.getKey(), clip -> render(clip, limiter).clip());
        }
        for (Rival rival : Rival.installed()) {
            tortureRow(rival.label(), clip -> rival.run(clip, 0.0));
        }
    }

    /** Something that limits a clip. */
    @FunctionalInterface
    private interface Limiting {
        AudioClip run(AudioClip clip) throws IOException;
    }

    private static void tortureRow(String name, Limiting limiting) throws IOException {
        StringBuilder row = new StringBuilder("| " + name);
        for (int bassHz : new int[] {40, 60, 100}) {
            AudioClip out = limiting.run(TortureSignals.bassUnderTone(bassHz));
            row.append(text(" | %.0f", TortureSignals.intermodulationDb(out.channel(0), bassHz)));
        }
        for (AudioClip clip : List.of(TortureSignals.quarterRate(), TortureSignals.clicks())) {
            row.append(text(" | %.3f", AudioDistance.truePeakDbtp(limiting.run(clip))));
        }
        OUT.println(row + " |");
    }

    private static void music(List<Excerpt> excerpts, double targetLufs) throws IOException {
        Map<String, List<double[]>> rows = new LinkedHashMap<>();
        for (Excerpt excerpt : excerpts) {
            AudioClip mix = excerpt.read();
            double linearDb = targetLufs - AudioDistance.integratedLufs(mix);
            for (var entry : settings().entrySet()) {
                String name = entry.getKey();
                LimiterSettings limiter = entry.getValue();
                if (!name.equals("default") && !name.equals("best")) {
                    continue;
                }
                long start = cpuNanos();
                try {
                    Limited limited = solved(mix, limiter, targetLufs);
                    double seconds = (cpuNanos() - start) / 1e9 / limited.renderings();
                    double lossDb = limited.driveDb() - linearDb;
                    add(rows, excerpt, "Lacquer " + name, mix, limited.clip(), lossDb, seconds);
                } catch (FailureException e) {
                    OUT.println(excerpt.name() + ", " + name + ": " + e.failure());
                }
            }
            for (Rival rival : Rival.installed()) {
                double driveDb = rival.driveDb(mix, targetLufs);
                AudioClip out = rival.run(mix, driveDb);
                add(rows, excerpt, rival.label(), mix, out, driveDb - linearDb, Double.NaN);
            }
        }
        OUT.println(
                text(
                        "Means over %d excerpts at %.1f LUFS, ceiling -1 dB.",
                        excerpts.size(), targetLufs));
        OUT.println();
        OUT.println(
                "| limiter | excerpts | LUFS off by more than 0.1 | drive above linear dB | LSD 256"
                        + " | 2048 | 8192 | residual dB | highest dBTP | CPU s a minute |");
        OUT.println("|---|---|---|---|---|---|---|---|---|---|");
        for (var entry : rows.entrySet()) {
            printMeans(entry.getKey(), entry.getValue(), targetLufs);
        }
    }

    private static void add(
            Map<String, List<double[]>> rows,
            Excerpt excerpt,
            String name,
            AudioClip mix,
            AudioClip out,
            double lossDb,
            double cpuSeconds) {
        AudioDistance distance = new AudioDistance(mix, out);
        double[] row = {
            lossDb,
            distance.logSpectralDb(256),
            distance.logSpectralDb(2_048),
            distance.logSpectralDb(8_192),
            distance.residualDb(),
            AudioDistance.truePeakDbtp(out),
            cpuSeconds * 60.0 * mix.format().sampleRateHz() / mix.frames(),
            AudioDistance.integratedLufs(out)
        };
        rows.computeIfAbsent(name, key -> new ArrayList<>()).add(row);
        OUT.println(
                text(
                        "%s, %s: loss %.2f dB, LSD %.3f %.3f %.3f, residual %.1f dB, %.3f dBTP,"
                                + " %.1f CPU s a minute, %.2f LUFS",
                        excerpt.name(),
                        name,
                        row[0],
                        row[1],
                        row[2],
                        row[3],
                        row[4],
                        row[5],
                        row[6],
                        row[7]));
    }

    private static void printMeans(String name, List<double[]> rows, double targetLufs) {
        double[] sums = new double[7];
        double highest = Double.NEGATIVE_INFINITY;
        int missed = 0;
        for (double[] row : rows) {
            for (int k = 0; k < sums.length; k++) {
                sums[k] += row[k] / rows.size();
            }
            highest = Math.max(highest, row[5]);
            missed += Math.abs(row[7] - targetLufs) > 0.1 ? 1 : 0;
        }
        OUT.println(
                text(
                        "| %s | %d | %d | %.2f | %.3f | %.3f | %.3f | %.1f | %.3f | %.1f |",
                        name,
                        rows.size(),
                        missed,
                        sums[0],
                        sums[1],
                        sums[2],
                        sums[3],
                        sums[4],
                        highest,
                        sums[6]));
    }

    private static void loudness(List<Excerpt> excerpts) throws IOException {
        int[] met = new int[TARGETS_LUFS.length];
        double[] worst = new double[TARGETS_LUFS.length];
        int[] attempts = new int[TARGETS_LUFS.length];
        double[] fastDb = new double[TARGETS_LUFS.length];
        for (Excerpt excerpt : excerpts) {
            AudioClip mix = excerpt.read();
            for (int t = 0; t < TARGETS_LUFS.length; t++) {
                try {
                    Limited limited = solved(mix, LimiterSettings.DEFAULT, TARGETS_LUFS[t]);
                    met[t]++;
                    attempts[t] += limited.renderings();
                    fastDb[t] += limited.fastDb();
                    double off = AudioDistance.integratedLufs(limited.clip()) - TARGETS_LUFS[t];
                    worst[t] = Math.max(worst[t], Math.abs(off));
                } catch (FailureException e) {
                    OUT.println(
                            text("%s at %.0f: %s", excerpt.name(), TARGETS_LUFS[t], e.failure()));
                }
            }
        }
        OUT.println("| target LUFS | met | worst error LU | renderings | mean fastDb |");
        OUT.println("|---|---|---|---|---|");
        for (int t = 0; t < TARGETS_LUFS.length; t++) {
            OUT.println(
                    text(
                            "| %.0f | %d of %d | %.3f | %.2f | %.1f |",
                            TARGETS_LUFS[t],
                            met[t],
                            excerpts.size(),
                            worst[t],
                            (double) attempts[t] / Math.max(1, met[t]),
                            fastDb[t] / Math.max(1, met[t])));
        }
    }

    private record Limited(AudioClip clip, double driveDb, double fastDb, int renderings) {}

    private static Limited solved(AudioClip mix, LimiterSettings limiter, double targetLufs)
            throws IOException {
        return render(mix, limiter, OptionalDouble.of(targetLufs));
    }

    private static Limited render(AudioClip mix, LimiterSettings limiter) throws IOException {
        return render(mix, limiter, OptionalDouble.empty());
    }

    /** The limiter alone, at 32 bit, so that figures are its own. */
    private static Limited render(AudioClip mix, LimiterSettings limiter, OptionalDouble targetLufs)
            throws IOException {
        Delivery delivery =
                new Delivery(
                        targetLufs,
                        Delivery.DEFAULT.sampleRateHz(),
                        FileFormat.WAV,
                        BitDepth.FLOAT32,
                        DitherKind.NONE,
                        1);
        LimiterSettings asked = limiter.withCeilingDbtp(CEILING_DBTP);
        MasteringPlan plan = MasteringPlan.of(List.of(asked), delivery, Provenance.DEFAULT);
        float[][] out = new float[mix.format().channels()][mix.frames()];
        int[] renderings = {0};
        try (AudioSpool spool = Excerpt.spool(mix)) {
            Renderer renderer = new Renderer(Path.of("excerpt"), Long.MAX_VALUE, Progress.NONE);
            Rendered rendered =
                    renderer.render(
                            spool,
                            plan,
                            () -> {
                                renderings[0]++;
                                int[] position = {0};
                                return block -> {
                                    for (int c = 0; c < out.length; c++) {
                                        System.arraycopy(
                                                block.channel(c),
                                                0,
                                                out[c],
                                                position[0],
                                                block.frames());
                                    }
                                    position[0] += block.frames();
                                };
                            });
            LimiterSettings used = rendered.plan().limiter().orElseThrow();
            return new Limited(
                    new AudioClip(
                            mix.format().sampleRateHz(),
                            Arrays.stream(out).toArray(float[][]::new)),
                    used.driveDb().orElseThrow(),
                    used.fastDb(),
                    renderings[0]);
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
