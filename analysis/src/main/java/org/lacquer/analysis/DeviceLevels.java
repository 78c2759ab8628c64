// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.jspecify.annotations.Nullable;
import org.lacquer.audio.Decibels;

/**
 * Histogram of the levels that a device's compressor reads, so that its gain reduction can be told
 * for any playback level afterwards. Powers of third-octave bands times the device's response at
 * their middles, a reading a frame; the release holds the level as it does in audio, the attack is
 * shorter than a frame.
 */
final class DeviceLevels implements FrameListener {
    /** A full-scale sine reads 0 dBFS (AES17). */
    static final double SINE_DB = 3.0102999566398121;

    private static final double LOWEST_DB = -100.0;
    private static final double STEP_DB = 0.25;
    private static final int STEPS = 520;

    /** Levels further below the highest are not audible time. */
    private static final double AUDIBLE_DB = 30.0;

    final DeviceModel model;
    private final DeviceModel.Compressor compressor;
    private final double[] midGains = new double[ThirdOctaves.COUNT];
    private final double[] sideGains = new double[ThirdOctaves.COUNT];
    private final double release;
    private final long[] histogram = new long[STEPS];
    private double held;

    DeviceLevels(DeviceModel model, DeviceModel.Compressor compressor, int sampleRateHz) {
        this.model = model;
        this.compressor = compressor;
        double gain = model.levelGain(sampleRateHz);
        for (int b = 0; b < midGains.length; b++) {
            double hz = ThirdOctaves.centreHz(b);
            if (hz < 0.5 * sampleRateHz) {
                midGains[b] = gain * gain * DeviceResponse.power(model, hz, sampleRateHz);
                sideGains[b] = midGains[b] * DeviceResponse.sidePower(model, hz, sampleRateHz);
            }
        }
        double hopMs = 500.0 * SpectralFrames.length(sampleRateHz) / sampleRateHz;
        this.release = StrictMath.exp(-hopMs / compressor.releaseMs());
    }

    @Override
    public void frame(SpectralFrames spectra, @Nullable FineSpectrum fine) {
        double power = 0.0;
        for (int b = 0; b < midGains.length; b++) {
            power += midGains[b] * spectra.midBands[b] + sideGains[b] * spectra.sideBands[b];
        }
        held = Math.max(power, release * held);
        double place = (Decibels.fromPower(held) + SINE_DB - LOWEST_DB) / STEP_DB;
        if (place >= 0.0) {
            histogram[(int) Math.min(STEPS - 1, place)]++;
        }
    }

    /**
     * Percentile of the gain reduction in dB over the audible time, at least 0; NaN for silence.
     */
    double reductionDb(double playbackGainDb, double percent) {
        int top = STEPS - 1;
        while (top >= 0 && histogram[top] == 0) {
            top--;
        }
        int bottom = Math.max(0, top - (int) (AUDIBLE_DB / STEP_DB));
        long count = 0;
        for (int i = bottom; i <= top; i++) {
            count += histogram[i];
        }
        if (count == 0) {
            return Double.NaN;
        }
        double above = (1.0 - percent / 100.0) * count;
        int place = top;
        long passed = histogram[top];
        while (place > bottom && passed <= above) {
            place--;
            passed += histogram[place];
        }
        double level = LOWEST_DB + (place + 0.5) * STEP_DB + playbackGainDb;
        return Math.max(0.0, -compressor.gainDb(level));
    }
}
