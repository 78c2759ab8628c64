// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.premaster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lacquer.audio.Decibels;
import org.lacquer.audio.Fft;
import org.lacquer.training.corpus.CorpusManifest;
import org.lacquer.training.corpus.Track.Split;
import org.lacquer.training.faults.Draws;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import javax.sound.midi.MidiEvent;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;

final class PremasterTest {
    private static final int FRAMES = 6 * Stem.RATE_HZ;
    private static final List<Role> ROLES = List.of(Role.DRUMS, Role.BASS, Role.CHORDS);

    /** Clicks, a low tone and a wide chord, each with a swell of its own. */
    private static List<Stem> parts() {
        float[][] drums = new float[2][FRAMES];
        float[][] bass = new float[2][FRAMES];
        float[][] chords = new float[2][FRAMES];
        Draws draws = new Draws(5L);
        for (int i = 0; i < FRAMES; i++) {
            double t = (double) i / Stem.RATE_HZ;
            double hit = StrictMath.exp(-30.0 * (t % 0.5));
            double swell = 0.6 + 0.4 * StrictMath.sin(2.0 * Math.PI * 0.4 * t);
            drums[0][i] = (float) (0.5 * hit * draws.uniform(-1.0, 1.0));
            drums[1][i] = (float) (0.5 * hit * draws.uniform(-1.0, 1.0));
            bass[0][i] = (float) (0.3 * swell * StrictMath.sin(2.0 * Math.PI * 80.0 * t));
            bass[1][i] = bass[0][i];
            chords[0][i] = (float) (0.1 * swell * StrictMath.sin(2.0 * Math.PI * 523.0 * t));
            chords[1][i] = (float) (0.1 * swell * StrictMath.sin(2.0 * Math.PI * 659.0 * t));
        }
        return List.of(
                new Stem("drums", Role.DRUMS, drums),
                new Stem("bass", Role.BASS, bass),
                new Stem("chords", Role.CHORDS, chords));
    }

    @Test
    void goodStemsAddUpToAMixOfOrdinaryLoudness() {
        List<Stem> good = PremasterBuilder.good(parts(), PremasterSong.Kind.GROOVE);
        float[][] mix = Stem.sum(good);
        double lufs = Clips.integratedLufs(mix);
        assertThat(lufs).isBetween(PremasterBuilder.LOUDNESS_LUFS - 8.0, -17.99);
        assertThat(Clips.peak(mix)).isLessThanOrEqualTo(0.9661f);
        for (int i = 0; i < FRAMES; i += 997) {
            double sum = 0.0;
            for (Stem stem : good) {
                sum += stem.samples()[1][i];
            }
            assertThat((double) mix[1][i]).isCloseTo(sum, within(1e-6));
        }
    }

    @Test
    void everyRoleGetsItsLoudness() {
        List<Stem> good = Balance.of(parts(), false);
        double drums = Clips.integratedLufs(good.get(0).samples());
        double bass = Clips.integratedLufs(good.get(1).samples());
        double wanted = Role.BASS.loudnessLu() - Role.DRUMS.loudnessLu();
        // The room adds a little to the drums.
        assertThat(bass - drums).isCloseTo(wanted, within(0.2));
    }

    @Test
    void authorsLevelsStayAndOnlyTheSumIsScaled() {
        List<Stem> own =
                parts().stream().map(p -> new Stem(p.name(), Role.OTHER, p.samples())).toList();
        List<Stem> good = PremasterBuilder.good(own, PremasterSong.Kind.MODULE);
        double first = good.get(0).power() / own.get(0).power();
        double second = good.get(1).power() / own.get(1).power();
        assertThat(Decibels.fromPower(first / second)).isCloseTo(0.0, within(1e-3));
    }

    @Test
    void faultsAreTheSameEveryTimeAndDifferFromMixToMix() {
        MixFault once = MixFault.of("song", 1, ROLES);
        assertThat(MixFault.of("song", 1, ROLES)).isEqualTo(once);
        assertThat(MixFault.of("song", 2, ROLES)).isNotEqualTo(once);
        assertThat(MixFault.tasteOf("song", 1)).isEqualTo(once.taste());
        float[][] a = Stem.sum(once.apply("song", parts()));
        float[][] b = Stem.sum(once.apply("song", parts()));
        assertThat(Arrays.deepEquals(a, b)).isTrue();
    }

    @Test
    void aMixHasOneTasteOfDynamics() {
        Set<MixFault.Taste> seen = new HashSet<>();
        for (int number = 1; number <= 40; number++) {
            MixFault fault = MixFault.of("taste", number, ROLES);
            seen.add(fault.taste());
            for (StemFault stem : fault.stems()) {
                double slope = stem.dynamics().slope();
                switch (fault.taste()) {
                    case SQUASHED -> assertThat(slope).isLessThanOrEqualTo(1.0);
                    case NEUTRAL -> assertThat(slope).isEqualTo(1.0);
                    case LIVELY -> assertThat(slope).isGreaterThanOrEqualTo(1.0);
                }
            }
        }
        assertThat(seen).hasSize(3);
    }

    @Test
    void theLabelledLevelIsTheAppliedOne() {
        float[][] bass = parts().get(1).samples();
        StemFault louder = new StemFault(4.5, StemEq.NONE, StemDynamics.NONE, 0.0, 0.0, -60.0, 1.0);
        double change = power(louder.apply(bass, 1L)) / power(bass);
        assertThat(Decibels.fromPower(change)).isCloseTo(4.5, within(1e-3));
        assertThat(Arrays.deepEquals(StemFault.NONE.apply(bass, 1L), bass)).isTrue();
    }

    @Test
    void theLabelledTailIsTheAppliedOne() {
        float[][] drums = parts().get(0).samples();
        StemFault wet = new StemFault(0.0, StemEq.NONE, StemDynamics.NONE, 0.0, 0.0, -6.0, 1.2);
        float[][] out = wet.apply(drums, 3L);
        float[][] tail = Clips.added(out, Clips.scaled(drums, -1.0));
        assertThat(Decibels.fromPower(power(tail) / power(drums))).isCloseTo(-6.0, within(0.01));
    }

    @Test
    void aRoomDecaysBySixtyDecibelsInItsTime() {
        float[][] click = new float[2][2 * Stem.RATE_HZ];
        click[0][0] = 1.0f;
        click[1][0] = 1.0f;
        float[][] tail = new Room(1.0, 0.0, 9L).tail(click, 0.0);
        double early = power(Clips.cut(tail, Stem.RATE_HZ / 10, Stem.RATE_HZ / 10));
        double late = power(Clips.cut(tail, 6 * Stem.RATE_HZ / 10, Stem.RATE_HZ / 10));
        // Half a second is 30 dB; the closing low-pass takes some more.
        assertThat(Decibels.fromPower(early / late)).isBetween(29.0, 37.0);
    }

    @Test
    void theLabelledToneIsTheAppliedOne() {
        StemEq eq = new StemEq(0.5, List.of(new StemEq.Bell(2_000.0, 6.0, 1.0)));
        float[][] click = new float[2][1 << 14];
        click[0][6_000] = 1.0f;
        double[] spectrum = new double[1 << 14];
        float[][] out = eq.apply(click);
        for (int i = 0; i < spectrum.length; i++) {
            spectrum[i] = out[0][i];
        }
        Fft fft = new Fft(spectrum.length);
        fft.forward(spectrum);
        double[] powers = new double[spectrum.length / 2 + 1];
        fft.powers(spectrum, powers);
        for (double hz : new double[] {200.0, 1_000.0, 2_000.0, 8_000.0}) {
            int bin = (int) Math.round(hz * spectrum.length / Stem.RATE_HZ);
            double binHz = (double) bin * Stem.RATE_HZ / spectrum.length;
            assertThat(Decibels.fromPower(powers[bin])).isCloseTo(eq.gainDb(binHz), within(0.05));
        }
    }

    @Test
    void compressionNarrowsAndExpansionWidensTheLevels() {
        float[][] bass = parts().get(1).samples();
        double plain = spreadDb(bass);
        double squashed = spreadDb(new StemDynamics(0.3, -12.0, 5.0, 60.0).apply(bass));
        double lively = spreadDb(new StemDynamics(1.5, -12.0, 5.0, 60.0).apply(bass));
        assertThat(squashed).isLessThan(plain - 2.0);
        assertThat(lively).isGreaterThan(plain + 2.0);
        assertThat(power(new StemDynamics(0.3, -12.0, 5.0, 60.0).apply(bass)))
                .isCloseTo(power(bass), within(1e-6));
    }

    @Test
    void convolutionEqualsItsDefinition() {
        double[] response = {0.5, -0.25, 0.0, 0.125, 1.0};
        float[] in = new float[300];
        Draws draws = new Draws(1L);
        for (int i = 0; i < in.length; i++) {
            in[i] = (float) draws.uniform(-1.0, 1.0);
        }
        float[] out = new Convolver(response).apply(in, 2);
        for (int i = 0; i < in.length; i++) {
            double sum = 0.0;
            for (int k = 0; k < response.length; k++) {
                int at = i + 2 - k;
                sum += at >= 0 && at < in.length ? response[k] * in[at] : 0.0;
            }
            assertThat((double) out[i]).isCloseTo(sum, within(1e-6));
        }
    }

    @Test
    void theTableOfFaultsHoldsOneLineForEachStem() {
        MixFault fault = MixFault.of("song", 1, ROLES);
        List<String> lines = FaultTable.lines(1, fault, parts(), 0.5);
        assertThat(lines).hasSize(3);
        int columns = FaultTable.HEADER.split("\t", -1).length;
        for (int s = 0; s < 3; s++) {
            String[] cells = lines.get(s).split("\t", -1);
            assertThat(cells).hasSize(columns);
            assertThat(Double.parseDouble(cells[5]))
                    .isCloseTo(fault.stems().get(s).levelDb(), within(6e-4));
            assertThat(Double.parseDouble(cells[8]))
                    .isCloseTo(fault.stems().get(s).dynamics().slope(), within(6e-4));
        }
    }

    @Test
    void midiIsSplitByChannelAndCutInTime() throws Exception {
        Sequence whole = new Sequence(Sequence.PPQ, 480);
        Track track = whole.createTrack();
        track.add(new MidiEvent(new ShortMessage(ShortMessage.PROGRAM_CHANGE, 2, 33, 0), 0));
        for (int channel : new int[] {2, 9}) {
            for (int beat = 0; beat < 40; beat++) {
                track.add(
                        new MidiEvent(
                                new ShortMessage(ShortMessage.NOTE_ON, channel, 40, 90),
                                480L * beat));
                track.add(
                        new MidiEvent(
                                new ShortMessage(ShortMessage.NOTE_OFF, channel, 40, 0),
                                480L * beat + 240));
            }
        }
        // Ten seconds at 120 beats a minute.
        assertThat(MidiParts.tickAt(whole, 10.0)).isEqualTo(20 * 480);
        List<MidiParts.Part> parts = MidiParts.of(whole, 10.0);
        assertThat(parts.stream().map(MidiParts.Part::role)).containsExactly(Role.BASS, Role.DRUMS);
        for (MidiParts.Part part : parts) {
            assertThat(part.sequence().getTickLength()).isEqualTo(20 * 480);
        }
    }

    @Test
    void grooveScriptsNameChordsForTheWholeSong() {
        PremasterSong song =
                PremasterSong.all().stream()
                        .filter(one -> one.kind() == PremasterSong.Kind.GROOVE)
                        .findFirst()
                        .orElseThrow();
        List<String> chords = GrooveRenderer.chords(song);
        double seconds = chords.size() * 4 * 60.0 / song.number("tempo", 0);
        assertThat(seconds).isBetween(SongRenderer.SECONDS, SongRenderer.SECONDS + 8.0);
        assertThat(GrooveRenderer.script(song))
                .startsWith("RndSeed ")
                .contains("Groove " + song.source() + "\n")
                .endsWith(chords.size() + " " + chords.getLast() + "\n");
        assertThat(Lead.tones("Dm7")).containsExactly(2, 5, 9, 12);
        assertThat(Lead.tones("FM7")).containsExactly(5, 9, 12, 16);
    }

    @Test
    void theListNamesKnownPackagesAndKeepsThemAndArtistsInOneSplit() {
        List<PremasterSong> songs = PremasterSong.all();
        Set<String> packages =
                CorpusManifest.packages("premaster-packages.tsv").stream()
                        .map(CorpusManifest.DebianPackage::name)
                        .collect(Collectors.toSet());
        assertThat(songs).hasSizeBetween(30, 80);
        assertThat(songs.stream().map(PremasterSong::key)).doesNotHaveDuplicates();
        Map<String, Set<Split>> splits =
                songs.stream()
                        .filter(song -> song.kind() != PremasterSong.Kind.GROOVE)
                        .collect(
                                Collectors.groupingBy(
                                        PremasterSong::packageName,
                                        Collectors.mapping(
                                                PremasterSong::split, Collectors.toSet())));
        assertThat(splits.values()).allMatch(one -> one.size() == 1);
        assertThat(songs).allMatch(song -> packages.contains(song.packageName()));
        for (PremasterSong song : songs) {
            if (song.kind() == PremasterSong.Kind.GROOVE) {
                assertThat(GrooveRenderer.chords(song)).isNotEmpty();
            }
        }
    }

    @Test
    void aMissingProgramIsNamedWithItsPackage(@TempDir Path folder) {
        try {
            Tools.run(folder, Map.of(), "some-package", List.of("no-such-program-here"));
            throw new AssertionError("ran");
        } catch (IOException | InterruptedException expected) {
            assertThat(expected)
                    .hasMessage(
                            "no-such-program-here is missing; install it: apt-get install"
                                    + " some-package");
        }
        assertThat(Files.exists(folder.resolve("tool.log"))).isFalse();
    }

    private static double power(float[][] clip) {
        return new Stem("", Role.OTHER, clip).power();
    }

    /** Between loud and quiet tenths of seconds. */
    private static double spreadDb(float[][] clip) {
        int hop = Stem.RATE_HZ / 10;
        double[] levels = new double[clip[0].length / hop];
        for (int h = 0; h < levels.length; h++) {
            levels[h] = Decibels.fromPower(power(Clips.cut(clip, h * hop, hop)));
        }
        Arrays.sort(levels);
        return levels[9 * levels.length / 10] - levels[levels.length / 10];
    }
}
