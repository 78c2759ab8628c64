// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.AudioReader;
import org.lacquer.audio.AudioSink;
import org.lacquer.audio.AudioSpool;
import org.lacquer.audio.BitDepth;
import org.lacquer.audio.FailureException;
import org.lacquer.audio.Progress;
import org.lacquer.comparison.explain.Explainer;
import org.lacquer.comparison.explain.Explanation;
import org.lacquer.comparison.explain.MasterFacts;
import org.lacquer.engine.MasteringPlan;
import org.lacquer.engine.PlanYaml;
import org.lacquer.engine.Rendered;
import org.lacquer.engine.Renderer;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Recovers random plans from their renders of songs, and writes how near it came.
 *
 * <pre>
 * TRACKS ROOT ROWS [MINUTES]   songs that ROWS does not have yet, for so many minutes
 * page ROWS                    the table, once ROWS is complete
 * </pre>
 */
public final class ExplainFigures {
    private static final double SECONDS = 36.0;
    private static final long SEED = 1_000;
    private static final PrintStream OUT =
            new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private ExplainFigures() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments[0].equals("page")) {
            page(Path.of(arguments[1]));
            return;
        }
        Path rows = Path.of(arguments[2]);
        double minutes = arguments.length > 3 ? Double.parseDouble(arguments[3]) : 1e9;
        long start = System.nanoTime();
        List<String> tracks =
                Files.readAllLines(Path.of(arguments[0])).stream()
                        .filter(line -> !line.startsWith("#"))
                        .toList();
        List<String> done = Files.exists(rows) ? Files.readAllLines(rows) : List.of();
        for (int k = 0; k < tracks.size() && System.nanoTime() - start < minutes * 60e9; k++) {
            String prefix = k + "\t";
            if (done.stream().noneMatch(line -> line.startsWith(prefix))) {
                String row = row(k, tracks.get(k).split("\t", -1), Path.of(arguments[1]));
                Files.writeString(
                        rows, row + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                OUT.println(row);
            }
        }
    }

    private static String row(int number, String[] track, Path root) throws IOException {
        AudioClip mix =
                read(root.resolve(track[0]).resolve(track[1]), Double.parseDouble(track[2]));
        RandomPlans plans = new RandomPlans(SEED + number);
        Rendered truth = null;
        AudioClip[] master = new AudioClip[1];
        for (int attempt = 0; truth == null; attempt++) {
            MasteringPlan plan = plans.next(AudioDistance.integratedLufs(mix));
            try {
                truth = render(mix, plan, master);
            } catch (FailureException e) {
                // Louder than this song can be; the next plan.
                if (attempt == 9) {
                    throw e;
                }
            }
        }
        long start = System.nanoTime();
        Explanation explanation =
                Explainer.explain(
                        mix,
                        master[0],
                        new MasterFacts(
                                truth.truePeakDbtp(),
                                truth.integratedLufs(),
                                mix.format().sampleRateHz(),
                                BitDepth.INT24,
                                0.0),
                        Progress.NONE);
        double seconds = (System.nanoTime() - start) / 1e9;
        Rendered again = render(mix, explanation.plan(), new AudioClip[1]);
        ExplainScore score = ExplainScore.of(truth, again, explanation, mono(mix));
        if (System.getenv("LACQUER_DEBUG") != null) {
            OUT.println(PlanYaml.write(truth.plan()) + truth.reductions());
            OUT.println(PlanYaml.write(explanation.plan()) + again.reductions());
            explanation.stages().forEach(OUT::println);
        }
        return String.join(
                "\t",
                String.valueOf(number),
                track[1].substring(track[1].lastIndexOf('/') + 1),
                text("%.3f", score.toneDb()),
                text("%.2f", score.widthPercent()),
                text("%.3f", score.reductionDb()),
                text("%.3f", score.limitingDb()),
                flags(score.truth()),
                flags(score.found()),
                String.valueOf(ExplainScore.sameKind(truth.plan(), explanation.plan())),
                text("%.3f", explanation.left().movementBeforeDb()),
                text("%.3f", explanation.left().movementDb()),
                text("%.1f", explanation.left().residualBeforeDb()),
                text("%.1f", explanation.left().residualDb()),
                text("%.2f", again.integratedLufs() - truth.integratedLufs()),
                text("%.1f", seconds),
                score.stagesText());
    }

    /** Whether there is no side signal to speak of. */
    private static boolean mono(AudioClip clip) {
        double mids = 1e-12;
        double sides = 0.0;
        for (int i = 0; i < clip.frames(); i++) {
            double left = clip.channel(0)[i];
            double right = clip.channel(1)[i];
            mids += (left + right) * (left + right);
            sides += (left - right) * (left - right);
        }
        return sides < 1e-4 * mids;
    }

    private static String flags(List<Boolean> flags) {
        return flags.stream().map(flag -> flag ? "1" : "0").collect(Collectors.joining());
    }

    /** A stretch of a song, one channel as two. */
    static AudioClip read(Path file, double startSeconds) throws IOException {
        try (AudioReader reader = AudioReader.open(file)) {
            int rate = reader.format().sampleRateHz();
            long skip = Math.round(startSeconds * rate);
            int frames = (int) Math.round(SECONDS * rate);
            float[][] samples = new float[2][frames];
            AudioBlock block = new AudioBlock(reader.format().channels(), 8_192);
            long position = 0;
            while (position < skip + frames && reader.read(block) > 0) {
                for (int i = 0; i < block.frames(); i++, position++) {
                    if (position >= skip && position < skip + frames) {
                        for (int c = 0; c < 2; c++) {
                            float[] channel = block.channel(Math.min(c, block.channels() - 1));
                            samples[c][(int) (position - skip)] = channel[i];
                        }
                    }
                }
            }
            int heard = (int) Math.min(frames, Math.max(0, position - skip));
            return new AudioClip(
                    rate, Arrays.copyOf(samples[0], heard), Arrays.copyOf(samples[1], heard));
        }
    }

    private static Rendered render(AudioClip mix, MasteringPlan plan, AudioClip[] out)
            throws IOException {
        try (AudioSpool spool = Excerpt.spool(mix)) {
            Keeper[] keeper = new Keeper[1];
            Rendered rendered =
                    new Renderer(Path.of("mix"), Long.MAX_VALUE, Progress.NONE)
                            .render(
                                    spool,
                                    plan,
                                    () -> {
                                        keeper[0] = new Keeper(mix.frames());
                                        return keeper[0];
                                    });
            out[0] = new AudioClip(mix.format().sampleRateHz(), keeper[0].samples);
            return rendered;
        }
    }

    /** Holds what is written; as long as the mix. */
    private static final class Keeper implements AudioSink {
        private final float[][] samples;
        private int position;

        Keeper(int frames) {
            this.samples = new float[2][frames];
        }

        @Override
        public void write(AudioBlock block) {
            for (int c = 0; c < 2; c++) {
                System.arraycopy(block.channel(c), 0, samples[c], position, block.frames());
            }
            position += block.frames();
        }
    }

    private static void page(Path file) throws IOException {
        List<String[]> rows = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            rows.add(line.split("\t", -1));
        }
        rows.sort((a, b) -> Integer.compare(Integer.parseInt(a[0]), Integer.parseInt(b[0])));
        OUT.println("| Figure | mean | median | 90th percentile | worst | goal | renders within |");
        OUT.println("|---|---|---|---|---|---|---|");
        summary("Tone, mean absolute error, dB", rows, 2, 1.0);
        summary("Width, error, %", rows, 3, 10.0);
        summary("Compression, error of the mean reduction, dB", rows, 4, 1.5);
        summary("Limiting, error of the mean reduction, dB", rows, 5, 1.5);
        summary("Movement of the gain left, dB", rows, 10, Double.NaN);
        OUT.println();
        OUT.println("| Stage | used | named | missed | invented | accuracy |");
        OUT.println("|---|---|---|---|---|---|");
        int right = 0;
        for (int k = 0; k < ExplainScore.STAGES.size(); k++) {
            int used = 0;
            int both = 0;
            int missed = 0;
            int invented = 0;
            for (String[] row : rows) {
                boolean truth = row[6].charAt(k) == '1';
                boolean found = row[7].charAt(k) == '1';
                used += truth ? 1 : 0;
                both += truth && found ? 1 : 0;
                missed += truth && !found ? 1 : 0;
                invented += !truth && found ? 1 : 0;
            }
            int correct = rows.size() - missed - invented;
            right += correct;
            OUT.println(
                    text(
                            "| %s | %d | %d | %d | %d | %.0f %% |",
                            ExplainScore.STAGES.get(k),
                            used,
                            both,
                            missed,
                            invented,
                            100.0 * correct / rows.size()));
        }
        OUT.println(
                text(
                        "| all | | | | | **%.1f %%** |",
                        100.0 * right / (rows.size() * ExplainScore.STAGES.size())));
        OUT.println();
        OUT.println(
                "| Song | tone dB | width % | compression dB | limiting dB | movement dB, before |"
                        + " after | stages |");
        OUT.println("|---|---|---|---|---|---|---|---|");
        for (String[] row : rows) {
            OUT.println(
                    "| "
                            + String.join(
                                    " | ",
                                    row[1].replaceAll("\\.[a-z0-9]+$", ""),
                                    row[2],
                                    row[3].equals("NaN") ? "mono" : row[3],
                                    row[4],
                                    row[5],
                                    row[9],
                                    row[10],
                                    row[15])
                            + " |");
        }
    }

    private static void summary(String label, List<String[]> rows, int column, double goal) {
        double[] values =
                rows.stream()
                        .mapToDouble(row -> Double.parseDouble(row[column]))
                        .filter(Double::isFinite)
                        .sorted()
                        .toArray();
        long within = Arrays.stream(values).filter(value -> value <= goal).count();
        OUT.println(
                text(
                        "| %s | %.2f | %.2f | %.2f | %.2f | %s | %s |",
                        label,
                        Arrays.stream(values).average().orElse(Double.NaN),
                        values[values.length / 2],
                        values[values.length * 9 / 10],
                        values[values.length - 1],
                        Double.isNaN(goal) ? "" : text("%.1f", goal),
                        Double.isNaN(goal) ? "" : within + " of " + values.length));
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
