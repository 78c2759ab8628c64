// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.AudioSource;
import org.lacquer.audio.AudioWriter;
import org.lacquer.audio.BitDepth;
import org.lacquer.audio.FileFormat;
import org.lacquer.audio.OutputSpec;
import org.lacquer.audio.Progress;
import org.lacquer.audio.Tags;
import org.lacquer.comparison.Explained;
import org.lacquer.comparison.MasterExplainer;
import org.lacquer.engine.EqBand;
import org.lacquer.engine.ParametricEqSettings;
import org.lacquer.engine.StageSettings;
import org.lacquer.engine.StereoWidthSettings;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Masters that another tool made: FFmpeg's equalizer, acompressor, stereotools and alimiter, whose
 * detectors are not those that the explanation is made of. One in six songs of the list.
 *
 * <pre>
 * TRACKS ROOT
 * </pre>
 */
public final class ExplainForeign {
    private static final double WORKING_LUFS = -20.0;
    private static final double SIDE_DB = 2.279;
    private static final int EVERY = 6;

    private static final Rival CHAIN =
            new Rival(
                    "FFmpeg",
                    "equalizer=f=150:t=q:w=1:g=-3,equalizer=f=3000:t=q:w=0.9:g=2.5,"
                            + "highshelf=f=9000:t=q:w=0.7:g=2,"
                            + "acompressor=threshold=0.08:ratio=2.5:attack=20:release=200:knee=2.8,"
                            + "stereotools=slev=1.3,volume=8dB,"
                            + "alimiter=limit=0.89:attack=5:release=50:level=disabled");

    /** The same curves by the same formulas. */
    private static final ParametricEqSettings TONE =
            new ParametricEqSettings(
                    List.of(
                            new EqBand(EqBand.Shape.BELL, 150.0, -3.0, 1.0),
                            new EqBand(EqBand.Shape.BELL, 3_000.0, 2.5, 0.9),
                            new EqBand(EqBand.Shape.HIGH_SHELF, 9_000.0, 2.0, 0.7)));

    private static final PrintStream OUT =
            new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private ExplainForeign() {}

    public static void main(String[] arguments) throws IOException {
        List<String> tracks =
                Files.readAllLines(Path.of(arguments[0])).stream()
                        .filter(line -> !line.startsWith("#"))
                        .toList();
        OUT.println("| Song | tone dB | sides off dB | movement dB, before | after | stages |");
        OUT.println("|---|---|---|---|---|---|");
        for (int k = 0; k < tracks.size(); k += EVERY) {
            String[] track = tracks.get(k).split("\t", -1);
            AudioClip mix =
                    ExplainFigures.read(
                            Path.of(arguments[1]).resolve(track[0]).resolve(track[1]),
                            Double.parseDouble(track[2]));
            AudioClip master = CHAIN.run(mix, WORKING_LUFS - AudioDistance.integratedLufs(mix));
            Path folder = Files.createTempDirectory("lacquer-explain");
            try {
                Explained explained =
                        MasterExplainer.explain(
                                write(folder.resolve("mix.wav"), mix),
                                write(folder.resolve("master.wav"), master),
                                Progress.NONE);
                OUT.println(row(track[1], mix.format().sampleRateHz(), explained));
            } finally {
                Files.deleteIfExists(folder.resolve("mix.wav"));
                Files.deleteIfExists(folder.resolve("master.wav"));
                Files.deleteIfExists(folder);
            }
        }
    }

    private static String row(String name, int rate, Explained explained) {
        List<StageSettings> stages = explained.explanation().plan().stages();
        double side =
                stages.stream()
                        .filter(StereoWidthSettings.class::isInstance)
                        .map(StereoWidthSettings.class::cast)
                        .mapToDouble(width -> width.sideResponseDb(1_000.0, rate))
                        .sum();
        return String.format(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %.2f | %.2f | %s |",
                name.substring(name.lastIndexOf('/') + 1).replaceAll("\\.[a-z0-9]+$", ""),
                toneError(stages, explained, rate),
                side - SIDE_DB,
                explained.explanation().left().movementBeforeDb(),
                explained.explanation().left().movementDb(),
                stages.stream().map(StageSettings::stageName).collect(Collectors.joining(", ")));
    }

    private static double toneError(List<StageSettings> stages, Explained explained, int rate) {
        double[] off = new double[29];
        double mean = 0.0;
        int known = 0;
        for (int b = 0; b < off.length; b++) {
            double hz = 25.0 * StrictMath.pow(10.0, b / 10.0);
            off[b] =
                    ExplainScore.known(explained.explanation(), hz)
                            ? ExplainScore.steadyDb(stages, hz, rate) - TONE.responseDb(hz, rate)
                            : Double.NaN;
            if (!Double.isNaN(off[b])) {
                mean += off[b];
                known++;
            }
        }
        double sum = 0.0;
        for (double value : off) {
            sum += Double.isNaN(value) ? 0.0 : Math.abs(value - mean / known);
        }
        return sum / known;
    }

    private static Path write(Path file, AudioClip clip) throws IOException {
        OutputSpec spec =
                new OutputSpec(FileFormat.WAV, BitDepth.FLOAT32, clip.format(), Tags.NONE);
        try (AudioWriter writer = AudioWriter.create(file, spec, false);
                AudioSource source = clip.source()) {
            AudioBlock block = new AudioBlock(2, 8_192);
            while (source.read(block) > 0) {
                writer.write(block);
            }
            writer.commit();
        }
        return file;
    }
}
