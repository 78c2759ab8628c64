// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * Converts a stream to another sample rate, between any two of 8 to 384 kHz.
 *
 * <p>{@code y[n] = sum over k of x[k] g(n M/L - k)}: one linear-phase low-pass g, sampled at
 * exactly the times that the rational ratio L/M asks for (Oppenheim, Schafer, "Discrete-Time Signal
 * Processing", 3rd edition, §4.6). The pass-band ends at 20/22.05 of the lower Nyquist frequency,
 * which is 20 kHz for 44.1 kHz; the stop-band begins at that Nyquist frequency, so nothing folds
 * back even above 20 kHz.
 *
 * <p>Output frame 0 is at the time of input frame 0: the latency is compensated. Silence is assumed
 * around the stream. {@code n} frames in give {@link #outputFrames} out. Frames are added in a
 * fixed order in double precision, so the blocks leave no trace in the result.
 *
 * <p>Cost: about 215 multiplications per channel and frame of the higher rate. True peaks may grow:
 * measure them after conversion. Not thread-safe.
 */
public final class Resampler {
    /** Frames of input taken in at a time. */
    private static final int STEP_FRAMES = 1_024;

    /** Frames of output handed on at a time, at most. */
    private static final int DELIVERY_FRAMES = 4_096;

    private final StreamFormat from;
    private final StreamFormat to;
    private final int up;
    private final int down;
    private final ResamplerTaps taps;
    private final int reach;

    /** Input frames around the next output, and how many of them are filled. */
    private final double[][] history;

    private final AudioBlock delivery;
    private int filled;

    /** Index in the history of the first tap of the next output; its phase in 1/L frames. */
    private int first;

    private int phase;
    private long framesIn;
    private long framesOut;

    /**
     * @param from rate and channels of the input
     * @param toRateHz another rate
     */
    public Resampler(StreamFormat from, int toRateHz) {
        Require.that(
                from.sampleRateHz() != toRateHz,
                "toRateHz must differ from the input's rate, got " + toRateHz);
        this.from = from;
        this.to = from.withSampleRateHz(toRateHz);
        int divisor = commonDivisor(from.sampleRateHz(), toRateHz);
        this.up = toRateHz / divisor;
        this.down = from.sampleRateHz() / divisor;
        this.taps = new ResamplerTaps(up, down);
        this.reach = taps.length() / 2;
        this.history = new double[from.channels()][taps.length() + down / up + 1 + STEP_FRAMES];
        this.delivery = new AudioBlock(from.channels(), DELIVERY_FRAMES);
        reset();
    }

    /** The frames that a whole stream becomes: {@code inputFrames * L/M}, rounded. */
    public static long outputFrames(long inputFrames, int fromRateHz, int toRateHz) {
        int divisor = commonDivisor(fromRateHz, toRateHz);
        long up = toRateHz / divisor;
        long down = fromRateHz / divisor;
        return (inputFrames * up + down / 2) / down;
    }

    /** {@code source} at another rate; the same source when it has that rate already. */
    public static AudioSource resample(AudioSource source, int toRateHz) {
        if (source.format().sampleRateHz() == toRateHz) {
            return source;
        }
        return new ResampledSource(source, new Resampler(source.format(), toRateHz));
    }

    public StreamFormat outputFormat() {
        return to;
    }

    /** Takes a block of input and hands on whatever output it completes. */
    public void write(AudioBlock input, AudioSink output) throws IOException {
        Require.that(
                input.channels() == from.channels(),
                "block must have " + from.channels() + " channels, got " + input.channels());
        int done = 0;
        while (done < input.frames()) {
            int count = Math.min(input.frames() - done, history[0].length - filled);
            for (int c = 0; c < history.length; c++) {
                widen(input.channel(c), done, history[c], filled, count);
            }
            filled += count;
            framesIn += count;
            done += count;
            produce(Long.MAX_VALUE, output);
        }
        deliver(output);
    }

    /** Ends the stream: hands on all output that is still owed. Then only {@link #reset} helps. */
    public void finish(AudioSink output) throws IOException {
        long owed = outputFrames(framesIn, from.sampleRateHz(), to.sampleRateHz());
        while (framesOut < owed) {
            for (double[] channel : history) {
                Arrays.fill(channel, filled, channel.length, 0.0);
            }
            filled = history[0].length;
            produce(owed, output);
        }
        deliver(output);
    }

    /** Forgets all audio heard. */
    public void reset() {
        for (double[] channel : history) {
            Arrays.fill(channel, 0.0);
        }
        // Output 0 lies on input 0, which therefore comes after the left half of the taps.
        filled = reach - 1;
        first = 0;
        phase = 0;
        framesIn = 0;
        framesOut = 0;
        delivery.setFrames(0);
    }

    private void produce(long end, AudioSink output) throws IOException {
        while (framesOut < end && first + taps.length() <= filled) {
            if (delivery.frames() == DELIVERY_FRAMES) {
                deliver(output);
            }
            int at = delivery.frames();
            delivery.setFrames(at + 1);
            double[] row = taps.row(phase);
            int c = 0;
            for (; c + 1 < history.length; c += 2) {
                sumPair(row, c, at);
            }
            if (c < history.length) {
                sum(row, c, at);
            }
            framesOut++;
            phase += down;
            first += phase / up;
            phase %= up;
        }
        // Whole frames that no later output needs make room; a low rate may skip past what is here.
        int used = Math.min(first, filled);
        for (double[] channel : history) {
            System.arraycopy(channel, used, channel, 0, filled - used);
        }
        filled -= used;
        first -= used;
    }

    private void deliver(AudioSink output) throws IOException {
        if (delivery.frames() > 0) {
            output.write(delivery);
            delivery.setFrames(0);
        }
    }

    /** Four partial sums: they keep the processor busy, and their order is part of the contract. */
    private void sum(double[] row, int channel, int at) {
        double[] x = history[channel];
        int offset = first;
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        for (int i = 0; i < row.length; i += 4) {
            a += x[offset + i] * row[i];
            b += x[offset + i + 1] * row[i + 1];
            c += x[offset + i + 2] * row[i + 2];
            d += x[offset + i + 3] * row[i + 3];
        }
        delivery.channel(channel)[at] = (float) ((a + b) + (c + d));
    }

    /** {@link #sum} of two channels in one loop, which reads each tap once; the same bits. */
    private void sumPair(double[] row, int channel, int at) {
        double[] x = history[channel];
        double[] y = history[channel + 1];
        int offset = first;
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        double e = 0;
        double f = 0;
        double g = 0;
        double h = 0;
        for (int i = 0; i < row.length; i += 4) {
            a += x[offset + i] * row[i];
            b += x[offset + i + 1] * row[i + 1];
            c += x[offset + i + 2] * row[i + 2];
            d += x[offset + i + 3] * row[i + 3];
            e += y[offset + i] * row[i];
            f += y[offset + i + 1] * row[i + 1];
            g += y[offset + i + 2] * row[i + 2];
            h += y[offset + i + 3] * row[i + 3];
        }
        delivery.channel(channel)[at] = (float) ((a + b) + (c + d));
        delivery.channel(channel + 1)[at] = (float) ((e + f) + (g + h));
    }

    private static void widen(float[] source, int from, double[] target, int to, int count) {
        for (int i = 0; i < count; i++) {
            target[to + i] = source[from + i];
        }
    }

    private static int commonDivisor(int a, int b) {
        return BigInteger.valueOf(a).gcd(BigInteger.valueOf(b)).intValueExact();
    }
}
