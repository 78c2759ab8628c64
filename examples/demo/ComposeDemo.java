// SPDX-License-Identifier: Apache-2.0

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import javax.imageio.ImageIO;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MetaMessage;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;

/**
 * Composes, plays and mixes the demo song "First Pressing" (D major, 116 BPM, 22 bars).
 *
 * <p>Score -> one MIDI file per stem -> FluidSynth with the Fluid R3 soundfont -> level, and the
 * faults of an amateur's mix (boomy, dull, narrow) -> 16-bit stems and a 24-bit mix, as FLAC. The
 * faults are linear, so treating each stem equals treating the mix, and the stems add up to it.
 *
 * <p>Usage: {@code java ComposeDemo.java OUTDIR [SOUNDFONT]}. Needs the programs {@code fluidsynth}
 * and {@code flac}. One file on purpose, although it is long: it runs without a build.
 */
public final class ComposeDemo {
    // Time
    private static final int BPM = 116;
    private static final int BEATS_PER_BAR = 4;
    private static final int TICKS_PER_BEAT = 960;
    private static final int SAMPLE_RATE_HZ = 44_100;

    /** Room for notes that are played a little early. */
    private static final double LEAD_IN_BEATS = 0.2;

    private static final int VERSE = 4;
    private static final int CHORUS = 8;
    private static final int BREAKDOWN = 12;
    private static final int FINAL_CHORUS = 14;
    private static final int ENDING = 20;
    private static final int BARS = 22;
    private static final int FRAMES =
            (int) (BARS * BEATS_PER_BAR * 60L * SAMPLE_RATE_HZ / BPM); // 45.5 s
    private static final double FADE_SECONDS = 0.8;

    // Player
    private static final long SEED = 20_260_101L;
    private static final double TIMING_SIGMA_MS = 4.0;
    private static final double VELOCITY_SIGMA = 4.5;
    private static final Path SOUNDFONT = Path.of("/usr/share/sounds/sf2/FluidR3_GM.sf2");

    // Mix
    private static final double MIX_GAIN_DB = 3.3;
    private static final double BOOM_HZ = 150.0;
    private static final double BOOM_Q = 0.9;
    private static final double BOOM_DB = 3.5;
    private static final double DULL_HZ = 6_000.0;
    private static final double DULL_DB = -5.0;
    private static final double RUMBLE_HZ = 25.0;

    /** The rest of the 24 bits is zero: noise down there would only make the file larger. */
    private static final int MIX_BITS = 18;

    private static final List<String> AUDIO_TAGS =
            List.of(
                    "ARTIST=Lacquer",
                    "ALBUM=Lacquer examples",
                    "DATE=2026",
                    "COMMENT=Audio dedicated to the public domain, CC0-1.0."
                            + " Played with the Fluid R3 GM soundfont (MIT licence, Frank Wen).");

    private enum Stem {
        DRUMS("drums", 2.2, 0.0),
        BASS("bass", -0.5, 0.0),
        HARMONY("harmony", 0.0, 0.65),
        MELODY("melody", 5.0, 0.0),
        STRINGS("strings", -2.0, 0.8);

        final String fileName;
        final double gainDb;

        /** Gain of the side signal: 1 as played, 0 mono. Too much of this mix is mono. */
        final double width;

        Stem(String fileName, double gainDb, double width) {
            this.fileName = fileName;
            this.gainDb = gainDb;
            this.width = width;
        }
    }

    /** Pitch classes (C = 0) of the upper voices; the bass plays the root. */
    private enum Chord {
        D_ADD9(2, 2, 4, 6, 9),
        E_MINOR7(4, 4, 7, 11, 2),
        F_SHARP_MINOR7(6, 6, 9, 1, 4),
        G_MAJOR7(7, 7, 11, 2, 6),
        /** Borrowed from D minor: the turn of the chorus. */
        G_MINOR6(7, 7, 10, 2, 4),
        A7_SUS4(9, 9, 2, 4, 7),
        A7(9, 9, 1, 4, 7),
        B_MINOR7(11, 11, 2, 6, 9);

        final int root;
        final int[] pitchClasses;

        Chord(int root, int... pitchClasses) {
            this.root = root;
            this.pitchClasses = pitchClasses;
        }

        boolean contains(int key) {
            for (int pitchClass : pitchClasses) {
                if (pitchClass == key % 12) {
                    return true;
                }
            }
            return false;
        }
    }

    /** A chord of the chart with its place in beats from the start and its voices, lowest first. */
    private record Harmony(double beat, double beats, Chord chord, int[] voices) {}

    private record Note(double beat, double beats, int key, int velocity) {}

    private record Controller(double beat, int number, int value) {}

    /** One instrument on one MIDI channel. Level, pan and reverb are controller values. */
    private record Part(
            Stem stem,
            int channel,
            int program,
            int level,
            int pan,
            int reverb,
            List<Note> notes,
            List<Controller> controllers) {

        Part(Stem stem, int channel, int program, int level, int pan, int reverb) {
            this(stem, channel, program, level, pan, reverb, new ArrayList<>(), new ArrayList<>());
        }

        void play(double beat, double beats, int key, int velocity) {
            notes.add(new Note(beat, beats, key, velocity));
        }

        void turn(double beat, int number, int value) {
            controllers.add(new Controller(beat, number, value));
        }
    }

    // General MIDI controllers, programs (from 0) and drum keys
    private static final int MODULATION = 1;
    private static final int EXPRESSION = 11;
    private static final int DRUM_CHANNEL = 9;
    private static final int KICK = 36;
    private static final int SIDE_STICK = 37;
    private static final int SNARE = 38;
    private static final int CLOSED_HAT = 42;
    private static final int OPEN_HAT = 46;
    private static final int CRASH = 49;
    private static final int RIDE = 51;
    private static final int TAMBOURINE = 54;
    private static final int[] TOMS = {50, 47, 45, 43};

    private final List<Harmony> chart = chart();
    private final Part drums = new Part(Stem.DRUMS, DRUM_CHANNEL, 0, 110, 64, 18);
    private final Part bass = new Part(Stem.BASS, 0, 33, 100, 64, 0);
    private final Part piano = new Part(Stem.HARMONY, 0, 0, 96, 64, 40);
    private final Part electricPiano = new Part(Stem.HARMONY, 1, 4, 88, 84, 40);
    private final Part guitar = new Part(Stem.HARMONY, 2, 25, 80, 20, 24);
    private final Part pad = new Part(Stem.HARMONY, 3, 89, 60, 64, 50);
    private final Part vibraphone = new Part(Stem.MELODY, 0, 11, 100, 72, 60);
    private final Part cleanGuitar = new Part(Stem.MELODY, 1, 27, 110, 58, 44);
    private final Part lead = new Part(Stem.MELODY, 2, 81, 80, 64, 44);
    private final Part secondLead = new Part(Stem.MELODY, 3, 81, 52, 96, 44);
    private final Part strings = new Part(Stem.STRINGS, 0, 48, 84, 44, 60);
    private final List<Part> parts =
            List.of(
                    drums,
                    bass,
                    piano,
                    electricPiano,
                    guitar,
                    pad,
                    vibraphone,
                    cleanGuitar,
                    lead,
                    secondLead,
                    strings);

    public static void main(String[] arguments)
            throws IOException, InterruptedException, InvalidMidiDataException {
        if (arguments.length < 1 || arguments.length > 2) {
            System.err.println("usage: java ComposeDemo.java OUTDIR [SOUNDFONT]");
            System.exit(2);
        }
        Path soundfont = arguments.length == 2 ? Path.of(arguments[1]) : SOUNDFONT;
        if (!Files.isReadable(soundfont)) {
            System.err.println("no soundfont at " + soundfont);
            System.exit(1);
        }
        new ComposeDemo().make(Path.of(arguments[0]), soundfont);
    }

    private void make(Path folder, Path soundfont)
            throws IOException, InterruptedException, InvalidMidiDataException {
        compose();
        Path work = Files.createTempDirectory("compose-demo");
        Path stems = Files.createDirectories(folder.resolve("demo-stems"));
        Path scores = Files.createDirectories(folder.resolve("demo-midi"));
        double[][] mix = new double[2][FRAMES];
        for (Stem stem : Stem.values()) {
            Path midi = scores.resolve(stem.fileName + ".mid");
            MidiSystem.write(sequence(stem), 1, midi.toFile());
            double[][] audio = render(midi, soundfont, work.resolve("render.raw"));
            mixDown(audio, stem.gainDb + MIX_GAIN_DB, stem.width);
            for (int channel = 0; channel < 2; channel++) {
                for (int frame = 0; frame < FRAMES; frame++) {
                    mix[channel][frame] += audio[channel][frame];
                }
            }
            encode(
                    audio,
                    16,
                    16,
                    stems.resolve(stem.fileName + ".flac"),
                    List.of("--tag=TITLE=First Pressing (" + stem.fileName + ")"));
        }
        Path cover = work.resolve("cover.png");
        ImageIO.write(cover(), "png", cover.toFile());
        encode(
                mix,
                24,
                MIX_BITS,
                folder.resolve("demo-mix.flac"),
                List.of(
                        "--tag=TITLE=First Pressing (unmastered mix)",
                        "--picture=3|image/png|Cover||" + cover));
        try (var files = Files.list(work)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(work);
    }

    // The song

    private void compose() {
        playIntro();
        playVerse();
        playChorus(CHORUS, false);
        playBreakdown();
        playChorus(FINAL_CHORUS, true);
        playEnding();
    }

    private static List<Harmony> chart() {
        List<Harmony> chart = new ArrayList<>();
        // Intro
        add(chart, 4, Chord.B_MINOR7, Chord.G_MAJOR7, Chord.D_ADD9, Chord.A7_SUS4);
        // Verse
        add(chart, 4, Chord.B_MINOR7, Chord.G_MAJOR7, Chord.E_MINOR7);
        add(chart, 2, Chord.A7_SUS4, Chord.A7);
        // Chorus
        add(chart, 4, Chord.D_ADD9, Chord.F_SHARP_MINOR7, Chord.G_MAJOR7);
        add(chart, 2, Chord.G_MINOR6);
        add(chart, 1, Chord.A7_SUS4, Chord.A7);
        // Breakdown, entered by a deceptive cadence
        add(chart, 4, Chord.B_MINOR7);
        add(chart, 2, Chord.E_MINOR7, Chord.A7_SUS4);
        // Final chorus with two bars more
        add(chart, 4, Chord.D_ADD9, Chord.F_SHARP_MINOR7, Chord.G_MAJOR7);
        add(chart, 2, Chord.G_MINOR6);
        add(chart, 1, Chord.A7_SUS4, Chord.A7);
        add(chart, 2, Chord.B_MINOR7, Chord.E_MINOR7, Chord.G_MINOR6);
        add(chart, 1, Chord.A7_SUS4, Chord.A7);
        // Ending
        add(chart, 8, Chord.D_ADD9);
        return chart;
    }

    private static void add(List<Harmony> chart, double beats, Chord... chords) {
        for (Chord chord : chords) {
            Harmony last = chart.isEmpty() ? null : chart.getLast();
            double beat = last == null ? 0 : last.beat + last.beats;
            int[] before = last == null ? new int[] {57, 62, 66, 71} : last.voices;
            chart.add(new Harmony(beat, beats, chord, voicing(chord, before)));
        }
    }

    /**
     * The four-part voicing in the middle octaves that moves least; close seconds count as
     * movement.
     */
    private static int[] voicing(Chord chord, int[] before) {
        int[] best = null;
        int bestCost = Integer.MAX_VALUE;
        for (int rotation = 0; rotation < 4; rotation++) {
            for (int lowest = 54; lowest <= 63; lowest++) {
                if (lowest % 12 != chord.pitchClasses[rotation]) {
                    continue;
                }
                int[] voices = new int[4];
                voices[0] = lowest;
                for (int voice = 1; voice < 4; voice++) {
                    int pitchClass = chord.pitchClasses[(rotation + voice) % 4];
                    int step = Math.floorMod(pitchClass - voices[voice - 1], 12);
                    voices[voice] = voices[voice - 1] + step;
                }
                int cost = 0;
                for (int voice = 0; voice < 4; voice++) {
                    cost += Math.abs(voices[voice] - before[voice]);
                    if (voice > 0 && voices[voice] - voices[voice - 1] == 1) {
                        cost += 3;
                    }
                }
                if (cost < bestCost) {
                    best = voices;
                    bestCost = cost;
                }
            }
        }
        if (best == null) {
            throw new IllegalStateException("no voicing for " + chord);
        }
        return best;
    }

    private void playIntro() {
        for (Harmony harmony : between(0, VERSE)) {
            arpeggio(harmony, 84);
            piano.play(harmony.beat, harmony.beats, bassKey(harmony.chord) + 12, 80);
            hold(pad, harmony, 3, 68);
        }
        double bar = bar(2);
        melody(vibraphone, bar, 92, 0, .5, 69, .5, .5, 74, 1, 1, 78, 2, .5, 76, 2.5, 1.5, 74);
        melody(vibraphone, bar + 4, 88, 1, 1, 76, 2, 2, 74);
        for (int eighth = 4; eighth < 8; eighth++) {
            drums.play(bar(3) + eighth * .5, .25, CLOSED_HAT, 40 + 6 * eighth);
        }
    }

    private void playVerse() {
        for (Harmony harmony : between(VERSE, CHORUS)) {
            chop(electricPiano, harmony, 64, 0, 1.4, 1.5, .9, 2.5, 1.3);
            hold(pad, harmony, 3, 56);
        }
        for (int bar = VERSE; bar < CHORUS; bar++) {
            double beat = bar(bar);
            boolean last = bar == CHORUS - 1;
            bassNotes(beat, 80, 0, 1.4, 1.5, .45, 2, .9, 3, .45);
            approach(beat + 3.5, 80);
            drums.play(beat, .25, KICK, 106);
            drums.play(beat + 2.5, .25, KICK, 96);
            drums.play(beat + 1, .25, SIDE_STICK, 96);
            for (int eighth = 0; eighth < (last ? 4 : 8); eighth++) {
                drums.play(beat + eighth * .5, .25, CLOSED_HAT, eighth % 2 == 0 ? 74 : 54);
            }
            if (last) {
                fill(beat + 2);
            } else {
                drums.play(beat + 3, .25, SIDE_STICK, 98);
            }
        }
        double bar = bar(VERSE);
        melody(cleanGuitar, bar, 82, .5, .5, 66, 1, .5, 66, 1.5, .5, 64, 2, 1, 62, 3.5, .5, 61);
        melody(cleanGuitar, bar + 4, 80, 0, 1.5, 62, 2, .5, 59, 2.5, .5, 62, 3, 1, 66);
        melody(cleanGuitar, bar + 8, 84, .5, .5, 67, 1, .5, 67, 1.5, .5, 66, 2, 1, 64);
        melody(cleanGuitar, bar + 11, 84, .5, .5, 62);
        melody(cleanGuitar, bar + 12, 88, 0, 1.5, 64, 2, .5, 69, 2.5, .5, 67, 3, 1, 64);
    }

    private void playChorus(int from, boolean isFinal) {
        int to = isFinal ? ENDING : BREAKDOWN;
        int push = isFinal ? 6 : 0;
        for (Harmony harmony : between(from, to)) {
            chop(piano, harmony, 88 + push / 2, 0, 1.4, 1.5, .9, 2.5, 1.4);
            hold(pad, harmony, 4, 70 + push);
            if (isFinal) {
                double beats = harmony.beats;
                strings.play(harmony.beat, beats, harmony.voices[1] + 12, 84);
                strings.play(harmony.beat, beats, harmony.voices[3], 84);
                strings.play(harmony.beat, beats, harmony.voices[3] + 12, 92);
            }
        }
        for (int bar = from; bar < to; bar++) {
            double beat = bar(bar);
            boolean last = bar == to - 1;
            strum(beat, 82 + push / 2);
            bassNotes(beat, 98 + push, 0, .45, .5, .45, 1, .45, 1.5, .45, 2, .45, 2.5, .45, 3, .4);
            approach(beat + 3.5, 90);
            beat(beat, last, isFinal);
        }
        drums.play(bar(from), 2, CRASH, 108);
        if (isFinal) {
            drums.play(bar(from + 4), 2, CRASH, 100);
        }
        hook(lead, bar(from), 100 + push);
        if (isFinal) {
            double bar = bar(from + 4);
            melody(lead, bar, 106, 0, 1, 74, 1, .5, 78, 1.5, 1, 83, 2.5, .5, 81, 3, 1, 79);
            melody(lead, bar + 4, 110, 0, 1, 82, 1, .5, 81, 1.5, .5, 79, 2, 1, 81, 3, 1, 76);
            harmoniseLead(bar(from));
        }
    }

    /** The four-bar hook: up the chord, over its top in bar three, onto the borrowed B flat. */
    private void hook(Part part, double beat, int velocity) {
        melody(part, beat, velocity, 0, .5, 69, .5, .5, 74, 1, 1, 78, 2, .5, 76, 2.5, 1, 74);
        melody(part, beat + 3, velocity, .5, .5, 73);
        melody(part, beat + 4, velocity, 0, 1, 73, 1, .5, 76, 1.5, 1, 81, 2.5, .5, 78, 3, 1, 76);
        melody(part, beat + 8, velocity, 0, .5, 78, .5, .5, 74, 1, 1, 71, 2, .5, 74, 2.5, .5, 78);
        melody(part, beat + 11, velocity, 0, .5, 81, .5, .5, 83);
        melody(part, beat + 12, velocity + 6, 0, 1.5, 82, 1.5, .5, 81, 2, .75, 79, 2.75, .25, 76);
        melody(part, beat + 15, velocity, 0, .5, 74, .5, .5, 73);
    }

    /** A second lead on the nearest chord tone at least a minor third below the first. */
    private void harmoniseLead(double fromBeat) {
        for (Note note : lead.notes()) {
            if (note.beat < fromBeat) {
                continue;
            }
            int key = note.key - 3;
            while (!at(note.beat).chord.contains(key)) {
                key--;
            }
            secondLead.play(note.beat, note.beats, key, note.velocity - 10);
        }
    }

    private void playBreakdown() {
        for (Harmony harmony : between(BREAKDOWN, FINAL_CHORUS)) {
            arpeggio(harmony, 76);
            bass.play(harmony.beat, harmony.beats * .95, bassKey(harmony.chord), 76);
            hold(pad, harmony, 4, 60);
            strings.play(harmony.beat, harmony.beats, harmony.voices[3], 70);
            strings.play(harmony.beat, harmony.beats, harmony.voices[1] + 12, 70);
        }
        double bar = bar(BREAKDOWN);
        drums.play(bar, .25, KICK, 84);
        drums.play(bar, 2, CRASH, 70);
        melody(vibraphone, bar, 76, 0, 1, 78, 1.5, .5, 76, 2, 2, 74);
        melody(vibraphone, bar + 4, 84, 0, 1, 76, 1, 1, 79, 2, 2, 81);
        for (int quarter = 0; quarter <= 8; quarter++) {
            strings.turn(bar + quarter, EXPRESSION, 70 + 57 * quarter / 8);
        }
        for (int sixteenth = 0; sixteenth < 16; sixteenth++) {
            int accent = sixteenth % 4 == 0 ? 10 : 0;
            drums.play(bar + 4 + sixteenth * .25, .2, SNARE, 30 + 4 * sixteenth + accent);
            if (sixteenth >= 8 && sixteenth % 4 == 0) {
                drums.play(bar + 4 + sixteenth * .25, .2, KICK, 90);
            }
        }
    }

    private void playEnding() {
        Harmony harmony = at(bar(ENDING));
        double beat = harmony.beat;
        double beats = 5.5;
        piano.play(beat, beats, bassKey(harmony.chord) + 12, 86);
        for (int voice = 0; voice < 4; voice++) {
            double spread = voice * .04;
            piano.play(beat + spread, beats, harmony.voices[voice], 88);
            guitar.play(beat + spread, beats, harmony.voices[voice], 84);
            pad.play(beat, beats, harmony.voices[voice], 70);
        }
        strings.play(beat, beats, harmony.voices[1] + 12, 84);
        strings.play(beat, beats, harmony.voices[3], 84);
        bass.play(beat, beats, bassKey(harmony.chord), 100);
        melody(lead, beat, 96, 0, 3, 78);
        vibraphone.play(beat + 4, 3, 81, 60);
        drums.play(beat, .25, KICK, 112);
        drums.play(beat, 4, CRASH, 112);
        for (int quarter = 0; quarter <= 6; quarter++) {
            strings.turn(beat + quarter, EXPRESSION, 127 - 14 * quarter);
        }
    }

    // Figures that several sections share

    private void arpeggio(Harmony harmony, int velocity) {
        int[] order = {0, 2, 1, 3, 2, 1, 3, 2};
        for (int eighth = 0; eighth < harmony.beats * 2; eighth++) {
            double beat = harmony.beat + eighth * .5;
            int accent = eighth % 4 == 0 ? 8 : 0;
            double rest = harmony.beat + harmony.beats - beat;
            piano.play(beat, Math.min(rest, 1.4), harmony.voices[order[eighth]], velocity + accent);
        }
    }

    /** Long notes on the lowest {@code count} voices. */
    private static void hold(Part part, Harmony harmony, int count, int velocity) {
        for (int voice = 0; voice < count; voice++) {
            part.play(harmony.beat, harmony.beats * .98, harmony.voices[voice], velocity);
        }
    }

    /** Chords at (beat, beats) pairs, cut where the harmony ends. */
    private static void chop(Part part, Harmony harmony, int velocity, double... pairs) {
        for (int pair = 0; pair < pairs.length; pair += 2) {
            double rest = harmony.beats - pairs[pair];
            if (rest <= 0) {
                break;
            }
            double beats = Math.min(rest, pairs[pair + 1]);
            for (int key : harmony.voices) {
                part.play(harmony.beat + pairs[pair], beats, key, velocity - (pair == 0 ? 0 : 8));
            }
        }
    }

    /**
     * Down on the beats, up between them; an up-stroke starts at the top and leaves out the low.
     */
    private void strum(double bar, int velocity) {
        boolean[] strokes = {true, false, true, true, false, true, true, true};
        for (int eighth = 0; eighth < 8; eighth++) {
            if (!strokes[eighth]) {
                continue;
            }
            double beat = bar + eighth * .5;
            int[] voices = at(beat).voices;
            boolean down = eighth % 2 == 0;
            for (int string = down ? 0 : 1; string < 4; string++) {
                double late = (down ? string : 3 - string) * .022;
                guitar.play(beat + late, .46, voices[string], velocity - (down ? 0 : 14));
            }
        }
    }

    /** Bass notes at (beat, beats) pairs, on the root of the chord that sounds there. */
    private void bassNotes(double bar, int velocity, double... pairs) {
        for (int pair = 0; pair < pairs.length; pair += 2) {
            double beat = bar + pairs[pair];
            int accent = pairs[pair] % 1 == 0 ? 0 : -10;
            bass.play(beat, pairs[pair + 1], bassKey(at(beat).chord), velocity + accent);
        }
    }

    /**
     * A note of the scale one step before the next root, coming from here; the root if it stays.
     */
    private void approach(double beat, int velocity) {
        int here = bassKey(at(beat).chord);
        int next = bassKey(at(beat + .5).chord);
        int key = next;
        if (here != next) {
            boolean[] dMajor = {
                false, true, true, false, true, false, true, true, false, true, false, true
            };
            int direction = next > here ? -1 : 1;
            key += direction;
            while (!dMajor[key % 12]) {
                key += direction;
            }
        }
        bass.play(beat, .42, key, velocity);
    }

    /** One bar of chorus drums. */
    private void beat(double bar, boolean last, boolean isFinal) {
        drums.play(bar, .25, KICK, 118);
        drums.play(bar + 1.5, .25, KICK, 96);
        drums.play(bar + 2, .25, KICK, 112);
        drums.play(bar + 1, .25, SNARE, 114);
        for (int eighth = 0; eighth < (last ? 4 : 8); eighth++) {
            int cymbal = isFinal ? RIDE : CLOSED_HAT;
            drums.play(bar + eighth * .5, .25, cymbal, eighth % 2 == 0 ? 88 : 66);
            if (isFinal) {
                drums.play(bar + eighth * .5, .2, TAMBOURINE, eighth % 2 == 0 ? 48 : 66);
            }
        }
        if (last) {
            fill(bar + 2);
            return;
        }
        drums.play(bar + 1.75, .2, SNARE, 34);
        drums.play(bar + 2.25, .2, SNARE, 38);
        drums.play(bar + 3, .25, SNARE, 116);
        drums.play(bar + 3.5, .25, OPEN_HAT, 80);
    }

    /** Two beats: snare, then down the toms in sixteenths. */
    private void fill(double beat) {
        for (int sixteenth = 0; sixteenth < 8; sixteenth++) {
            boolean snare = sixteenth < 3;
            int key = snare ? SNARE : TOMS[Math.min(3, (sixteenth - 2) / 2)];
            drums.play(beat + sixteenth * .25, .25, key, 84 + 4 * sixteenth);
        }
        drums.play(beat + 1, .25, KICK, 100);
    }

    /**
     * Notes at (beat, beats, key) triples from {@code from}. A note of a beat or more must belong
     * to its chord: the check of what cannot be heard here.
     */
    private void melody(Part part, double from, int velocity, double... triples) {
        for (int triple = 0; triple < triples.length; triple += 3) {
            double beat = from + triples[triple];
            double beats = triples[triple + 1];
            int key = (int) triples[triple + 2];
            if (beats >= 1 && !at(beat).chord.contains(key)) {
                throw new IllegalStateException(
                        "key %d at beat %s is not in %s".formatted(key, beat, at(beat).chord));
            }
            part.play(beat, beats * .96, key, velocity);
            part.turn(beat, MODULATION, 0);
            if (beats >= 1) {
                part.turn(beat + .5, MODULATION, 40);
            }
        }
    }

    private static int bassKey(Chord chord) {
        int key = 24 + chord.root;
        return key < 28 ? key + 12 : key; // E1 is the lowest string
    }

    private Harmony at(double beat) {
        for (Harmony harmony : chart) {
            if (beat < harmony.beat + harmony.beats) {
                return harmony;
            }
        }
        throw new IllegalArgumentException("no chord at beat " + beat);
    }

    private List<Harmony> between(int fromBar, int toBar) {
        return chart.stream()
                .filter(harmony -> harmony.beat >= bar(fromBar) && harmony.beat < bar(toBar))
                .toList();
    }

    private static double bar(int bar) {
        return bar * (double) BEATS_PER_BAR;
    }

    // Playing

    private Sequence sequence(Stem stem) throws InvalidMidiDataException {
        Sequence sequence = new Sequence(Sequence.PPQ, TICKS_PER_BEAT);
        Track tempo = sequence.createTrack();
        int micros = 60_000_000 / BPM;
        byte[] tempoData = {(byte) (micros >> 16), (byte) (micros >> 8), (byte) micros};
        tempo.add(new MidiEvent(new MetaMessage(0x51, tempoData, 3), 0));
        for (Part part : parts) {
            if (part.stem == stem) {
                addTrack(sequence, part);
            }
        }
        // Two beats after the last frame, so that nothing of the tail is missing.
        for (Track track : sequence.getTracks()) {
            long end = ticks(bar(BARS) + 2);
            track.add(new MidiEvent(new MetaMessage(0x06, new byte[] {'e'}, 1), end));
        }
        return sequence;
    }

    private static void addTrack(Sequence sequence, Part part) throws InvalidMidiDataException {
        Track track = sequence.createTrack();
        send(track, 0, ShortMessage.PROGRAM_CHANGE, part.channel, part.program, 0);
        Map<Integer, Integer> start = new LinkedHashMap<>();
        start.put(7, part.level);
        start.put(10, part.pan);
        start.put(91, part.reverb);
        start.put(93, 0);
        for (var controller : start.entrySet()) {
            int number = controller.getKey();
            send(
                    track,
                    0,
                    ShortMessage.CONTROL_CHANGE,
                    part.channel,
                    number,
                    controller.getValue());
        }
        for (Controller turn : part.controllers) {
            long tick = ticks(turn.beat);
            int channel = part.channel;
            send(track, tick, ShortMessage.CONTROL_CHANGE, channel, turn.number, turn.value);
        }
        for (PlayedNote note : humanised(part)) {
            send(track, note.on, ShortMessage.NOTE_ON, part.channel, note.key, note.velocity);
            send(track, note.off, ShortMessage.NOTE_OFF, part.channel, note.key, 0);
        }
    }

    private record PlayedNote(long on, long off, int key, int velocity) {}

    /** A player's unevenness; a key that is struck again is always released before. */
    private static List<PlayedNote> humanised(Part part) {
        Random random = new Random(SEED + 31L * part.stem.ordinal() + part.channel);
        double ticksPerMs = TICKS_PER_BEAT * BPM / 60_000.0;
        List<PlayedNote> played = new ArrayList<>();
        for (Note note : part.notes) {
            double late = Math.clamp(random.nextGaussian(), -2, 2) * TIMING_SIGMA_MS * ticksPerMs;
            double louder = Math.clamp(random.nextGaussian(), -2, 2) * VELOCITY_SIGMA;
            long on = ticks(note.beat) + Math.round(late);
            long off = on + Math.round(note.beats * TICKS_PER_BEAT);
            int velocity = Math.clamp(Math.round(note.velocity + louder), 1, 127);
            played.add(new PlayedNote(on, off, note.key, velocity));
        }
        played.sort(Comparator.comparingInt(PlayedNote::key).thenComparingLong(PlayedNote::on));
        for (int index = 0; index + 1 < played.size(); index++) {
            PlayedNote note = played.get(index);
            PlayedNote next = played.get(index + 1);
            if (next.key == note.key && next.on <= note.off) {
                long off = Math.max(note.on + 1, next.on - 1);
                played.set(index, new PlayedNote(note.on, off, note.key, note.velocity));
            }
        }
        return played;
    }

    private static void send(Track track, long tick, int command, int channel, int one, int two)
            throws InvalidMidiDataException {
        track.add(new MidiEvent(new ShortMessage(command, channel, one, two), tick));
    }

    private static long ticks(double beat) {
        return Math.round((beat + LEAD_IN_BEATS) * TICKS_PER_BEAT);
    }

    private static double[][] render(Path midi, Path soundfont, Path raw)
            throws IOException, InterruptedException {
        run(
                List.of(
                        "fluidsynth",
                        "-ni",
                        "-q",
                        "-g",
                        "0.3",
                        "-r",
                        Integer.toString(SAMPLE_RATE_HZ),
                        "-o",
                        "synth.cpu-cores=1",
                        "-o",
                        "synth.chorus.active=0",
                        "-o",
                        "synth.reverb.active=1",
                        "-o",
                        "synth.reverb.room-size=0.55",
                        "-o",
                        "synth.reverb.damp=0.4",
                        "-o",
                        "synth.reverb.width=0.9",
                        "-o",
                        "synth.reverb.level=0.7",
                        "-T",
                        "raw",
                        "-O",
                        "float",
                        "-E",
                        "little",
                        "-F",
                        raw.toString(),
                        soundfont.toString(),
                        midi.toString()));
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(raw)).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.remaining() < FRAMES * 2L * Float.BYTES) {
            throw new IOException("fluidsynth stopped early: " + bytes.remaining() + " bytes");
        }
        double[][] audio = new double[2][FRAMES];
        for (int frame = 0; frame < FRAMES; frame++) {
            audio[0][frame] = bytes.getFloat();
            audio[1][frame] = bytes.getFloat();
        }
        return audio;
    }

    // Mixing

    /** Level, fade at the end, and the three faults a mastering tool should find. */
    private static void mixDown(double[][] audio, double gainDb, double width) {
        double gain = StrictMath.pow(10, gainDb / 20);
        int fadeFrames = (int) (FADE_SECONDS * SAMPLE_RATE_HZ);
        for (int frame = 0; frame < FRAMES; frame++) {
            double rest = Math.min(1.0, (FRAMES - 1 - frame) / (double) fadeFrames);
            double mid = (audio[0][frame] + audio[1][frame]) / 2 * gain * rest * rest;
            double side = (audio[0][frame] - audio[1][frame]) / 2 * gain * rest * rest * width;
            audio[0][frame] = mid + side;
            audio[1][frame] = mid - side;
        }
        for (double[] channel : audio) {
            filter(channel, highPass(RUMBLE_HZ));
            filter(channel, peak(BOOM_HZ, BOOM_Q, BOOM_DB));
            filter(channel, highShelf(DULL_HZ, DULL_DB));
        }
    }

    /** Audio EQ Cookbook, HPF with Q = 1/sqrt(2): takes out the offset of some recordings. */
    private static double[] highPass(double hz) {
        double w0 = 2 * StrictMath.PI * hz / SAMPLE_RATE_HZ;
        double alpha = StrictMath.sin(w0) / Math.sqrt(2);
        double cos = StrictMath.cos(w0);
        double a0 = 1 + alpha;
        double b0 = (1 + cos) / 2 / a0;
        return new double[] {b0, -2 * b0, b0, -2 * cos / a0, (1 - alpha) / a0};
    }

    /** Robert Bristow-Johnson, Audio EQ Cookbook, peakingEQ: b0 b1 b2 a1 a2 over a0. */
    private static double[] peak(double hz, double q, double db) {
        double a = StrictMath.pow(10, db / 40);
        double w0 = 2 * StrictMath.PI * hz / SAMPLE_RATE_HZ;
        double alpha = StrictMath.sin(w0) / (2 * q);
        double cos = StrictMath.cos(w0);
        double a0 = 1 + alpha / a;
        return new double[] {
            (1 + alpha * a) / a0,
            -2 * cos / a0,
            (1 - alpha * a) / a0,
            -2 * cos / a0,
            (1 - alpha / a) / a0
        };
    }

    /** Audio EQ Cookbook, highShelf with slope S = 1. */
    private static double[] highShelf(double hz, double db) {
        double a = StrictMath.pow(10, db / 40);
        double w0 = 2 * StrictMath.PI * hz / SAMPLE_RATE_HZ;
        double cos = StrictMath.cos(w0);
        double root = 2 * Math.sqrt(a) * StrictMath.sin(w0) / 2 * Math.sqrt(2);
        double a0 = a + 1 - (a - 1) * cos + root;
        return new double[] {
            a * (a + 1 + (a - 1) * cos + root) / a0,
            -2 * a * (a - 1 + (a + 1) * cos) / a0,
            a * (a + 1 + (a - 1) * cos - root) / a0,
            2 * (a - 1 - (a + 1) * cos) / a0,
            (a + 1 - (a - 1) * cos - root) / a0
        };
    }

    /** Transposed direct form II, in place. */
    private static void filter(double[] audio, double[] c) {
        double s1 = 0;
        double s2 = 0;
        for (int frame = 0; frame < audio.length; frame++) {
            double x = audio[frame];
            double y = c[0] * x + s1;
            s1 = c[1] * x - c[3] * y + s2;
            s2 = c[2] * x - c[4] * y;
            audio[frame] = y;
        }
    }

    // Writing

    /** Integer samples with triangular dither, then FLAC. Frames of silence stay silent. */
    private static void encode(
            double[][] audio, int bits, int usedBits, Path flac, List<String> options)
            throws IOException, InterruptedException {
        Random random = new Random(SEED);
        double scale = 1L << (usedBits - 1);
        Path raw = flac.resolveSibling(flac.getFileName() + ".raw");
        try (var out = new BufferedOutputStream(Files.newOutputStream(raw))) {
            for (int frame = 0; frame < FRAMES; frame++) {
                double left = audio[0][frame];
                double right = audio[1][frame];
                boolean silent = Math.abs(left) + Math.abs(right) < 0x1p-21;
                double ditherLeft = random.nextDouble() - random.nextDouble();
                double ditherRight = random.nextDouble() - random.nextDouble();
                if (left == right) {
                    ditherRight = ditherLeft; // mono stays mono
                }
                for (int channel = 0; channel < 2; channel++) {
                    double dither = channel == 0 ? ditherLeft : ditherRight;
                    double value = silent ? 0 : audio[channel][frame] * scale + dither;
                    long sample = Math.round(value);
                    if (sample >= scale || sample < -scale) {
                        throw new IllegalStateException(flac + " clips at frame " + frame);
                    }
                    for (int shift = 0; shift < bits; shift += 8) {
                        out.write((int) (sample << (bits - usedBits) >> shift));
                    }
                }
            }
        }
        List<String> command = new ArrayList<>(List.of("flac", "-8", "-e", "-p", "-s", "-f"));
        command.addAll(List.of("--force-raw-format", "--endian=little", "--sign=signed"));
        command.addAll(List.of("--channels=2", "--bps=" + bits, "--padding=4096"));
        command.add("--sample-rate=" + SAMPLE_RATE_HZ);
        command.addAll(options);
        for (String tag : AUDIO_TAGS) {
            command.add("--tag=" + tag);
        }
        command.addAll(List.of("-o", flac.toString(), raw.toString()));
        run(command);
        Files.delete(raw);
    }

    /** A lacquer disc with a waveform for a groove. Shapes only: fonts differ between machines. */
    private static BufferedImage cover() {
        int size = 300;
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(new Color(0xE9E1D2));
        graphics.fillRect(0, 0, size, size);
        disc(graphics, size, 132, new Color(0x17171B));
        graphics.setStroke(new BasicStroke(1f));
        graphics.setColor(new Color(0x3A3A42));
        for (int radius = 56; radius < 130; radius += 9) {
            double corner = size / 2.0 - radius;
            graphics.draw(new Ellipse2D.Double(corner, corner, 2 * radius, 2 * radius));
        }
        disc(graphics, size, 46, new Color(0xC8452F));
        graphics.setColor(new Color(0xE9E1D2));
        graphics.setStroke(new BasicStroke(3f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        for (int bar = -7; bar <= 7; bar++) {
            double height = 22 * StrictMath.abs(StrictMath.cos(bar * .9)) * (1 - bar * bar / 64.0);
            double x = size / 2.0 + bar * 5;
            graphics.draw(new Line2D.Double(x, size / 2.0 - height, x, size / 2.0 + height));
        }
        graphics.dispose();
        return image;
    }

    private static void disc(Graphics2D graphics, int size, int radius, Color colour) {
        graphics.setColor(colour);
        graphics.fill(
                new Ellipse2D.Double(
                        size / 2.0 - radius, size / 2.0 - radius, 2 * radius, 2 * radius));
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        int exit = process.waitFor();
        if (exit != 0) {
            throw new IOException(command.getFirst() + " ended with " + exit);
        }
    }
}
