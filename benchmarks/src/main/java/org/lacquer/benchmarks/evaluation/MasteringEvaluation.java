// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks.evaluation;

import org.lacquer.benchmarks.evaluation.Contest.Case;
import org.lacquer.training.corpus.CorpusManifest;
import org.lacquer.training.corpus.Track;
import org.lacquer.training.data.BaseRow;
import org.lacquer.training.data.FeatureCache;
import org.lacquer.training.data.FeatureMeasurer;
import org.lacquer.training.faults.Draws;
import org.lacquer.training.faults.ToneFault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The evaluation: {@code CORPUS CACHE OUT_DIR ROWS [TRACKS]}. Spoils hidden masters of the test
 * split, lets every competitor master them, and writes a page, its plots and a JSON file. Outcomes
 * are kept in ROWS, so that a run that was broken off goes on; two tracks are worked on at once.
 */
public final class MasteringEvaluation {
    private static final int TRACKS = 30;
    private static final int THREADS = 2;

    /** Of each track: two of the trained family, one of the others by turns, and one with style. */
    private static final int TRAINED_DRAWS = 2;

    private static final Family[] OTHERS = {
        Family.FINISHED, Family.BOOMY, Family.FINISHED, Family.TILTED
    };

    private final Path corpus;
    private final Path root;
    private final Rows rows;
    private final RidgeTone ridge;

    private MasteringEvaluation(Path corpus, Rows rows, RidgeTone ridge) {
        this.corpus = corpus;
        this.root = corpus.resolve("root");
        this.rows = rows;
        this.ridge = ridge;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length < 4) {
            System.err.println("evaluation CORPUS CACHE OUT_DIR ROWS [TRACKS]");
            System.exit(2);
        }
        int count = arguments.length > 4 ? Integer.parseInt(arguments[4]) : TRACKS;
        long start = System.nanoTime();
        List<BaseRow> base = FeatureCache.read(Path.of(arguments[1]), FeatureMeasurer.VERSION);
        List<Track> tracks =
                HiddenMaster.choose(CorpusManifest.usableTracks(Integer.MAX_VALUE), count);
        Scoreboard board =
                new MasteringEvaluation(
                                Path.of(arguments[0]),
                                Rows.of(Path.of(arguments[3])),
                                new RidgeTone(base))
                        .play(tracks);
        new EvaluationPage(board).write(Path.of(arguments[2]));
        System.err.println((System.nanoTime() - start) / 1_000_000_000L + " s");
    }

    /** Plays what is not known yet; the board's order is that of the tracks. */
    private Scoreboard play(List<Track> tracks) throws IOException, InterruptedException {
        List<Future<Integer>> pending = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(THREADS)) {
            for (int t = 0; t < tracks.size(); t++) {
                int turn = t;
                pending.add(pool.submit(() -> play(tracks.get(turn), turn)));
            }
            for (CaseName name : Premasters.cases(corpus)) {
                pending.add(pool.submit(() -> playPremaster(name)));
            }
            for (Future<Integer> one : pending) {
                one.get();
            }
        } catch (ExecutionException problem) {
            throw new IOException(problem.getCause());
        }
        Scoreboard board = new Scoreboard(tracks);
        for (int t = 0; t < tracks.size(); t++) {
            for (CaseName name : cases(tracks.get(t), t)) {
                board.add(name, rows.of(name, competitors(name)).orElseThrow());
            }
        }
        for (CaseName name : Premasters.cases(corpus)) {
            board.add(name, rows.of(name, competitors(name)).orElseThrow());
        }
        return board;
    }

    /** The cases of one track that are not known; returns how many there were. */
    private int play(Track track, int turn) throws IOException {
        List<CaseName> open =
                cases(track, turn).stream()
                        .filter(name -> rows.of(name, competitors(name)).isEmpty())
                        .toList();
        if (open.isEmpty()) {
            return 0;
        }
        HiddenMaster hidden = HiddenMaster.of(track, root);
        contest(open.stream().map(name -> of(name, hidden)).toList());
        return open.size();
    }

    /** The same for a song that was rendered from stems. */
    private int playPremaster(CaseName name) throws IOException {
        if (rows.of(name, competitors(name)).isPresent()) {
            return 0;
        }
        contest(List.of(Premasters.of(name, corpus)));
        return 1;
    }

    private void contest(List<Case> cases) throws IOException {
        Path folder = Files.createTempDirectory("lacquer-evaluation");
        try (Contest contest = new Contest(folder, ridge)) {
            for (Case one : cases) {
                rows.add(one.name(), contest.run(one, competitors(one.name())));
                System.err.println(one.name().key());
            }
        } finally {
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    private static List<CaseName> cases(Track track, int turn) {
        List<CaseName> cases = new ArrayList<>();
        for (int draw = 0; draw < TRAINED_DRAWS; draw++) {
            cases.add(new CaseName(track, Family.TRAINED, draw));
        }
        cases.add(new CaseName(track, OTHERS[turn % OTHERS.length], 0));
        cases.add(new CaseName(track, Family.STYLED, 0));
        return cases;
    }

    private Case of(CaseName name, HiddenMaster hidden) {
        if (name.family() != Family.STYLED) {
            return new Case(
                    name, hidden.clip(), hidden, references(name, Optional.empty()).subList(0, 1));
        }
        ToneFault style = ToneFault.drawStyle(Draws.of("style/" + name.key()));
        return new Case(
                name, hidden.clip(), hidden.styled(style), references(name, Optional.of(style)));
    }

    private List<Reference> references(CaseName name, Optional<ToneFault> style) {
        return mates(name.track()).stream().map(mate -> new Reference(mate, root, style)).toList();
    }

    private static Set<Competitor> competitors(CaseName name) {
        return Competitor.of(name.family(), mates(name.track()).size());
    }

    /** The next tracks of the package, around its end: four, or as many as there are. */
    private static List<Track> mates(Track track) {
        List<Track> album =
                CorpusManifest.usableTracks(Integer.MAX_VALUE).stream()
                        .filter(other -> other.packageName().equals(track.packageName()))
                        .toList();
        List<Track> mates = new ArrayList<>();
        for (int k = 1; k <= Math.min(Competitor.MANY, album.size() - 1); k++) {
            mates.add(album.get((album.indexOf(track) + k) % album.size()));
        }
        return mates;
    }
}
