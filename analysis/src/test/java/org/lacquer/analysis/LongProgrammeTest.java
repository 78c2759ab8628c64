// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioSource;
import org.lacquer.audio.Progress;
import org.lacquer.audio.StreamFormat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * Twelve hours: numbers of frames beyond 32 bits, sums that stay exact, memory that stays small.
 */
class LongProgrammeTest {
    private static final int RATE_HZ = 8_000;
    private static final int HOURS = 12;
    private static final long FRAMES = HOURS * 3_600L * RATE_HZ;

    /** Frame of a single sample at full scale, a second before the end. */
    private static final long CLICK = FRAMES - RATE_HZ;

    /** Bytes allocated for each second of audio, all arrays that were outgrown included. */
    private static final double BYTES_A_SECOND = 16_000.0;

    @Test
    @Timeout(180)
    void twelveHoursAreMeasuredLikeOne() throws IOException {
        var memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Analysis hour = Analyzer.analyze(source(3_600L * RATE_HZ), Figures.LOUDNESS, Progress.NONE);
        long before = memory.getTotalThreadAllocatedBytes();
        Analysis all = Analyzer.analyze(source(FRAMES), Figures.LOUDNESS, Progress.NONE);
        long bytes = memory.getTotalThreadAllocatedBytes() - before;
        assertThat(bytes / (HOURS * 3_600.0)).isLessThan(BYTES_A_SECOND);
        assertThat(all.durationSeconds()).isEqualTo(HOURS * 3_600.0);
        // The pattern repeats every 10 s; only both ends and the click are different. For the range
        // this can move a percentile to the next value of the pattern.
        assertThat(all.loudness().integratedLufs())
                .isCloseTo(hour.loudness().integratedLufs(), within(1e-3));
        assertThat(all.loudness().loudnessRangeLu())
                .isCloseTo(hour.loudness().loudnessRangeLu(), within(0.1));
        assertThat(all.peaks().truePeakDbtp()).isEqualTo(0.0);
        assertThat(all.peaks().truePeakSeconds()).isEqualTo((double) CLICK / RATE_HZ);
        assertThat(all.loudness().momentaryLufs().size()).isEqualTo(HOURS * 36_000 - 3);
        assertThat(all.channelLevels().getFirst().rmsDbfs())
                .isCloseTo(hour.channelLevels().getFirst().rmsDbfs(), within(1e-3));
        assertThat(all.trailingSilenceSeconds()).isLessThan(10.0);
    }

    /** Noise, softer noise and digital silence, 10 s, repeated. */
    private static AudioSource source(long frames) {
        float[] loop = Signals.noise(10 * RATE_HZ, 0.25, 5);
        for (int i = 2 * RATE_HZ; i < loop.length; i++) {
            loop[i] *= i < 4 * RATE_HZ ? 0.25f : 0f;
        }
        return new AudioSource() {
            private long position;

            @Override
            public StreamFormat format() {
                return new StreamFormat(RATE_HZ, 1);
            }

            @Override
            public int read(AudioBlock block) {
                int from = (int) (position % loop.length);
                int count = Math.min(block.capacity(), loop.length - from);
                count = (int) Math.min(count, frames - position);
                block.setFrames(count);
                System.arraycopy(loop, from, block.channel(0), 0, count);
                if (CLICK >= position && CLICK < position + count) {
                    int at = (int) (CLICK - position);
                    Arrays.fill(
                            block.channel(0), Math.max(0, at - 200), Math.min(count, at + 200), 0f);
                    block.channel(0)[at] = 1f;
                }
                position += count;
                return count;
            }

            @Override
            public void close() {}
        };
    }
}
