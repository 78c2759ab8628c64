// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.premaster;

/**
 * What a stem does in a song, with the place that an ordinary mix gives it. The levels are ours, by
 * ear and by custom, not measured: they only have to be sensible.
 *
 * @see Balance
 */
public enum Role {
    DRUMS(-3.0, 0.0, -26.0),
    BASS(-4.0, 0.0, -60.0),
    LEAD(-4.0, 0.0, -18.0),
    CHORDS(-8.0, 0.35, -20.0),
    PAD(-11.0, 0.2, -16.0),
    /** A part whose author has given it its level already. */
    OTHER(0.0, 0.0, -60.0);

    private final double loudnessLu;
    private final double pan;
    private final double roomDb;

    Role(double loudnessLu, double pan, double roomDb) {
        this.loudnessLu = loudnessLu;
        this.pan = pan;
        this.roomDb = roomDb;
    }

    /** Loudness relative to the whole song. */
    double loudnessLu() {
        return loudnessLu;
    }

    /** How far from the middle, 0 to 1; parts of one role go left and right by turns. */
    double pan() {
        return pan;
    }

    /** Level of the room under the dry sound. */
    double roomDb() {
        return roomDb;
    }

    /**
     * Of a General MIDI part.
     *
     * @param program first program, from 0
     */
    static Role ofMidi(int channel, int program) {
        if (channel == 9) {
            return DRUMS;
        }
        return switch (program / 8) {
            case 4 -> BASS;
            case 5, 6, 11, 12 -> PAD;
            case 7, 8, 9, 10 -> LEAD;
            default -> CHORDS;
        };
    }
}
