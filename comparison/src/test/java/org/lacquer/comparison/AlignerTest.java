// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lacquer.audio.AudioSpool;
import org.lacquer.audio.StreamFormat;
import org.lacquer.engine.EqBand;
import org.lacquer.engine.ParametricEqSettings;

import java.io.IOException;
import java.util.List;

final class AlignerTest {
    private static final float[][] SONG = TestAudio.song(20.0, 1);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, -1, 441, 12_345, -30_000, 200_000})
    void wholeFramesAreCountedAndTheCopyComesBackBitForBit(int shift) throws IOException {
        try (AudioSpool mix = TestAudio.spool(SONG);
                AudioSpool master = TestAudio.spool(TestAudio.shifted(SONG, shift))) {
            Alignment alignment = Aligner.align(mix, master);
            assertThat(alignment.offsetFrames()).isEqualTo(shift);
            assertThat(alignment.driftPpm()).isZero();
            assertThat(alignment.inverted()).isFalse();
            assertThat(alignment.confidence()).isGreaterThan(0.95);
            float[][] back =
                    TestAudio.read(
                            new AlignedSource(master, alignment, SONG[0].length), SONG[0].length);
            int heard = Math.max(0, -shift);
            for (int i = heard; i < SONG[0].length; i++) {
                assertThat(back[0][i]).isEqualTo(SONG[0][i]);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, -0.25, 1_000.37})
    void fractionOfAFrameIsFound(double offset) throws IOException {
        try (AudioSpool mix = TestAudio.spool(SONG);
                AudioSpool master = moved(new Alignment(-offset, 0.0, false, 1.0))) {
            Alignment alignment = Aligner.align(mix, master);
            assertThat(alignment.offsetFrames()).isCloseTo(offset, within(0.02));
            assertThat(alignment.driftPpm()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {20.0, -50.0})
    void clockDriftIsFoundAndTakenOut(double ppm) throws IOException {
        try (AudioSpool mix = TestAudio.spool(SONG);
                AudioSpool master = moved(new Alignment(-100.0, -ppm, false, 1.0))) {
            Alignment alignment = Aligner.align(mix, master);
            assertThat(alignment.driftPpm()).isCloseTo(ppm, within(0.2));
            assertThat(alignment.offsetFrames()).isCloseTo(100.0, within(0.05));
            float[][] back =
                    TestAudio.read(
                            new AlignedSource(master, alignment, SONG[0].length), SONG[0].length);
            assertThat(differenceDb(SONG[0], back[0])).isLessThan(-30.0);
        }
    }

    @Test
    void invertedPolarityIsFoundAndTakenBack() throws IOException {
        float[][] inverted = new float[2][SONG[0].length];
        for (int c = 0; c < 2; c++) {
            for (int i = 0; i < inverted[c].length; i++) {
                inverted[c][i] = -0.5f * SONG[c][i];
            }
        }
        try (AudioSpool mix = TestAudio.spool(SONG);
                AudioSpool master = TestAudio.spool(inverted)) {
            Alignment alignment = Aligner.align(mix, master);
            assertThat(alignment).isEqualTo(new Alignment(0.0, 0.0, true, alignment.confidence()));
            float[][] back = TestAudio.read(new AlignedSource(master, alignment, 1_000), 1_000);
            assertThat(back[0][700]).isEqualTo(0.5f * SONG[0][700]);
        }
    }

    @Test
    void toneOfAMasterDoesNotMoveIt() throws IOException {
        ParametricEqSettings tone =
                new ParametricEqSettings(
                        List.of(
                                new EqBand(EqBand.Shape.LOW_SHELF, 100.0, 4.0, 0.7),
                                new EqBand(EqBand.Shape.HIGH_SHELF, 6_000.0, 5.0, 0.7)));
        float[][] toned = TestAudio.shifted(SONG, 777);
        tone.prepare(new StreamFormat(TestAudio.RATE, 2))
                .process(org.lacquer.audio.AudioBlock.wrap(toned));
        try (AudioSpool mix = TestAudio.spool(SONG);
                AudioSpool master = TestAudio.spool(toned)) {
            assertThat(Aligner.align(mix, master).offsetFrames()).isCloseTo(777.0, within(0.5));
        }
    }

    @Test
    void otherSongIsDoubtful() throws IOException {
        try (AudioSpool mix = TestAudio.spool(SONG);
                AudioSpool other = TestAudio.spool(TestAudio.song(20.0, 99))) {
            assertThat(Aligner.align(mix, other).confidence()).isLessThan(Alignment.DOUBTFUL);
        }
    }

    private static AudioSpool moved(Alignment alignment) throws IOException {
        try (AudioSpool song = TestAudio.spool(SONG)) {
            int frames = SONG[0].length + 2_000;
            return TestAudio.spool(
                    TestAudio.read(new AlignedSource(song, alignment, frames), frames));
        }
    }

    private static double differenceDb(float[] wanted, float[] got) {
        double error = 0.0;
        double power = 0.0;
        for (int i = 2_000; i < wanted.length - 2_000; i++) {
            error += StrictMath.pow(wanted[i] - got[i], 2.0);
            power += StrictMath.pow(wanted[i], 2.0);
        }
        return 10.0 * StrictMath.log10(error / power);
    }
}
