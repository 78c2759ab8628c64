// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.AudioSource;
import org.lacquer.audio.Progress;
import org.lacquer.audio.StreamFormat;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Measuring by two threads: same figures, failures arrive, nothing is left behind. */
class TwoThreadsTest {
    private static final int RATE_HZ = 44_100;

    @AfterEach
    void noThreadIsLeftBehind() {
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("lacquer-meter"));
    }

    @Test
    void figuresAreTheSameAsByOne() throws IOException {
        AudioClip clip = Signals.musicLike(RATE_HZ, 8.0, 5);
        clip.channel(1)[70_000] = Float.NaN;
        for (Figures figures : Figures.values()) {
            Analysis one = Analyzer.analyze(clip.source(), -1, figures, Progress.NONE, true);
            Analysis two = Analyzer.analyze(clip.source(), -1, figures, Progress.NONE, false);
            assertThat(two).isEqualTo(one);
        }
    }

    @Test
    void aFailureOfTheSourceArrives() {
        AudioSource broken =
                source(
                        10,
                        () -> {
                            throw new IOException("cut");
                        });
        assertThatThrownBy(() -> Analyzer.analyze(broken, -1, Figures.ALL, Progress.NONE, false))
                .isInstanceOf(IOException.class)
                .hasMessage("cut");
    }

    @Test
    void aCallerCanGiveUp() {
        AtomicInteger calls = new AtomicInteger();
        Progress impatient =
                fraction -> {
                    if (calls.incrementAndGet() == 3) {
                        throw new IllegalStateException("enough");
                    }
                };
        AudioSource endless = source(Integer.MAX_VALUE, () -> 0);
        assertThatThrownBy(() -> Analyzer.analyze(endless, 1 << 30, Figures.ALL, impatient, false))
                .hasMessage("enough");
    }

    @Test
    void anInterruptedCallerStops() {
        AudioSource endless =
                source(
                        Integer.MAX_VALUE,
                        () -> {
                            Thread.currentThread().interrupt();
                            return 0;
                        });
        assertThatThrownBy(
                        () -> Analyzer.analyze(endless, -1, Figures.LOUDNESS, Progress.NONE, false))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    /** Blocks of noise, then what {@code last} does. */
    private static AudioSource source(int blocks, Last last) {
        float[] noise = Signals.noise(8_192, 0.5, 9);
        return new AudioSource() {
            private int given;

            @Override
            public StreamFormat format() {
                return new StreamFormat(RATE_HZ, 1);
            }

            @Override
            public int read(AudioBlock block) throws IOException {
                if (given++ == blocks || blocks == Integer.MAX_VALUE && last.run() < 0) {
                    return last.run();
                }
                block.setFrames(noise.length);
                System.arraycopy(noise, 0, block.channel(0), 0, noise.length);
                return noise.length;
            }

            @Override
            public void close() {}
        };
    }

    private interface Last {
        int run() throws IOException;
    }
}
