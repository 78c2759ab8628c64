// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.jspecify.annotations.Nullable;
import org.lacquer.audio.BiquadCoefficients;
import org.lacquer.audio.Decibels;
import org.lacquer.audio.Require;
import org.lacquer.audio.StreamFormat;

import java.util.ArrayList;
import java.util.List;

/**
 * What a playback device does to a stereo signal, roughly: it is made to ask what a song
 * <em>loses</em> there. No model is a measurement of one product, and none is a target for an
 * equaliser.
 *
 * <p>Signal path: mid = (L + R) / 2 and side = (L - R) / 2; both through the {@code filters}; side
 * times {@code sideGain} and, where the device sums its bass to mono, through a high-pass; then the
 * {@code cabin}, then the {@code compressor}, back to left and right. Every model is turned up so
 * that its mean power response between 500 Hz and 2 kHz is 0 dB: a loss tells what is missing
 * beside the middle of the song, not how loud the device is.
 *
 * @param name stable name for scripts, for instance {@code phone}
 * @param title for people, fits after "on"
 * @param sideGain 1 is full stereo, 0 a single loudspeaker
 * @param monoBelowHz below this the side signal is removed, 24 dB an octave; 0 for nowhere
 * @param cabin early reflections; null for none
 * @param compressor the device's own protection; null for none
 * @param noise around the listener; null for quiet
 * @param basis where the numbers come from
 */
public record DeviceModel(
        String name,
        String title,
        List<DeviceFilter> filters,
        double sideGain,
        double monoBelowHz,
        @Nullable Cabin cabin,
        @Nullable Compressor compressor,
        @Nullable Noise noise,
        String basis) {

    private static final double LEVEL_FROM_HZ = 500.0;
    private static final int LEVEL_POINTS = 24;

    public DeviceModel {
        filters = List.copyOf(filters);
        Require.inRange("sideGain", sideGain, 0.0, 2.0, "");
        Require.inRange("monoBelowHz", monoBelowHz, 0.0, 1_000.0, "Hz");
    }

    /** The ten models of {@link Devices}. */
    public static List<DeviceModel> all() {
        return Devices.ALL;
    }

    /** Whether one loudspeaker plays everything. */
    public boolean mono() {
        return sideGain == 0.0;
    }

    /** Sections that mid and side pass in series, without the level gain. */
    public List<BiquadCoefficients> filters(double sampleRateHz) {
        List<BiquadCoefficients> list = new ArrayList<>();
        for (DeviceFilter filter : filters) {
            list.addAll(filter.sections(sampleRateHz));
        }
        return list;
    }

    /** Further sections that only the side signal passes. */
    public List<BiquadCoefficients> sideFilters(double sampleRateHz) {
        return monoBelowHz == 0.0
                ? List.of()
                : DeviceFilter.highPass(monoBelowHz, 4).sections(sampleRateHz);
    }

    /** Linear gain that brings the mean power response between 500 Hz and 2 kHz to 1. */
    public double levelGain(double sampleRateHz) {
        double sum = 0.0;
        for (int i = 0; i <= LEVEL_POINTS; i++) {
            double hz = LEVEL_FROM_HZ * StrictMath.pow(4.0, (double) i / LEVEL_POINTS);
            sum += DeviceResponse.power(this, hz, sampleRateHz);
        }
        return StrictMath.sqrt((LEVEL_POINTS + 1) / sum);
    }

    /** Response to the mid signal in dB, level gain and cabin included, compressor at rest. */
    public double responseDb(double frequencyHz, double sampleRateHz) {
        return Decibels.fromGain(levelGain(sampleRateHz))
                + Decibels.fromPower(DeviceResponse.power(this, frequencyHz, sampleRateHz));
    }

    /**
     * Plays the device: the same coefficients as the figures.
     *
     * @param format mono or stereo; one channel is heard as two equal ones
     * @param playbackGainDb gain before the device that brings the song to {@link
     *     Translation#PLAYBACK_LUFS}; it only matters to the compressor and is taken back behind it
     */
    public DeviceProcessor prepare(StreamFormat format, double playbackGainDb) {
        return new DeviceProcessor(this, format, playbackGainDb);
    }

    /**
     * Copies of the sound that arrive after it.
     *
     * @param delaysMs one a copy, 0 to 50
     * @param gains linear, as many
     * @param lowPassHz 12 dB an octave, for all copies
     */
    public record Cabin(List<Double> delaysMs, List<Double> gains, double lowPassHz) {
        public Cabin {
            delaysMs = List.copyOf(delaysMs);
            gains = List.copyOf(gains);
            Require.that(delaysMs.size() == gains.size(), "delaysMs and gains must match");
            for (double delayMs : delaysMs) {
                Require.inRange("delayMs", delayMs, 0.0, 50.0, "ms");
            }
        }

        /** One section for all copies; {@code IDENTITY} where the rate ends below it. */
        BiquadCoefficients filter(double sampleRateHz) {
            List<BiquadCoefficients> list =
                    DeviceFilter.lowPass(lowPassHz, 2).sections(sampleRateHz);
            return list.isEmpty() ? BiquadCoefficients.IDENTITY : list.getFirst();
        }

        int delayFrames(int copy, double sampleRateHz) {
            return (int) Math.rint(delaysMs.get(copy) / 1000.0 * sampleRateHz);
        }
    }

    /**
     * Feed-forward compressor on the mean square of mid and side together.
     *
     * @param thresholdDbfs of the mean square, a full-scale sine being 0 dBFS, at playback level
     * @param ratio at least 1
     * @param attackMs time constant of the mean square
     * @param releaseMs time constant of its decay
     */
    public record Compressor(
            double thresholdDbfs, double ratio, double attackMs, double releaseMs) {
        public Compressor {
            Require.inRange("thresholdDbfs", thresholdDbfs, -60.0, 0.0, "dBFS");
            Require.inRange("ratio", ratio, 1.0, 100.0, "");
            Require.inRange("attackMs", attackMs, 0.1, 1_000.0, "ms");
            Require.inRange("releaseMs", releaseMs, 0.1, 10_000.0, "ms");
        }

        /** Gain of a level in dB, at most 0. */
        double gainDb(double levelDbfs) {
            return Math.min(0.0, (thresholdDbfs - levelDbfs) * (1.0 - 1.0 / ratio));
        }
    }

    /**
     * Pink noise.
     *
     * @param levelLufs K-weighted, beside a song at {@link Translation#PLAYBACK_LUFS}
     * @param belowHz where it ends
     */
    public record Noise(double levelLufs, double belowHz) {
        public Noise {
            Require.inRange("levelLufs", levelLufs, -80.0, 0.0, "LUFS");
            Require.inRange("belowHz", belowHz, 50.0, 20_000.0, "Hz");
        }
    }
}
