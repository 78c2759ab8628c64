// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.jspecify.annotations.Nullable;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.Biquad;
import org.lacquer.audio.BiquadCoefficients;
import org.lacquer.audio.Decibels;
import org.lacquer.audio.Processor;
import org.lacquer.audio.Require;
import org.lacquer.audio.StreamFormat;

import java.util.Arrays;
import java.util.List;

/**
 * Makes audio sound roughly as on a {@link DeviceModel}: its signal path, sample by sample, with
 * the coefficients that its figures use. A device with one loudspeaker gives the same on both
 * channels. Noise is not added.
 *
 * <p>Latency: none. Cost: about ten second-order sections on two channels. Not for rendering
 * masters; its minimum-phase filters and its fast compressor are there to be listened to.
 */
public final class DeviceProcessor implements Processor {
    private static final double SMALLEST = 1e-60;

    private final int channels;
    private final double gain;
    private final double sideGain;
    private final Biquad[] mid;
    private final Biquad[] side;
    private final @Nullable Copies midCopies;
    private final @Nullable Copies sideCopies;
    private final @Nullable Follower follower;

    DeviceProcessor(DeviceModel model, StreamFormat format, double playbackGainDb) {
        Require.inRange("channels", format.channels(), 1, 2, "");
        Require.inRange("playbackGainDb", playbackGainDb, -100.0, 100.0, "dB");
        double rate = format.sampleRateHz();
        this.channels = format.channels();
        this.gain = model.levelGain(rate);
        this.sideGain = model.sideGain();
        this.mid = chain(model.filters(rate), List.of());
        this.side = chain(model.filters(rate), model.sideFilters(rate));
        this.midCopies = model.cabin() == null ? null : new Copies(model.cabin(), rate);
        this.sideCopies = model.cabin() == null ? null : new Copies(model.cabin(), rate);
        this.follower =
                model.compressor() == null
                        ? null
                        : new Follower(model.compressor(), rate, playbackGainDb);
    }

    @Override
    public void process(AudioBlock block) {
        float[] left = block.channel(0);
        float[] right = block.channel(channels - 1);
        for (int i = 0; i < block.frames(); i++) {
            double m = gain * 0.5 * ((double) left[i] + right[i]);
            double s = gain * sideGain * 0.5 * ((double) left[i] - right[i]);
            for (Biquad section : mid) {
                m = section.process(m);
            }
            for (Biquad section : side) {
                s = section.process(s);
            }
            if (midCopies != null && sideCopies != null) {
                m = midCopies.process(m);
                s = sideCopies.process(s);
            }
            if (follower != null) {
                double factor = follower.gain(m * m + s * s);
                m *= factor;
                s *= factor;
            }
            left[i] = (float) (m + s);
            right[i] = (float) (channels == 1 ? m : m - s);
        }
    }

    @Override
    public void reset() {
        for (Biquad section : mid) {
            section.reset();
        }
        for (Biquad section : side) {
            section.reset();
        }
        if (midCopies != null && sideCopies != null) {
            midCopies.reset();
            sideCopies.reset();
        }
        if (follower != null) {
            follower.reset();
        }
    }

    @Override
    public int latencyFrames() {
        return 0;
    }

    private static Biquad[] chain(List<BiquadCoefficients> first, List<BiquadCoefficients> second) {
        Biquad[] chain = new Biquad[first.size() + second.size()];
        for (int i = 0; i < chain.length; i++) {
            chain[i] = new Biquad(i < first.size() ? first.get(i) : second.get(i - first.size()));
        }
        return chain;
    }

    /** The sound and its late copies. */
    private static final class Copies {
        private final Biquad filter;
        private final int[] delays;
        private final double[] gains;
        private final double[] memory;
        private int place;

        Copies(DeviceModel.Cabin cabin, double sampleRateHz) {
            this.filter = new Biquad(cabin.filter(sampleRateHz));
            this.delays = new int[cabin.gains().size()];
            this.gains = new double[delays.length];
            int longest = 0;
            for (int i = 0; i < delays.length; i++) {
                delays[i] = cabin.delayFrames(i, sampleRateHz);
                gains[i] = cabin.gains().get(i);
                longest = Math.max(longest, delays[i]);
            }
            this.memory = new double[Integer.highestOneBit(longest) * 2 + 2];
        }

        double process(double x) {
            memory[place] = filter.process(x);
            double sum = x;
            for (int i = 0; i < delays.length; i++) {
                int from = place - delays[i];
                sum += gains[i] * memory[from < 0 ? from + memory.length : from];
            }
            place = place + 1 == memory.length ? 0 : place + 1;
            return sum;
        }

        void reset() {
            filter.reset();
            Arrays.fill(memory, 0.0);
            place = 0;
        }
    }

    /** Mean square that decays no faster than the release, and the gain for it. */
    private static final class Follower {
        private final DeviceModel.Compressor compressor;
        private final double input;
        private final double attack;
        private final double release;
        private double meanSquare;
        private double held;

        Follower(DeviceModel.Compressor compressor, double sampleRateHz, double playbackGainDb) {
            this.compressor = compressor;
            this.input = Decibels.toPower(playbackGainDb + DeviceLevels.SINE_DB);
            this.attack = StrictMath.exp(-1000.0 / (compressor.attackMs() * sampleRateHz));
            this.release = StrictMath.exp(-1000.0 / (compressor.releaseMs() * sampleRateHz));
        }

        double gain(double power) {
            meanSquare = flush(power * input + attack * (meanSquare - power * input));
            held = flush(Math.max(meanSquare, release * held));
            double db = compressor.gainDb(Decibels.fromPower(held));
            return db == 0.0 ? 1.0 : Decibels.toGain(db);
        }

        void reset() {
            meanSquare = 0.0;
            held = 0.0;
        }

        private static double flush(double state) {
            return Math.abs(state) < SMALLEST ? 0.0 : state;
        }
    }
}
