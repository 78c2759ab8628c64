// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.premaster;

import org.lacquer.training.faults.Draws;

import java.io.IOException;
import java.util.List;

import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;

/**
 * A melody by a small random walk: tones of the bar's chord on the beats, neighbours of the scale
 * between, with rests; two bars are played, repeated, and answered.
 */
final class Lead {
    /** A channel that MMA leaves free: it counts its tracks down from 16. */
    private static final int CHANNEL = 0;

    private static final int LOWEST = 60;
    private static final int HIGHEST = 84;
    private static final int[] SCALE = {0, 2, 4, 5, 7, 9, 11};

    /** Rhythms of a bar, in halves of a beat; negative ones rest. */
    private static final int[][] RHYTHMS = {
        {2, 2, 2, 2},
        {3, 1, 2, 2},
        {4, -2, 2},
        {-2, 2, 1, 1, 2},
        {1, 1, 1, 1, 4},
        {-4, 2, 2},
        {6, -2}
    };

    private Lead() {}

    /**
     * @param key semitones above C
     * @param program General MIDI program
     */
    static void add(
            Sequence sequence, List<String> chords, int beats, int key, int program, Draws draws)
            throws IOException {
        try {
            Track track = sequence.createTrack();
            track.add(
                    new MidiEvent(
                            new ShortMessage(ShortMessage.PROGRAM_CHANGE, CHANNEL, program, 0), 0));
            int half = sequence.getResolution() / 2;
            int pitch = 72;
            int[] rhythm = RHYTHMS[0];
            for (int bar = 0; bar < chords.size(); bar++) {
                rhythm = bar % 4 == 1 ? rhythm : RHYTHMS[draws.index(RHYTHMS.length)];
                long start = (long) bar * beats * 2 * half;
                int position = 0;
                for (int length : rhythm) {
                    int span = Math.min(Math.abs(length), 2 * beats - position);
                    if (span <= 0) {
                        break;
                    }
                    if (length > 0) {
                        boolean onBeat = position % 2 == 0;
                        pitch = next(pitch, onBeat ? tones(chords.get(bar)) : SCALE, draws);
                        int velocity = 78 + draws.index(30);
                        note(
                                track,
                                pitch + key,
                                velocity,
                                start + (long) position * half,
                                start + (long) (position + span) * half - half / 8);
                    }
                    position += span;
                }
            }
        } catch (InvalidMidiDataException problem) {
            throw new IOException(problem);
        }
    }

    /** Pitch classes of a chord, C = 0. */
    static int[] tones(String chord) {
        int root = "C D EF G A B".indexOf(chord.charAt(0));
        boolean minor = chord.startsWith("m", 1);
        int third = minor ? 3 : 4;
        if (chord.endsWith("M7")) {
            return new int[] {root, root + third, root + 7, root + 11};
        }
        if (chord.endsWith("7")) {
            return new int[] {root, root + third, root + 7, root + 10};
        }
        return new int[] {root, root + third, root + 7};
    }

    /** A step of at most a fifth to a pitch of the set. */
    private static int next(int pitch, int[] classes, Draws draws) {
        for (int attempt = 0; attempt < 64; attempt++) {
            int candidate = pitch + draws.index(15) - 7;
            if (candidate < LOWEST || candidate > HIGHEST || candidate == pitch) {
                continue;
            }
            for (int one : classes) {
                if ((candidate - one) % 12 == 0) {
                    return candidate;
                }
            }
        }
        return pitch;
    }

    private static void note(Track track, int pitch, int velocity, long from, long to)
            throws InvalidMidiDataException {
        track.add(
                new MidiEvent(
                        new ShortMessage(ShortMessage.NOTE_ON, CHANNEL, pitch, velocity), from));
        track.add(new MidiEvent(new ShortMessage(ShortMessage.NOTE_OFF, CHANNEL, pitch, 0), to));
    }
}
