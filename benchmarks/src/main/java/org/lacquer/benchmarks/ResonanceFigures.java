// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

import org.lacquer.analysis.Analysis;
import org.lacquer.analysis.Analyzer;
import org.lacquer.analysis.Figures;
import org.lacquer.analysis.Resonance;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.AudioSource;
import org.lacquer.audio.Decibels;
import org.lacquer.audio.Progress;
import org.lacquer.inference.ResonanceRule;
import org.lacquer.training.corpus.CorpusManifest;
import org.lacquer.training.corpus.Track;
import org.lacquer.training.corpus.Track.Split;
import org.lacquer.training.data.FileDecoder;
import org.lacquer.training.faults.Draws;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rings put into finished tracks, and how many become a notch: {@code CORPUS [SPLIT [TRACKS
 * [SKIP]]]}.
 *
 * <p>A ring is a resonator of two poles beside the sound, y = x + (g − 1) · bandpass(x), of Q 20 to
 * 60 anywhere from 120 Hz to 8 kHz; written here, not the engine's. One is found when a notch lies
 * within a half semitone of it. The same tracks without a ring are the controls.
 */
public final class ResonanceFigures {
    private static final PrintStream OUT =
            new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private static final double SECONDS = 240.0;
    private static final double[] GAINS_DB = {6.0, 9.0, 12.0, 15.0};
    private static final double NEAR_OCTAVES = 1.0 / 24.0;
    private static final double SPLIT_HZ = 1_250.0;

    private ResonanceFigures() {}

    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]).resolve("root");
        Split split = Split.valueOf(arguments.length > 1 ? arguments[1] : "TEST");
        int count = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 20;
        int skip = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 0;
        boolean talk = System.getenv("LACQUER_DEBUG") != null;
        int tracks = 0;
        int alarmed = 0;
        int notches = 0;
        double deepest = 0.0;
        int[][] found = new int[GAINS_DB.length][2];
        int[][] planted = new int[GAINS_DB.length][2];
        double[] cut = new double[GAINS_DB.length];
        for (Track track : choose(split, skip + count).stream().skip(skip).toList()) {
            AudioClip clean = middle(new FileDecoder().decode(track.under(root), 480.0));
            tracks++;
            List<Resonance> own = resonances(clean);
            double cutDb = 0.0;
            for (Resonance one : own) {
                double depth = ResonanceRule.cutDb(one);
                notches += depth > 0.0 ? 1 : 0;
                cutDb = Math.max(cutDb, depth);
            }
            alarmed += cutDb > 0.0 ? 1 : 0;
            deepest = Math.max(deepest, cutDb);
            if (talk) {
                OUT.println(track.key() + " clean " + own);
            }
            Draws draws = Draws.of("ring/" + track.key());
            for (int g = 0; g < GAINS_DB.length; g++) {
                double hz = draws.logUniform(120.0, 8_000.0);
                double q = draws.logUniform(20.0, 60.0);
                List<Resonance> heard = resonances(ringing(clean, hz, q, GAINS_DB[g]));
                int high = hz < SPLIT_HZ ? 0 : 1;
                planted[g][high]++;
                double depth = 0.0;
                for (Resonance one : heard) {
                    if (near(one.frequencyHz(), hz)) {
                        depth = Math.max(depth, ResonanceRule.cutDb(one));
                    }
                }
                found[g][high] += depth > 0.0 ? 1 : 0;
                cut[g] += depth;
                if (talk) {
                    OUT.printf(
                            Locale.ROOT,
                            "  %+.0f dB %.0f Hz Q %.0f: %s%n",
                            GAINS_DB[g],
                            hz,
                            q,
                            heard);
                }
            }
        }
        OUT.println("| ring | found below 1.25 kHz | above | all | notch, mean of found dB |");
        OUT.println("|---|---|---|---|---|");
        int all = 0;
        int audible = 0;
        for (int g = 0; g < GAINS_DB.length; g++) {
            int both = found[g][0] + found[g][1];
            OUT.printf(
                    Locale.ROOT,
                    "| %+.0f dB | %d of %d | %d of %d | %.0f %% | %.1f |%n",
                    GAINS_DB[g],
                    found[g][0],
                    planted[g][0],
                    found[g][1],
                    planted[g][1],
                    100.0 * both / tracks,
                    cut[g] / Math.max(1, both));
            audible += GAINS_DB[g] >= 9.0 ? both : 0;
            all += GAINS_DB[g] >= 9.0 ? tracks : 0;
        }
        OUT.printf(
                Locale.ROOT,
                "%nOf %d rings of 9 dB and more %.0f %% get a notch (%s). Of the %d tracks without"
                        + " a ring %d get one (%s; %d notches, the deepest %.1f dB).%n",
                all,
                100.0 * audible / all,
                wilson(audible, all),
                tracks,
                alarmed,
                wilson(alarmed, tracks),
                notches,
                deepest);
    }

    /** E. B. Wilson, "Probable inference" (1927): the interval of a share at 95 %. */
    static String wilson(int hits, int count) {
        double z = 1.959964;
        double share = (double) hits / count;
        double middle = share + z * z / (2.0 * count);
        double reach = z * Math.sqrt(share * (1.0 - share) / count + z * z / (4.0 * count * count));
        double scale = 100.0 / (1.0 + z * z / count);
        return String.format(
                Locale.ROOT,
                "95 %%: %.0f to %.0f %%",
                Math.max(0.0, scale * (middle - reach)),
                Math.min(100.0, scale * (middle + reach)));
    }

    private static boolean near(double oneHz, double otherHz) {
        return Math.abs(StrictMath.log(oneHz / otherHz)) < NEAR_OCTAVES * StrictMath.log(2.0);
    }

    private static List<Resonance> resonances(AudioClip clip) throws IOException {
        try (AudioSource source = clip.source()) {
            Analysis analysis = Analyzer.analyze(source, Figures.ALL, Progress.NONE);
            return analysis.spectrum().resonances();
        }
    }

    static AudioClip middle(AudioClip whole) {
        int rate = whole.format().sampleRateHz();
        int length = (int) Math.min(whole.frames(), SECONDS * rate);
        int start = (whole.frames() - length) / 2;
        float[][] samples = new float[2][length];
        for (int c = 0; c < 2; c++) {
            System.arraycopy(whole.channel(c), start, samples[c], 0, length);
        }
        return new AudioClip(rate, samples);
    }

    /** Band-pass of two poles with unity gain at its centre, from the analogue by bilinear warp. */
    private static AudioClip ringing(AudioClip clean, double hz, double q, double gainDb) {
        int rate = clean.format().sampleRateHz();
        double turn = 2.0 * StrictMath.PI * hz / rate;
        double alpha = StrictMath.sin(turn) / (2.0 * q);
        double b = alpha / (1.0 + alpha);
        double a1 = -2.0 * StrictMath.cos(turn) / (1.0 + alpha);
        double a2 = (1.0 - alpha) / (1.0 + alpha);
        double more = Decibels.toGain(gainDb) - 1.0;
        float[][] out = new float[2][clean.frames()];
        for (int c = 0; c < 2; c++) {
            float[] x = clean.channel(c);
            double x1 = 0.0;
            double x2 = 0.0;
            double y1 = 0.0;
            double y2 = 0.0;
            for (int i = 0; i < x.length; i++) {
                double y = b * (x[i] - x2) - a1 * y1 - a2 * y2;
                x2 = x1;
                x1 = x[i];
                y2 = y1;
                y1 = y;
                out[c][i] = (float) (0.5 * (x[i] + more * y));
            }
        }
        return new AudioClip(rate, out);
    }

    /** Usable tracks of a split, package by package in turns. */
    static List<Track> choose(Split split, int count) {
        Map<String, List<Track>> packages = new TreeMap<>();
        CorpusManifest.usableTracks(Integer.MAX_VALUE).stream()
                .filter(track -> track.split() == split)
                .sorted(
                        Comparator.comparingInt(
                                track -> Draws.of("rings/" + track.key()).index(1 << 30)))
                .forEach(
                        track ->
                                packages.computeIfAbsent(
                                                track.packageName(), name -> new ArrayList<>())
                                        .add(track));
        List<Track> chosen = new ArrayList<>();
        for (int turn = 0; chosen.size() < count; turn++) {
            int before = chosen.size();
            for (List<Track> list : packages.values()) {
                if (turn < list.size() && chosen.size() < count) {
                    chosen.add(list.get(turn));
                }
            }
            if (chosen.size() == before) {
                break;
            }
        }
        return chosen;
    }
}
