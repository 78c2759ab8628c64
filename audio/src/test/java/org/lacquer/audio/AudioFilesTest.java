// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.jaudiotagger.audio.AudioFileIO;
import org.jaudiotagger.tag.FieldKey;
import org.jaudiotagger.tag.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

class AudioFilesTest {
    /** Not a multiple of any encoder's frame. */
    private static final int FRAMES = 30_011;

    @TempDir Path folder;

    static Stream<Arguments> losslessKinds() {
        return Stream.of(FileFormat.WAV, FileFormat.AIFF, FileFormat.FLAC, FileFormat.ALAC)
                .flatMap(
                        format ->
                                Stream.of(BitDepth.values())
                                        .filter(d -> d.integer() || format.holdsFloat())
                                        .flatMap(
                                                depth ->
                                                        Stream.of(8_000, 44_100, 96_000, 384_000)
                                                                .map(
                                                                        rate ->
                                                                                Arguments.of(
                                                                                        format,
                                                                                        depth,
                                                                                        rate))));
    }

    @ParameterizedTest
    @MethodSource("losslessKinds")
    void losslessFilesComeBackBitForBit(FileFormat format, BitDepth depth, int rate)
            throws IOException {
        for (int channels = 1; channels <= 2; channels++) {
            float[][] samples = samplesOf(depth, channels);
            Path file = write("song", format, depth, rate, Tags.NONE, samples);
            try (var reader = AudioReader.open(file)) {
                assertThat(reader.format()).isEqualTo(new StreamFormat(rate, channels));
                assertThat(reader.info().bitDepth()).isEqualTo(depth.bits());
                assertThat(reader.info().lossy()).isFalse();
                assertThat(reader.info().declaredFrames()).isEqualTo(FRAMES);
                assertThat(Signals.readAll(reader, 1_000)).isEqualTo(samples);
            }
        }
    }

    @Test
    void surroundComesBackInOrder() throws IOException {
        float[][] samples = samplesOf(BitDepth.INT24, 8);
        for (FileFormat format : new FileFormat[] {FileFormat.WAV, FileFormat.FLAC}) {
            Path file = write("surround", format, BitDepth.INT24, 48_000, Tags.NONE, samples);
            try (var reader = AudioReader.open(file)) {
                assertThat(Signals.readAll(reader, 4_096)).isEqualTo(samples);
            }
        }
    }

    @Test
    void integerDepthsAreRoundedToNearestAndLimited() throws IOException {
        float lsb = 0x1p-15f;
        float[] samples = {1.5f, -1.5f, 0.6f * lsb, -0.6f * lsb, 0.4f * lsb, -0.4f * lsb};
        Path file =
                write(
                        "r",
                        FileFormat.WAV,
                        BitDepth.INT16,
                        44_100,
                        Tags.NONE,
                        new float[][] {samples});
        try (var reader = AudioReader.open(file)) {
            assertThat(Signals.readAll(reader, 16)[0])
                    .containsExactly(1 - lsb, -1f, lsb, -lsb, 0f, 0f);
        }
    }

    /** Length and position must be exact; the error is what each codec does to noise-free music. */
    @ParameterizedTest
    @CsvSource({
        "MP3, 44100, 60",
        "MP3, 48000, 60",
        "AAC, 44100, 40",
        "AAC, 48000, 40",
        "AAC, 96000, 34",
        "OPUS, 48000, 35"
    })
    void lossyFilesKeepLengthPlaceAndSound(FileFormat format, int rate, double minimumSnrDb)
            throws IOException {
        float[] left = Signals.sine(440, 0.5, rate, 3 * rate + 17);
        float[] right = Signals.sine(1_234.5, 0.3, rate, 3 * rate + 17);
        Path file =
                write(
                        "lossy",
                        format,
                        BitDepth.INT24,
                        rate,
                        Tags.NONE,
                        new float[][] {left, right});
        try (var reader = AudioReader.open(file)) {
            assertThat(reader.info().lossy()).isTrue();
            assertThat(reader.info().bitDepth()).isZero();
            float[][] read = Signals.readAll(reader, 4_096);
            // libav cuts at most one packet of MP3 padding; the rest of it stays.
            int extra = format == FileFormat.MP3 ? 576 : 0;
            assertThat(read[0].length).isBetween(left.length, left.length + extra);
            assertThat(snrDb(left, read[0])).isGreaterThan(minimumSnrDb);
            assertThat(snrDb(right, read[1])).isGreaterThan(minimumSnrDb);
        }
    }

    @ParameterizedTest
    @EnumSource(FileFormat.class)
    void sameSamplesAndTagsGiveTheSameBytes(FileFormat format) throws IOException {
        float[][] samples = samplesOf(BitDepth.INT24, 2);
        Path first = write("a", format, BitDepth.INT24, 48_000, TestTags.FULL, samples);
        Path second = write("b", format, BitDepth.INT24, 48_000, TestTags.FULL, samples);
        assertThat(second).hasSameBinaryContentAs(first);
    }

    @ParameterizedTest
    @EnumSource(
            value = FileFormat.class,
            names = {"WAV"},
            mode = EnumSource.Mode.EXCLUDE)
    void allTagsSurvive(FileFormat format) throws IOException {
        Path file =
                write(
                        "tags",
                        format,
                        BitDepth.INT24,
                        48_000,
                        TestTags.FULL,
                        samplesOf(BitDepth.INT24, 2));
        try (var reader = AudioReader.open(file)) {
            assertThat(reader.info().tags().values())
                    .containsExactlyInAnyOrderEntriesOf(TestTags.FULL.values());
            Signals.readAll(reader, 4_096);
        }
    }

    /**
     * jaudiotagger knows nothing of libav: other players find the tags where they look for them.
     */
    @ParameterizedTest
    @EnumSource(
            value = FileFormat.class,
            names = {"FLAC", "MP3", "AAC", "ALAC", "AIFF"})
    void anotherLibraryFindsTagsAndCover(FileFormat format) throws Exception {
        Logger.getLogger("org.jaudiotagger").setLevel(Level.OFF);
        Path file =
                write(
                        "other",
                        format,
                        BitDepth.INT16,
                        48_000,
                        TestTags.FULL,
                        samplesOf(BitDepth.INT16, 2));
        boolean mpeg4 = format == FileFormat.AAC || format == FileFormat.ALAC;
        String kind = mpeg4 ? "m4a" : format.extensions().getFirst();
        Tag tag = AudioFileIO.readAs(file.toFile(), kind).getTag();
        assertThat(tag.getFirst(FieldKey.TITLE)).isEqualTo("Föhn über Zürich – 東京");
        assertThat(tag.getFirst(FieldKey.ALBUM_ARTIST)).isEqualTo("Various");
        assertThat(tag.getFirst(FieldKey.ISRC)).isEqualTo("DEA000000001");
        assertThat(tag.getFirst(FieldKey.BPM)).isEqualTo("96");
        assertThat(tag.getFirstArtwork().getBinaryData())
                .isEqualTo(TestTags.COVERS.getFirst().data());
    }

    @ParameterizedTest
    @EnumSource(
            value = FileFormat.class,
            names = {"WAV"},
            mode = EnumSource.Mode.EXCLUDE)
    void theCoverSurvivesByteForByte(FileFormat format) throws IOException {
        for (Tags.Cover cover : TestTags.COVERS) {
            var tags = new Tags(Map.of("title", "x"), Optional.of(cover));
            Path file =
                    write("c", format, BitDepth.INT16, 48_000, tags, samplesOf(BitDepth.INT16, 2));
            try (var reader = AudioReader.open(file)) {
                Tags.Cover read = reader.info().tags().cover().orElseThrow();
                assertThat(read.mimeType()).isEqualTo(cover.mimeType());
                assertThat(read.data()).isEqualTo(cover.data());
            }
        }
    }

    @Test
    void wavKeepsWhatRiffInfoHolds() throws IOException {
        Path file =
                write(
                        "w",
                        FileFormat.WAV,
                        BitDepth.INT24,
                        48_000,
                        TestTags.FULL,
                        samplesOf(BitDepth.INT24, 2));
        try (var reader = AudioReader.open(file)) {
            assertThat(reader.info().tags().values())
                    .containsEntry("title", "Föhn über Zürich – 東京")
                    .containsEntry("artist", "Ana & die Übrigen")
                    .containsKeys("album", "date", "genre", "track", "comment", "copyright");
        }
    }

    @Test
    void tagsOfTheOldSamplesAreDropped() throws IOException {
        var tags =
                new Tags(
                        Map.of(
                                "title", "kept",
                                "REPLAYGAIN_TRACK_GAIN", "-7.35 dB",
                                "R128_TRACK_GAIN", "-512",
                                "iTunNORM", "0000",
                                "encoder", "X",
                                "TSRC", "DEA000000001"),
                        Optional.empty());
        for (FileFormat format : FileFormat.values()) {
            Path file =
                    write("d", format, BitDepth.INT16, 48_000, tags, samplesOf(BitDepth.INT16, 1));
            try (var reader = AudioReader.open(file)) {
                Map<String, String> expected =
                        format == FileFormat.WAV
                                ? Map.of("title", "kept")
                                : Map.of("title", "kept", "isrc", "DEA000000001");
                assertThat(reader.info().tags().values()).as("%s", format).isEqualTo(expected);
            }
        }
    }

    @Test
    void namesInAnyScriptWithColonsAndSpacesWork() throws IOException {
        Path file =
                write(
                        "a:b %20 ñ東",
                        FileFormat.FLAC,
                        BitDepth.INT16,
                        44_100,
                        Tags.NONE,
                        samplesOf(BitDepth.INT16, 1));
        try (var reader = AudioReader.open(file)) {
            assertThat(Signals.readAll(reader, 4_096)[0]).hasSize(FRAMES);
        }
    }

    @Test
    void aRateThatAFormatDoesNotHaveIsTheCallersMistake() {
        var spec =
                new OutputSpec(
                        FileFormat.OPUS, BitDepth.INT24, new StreamFormat(44_100, 2), Tags.NONE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AudioWriter.create(folder.resolve("x.opus"), spec, false))
                .withMessage("sample rate of OPUS must be one of [48000] Hz, got 44100");
        assertThat(FileFormat.MP3.nearestRateHz(96_000)).isEqualTo(48_000);
        assertThat(FileFormat.MP3.nearestRateHz(88_200)).isEqualTo(44_100);
        assertThat(FileFormat.MP3.nearestRateHz(8_000)).isEqualTo(32_000);
        assertThat(FileFormat.OPUS.nearestRateHz(44_100)).isEqualTo(48_000);
        assertThat(FileFormat.AAC.nearestRateHz(176_400)).isEqualTo(88_200);
        assertThat(FileFormat.AAC.nearestRateHz(384_000)).isEqualTo(96_000);
        assertThat(FileFormat.FLAC.nearestRateHz(12_345)).isEqualTo(12_345);
    }

    @Test
    void anEmptyLosslessFileHasNoFrames() throws IOException {
        for (FileFormat format : new FileFormat[] {FileFormat.WAV, FileFormat.AIFF}) {
            Path file =
                    write("e", format, BitDepth.INT16, 44_100, Tags.NONE, new float[][] {{}, {}});
            try (var reader = AudioReader.open(file)) {
                assertThat(reader.format()).isEqualTo(new StreamFormat(44_100, 2));
                assertThat(Signals.readAll(reader, 16)[0]).isEmpty();
            }
        }
    }

    private Path write(
            String name, FileFormat format, BitDepth depth, int rate, Tags tags, float[][] samples)
            throws IOException {
        Path file = folder.resolve(name + "." + format.extensions().getFirst());
        TestFiles.write(file, format, depth, rate, tags, samples);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(Path::toString)).noneMatch(any -> any.endsWith(".tmp"));
        }
        return file;
    }

    private static float[][] samplesOf(BitDepth depth, int channels) {
        float[][] samples = new float[channels][];
        for (int c = 0; c < channels; c++) {
            samples[c] =
                    depth.integer()
                            ? Signals.codes(c, depth.bits(), FRAMES)
                            : Signals.noise(c, 2.0, FRAMES);
        }
        return samples;
    }

    private static double snrDb(float[] expected, float[] actual) {
        double signal = 0;
        double error = 0;
        // The codecs' own start and end effects are left out.
        for (int i = 2_000; i < expected.length - 2_000; i++) {
            signal += (double) expected[i] * expected[i];
            error += ((double) expected[i] - actual[i]) * ((double) expected[i] - actual[i]);
        }
        return Decibels.fromPower(signal / error);
    }
}
