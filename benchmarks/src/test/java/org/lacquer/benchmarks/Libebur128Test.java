// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lacquer.analysis.LoudnessMeter;
import org.lacquer.analysis.TruePeakMeter;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.AudioSource;
import org.lacquer.audio.StreamFormat;

import java.io.IOException;
import java.util.Arrays;

/** Against figures that are known, and against Lacquer's own meters. */
final class Libebur128Test {
    private static final int BLOCK = 4_410;

    @BeforeEach
    void needsTheLibrary() {
        assumeTrue(
                Libebur128.version().isPresent(),
                "libebur128.so.1 is not on this machine; Debian: apt-get install libebur128-1");
    }

    @Test
    void tellsItsVersion() {
        assertThat(Libebur128.version().orElseThrow()).matches("1\\.\\d+\\.\\d+");
    }

    /** EBU Tech 3341, table 1, case 1. */
    @Test
    void readsTheReferenceToneOfTheEbu() throws IOException {
        int rate = 48_000;
        float[] tone = new float[20 * rate];
        double amplitude = StrictMath.pow(10.0, -23.0 / 20.0);
        for (int i = 0; i < tone.length; i++) {
            tone[i] = (float) (amplitude * StrictMath.sin(2.0 * Math.PI * 1_000.0 * i / rate));
        }
        AudioClip clip = new AudioClip(rate, tone, tone);
        try (Libebur128 meter = new Libebur128(clip.format())) {
            play(clip, meter);
            assertThat(meter.integratedLufs()).isCloseTo(-23.0, within(0.1));
            assertThat(meter.momentaryLufs()).isCloseTo(-23.0, within(0.1));
            assertThat(meter.shortTermLufs()).isCloseTo(-23.0, within(0.1));
            assertThat(meter.loudnessRangeLu()).isCloseTo(0.0, within(0.1));
            assertThat(meter.samplePeak(1)).isCloseTo(amplitude, within(1e-6));
            assertThat(meter.truePeak(0)).isCloseTo(amplitude, within(0.01 * amplitude));
        }
    }

    @Test
    void agreesWithOurMetersAndKeepsChannelsApart() throws IOException {
        AudioClip both = BenchmarkSignal.stereo();
        float[] quiet = Arrays.copyOf(both.channel(1), both.frames());
        for (int i = 0; i < quiet.length; i++) {
            quiet[i] *= 0.5f;
        }
        AudioClip clip = new AudioClip(BenchmarkSignal.RATE, both.channel(0), quiet);
        LoudnessMeter loudness = new LoudnessMeter(clip.format());
        TruePeakMeter peaks = new TruePeakMeter(clip.format());
        try (Libebur128 meter = new Libebur128(clip.format());
                AudioSource source = clip.source()) {
            AudioBlock block = new AudioBlock(2, BLOCK);
            while (source.read(block) > 0) {
                meter.write(block);
                loudness.write(block);
                peaks.write(block);
            }
            peaks.finish();
            var figures = loudness.loudness();
            assertThat(meter.integratedLufs()).isCloseTo(figures.integratedLufs(), within(0.05));
            assertThat(meter.loudnessRangeLu()).isCloseTo(figures.loudnessRangeLu(), within(0.2));
            for (int c = 0; c < 2; c++) {
                assertThat((float) meter.samplePeak(c)).isEqualTo((float) peaks.samplePeak(c));
                // Four points a frame read less than 32, by 0.7 dB at worst.
                assertThat(meter.truePeak(c))
                        .isBetween(peaks.samplePeak(c), 1.002 * peaks.truePeak(c));
            }
        }
    }

    @Test
    void refusesAudioAfterClosing() {
        Libebur128 meter = new Libebur128(new StreamFormat(48_000, 2));
        meter.close();
        meter.close();
        assertThatThrownBy(() -> meter.write(new AudioBlock(2, 16)))
                .isInstanceOf(IllegalStateException.class);
    }

    private static void play(AudioClip clip, Libebur128 meter) throws IOException {
        AudioBlock block = new AudioBlock(clip.format().channels(), BLOCK);
        try (AudioSource source = clip.source()) {
            while (source.read(block) > 0) {
                meter.write(block);
            }
        }
    }
}
