// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks.evaluation;

import org.lacquer.benchmarks.evaluation.Contest.Case;
import org.lacquer.benchmarks.evaluation.Contest.Competitor;
import org.lacquer.training.corpus.CorpusManifest;
import org.lacquer.training.corpus.Track;
import org.lacquer.training.data.BaseRow;
import org.lacquer.training.data.FeatureCache;
import org.lacquer.training.data.FeatureMeasurer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The evaluation: {@code CORPUS CACHE OUT_DIR [TRACKS]}. Spoils hidden masters of the test split,
 * lets every competitor master them, and writes a page, its plots and a JSON file.
 */
public final class MasteringEvaluation {
    private static final int TRACKS = 30;

    /** Of each track: two of the trained family, and one of the others by turns. */
    private static final int TRAINED_DRAWS = 2;

    private static final Set<Competitor> SHORT_LIST =
            EnumSet.of(
                    Competitor.NOTHING,
                    Competitor.FIXED,
                    Competitor.RIDGE,
                    Competitor.AUTO,
                    Competitor.GENRE);

    private MasteringEvaluation() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 3) {
            System.err.println("evaluation CORPUS CACHE OUT_DIR [TRACKS]");
            System.exit(2);
        }
        int count = arguments.length > 3 ? Integer.parseInt(arguments[3]) : TRACKS;
        long start = System.nanoTime();
        Path corpus = Path.of(arguments[0]);
        List<BaseRow> rows = FeatureCache.read(Path.of(arguments[1]), FeatureMeasurer.VERSION);
        List<Track> tracks =
                HiddenMaster.choose(CorpusManifest.usableTracks(Integer.MAX_VALUE), count);
        Scoreboard board = new Scoreboard(tracks);
        Path folder = Files.createTempDirectory("lacquer-evaluation");
        try (Contest contest = new Contest(folder, new RidgeTone(rows))) {
            for (Case one : cases(tracks, corpus.resolve("root"))) {
                Set<Competitor> who =
                        one.family() == Family.TRAINED || one.family() == Family.FINISHED
                                ? EnumSet.allOf(Competitor.class)
                                : SHORT_LIST;
                board.add(one, contest.run(one, who));
                System.err.println(
                        one.number() + 1 + ": " + one.family() + " " + one.hidden().track().key());
            }
        } finally {
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
        new EvaluationPage(board).write(Path.of(arguments[2]));
        System.err.println((System.nanoTime() - start) / 1_000_000_000L + " s");
    }

    private static List<Case> cases(List<Track> tracks, Path root) throws IOException {
        Family[] others = {Family.FINISHED, Family.BOOMY, Family.FINISHED, Family.TILTED};
        List<Case> cases = new ArrayList<>();
        List<HiddenMaster> masters = new ArrayList<>();
        for (Track track : tracks) {
            masters.add(HiddenMaster.of(track, root));
        }
        for (int t = 0; t < masters.size(); t++) {
            HiddenMaster hidden = masters.get(t);
            HiddenMaster mate = HiddenMaster.of(mate(hidden.track()), root);
            for (int draw = 0; draw < TRAINED_DRAWS; draw++) {
                cases.add(new Case(cases.size(), hidden, mate, Family.TRAINED, draw));
            }
            cases.add(new Case(cases.size(), hidden, mate, others[t % others.length], 0));
        }
        return cases;
    }

    /** The next track of the package, around its end. */
    private static Track mate(Track track) {
        List<Track> album =
                CorpusManifest.usableTracks(Integer.MAX_VALUE).stream()
                        .filter(other -> other.packageName().equals(track.packageName()))
                        .toList();
        return album.get((album.indexOf(track) + 1) % album.size());
    }
}
