// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.premaster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MetaMessage;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiMessage;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;

/** Splits a MIDI sequence into one sequence for each channel that plays notes. */
final class MidiParts {
    private static final int SET_TEMPO = 0x51;
    private static final int END_OF_TRACK = 0x2f;
    private static final double DEFAULT_MICROS_PER_QUARTER = 500_000.0;

    /** What one channel plays. */
    record Part(String name, Role role, Sequence sequence) {}

    private MidiParts() {}

    /**
     * @param seconds events after this are left out
     */
    static List<Part> of(Sequence whole, double seconds) throws IOException {
        long end = tickAt(whole, seconds);
        List<Part> parts = new ArrayList<>();
        for (int channel = 0; channel < 16; channel++) {
            if (plays(whole, channel, end)) {
                Role role = Role.ofMidi(channel, program(whole, channel));
                String name =
                        "channel-"
                                + String.format(Locale.ROOT, "%02d", channel + 1)
                                + "-"
                                + role.name().toLowerCase(Locale.ROOT);
                parts.add(new Part(name, role, part(whole, channel, end)));
            }
        }
        return parts;
    }

    private static Sequence part(Sequence whole, int channel, long end) throws IOException {
        try {
            Sequence part = new Sequence(whole.getDivisionType(), whole.getResolution());
            for (Track track : whole.getTracks()) {
                Track copy = part.createTrack();
                for (int i = 0; i < track.size(); i++) {
                    MidiEvent event = track.get(i);
                    if (event.getTick() <= end && belongs(event.getMessage(), channel)) {
                        copy.add(event);
                    }
                }
            }
            // Notes that are cut end here, and every part ends together.
            part.createTrack()
                    .add(
                            new MidiEvent(
                                    new ShortMessage(ShortMessage.CONTROL_CHANGE, channel, 123, 0),
                                    end));
            return part;
        } catch (InvalidMidiDataException problem) {
            throw new IOException(problem);
        }
    }

    private static boolean belongs(MidiMessage message, int channel) {
        return switch (message) {
            case ShortMessage own -> own.getStatus() < 0xf0 && own.getChannel() == channel;
            case MetaMessage meta -> meta.getType() == SET_TEMPO;
            default -> false;
        };
    }

    private static boolean plays(Sequence whole, int channel, long end) {
        for (Track track : whole.getTracks()) {
            for (int i = 0; i < track.size(); i++) {
                if (track.get(i).getTick() <= end
                        && track.get(i).getMessage() instanceof ShortMessage own
                        && own.getCommand() == ShortMessage.NOTE_ON
                        && own.getChannel() == channel
                        && own.getData2() > 0) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The first program that a channel is given; 0 when there is none. */
    private static int program(Sequence whole, int channel) {
        for (Track track : whole.getTracks()) {
            for (int i = 0; i < track.size(); i++) {
                if (track.get(i).getMessage() instanceof ShortMessage own
                        && own.getCommand() == ShortMessage.PROGRAM_CHANGE
                        && own.getChannel() == channel) {
                    return own.getData1();
                }
            }
        }
        return 0;
    }

    /** The tick at a time, or the last one of a shorter sequence. */
    static long tickAt(Sequence whole, double seconds) {
        double micros = DEFAULT_MICROS_PER_QUARTER;
        double left = seconds * 1e6;
        long tick = 0;
        for (MidiEvent event : tempos(whole)) {
            double span = (event.getTick() - tick) * micros / whole.getResolution();
            if (span >= left) {
                break;
            }
            left -= span;
            tick = event.getTick();
            byte[] data = ((MetaMessage) event.getMessage()).getData();
            micros = (data[0] & 0xff) << 16 | (data[1] & 0xff) << 8 | data[2] & 0xff;
        }
        long wanted = tick + (long) (left * whole.getResolution() / micros);
        return Math.min(wanted, lastTick(whole));
    }

    private static List<MidiEvent> tempos(Sequence whole) {
        List<MidiEvent> tempos = new ArrayList<>();
        for (Track track : whole.getTracks()) {
            for (int i = 0; i < track.size(); i++) {
                if (track.get(i).getMessage() instanceof MetaMessage meta
                        && meta.getType() == SET_TEMPO) {
                    tempos.add(track.get(i));
                }
            }
        }
        tempos.sort((a, b) -> Long.compare(a.getTick(), b.getTick()));
        return tempos;
    }

    private static long lastTick(Sequence whole) {
        long last = 0;
        for (Track track : whole.getTracks()) {
            for (int i = 0; i < track.size(); i++) {
                boolean end =
                        track.get(i).getMessage() instanceof MetaMessage meta
                                && meta.getType() == END_OF_TRACK;
                last = end ? last : Math.max(last, track.get(i).getTick());
            }
        }
        return last;
    }
}
