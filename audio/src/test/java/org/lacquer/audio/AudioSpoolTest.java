// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

class AudioSpoolTest {
    private static final StreamFormat STEREO = new StreamFormat(44_100, 2);
    private static final int FRAMES = 3 * AudioSpool.CHUNK_FRAMES + 1_234;
    private static final long CHUNK_BYTES = 8L * AudioSpool.CHUNK_FRAMES;

    private final float[] left = Signals.noise(1, 1, FRAMES);
    private final float[] right = Signals.noise(2, 1, FRAMES);

    /** Everything in the file; one chunk in memory; exactly all in memory; far more room. */
    @ParameterizedTest
    @ValueSource(longs = {0, CHUNK_BYTES + 1, 4 * CHUNK_BYTES, Long.MAX_VALUE})
    void whatWasWrittenIsReadBitForBitWhereverItLies(long limit) throws IOException {
        try (var spool = filled(limit)) {
            assertThat(spool.frames()).isEqualTo(FRAMES);
            assertThat(spool.format()).isEqualTo(STEREO);
            for (int blockFrames : new int[] {777, 100_000}) {
                float[][] read = Signals.readAll(spool.source(), blockFrames);
                assertThat(read[0]).isEqualTo(left);
                assertThat(read[1]).isEqualTo(right);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE})
    void aRangeIsReadAcrossChunks(long limit) throws IOException {
        try (var spool = filled(limit)) {
            int start = AudioSpool.CHUNK_FRAMES - 10;
            int end = 2 * AudioSpool.CHUNK_FRAMES + 10;
            float[][] read = Signals.readAll(spool.source(start, end), 4_096);
            assertThat(read[1]).isEqualTo(Arrays.copyOfRange(right, start, end));
            assertThat(Signals.readAll(spool.source(FRAMES, FRAMES), 16)[0]).isEmpty();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> spool.source(0, FRAMES + 1))
                    .withMessageContaining("got 0-" + (FRAMES + 1));
        }
    }

    @Test
    void notANumberSurvives() throws IOException {
        float odd = Float.intBitsToFloat(0x7FC12345);
        for (long limit : new long[] {0, Long.MAX_VALUE}) {
            try (var spool = new AudioSpool(new StreamFormat(8_000, 1), limit)) {
                spool.write(AudioBlock.wrap(new float[] {odd, Float.NEGATIVE_INFINITY, -0f}));
                spool.finish();
                float[] read = Signals.readAll(spool.source(), 8)[0];
                assertThat(Float.floatToRawIntBits(read[0])).isEqualTo(0x7FC12345);
                assertThat(read[1]).isEqualTo(Float.NEGATIVE_INFINITY);
                assertThat(Float.floatToRawIntBits(read[2])).isEqualTo(0x8000_0000);
            }
        }
    }

    @Test
    void manyThreadsReadAtOnce() throws Exception {
        try (var spool = filled(2 * CHUNK_BYTES);
                var threads = Executors.newFixedThreadPool(4)) {
            Stream<Future<float[][]>> reads =
                    Stream.of(61, 997, 4_096, 65_536)
                            .map(n -> threads.submit(() -> Signals.readAll(spool.source(), n)))
                            .toList()
                            .stream();
            for (var read : reads.toList()) {
                assertThat(read.get()[0]).isEqualTo(left);
                assertThat(read.get()[1]).isEqualTo(right);
            }
        }
    }

    @Test
    void closingDeletesTheFile() throws IOException {
        Set<Path> before = spoolFiles();
        var spool = filled(0);
        Set<Path> during = spoolFiles();
        during.removeAll(before);
        assertThat(during).hasSize(1);
        AudioSource source = spool.source();
        spool.close();
        spool.close();
        assertThat(during).noneMatch(Files::exists);
        assertThatIllegalStateException().isThrownBy(() -> source.read(new AudioBlock(2, 16)));
    }

    @Test
    void readingNeedsAnEndAndWritingNone() throws IOException {
        try (var spool = new AudioSpool(STEREO, 0)) {
            assertThatIllegalStateException().isThrownBy(spool::source);
            spool.finish();
            assertThat(Signals.readAll(spool.source(), 16)[0]).isEmpty();
            assertThatIllegalStateException().isThrownBy(() -> spool.write(new AudioBlock(2, 16)));
        }
    }

    private AudioSpool filled(long limit) throws IOException {
        var spool = new AudioSpool(STEREO, limit);
        Signals.writeAll(spool, 5_000, left, right);
        spool.finish();
        return spool;
    }

    private static Set<Path> spoolFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return new TreeSet<>(files.filter(file -> file.toString().endsWith(".spool")).toList());
        }
    }
}
