// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.premaster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;

/**
 * MIDI files channel by channel, each channel through FluidSynth on its own: 44.1 kHz, float, its
 * reverb and chorus off, sounds of the Fluid R3 soundfont.
 */
final class MidiRenderer implements SongRenderer {
    /** Extra time, so that silence at the start can be cut. */
    private static final double MARGIN_SECONDS = 5.0;

    private final Path soundfont;

    MidiRenderer(Path soundfont) {
        this.soundfont = soundfont;
    }

    @Override
    public List<Stem> render(PremasterSong song, Path files, Path scratch)
            throws IOException, InterruptedException {
        return render(read(files.resolve(song.source())), scratch);
    }

    static Sequence read(Path file) throws IOException {
        try {
            return MidiSystem.getSequence(file.toFile());
        } catch (InvalidMidiDataException unreadable) {
            throw new IOException(file + " is not a MIDI file", unreadable);
        }
    }

    List<Stem> render(Sequence sequence, Path scratch) throws IOException, InterruptedException {
        List<Stem> stems = new ArrayList<>();
        double seconds = SECONDS + MARGIN_SECONDS;
        for (MidiParts.Part part : MidiParts.of(sequence, seconds)) {
            Path midi = scratch.resolve(part.name() + ".mid");
            Path audio = scratch.resolve(part.name() + ".wav");
            MidiSystem.write(part.sequence(), 1, midi.toFile());
            Tools.run(
                    scratch,
                    Map.of(),
                    "fluidsynth",
                    List.of(
                            "fluidsynth",
                            "-ni",
                            "-q",
                            "-R",
                            "0",
                            "-C",
                            "0",
                            "-g",
                            "0.4",
                            "-r",
                            Integer.toString(Stem.RATE_HZ),
                            "-O",
                            "float",
                            "-T",
                            "wav",
                            "-F",
                            audio.toString(),
                            soundfont.toString(),
                            midi.toString()));
            stems.add(new Stem(part.name(), part.role(), Clips.read(audio, seconds)));
            Files.delete(audio);
        }
        return SongRenderer.trimmed(stems);
    }
}
