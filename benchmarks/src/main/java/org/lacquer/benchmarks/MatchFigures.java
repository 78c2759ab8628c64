// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.AudioWriter;
import org.lacquer.audio.BitDepth;
import org.lacquer.audio.Decibels;
import org.lacquer.audio.Fft;
import org.lacquer.audio.FileFormat;
import org.lacquer.audio.OutputSpec;
import org.lacquer.audio.Tags;
import org.lacquer.inference.Masterer;
import org.lacquer.inference.MasteringProgress;
import org.lacquer.inference.MasteringRequest;
import org.lacquer.training.corpus.CorpusManifest;
import org.lacquer.training.corpus.Track;
import org.lacquer.training.data.FileDecoder;
import org.lacquer.training.faults.Draws;
import org.lacquer.training.faults.DynamicsFault;
import org.lacquer.training.faults.ToneFault;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Following a reference fully, where the right answer is known: tracks of the test packages get
 * faulty dynamics, tone and width, from code that is not the engine's, and are mastered with their
 * hidden originals as references.
 */
public final class MatchFigures {
    private static final double SECONDS = 40.0;
    private static final double START_SECONDS = 30.0;
    private static final double CEILING_DBTP = -1.0;

    private MatchFigures() {}

    /**
     * @param arguments the folder with a folder for each unpacked package; how many tracks (10)
     */
    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]);
        int count = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.println("| Track | tone dB | width dB | dynamics dB | spectrogram dB |");
        out.println("|---|---|---|---|---|");
        List<Likeness> before = new ArrayList<>();
        List<Likeness> after = new ArrayList<>();
        Path work = Files.createTempDirectory("lacquer-match-");
        try (Masterer masterer = new Masterer()) {
            for (Track track : tracks(root, count)) {
                AudioClip original = original(track.under(root));
                AudioClip faulty = faulty(original, track);
                AudioClip raw = master(masterer, work, faulty, original, 0);
                AudioClip matched = master(masterer, work, faulty, original, 50);
                before.add(Likeness.of(raw, original));
                after.add(Likeness.of(matched, original));
                String file = track.file().substring(track.file().lastIndexOf('/') + 1);
                out.println(
                        row(
                                track.packageName() + ": " + file,
                                List.of(before.getLast()),
                                List.of(after.getLast())));
            }
        }
        out.println(row("**mean**", before, after));
    }

    private static String row(String name, List<Likeness> before, List<Likeness> after) {
        double[] one = means(before);
        double[] other = means(after);
        StringBuilder row = new StringBuilder("| ").append(name);
        for (int k = 0; k < one.length; k++) {
            row.append(String.format(Locale.ROOT, " | %.2f → %.2f", one[k], other[k]));
        }
        return row.append(" |").toString();
    }

    private static double[] means(List<Likeness> all) {
        double[] sums = new double[4];
        for (Likeness one : all) {
            sums[0] += one.toneDb() / all.size();
            sums[1] += one.widthDb() / all.size();
            sums[2] += one.dynamicsDb() / all.size();
            sums[3] += one.spectrogramDb() / all.size();
        }
        return sums;
    }

    /** One of each test package, then the second ones, and so on. */
    private static List<Track> tracks(Path root, int count) {
        Map<String, List<Track>> packages = new LinkedHashMap<>();
        for (Track track : CorpusManifest.usableTracks(24)) {
            if (track.split() == Track.Split.TEST && Files.exists(track.under(root))) {
                packages.computeIfAbsent(track.packageName(), name -> new ArrayList<>()).add(track);
            }
        }
        List<Track> chosen = new ArrayList<>();
        for (int turn = 0; chosen.size() < count && turn < 24; turn++) {
            for (List<Track> tracks : packages.values()) {
                if (turn < tracks.size() && chosen.size() < count) {
                    chosen.add(tracks.get(turn));
                }
            }
        }
        return chosen;
    }

    /** A stretch of the track whose true peak lies at the ceiling. */
    private static AudioClip original(Path file) throws IOException {
        AudioClip whole = new FileDecoder().decode(file, START_SECONDS + SECONDS);
        int rate = whole.format().sampleRateHz();
        int start = Math.max(0, whole.frames() - (int) (SECONDS * rate));
        AudioClip cut =
                new AudioClip(
                        rate,
                        Arrays.copyOfRange(whole.channel(0), start, whole.frames()),
                        Arrays.copyOfRange(whole.channel(1), start, whole.frames()));
        return scaled(cut, CEILING_DBTP - 0.01 - AudioDistance.truePeakDbtp(cut));
    }

    private static AudioClip scaled(AudioClip clip, double gainDb) {
        double gain = Decibels.toGain(gainDb);
        float[][] out = new float[2][clip.frames()];
        for (int c = 0; c < 2; c++) {
            for (int i = 0; i < out[c].length; i++) {
                out[c][i] = (float) (gain * clip.channel(c)[i]);
            }
        }
        return new AudioClip(clip.format().sampleRateHz(), out);
    }

    private static AudioClip faulty(AudioClip original, Track track) {
        Draws draws = Draws.of("match#" + track.packageName() + "/" + track.file());
        int rate = original.format().sampleRateHz();
        float[][] samples = {original.channel(0), original.channel(1)};
        if (draws.chance(0.75)) {
            samples = DynamicsFault.draw(draws).apply(samples, rate);
        }
        ToneFault tone = ToneFault.draw(draws);
        AudioClip clip = new AudioClip(rate, toned(samples, tone, rate));
        return scaled(clip, draws.uniform(-28.0, -14.0) - AudioDistance.integratedLufs(clip));
    }

    /** Mid and side by one FFT each, with the fault's curves between the third octaves. */
    private static float[][] toned(float[][] samples, ToneFault fault, int rate) {
        int frames = samples[0].length;
        int length = 2 * Integer.highestOneBit(Math.max(1, frames - 1));
        Fft fft = new Fft(length);
        double[][] parts = new double[2][length];
        for (int p = 0; p < 2; p++) {
            double sign = p == 0 ? 1.0 : -1.0;
            for (int i = 0; i < frames; i++) {
                parts[p][i] = 0.5 * (samples[0][i] + sign * samples[1][i]);
            }
            fft.forward(parts[p]);
            for (int k = 1; k < length / 2; k++) {
                double hz = (double) k * rate / length;
                double gain =
                        Decibels.toGain(
                                at(fault.eqDb(), hz) + (p == 1 ? at(fault.sideDb(), hz) : 0.0));
                parts[p][2 * k] *= gain;
                parts[p][2 * k + 1] *= gain;
            }
            fft.inverse(parts[p]);
        }
        float[][] out = new float[2][frames];
        for (int i = 0; i < frames; i++) {
            out[0][i] = (float) (parts[0][i] + parts[1][i]);
            out[1][i] = (float) (parts[0][i] - parts[1][i]);
        }
        return out;
    }

    private static double at(double[] curve, double hz) {
        double place = 10.0 * StrictMath.log10(hz) - 14.0;
        double held = Math.max(0.0, Math.min(curve.length - 1.001, place));
        int below = (int) held;
        return curve[below] + (held - below) * (curve[below + 1] - curve[below]);
    }

    private static AudioClip master(
            Masterer masterer, Path work, AudioClip mix, AudioClip original, int intensity)
            throws IOException {
        Path mixFile = write(work.resolve("mix.wav"), mix);
        Path originalFile = write(work.resolve("original.wav"), original);
        Path output = work.resolve("master.wav");
        MasteringRequest request =
                new MasteringRequest(
                        "auto",
                        List.of(originalFile),
                        "streaming",
                        OptionalDouble.of(AudioDistance.integratedLufs(original)),
                        OptionalDouble.of(CEILING_DBTP),
                        intensity,
                        100,
                        Map.of(),
                        Set.of(),
                        Optional.of(BitDepth.FLOAT32),
                        OptionalInt.empty(),
                        Optional.empty());
        masterer.master(mixFile, Optional.of(output), request, true, MasteringProgress.NONE);
        return new FileDecoder().decode(output, 2.0 * SECONDS);
    }

    private static Path write(Path file, AudioClip clip) throws IOException {
        OutputSpec spec =
                new OutputSpec(FileFormat.WAV, BitDepth.FLOAT32, clip.format(), Tags.NONE);
        try (AudioWriter writer = AudioWriter.create(file, spec, true)) {
            writer.write(AudioBlock.wrap(clip.channel(0), clip.channel(1)));
            writer.commit();
        }
        return file;
    }
}
