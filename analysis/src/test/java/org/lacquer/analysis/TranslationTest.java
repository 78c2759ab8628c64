// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioClip;

import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;

class TranslationTest {
    private static final int RATE_HZ = 44_100;

    @Test
    void bassSineDisappearsOnThePhoneAndTheClubLiftsIt() throws IOException {
        Translation translation = sine(60.0);
        DeviceTranslation phone = translation.device("phone");
        assertThat(phone.lossLu()).isGreaterThan(30.0);
        assertThat(phone.verdict()).isEqualTo(Verdict.POOR);
        assertThat(phone.reason()).contains("everything").contains("bass line");
        assertThat(phone.bassAudibleShare()).isZero();
        assertThat(phone.bassHarmonicsDb()).isLessThan(-40.0);
        assertThat(phone.regions().get(1).lost()).isTrue();
        DeviceTranslation club = translation.device("club");
        assertThat(club.lossLu()).isCloseTo(-6.3, within(1.0));
        assertThat(club.bassAudibleShare()).isEqualTo(1.0);
        assertThat(club.bassHarmonicsDb()).isNaN();
        assertThat(translation.device("mono").lossLu()).isCloseTo(0.0, within(1e-6));
    }

    @Test
    void oneKilohertzSurvivesEverywhere() throws IOException {
        for (DeviceTranslation device : sine(1_000.0).devices()) {
            // The window sees the mean of a car's ripple over 43 Hz.
            double response = device.model().responseDb(1_000.0, RATE_HZ);
            assertThat(device.lossLu()).as(device.model().name()).isCloseTo(-response, within(0.3));
            assertThat(Math.abs(device.lossLu())).as(device.model().name()).isLessThan(3.0);
            assertThat(device.verdict()).as(device.model().name()).isEqualTo(Verdict.GOOD);
            assertThat(device.bassAudibleShare()).isNaN();
        }
    }

    @Test
    void overtonesKeepTheBassOnThePhone() throws IOException {
        float[] bass = new float[5 * RATE_HZ];
        for (int i = 0; i < bass.length; i++) {
            for (int n = 1; n <= 8; n++) {
                bass[i] += (float) (0.2 / n * Math.sin(2.0 * Math.PI * 82.4 * n * i / RATE_HZ));
            }
        }
        DeviceTranslation phone =
                Images.of(new AudioClip(RATE_HZ, bass, bass)).translation().device("phone");
        assertThat(phone.bassHarmonicsDb()).isBetween(-16.0, -4.0);
        assertThat(phone.bassAudibleShare()).isEqualTo(1.0);
    }

    @Test
    void oneLoudspeakerLosesWhatMonoLoses() throws IOException {
        AudioClip clip = Signals.musicLike(RATE_HZ, 5.0, 3);
        ImageRecorder.Image image = Images.of(clip);
        DeviceTranslation mono = image.translation().device("mono");
        assertThat(mono.lossLu()).isCloseTo(image.stereo().mono().lossLu(), within(1e-4));
        assertThat(mono.lossLuOverTime().size())
                .isEqualTo(image.stereo().mono().lossLuOverTime().size());
    }

    @Test
    void cancelledMiddleIsNamedOnOneLoudspeakerWithItsTime() throws IOException {
        AudioClip clip = pink(12.0, 0.1);
        for (int i = 5 * RATE_HZ; i < 8 * RATE_HZ; i++) {
            clip.channel(1)[i] = -clip.channel(0)[i];
        }
        DeviceTranslation cube = Images.of(clip).translation().device("cube");
        assertThat(cube.worstSeconds()).isEqualTo(5.0);
        assertThat(cube.worstLossLu()).isGreaterThan(15.0);
        assertThat(cube.verdict()).isNotEqualTo(Verdict.GOOD);
        assertThat(cube.reason()).contains("0:05");
    }

    @Test
    void figuresAgreeWithFilteredPinkNoise() throws IOException {
        agree(pink(6.0, 0.1), 0.3);
    }

    @Test
    void figuresAgreeWithFilteredMusicLikeSound() throws IOException {
        agree(Signals.musicLike(48_000, 6.0, 7), 0.3);
    }

    @Test
    void compressionAgreesWithCompressedAudio() throws IOException {
        AudioClip clip = pink(6.0, 0.1);
        DeviceModel model = Devices.BLUETOOTH;
        double playback = -8.0 - Signals.loudness(clip).integratedLufs();
        double compressed = playedLufs(model, clip, playback);
        double rest = playedLufs(withoutCompressor(model), clip, playback);
        var levels = new DeviceLevels(model, model.compressor(), RATE_HZ);
        Signals.play(clip, new FrameRecorder(clip.format(), false, levels));
        assertThat(levels.reductionDb(playback, 50.0)).isBetween(1.5, 6.0);
        // The audio's detector follows every beat of the noise, the frames see means of 46 ms.
        assertThat(levels.reductionDb(playback, 50.0)).isCloseTo(rest - compressed, within(1.0));
        assertThat(levels.reductionDb(playback - 40.0, 95.0)).isZero();
        assertThat(levels.reductionDb(playback, 95.0))
                .isGreaterThan(levels.reductionDb(playback, 50.0));
    }

    @Test
    void roadNoiseMasksQuietBassOnly() throws IOException {
        AudioClip pink = pink(5.0, 0.1);
        DeviceTranslation even = Images.of(pink).translation().device("car");
        assertThat(even.maskedShare()).isLessThan(0.35);
        assertThat(Images.of(Signals.scaled(pink, 0.01)).translation().device("car").maskedShare())
                .isEqualTo(even.maskedShare());
        // White noise has 20 dB less below 400 Hz.
        float[] white = Signals.noise(5 * RATE_HZ, 0.1, 12);
        DeviceTranslation thin =
                Images.of(new AudioClip(RATE_HZ, white, white)).translation().device("car");
        assertThat(thin.maskedShare()).isGreaterThan(0.8);
        assertThat(thin.reason()).contains("road");
        assertThat(even.model().noise()).isNotNull();
        assertThat(Images.of(pink).translation().device("phone").maskedShare()).isNaN();
    }

    @Test
    void swappedChannelsTranslateAlike() throws IOException {
        AudioClip clip = Signals.musicLike(RATE_HZ, 5.0, 8);
        assertThat(Images.of(Signals.swapped(clip)).translation())
                .isEqualTo(Images.of(clip).translation());
    }

    @Test
    void silenceTranslatesToNothing() throws IOException {
        float[] silence = new float[RATE_HZ * 4];
        assertThat(Images.of(new AudioClip(RATE_HZ, silence, silence)).translation())
                .isEqualTo(Translation.NONE);
        assertThatThrownBy(() -> Translation.NONE.device("phone"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyReasonIsASentence() throws IOException {
        for (DeviceTranslation device :
                Images.of(Signals.musicLike(RATE_HZ, 5.0, 9)).translation().devices()) {
            assertThat(device.reason()).startsWith("On " + device.model().title()).endsWith(".");
            assertThat(device.verdict()).isNotEqualTo(Verdict.UNKNOWN);
            assertThat(device.lossLu()).isFinite();
            assertThat(device.regions()).hasSize(DeviceSeconds.REGIONS);
        }
    }

    /** Whole losses against audio that went through the devices. */
    private static void agree(AudioClip clip, double toleranceLu) throws IOException {
        Translation translation = Images.of(clip).translation();
        double full = Signals.loudness(clip).integratedLufs();
        for (DeviceTranslation device : translation.devices()) {
            double loss = full - playedLufs(withoutCompressor(device.model()), clip, 0.0);
            assertThat(device.lossLu())
                    .as(device.model().name())
                    .isCloseTo(loss, within(toleranceLu));
        }
    }

    private static double playedLufs(DeviceModel model, AudioClip clip, double playbackGainDb)
            throws IOException {
        float[] left = clip.channel(0).clone();
        float[] right = clip.channel(1).clone();
        model.prepare(clip.format(), playbackGainDb).process(AudioBlock.wrap(left, right));
        return Signals.loudness(new AudioClip(clip.format().sampleRateHz(), left, right))
                .integratedLufs();
    }

    private static DeviceModel withoutCompressor(DeviceModel model) {
        return new DeviceModel(
                model.name(),
                model.title(),
                model.filters(),
                model.sideGain(),
                model.monoBelowHz(),
                model.cabin(),
                null,
                model.noise(),
                model.basis());
    }

    private static Translation sine(double frequencyHz) throws IOException {
        float[] samples = Signals.tones(RATE_HZ, frequencyHz, Signals.tone(5, -12));
        return Images.of(new AudioClip(RATE_HZ, samples, samples)).translation();
    }

    /** Voss and McCartney: twelve random numbers that change at octaves; correlation 0.8. */
    private static AudioClip pink(double seconds, double level) {
        int frames = (int) (seconds * RATE_HZ);
        float[][] samples = new float[2][frames];
        var random = new SplittableRandom(77);
        double[][] rows = new double[3][14];
        for (int i = 0; i < frames; i++) {
            double[] sums = new double[3];
            for (int c = 0; c < 3; c++) {
                rows[c][Math.min(13, Integer.numberOfTrailingZeros(i + 1))] =
                        random.nextDouble() - 0.5;
                sums[c] = Arrays.stream(rows[c]).sum();
            }
            samples[0][i] = (float) (level * (0.9 * sums[0] + 0.43 * sums[1]));
            samples[1][i] = (float) (level * (0.9 * sums[0] + 0.43 * sums[2]));
        }
        return new AudioClip(RATE_HZ, samples);
    }
}
