// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.premaster;

import org.lacquer.training.faults.Draws;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import javax.sound.midi.Sequence;

/**
 * A groove of MMA (Musical MIDI Accompaniment) over chords of ours, with a lead of ours, through
 * FluidSynth. The random numbers of MMA have a fixed seed.
 */
final class GrooveRenderer implements SongRenderer {
    private final MidiRenderer midi;

    GrooveRenderer(MidiRenderer midi) {
        this.midi = midi;
    }

    @Override
    public List<Stem> render(PremasterSong song, Path files, Path scratch)
            throws IOException, InterruptedException {
        Path script = scratch.resolve("song.mma");
        Path output = scratch.resolve("song.mid");
        Files.writeString(script, script(song));
        if (!Files.exists(files.resolve("usr/share/mma/lib/stdlib/.mmaDB"))) {
            mma(files, scratch, List.of("-G"));
        }
        mma(files, scratch, List.of("-M1", "-f", output.toString(), script.toString()));
        Sequence sequence = MidiRenderer.read(output);
        Lead.add(
                sequence,
                chords(song),
                (int) song.number("beats", 4),
                (int) song.number("key", 0),
                (int) song.number("lead", 0),
                Draws.of(song.key() + "#lead"));
        return midi.render(sequence, scratch);
    }

    /**
     * MMA from its unpacked package; its index of grooves is made once, as an installation does.
     */
    private static void mma(Path files, Path scratch, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>();
        words.addAll(List.of("python3", files.resolve("usr/bin/mma").toString(), "-w"));
        words.addAll(arguments);
        Map<String, String> home =
                Map.of("MMA_HOME", files.resolve("usr/share/mma").toAbsolutePath().toString());
        Tools.run(scratch, home, "python3", words);
    }

    /** The song as MMA reads it. */
    static String script(PremasterSong song) {
        StringBuilder text = new StringBuilder();
        text.append("RndSeed ").append(song.name().length()).append('\n');
        text.append("Tempo ").append((int) song.number("tempo", 100)).append('\n');
        text.append("Transpose ").append((int) song.number("key", 0)).append('\n');
        text.append("Groove ").append(song.source()).append('\n');
        if (song.number("skank", 0) > 0) {
            // The library's reggae grooves have drums alone.
            text.append("Chord-Skank Voice JazzGuitar\n");
            text.append("Chord-Skank Sequence {2 16 85; 4 16 85}\n");
            text.append("Chord-Bubble Voice Organ3\n");
            text.append("Chord-Bubble Sequence {1.5 16 60; 2.5 16 60; 3.5 16 60; 4.5 16 60}\n");
            text.append("Bass-Dub Voice FingeredBass\n");
            text.append("Bass-Dub Octave 3\n");
            text.append(
                    "Bass-Dub Sequence {1 4 1 100; 2.5 8 5 80; 3 8 1 95; 4 8 3 80; 4.5 8 5 80}\n");
        }
        int number = 1;
        for (String chord : chords(song)) {
            text.append(number++).append(' ').append(chord).append('\n');
        }
        return text.toString();
    }

    /** One chord for each bar, round after round, for a little longer than a song lasts. */
    static List<String> chords(PremasterSong song) {
        List<String> round = Progressions.named(song.details().getOrDefault("progression", ""));
        double barSeconds = song.number("beats", 4) * 60.0 / song.number("tempo", 100);
        int bars = (int) Math.ceil((SECONDS + 1.0) / barSeconds);
        List<String> chords = new ArrayList<>();
        for (int bar = 0; bar < bars; bar++) {
            chords.add(round.get(bar % round.size()));
        }
        return chords;
    }
}
