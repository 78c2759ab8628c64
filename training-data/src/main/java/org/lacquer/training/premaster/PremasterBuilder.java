// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.premaster;

import org.lacquer.training.corpus.CorpusManifest;
import org.lacquer.training.corpus.CorpusManifest.DebianPackage;
import org.lacquer.training.corpus.DebianArchive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Renders the songs of the list: stems, the good mix that is exactly their sum, faulty mixes, and
 * the labels of their faults.
 *
 * <p>Layout: {@code DIR/premasters/premaster-PACKAGE/SONG/} with {@code stem-NN-NAME.wav}, {@code
 * good.wav}, {@code mix-1.wav} and so on, and {@code faults.tsv}. All files are 24-bit WAV at 44.1
 * kHz. A song that is there is kept.
 */
public final class PremasterBuilder {
    /** Faulty mixes of a song. */
    public static final int MIXES = 3;

    /** Of every mix, unless its peak comes first: an ordinary level for mastering. */
    public static final double LOUDNESS_LUFS = -18.0;

    private static final double PEAK = 0.966;
    private static final String DONE = "faults.tsv";

    private final Path work;
    private final Consumer<String> notes;

    public PremasterBuilder(Path work, Consumer<String> notes) {
        this.work = work;
        this.notes = notes;
    }

    /** Where the songs lie. */
    public static Path root(Path work) {
        return work.resolve("premasters");
    }

    /** The folder of one song. */
    public static Path folder(Path work, PremasterSong song) {
        return root(work).resolve(PremasterSong.PREFIX + song.packageName()).resolve(song.name());
    }

    /** Whether a song is complete. */
    public static boolean complete(Path work, PremasterSong song) {
        return Files.isRegularFile(folder(work, song).resolve(DONE));
    }

    /** Renders what is missing; returns how many songs are complete. */
    public int build(List<PremasterSong> songs) throws IOException, InterruptedException {
        int complete = 0;
        for (PremasterSong song : songs) {
            if (!complete(work, song)) {
                try {
                    build(song);
                } catch (IOException problem) {
                    notes.accept(song.title() + ": " + problem.getMessage());
                    continue;
                }
            }
            complete++;
        }
        return complete;
    }

    private void build(PremasterSong song) throws IOException, InterruptedException {
        Path scratch = Files.createTempDirectory("lacquer-premaster");
        try {
            List<Stem> parts = renderer(song).render(song, unpacked(song.packageName()), scratch);
            List<Stem> stems = good(parts, song.kind());
            write(song, stems);
            notes.accept(song.key() + ": " + stems.size() + " stems");
        } finally {
            try (Stream<Path> files = Files.walk(scratch)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** The stems of the good mix, at the level of all mixes. */
    static List<Stem> good(List<Stem> parts, PremasterSong.Kind kind) {
        List<Stem> placed = Balance.of(parts, kind != PremasterSong.Kind.GROOVE);
        double gain = Balance.busGain(Stem.sum(placed), LOUDNESS_LUFS, PEAK);
        return placed.stream().map(stem -> stem.with(Clips.scaled(stem.samples(), gain))).toList();
    }

    private void write(PremasterSong song, List<Stem> stems) throws IOException {
        Path folder = Files.createDirectories(folder(work, song));
        for (int s = 0; s < stems.size(); s++) {
            String name = String.format(Locale.ROOT, "stem-%02d-%s.wav", s + 1, plain(stems, s));
            Clips.write(folder.resolve(name), stems.get(s).samples());
        }
        Clips.write(folder.resolve("good.wav"), Stem.sum(stems));
        List<String> lines = new ArrayList<>(List.of(FaultTable.HEADER));
        List<Role> roles = stems.stream().map(Stem::role).toList();
        for (int number = 1; number <= MIXES; number++) {
            MixFault fault = MixFault.of(song.key(), number, roles);
            float[][] mix = Stem.sum(fault.apply(song.key(), stems));
            double gain = Balance.busGain(mix, LOUDNESS_LUFS, PEAK);
            Clips.write(folder.resolve("mix-" + number + ".wav"), Clips.scaled(mix, gain));
            lines.addAll(FaultTable.lines(number, fault, stems, gain));
        }
        Path partial = folder.resolve(DONE + ".part");
        Files.write(partial, lines);
        Files.move(partial, folder.resolve(DONE), StandardCopyOption.REPLACE_EXISTING);
    }

    private static String plain(List<Stem> stems, int index) {
        return stems.get(index).name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }

    private SongRenderer renderer(PremasterSong song) throws IOException, InterruptedException {
        return switch (song.kind()) {
            case GROOVE -> new GrooveRenderer(midi());
            case MIDI -> midi();
            case MODULE -> new ModuleRenderer();
            case PROJECT -> new ProjectRenderer();
        };
    }

    private MidiRenderer midi() throws IOException, InterruptedException {
        return new MidiRenderer(
                unpacked("fluid-soundfont-gm").resolve("usr/share/sounds/sf2/FluidR3_GM.sf2"));
    }

    private Path unpacked(String packageName) throws IOException, InterruptedException {
        DebianPackage wanted =
                CorpusManifest.packages("premaster-packages.tsv").stream()
                        .filter(one -> one.name().equals(packageName))
                        .findFirst()
                        .orElseThrow(() -> new IOException(packageName + " is not in the list"));
        return DebianArchive.unpacked(wanted, work, notes);
    }
}
