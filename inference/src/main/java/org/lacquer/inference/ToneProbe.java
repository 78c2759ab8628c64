// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference;

import org.lacquer.analysis.FeatureSet;
import org.lacquer.analysis.Series;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioSink;
import org.lacquer.audio.AudioSource;
import org.lacquer.audio.AudioSpool;
import org.lacquer.audio.Decibels;
import org.lacquer.audio.Fft;
import org.lacquer.audio.StreamFormat;

import java.io.IOException;
import java.util.Arrays;

/**
 * Third octaves of one stretch of a stream, cheap enough to look at a master again: Hann windows of
 * 2048 frames at 44.1 and 48 kHz, half overlapping, power of mid and side together.
 */
final class ToneProbe implements AudioSink {
    static final double SECONDS = 10.0;

    private static final double FLOOR = 1e-12;

    private final StreamFormat format;
    private final float[][] samples;
    private final long start;
    private long position;

    /**
     * @param startSeconds where the stretch begins
     */
    ToneProbe(StreamFormat format, double startSeconds) {
        this.format = format;
        this.start = format.framesOf(Math.max(0.0, startSeconds));
        this.samples = new float[format.channels()][(int) format.framesOf(SECONDS)];
    }

    /** What it hears of a whole stream. */
    static ToneProbe of(AudioSpool audio, double startSeconds) throws IOException {
        ToneProbe probe = new ToneProbe(audio.format(), startSeconds);
        long first = Math.min(audio.frames(), probe.start);
        probe.position = first;
        long end = Math.min(audio.frames(), first + probe.samples[0].length);
        AudioBlock block = new AudioBlock(audio.format().channels(), 8_192);
        try (AudioSource source = audio.source(first, end)) {
            while (source.read(block) > 0) {
                probe.write(block);
            }
        }
        return probe;
    }

    /** Start of the loudest stretch by short-term loudness; 0 when there is none. */
    static double loudest(Series shortTermLufs) {
        int windows = (int) Math.round((SECONDS - 3.0) / shortTermLufs.stepSeconds());
        double best = Double.NEGATIVE_INFINITY;
        int place = 0;
        double sum = 0.0;
        for (int k = 0; k < shortTermLufs.size(); k++) {
            sum += power(shortTermLufs.at(k));
            if (k >= windows) {
                sum -= power(shortTermLufs.at(k - windows));
                if (sum > best) {
                    best = sum;
                    place = k - windows + 1;
                }
            }
        }
        return Math.max(0.0, shortTermLufs.secondsAt(place) - 3.0);
    }

    private static double power(double lufs) {
        return Double.isFinite(lufs) ? Decibels.toPower(lufs) : 0.0;
    }

    /** Forgets what it heard: another attempt begins. */
    void restart() {
        position = 0;
        for (float[] channel : samples) {
            Arrays.fill(channel, 0f);
        }
    }

    @Override
    public void write(AudioBlock block) {
        long from = Math.max(start, position);
        long to = Math.min(start + samples[0].length, position + block.frames());
        for (int c = 0; from < to && c < samples.length; c++) {
            System.arraycopy(
                    block.channel(c),
                    (int) (from - position),
                    samples[c],
                    (int) (from - start),
                    (int) (to - from));
        }
        position += block.frames();
    }

    /** Levels of the 30 third octaves from 25 Hz to 20 kHz, dB up to a constant. */
    double[] levelsDb() {
        int length = Integer.highestOneBit((int) (2_048 * (format.sampleRateHz() / 44_100.0)));
        Fft fft = new Fft(length);
        double[] powers = new double[length / 2 + 1];
        double[] data = new double[length];
        double[] spectrum = new double[length / 2 + 1];
        double[] window = new double[length];
        for (int i = 0; i < length; i++) {
            window[i] = 0.5 - 0.5 * StrictMath.cos(2.0 * StrictMath.PI * i / length);
        }
        for (float[] channel : samples) {
            for (int at = 0; at + length <= channel.length; at += length / 2) {
                for (int i = 0; i < length; i++) {
                    data[i] = window[i] * channel[at + i];
                }
                fft.forward(data);
                fft.powers(data, spectrum);
                for (int k = 0; k < powers.length; k++) {
                    powers[k] += spectrum[k];
                }
            }
        }
        return bands(powers, (double) format.sampleRateHz() / length);
    }

    /** A bin on the edge of a band is shared. */
    private static double[] bands(double[] powers, double binHz) {
        double[] out = new double[FeatureSet.BANDS];
        for (int b = 0; b < out.length; b++) {
            double from = StrictMath.pow(10.0, (13.5 + b) / 10.0) / binHz;
            double to = StrictMath.pow(10.0, (14.5 + b) / 10.0) / binHz;
            double sum = FLOOR;
            for (int k = (int) (from + 0.5); k <= to + 0.5 && k < powers.length; k++) {
                double share = Math.min(to, k + 0.5) - Math.max(from, k - 0.5);
                sum += Math.max(0.0, share) * powers[k];
            }
            out[b] = Decibels.fromPower(sum);
        }
        return out;
    }
}
