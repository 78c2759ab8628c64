// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.Decibels;
import org.lacquer.audio.Fft;
import org.lacquer.audio.StreamFormat;

/**
 * Hum and the power at the lower end, from Hann windows of 8192 points of the decimated stream
 * (about 3 s, bins of a third of a hertz), every half window.
 */
final class LowMeter {
    private static final int LENGTH = 8192;
    private static final double LOWEST_HZ = 2.0;
    private static final double INFRASONIC_HZ = 25.0;
    private static final double SUB_LOW_HZ = 20.0;
    private static final double SUB_HIGH_HZ = 40.0;
    private static final double BASS_HIGH_HZ = 120.0;

    private final StreamFormat format;
    private final Decimator decimator;
    private final double[] decimated;
    private final Fft fft = new Fft(LENGTH);
    private final double[] window = new double[LENGTH];
    private final double[] buffer = new double[LENGTH];
    private final double[] spectrum = new double[LENGTH];
    private final double[] powers = new double[LENGTH / 2 + 1];
    private final double scale;
    private final double binHz;
    private final HumLines lines;
    private int filled;
    private long windows;
    private long heard;
    private double infrasonic;
    private double sub;
    private double bass;

    LowMeter(StreamFormat format) {
        this.format = format;
        this.decimator = new Decimator(format.sampleRateHz());
        double rateHz = (double) format.sampleRateHz() / decimator.factor();
        this.binHz = rateHz / LENGTH;
        this.decimated = new double[format.sampleRateHz() / 4];
        double squares = 0.0;
        for (int i = 0; i < LENGTH; i++) {
            double sine = StrictMath.sin(StrictMath.PI * i / LENGTH);
            window[i] = sine * sine;
            squares += window[i] * window[i];
        }
        this.scale = 2.0 / (LENGTH * squares);
        this.lines = new HumLines(binHz);
    }

    void write(Chunk chunk) {
        heard += chunk.frames;
        int count = decimator.process(chunk.samples, chunk.frames, decimated);
        int position = 0;
        while (position < count) {
            int take = Math.min(count - position, LENGTH - filled);
            System.arraycopy(decimated, position, buffer, filled, take);
            filled += take;
            position += take;
            if (filled == LENGTH) {
                endWindow();
            }
        }
    }

    Integrity.Lows lows() {
        if (windows == 0 || decimator.energy == 0.0) {
            return Integrity.Lows.NONE;
        }
        double all = decimator.energy / heard * windows;
        return new Integrity.Lows(ratioDb(infrasonic, all), ratioDb(sub, bass));
    }

    Integrity.Hum hum() {
        double hopSeconds = LENGTH / 2.0 * decimator.factor() / format.sampleRateHz();
        return lines.hum(hopSeconds);
    }

    private void endWindow() {
        for (int i = 0; i < LENGTH; i++) {
            spectrum[i] = window[i] * buffer[i];
        }
        fft.forward(spectrum);
        fft.powers(spectrum, powers);
        for (int k = 0; k < powers.length; k++) {
            powers[k] *= scale;
        }
        infrasonic += sum(LOWEST_HZ, INFRASONIC_HZ);
        sub += sum(SUB_LOW_HZ, SUB_HIGH_HZ);
        bass += sum(SUB_HIGH_HZ, BASS_HIGH_HZ);
        lines.write(powers, windows);
        windows++;
        System.arraycopy(buffer, LENGTH / 2, buffer, 0, LENGTH / 2);
        filled = LENGTH / 2;
    }

    private double sum(double fromHz, double toHz) {
        double sum = 0.0;
        for (int k = (int) Math.ceil(fromHz / binHz); k < toHz / binHz; k++) {
            sum += powers[k];
        }
        return sum;
    }

    private static double ratioDb(double power, double reference) {
        return reference > 0.0 && power > 0.0 ? Decibels.fromPower(power / reference) : Double.NaN;
    }
}
