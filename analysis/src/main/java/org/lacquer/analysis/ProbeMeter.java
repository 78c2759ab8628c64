// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.Fft;
import org.lacquer.audio.StreamFormat;

/**
 * Looks at the spectrum of 46 ms every 100 ms, at one channel after another, for the noise between
 * the music and for what lies at the upper end.
 */
final class ProbeMeter {
    private final int length;
    private final Fft fft;
    private final double[] window;
    private final double[] spectrum;
    private final double[] powers;
    private final double scale;
    private final NoiseGaps noise;
    private final UpperEnd upperEnd;
    private int turn;

    ProbeMeter(StreamFormat format, int chunkFrames) {
        int rate = format.sampleRateHz();
        this.length = SpectralFrames.length(rate);
        this.fft = new Fft(length);
        this.window = new double[length];
        this.spectrum = new double[length];
        this.powers = new double[length / 2 + 1];
        double squares = 0.0;
        for (int i = 0; i < length; i++) {
            double sine = StrictMath.sin(StrictMath.PI * i / length);
            window[i] = sine * sine;
            squares += window[i] * window[i];
        }
        this.scale = 2.0 / (length * squares);
        double binHz = (double) rate / length;
        this.noise = new NoiseGaps(binHz, format.secondsOf(chunkFrames));
        this.upperEnd = new UpperEnd(binHz, rate);
    }

    void write(Chunk chunk) {
        int channel = turn;
        turn = (turn + 1) % chunk.channels();
        boolean probed = chunk.frames >= length && chunk.energy(channel) > 0.0;
        if (probed) {
            probe(chunk.samples[channel]);
            upperEnd.write(powers);
        }
        double energy = 0.0;
        for (int c = 0; c < chunk.channels(); c++) {
            energy += chunk.energy(c);
        }
        if (chunk.frames == chunk.capacity()) {
            noise.write(energy / chunk.frames / chunk.channels(), probed, powers);
        }
    }

    Integrity.Noise noise() {
        return noise.result();
    }

    Integrity.Highs highs() {
        return upperEnd.result();
    }

    private void probe(float[] samples) {
        for (int i = 0; i < length; i++) {
            spectrum[i] = window[i] * samples[i];
        }
        fft.forward(spectrum);
        fft.powers(spectrum, powers);
        for (int k = 0; k < powers.length; k++) {
            powers[k] *= scale;
        }
    }
}
