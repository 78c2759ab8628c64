// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

class AudioReaderTest {
    private static final int RATE = 44_100;

    @TempDir Path folder;

    @Test
    void everyIntegerCodeIsDividedByItsFullScale() throws IOException {
        ByteBuffer eight = WaveBytes.data(3);
        eight.put((byte) 0).put((byte) 128).put((byte) 255);
        assertThat(wave(WaveBytes.PCM, 8, eight)).containsExactly(-1f, 0f, 127 / 128f);
        ByteBuffer sixteen = WaveBytes.data(6);
        sixteen.putShort(Short.MIN_VALUE).putShort((short) 1).putShort(Short.MAX_VALUE);
        assertThat(wave(WaveBytes.PCM, 16, sixteen))
                .containsExactly(-1f, 0x1p-15f, 32_767 / 32_768f);
        ByteBuffer twentyFour = WaveBytes.data(9);
        for (int code : new int[] {-0x800000, 1, 0x7FFFFF}) {
            twentyFour.put((byte) code).put((byte) (code >> 8)).put((byte) (code >> 16));
        }
        assertThat(wave(WaveBytes.PCM, 24, twentyFour))
                .containsExactly(-1f, 0x1p-23f, 0x7FFFFF / 8_388_608f);
        ByteBuffer thirtyTwo = WaveBytes.data(12);
        thirtyTwo.putInt(Integer.MIN_VALUE).putInt(1).putInt(0x12345678);
        assertThat(wave(WaveBytes.PCM, 32, thirtyTwo))
                .containsExactly(-1f, 0x1p-31f, (float) (0x12345678 * 0x1p-31));
    }

    @Test
    void floatsAndDoublesKeepValuesBeyondFullScale() throws IOException {
        ByteBuffer floats = WaveBytes.data(12);
        floats.putFloat(1.75f).putFloat(-1e-30f).putFloat(Float.POSITIVE_INFINITY);
        assertThat(wave(WaveBytes.IEEE_FLOAT, 32, floats))
                .containsExactly(1.75f, -1e-30f, Float.POSITIVE_INFINITY);
        ByteBuffer doubles = WaveBytes.data(16);
        doubles.putDouble(0.1).putDouble(-3);
        assertThat(wave(WaveBytes.IEEE_FLOAT, 64, doubles)).containsExactly(0.1f, -3f);
    }

    @Test
    void rf64IsRead() throws IOException {
        ByteBuffer data = WaveBytes.data(4_000);
        for (int i = 0; i < 2_000; i++) {
            data.putShort((short) (i * 13));
        }
        Path file = folder.resolve("long.wav");
        WaveBytes.writeRf64(file, 16, 48_000, 2, data);
        try (var reader = AudioReader.open(file)) {
            assertThat(reader.info().declaredFrames()).isEqualTo(1_000);
            float[][] read = Signals.readAll(reader, 64);
            assertThat(read[0]).hasSize(1_000);
            assertThat(read[1][999]).isEqualTo((short) (1_999 * 13) / 32_768f);
        }
    }

    /**
     * Three seconds of 440 Hz with an amplitude of 1/8 by libvorbis, which Lacquer itself cannot
     * write with.
     */
    @Test
    void oggVorbisIsRead() throws IOException {
        Path file = folder.resolve("tone.ogg");
        try (InputStream tone = AudioReaderTest.class.getResourceAsStream("tone.ogg")) {
            Files.copy(Objects.requireNonNull(tone), file);
        }
        try (var reader = AudioReader.open(file)) {
            assertThat(reader.info().codec()).isEqualTo("vorbis");
            assertThat(reader.info().lossy()).isTrue();
            assertThat(reader.info().declaredFrames()).isEqualTo(-1);
            assertThat(reader.info().tags().values()).isEqualTo(Map.of("title", "Ton"));
            float[][] read = Signals.readAll(reader, 999);
            assertThat(read[0]).hasSize(3 * RATE);
            float[] expected = Signals.sine(440, 0.125, RATE, 3 * RATE);
            for (int i = 0; i < 3 * RATE; i++) {
                assertThat(read[0][i]).isCloseTo(expected[i], within(0.005f));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "WAV, wav, pcm_s24le, 24, false",
        "AIFF, aiff, pcm_s24be, 24, false",
        "FLAC, flac, flac, 24, false",
        "ALAC, 'mov,mp4,m4a,3gp,3g2,mj2', alac, 24, false",
        "MP3, mp3, mp3, 0, true",
        "AAC, 'mov,mp4,m4a,3gp,3g2,mj2', aac, 0, true",
        "OPUS, ogg, opus, 0, true"
    })
    void aFileIsDescribedByWhatItIsNotByItsName(
            FileFormat format, String container, String codec, int bits, boolean lossy)
            throws IOException {
        Path file = folder.resolve("misleading.txt");
        TestFiles.write(file, format, BitDepth.INT24, 48_000, Tags.NONE, tone(48_000));
        try (var reader = AudioReader.open(file)) {
            assertThat(reader.info().container()).isEqualTo(container);
            assertThat(reader.info().codec()).isEqualTo(codec);
            assertThat(reader.info().bitDepth()).isEqualTo(bits);
            assertThat(reader.info().lossy()).isEqualTo(lossy);
        }
    }

    @Test
    void whatIsNotAudioIsRefusedWithAReason() throws IOException {
        assertThat(unreadable(folder.resolve("none.wav"))).isEqualTo("there is no such file");
        assertThat(unreadable(folder)).isEqualTo("it is a folder");
        assertThat(unreadable(file("empty.wav", new byte[0]))).isEqualTo("it is empty");
        String text = "Lyrics: it is a long way to the shop\n".repeat(200);
        assertThat(unreadable(file("lyrics.wav", text.getBytes("UTF-8"))))
                .startsWith("it is not an audio file");
        assertThat(unreadable(file("cover.png", TestTags.COVERS.getFirst().data())))
                .startsWith("it is not an audio file");
        byte[] noise = new byte[100_000];
        new SplittableRandom(5).nextBytes(noise);
        assertThat(unreadable(file("noise.mp3", noise))).contains("audio");
        String list = "#EXTM3U\n#EXT-X-VERSION:3\n#EXTINF:3,\nother.wav\n#EXT-X-ENDLIST\n";
        assertThat(unreadable(file("list.m3u8", list.getBytes("UTF-8"))))
                .startsWith("it is not an audio file");
    }

    @Test
    void rateAndChannelsOutsideTheRangeAreUnsupported() throws IOException {
        Path slow = folder.resolve("slow.wav");
        WaveBytes.write(slow, WaveBytes.PCM, 16, 4_000, 1, WaveBytes.data(200));
        assertThat(failureOf(slow))
                .isEqualTo(
                        new Failure.UnsupportedInput(
                                slow, "its sample rate is 4000 Hz; 8000 to 384000 Hz can be read"));
        Path wide = folder.resolve("wide.wav");
        WaveBytes.write(wide, WaveBytes.PCM, 16, 44_100, 12, WaveBytes.data(240));
        assertThat(failureOf(wide))
                .isEqualTo(
                        new Failure.UnsupportedInput(
                                wide, "it has 12 channels; up to 8 can be read"));
    }

    @ParameterizedTest
    @EnumSource(
            value = FileFormat.class,
            names = {"WAV", "AIFF", "FLAC", "MP3"})
    void aFileCutInHalfIsTruncated(FileFormat format) throws IOException {
        Path file = folder.resolve("cut");
        TestFiles.write(file, format, BitDepth.INT16, RATE, Tags.NONE, noisyTone(10 * RATE));
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        Failure failure = failureOf(file);
        assertThat(failure).isInstanceOf(Failure.TruncatedInput.class);
        var truncated = (Failure.TruncatedInput) failure;
        assertThat(truncated.declaredSeconds()).isCloseTo(10, within(0.05));
        assertThat(truncated.decodedSeconds()).isCloseTo(5, within(0.5));
    }

    @Test
    void mpeg4CutInHalfHasLostItsIndex() throws IOException {
        for (FileFormat format : new FileFormat[] {FileFormat.ALAC, FileFormat.AAC}) {
            Path file = folder.resolve("cut.m4a");
            TestFiles.write(file, format, BitDepth.INT16, RATE, Tags.NONE, noisyTone(5 * RATE));
            byte[] whole = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(whole, whole.length / 2));
            assertThat(unreadable(file)).contains("damaged at its beginning");
        }
    }

    @Test
    void damageInsideALosslessFileIsFound() throws IOException {
        Path file = folder.resolve("damaged.flac");
        TestFiles.write(
                file, FileFormat.FLAC, BitDepth.INT16, RATE, Tags.NONE, noisyTone(10 * RATE));
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 0; i < 200; i++) {
            bytes[bytes.length / 2 + i] ^= 0x5A;
        }
        Files.write(file, bytes);
        assertThat(failureOf(file))
                .isInstanceOfAny(Failure.UnreadableInput.class, Failure.TruncatedInput.class);
        assertThat(failureOf(file).toString()).contains("it is damaged").contains("at 0:0");
    }

    /** Whatever the bytes: audio or a failure, in bounded time, and the JVM lives on. */
    @ParameterizedTest
    @EnumSource(FileFormat.class)
    void mutatedFilesGiveAudioOrAFailureButNeverACrash(FileFormat format) throws IOException {
        Path file = folder.resolve("mutant");
        TestFiles.write(file, format, BitDepth.INT16, 48_000, TestTags.FULL, noisyTone(9_600));
        byte[] whole = Files.readAllBytes(file);
        long seed = 20_261_122 + format.ordinal();
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 40; i++) {
            Files.write(file, mutated(whole, random));
            try (var reader = AudioReader.open(file)) {
                assertThat(Signals.readAll(reader, 4_096)[0].length)
                        .as("mutation %s of seed %s", i, seed)
                        .isLessThan(100_000_000);
            } catch (FailureException e) {
                assertThat(e.failure())
                        .as("mutation %s of seed %s", i, seed)
                        .isInstanceOfAny(
                                Failure.UnreadableInput.class,
                                Failure.UnsupportedInput.class,
                                Failure.TruncatedInput.class);
            }
        }
    }

    private static byte[] mutated(byte[] whole, SplittableRandom random) {
        byte[] bytes = whole.clone();
        switch (random.nextInt(4)) {
            case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 1 -> {
                // Few flips, near the beginning: headers.
                for (int i = 0; i < 4; i++) {
                    bytes[random.nextInt(Math.min(400, bytes.length))] ^=
                            (byte) (1 << random.nextInt(8));
                }
            }
            case 2 -> {
                for (int i = 0; i < 50; i++) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
            }
            default -> {
                int from = random.nextInt(bytes.length);
                int length = random.nextInt(bytes.length - from + 1);
                int to = random.nextInt(bytes.length - length + 1);
                System.arraycopy(whole, from, bytes, to, length);
            }
        }
        return bytes;
    }

    private float[] wave(int tag, int bits, ByteBuffer data) throws IOException {
        Path file = folder.resolve("x.wav");
        WaveBytes.write(file, tag, bits, RATE, 1, data);
        try (var reader = AudioReader.open(file)) {
            assertThat(reader.info().bitDepth()).isEqualTo(bits);
            return Signals.readAll(reader, 2)[0];
        }
    }

    private String unreadable(Path file) {
        Failure failure = failureOf(file);
        assertThat(failure).isInstanceOf(Failure.UnreadableInput.class);
        assertThat(((Failure.UnreadableInput) failure).file()).isEqualTo(file);
        return ((Failure.UnreadableInput) failure).reason();
    }

    private static Failure failureOf(Path file) {
        FailureException thrown =
                catchThrowableOfType(
                        FailureException.class,
                        () -> {
                            try (var reader = AudioReader.open(file)) {
                                Signals.readAll(reader, 4_096);
                            }
                        });
        assertThat(thrown).as("failure of %s", file).isNotNull();
        return thrown.failure();
    }

    private Path file(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    private static float[] tone(int frames) {
        return Signals.sine(440, 0.5, RATE, frames);
    }

    /** Noise keeps the packets of all codecs busy from beginning to end. */
    private static float[] noisyTone(int frames) {
        float[] samples = tone(frames);
        float[] noise = Signals.noise(8, 0.2, frames);
        for (int i = 0; i < frames; i++) {
            samples[i] += noise[i];
        }
        return samples;
    }
}
