// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

import org.lacquer.audio.AudioClip;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * libebur128 on the signal and with the figures of {@link MeterBenchmark#meters()}. Its samples lie
 * in native memory in its own order beforehand, and momentary and short-term loudness are asked for
 * at the end only: nothing but its own work is measured.
 */
@State(Scope.Benchmark)
public class Libebur128Benchmark {
    private static final int BLOCK = 8_192;

    private final AudioClip clip = BenchmarkSignal.stereo();
    private final Arena arena = Arena.ofShared();
    private final MemorySegment samples = interleaved();

    @TearDown
    public void free() {
        arena.close();
    }

    @Benchmark
    @OperationsPerInvocation(BenchmarkSignal.SECONDS)
    public double meters() {
        try (Libebur128 meter = new Libebur128(clip.format())) {
            long frameBytes = (long) clip.format().channels() * Float.BYTES;
            int position = 0;
            while (position < clip.frames()) {
                int count = Math.min(BLOCK, clip.frames() - position);
                meter.write(samples.asSlice(position * frameBytes, count * frameBytes), count);
                position += count;
            }
            return meter.integratedLufs()
                    + meter.momentaryLufs()
                    + meter.shortTermLufs()
                    + meter.loudnessRangeLu()
                    + meter.truePeak(0)
                    + meter.truePeak(1);
        }
    }

    private MemorySegment interleaved() {
        int channels = clip.format().channels();
        MemorySegment memory =
                arena.allocate(ValueLayout.JAVA_FLOAT, (long) clip.frames() * channels);
        for (int c = 0; c < channels; c++) {
            for (int i = 0; i < clip.frames(); i++) {
                memory.setAtIndex(
                        ValueLayout.JAVA_FLOAT, (long) i * channels + c, clip.channel(c)[i]);
            }
        }
        return memory;
    }
}
