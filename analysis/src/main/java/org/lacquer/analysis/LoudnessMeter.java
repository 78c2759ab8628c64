// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioSink;
import org.lacquer.audio.StreamFormat;

import java.util.Arrays;

/**
 * Loudness meter with the windows of EBU Tech 3341 (November 2023): integrated after ITU-R
 * BS.1770-5, momentary (400 ms), short-term (3 s), and the loudness range of EBU Tech 3342.
 *
 * <p>Maxima are read on a grid of 10 ms; a coarser grid would miss events (Tech 3341, test 13).
 * Integrated loudness stays on its own grid of 100 ms.
 *
 * <p>One channel is measured as one channel: a mono file reads 3.01 LU less than the same signal on
 * both channels of a stereo file. Up to eight channels in FFmpeg's default order; LFE does not
 * count. Samples that are not finite count as silence.
 *
 * <p>Memory: 800 bytes a second. Not thread-safe.
 */
public final class LoudnessMeter implements AudioSink {
    private final KWeightedPower power;

    public LoudnessMeter(StreamFormat format) {
        this(new KWeightedPower(format));
    }

    /**
     * @param channelWeights one a channel; 0 leaves the channel out
     */
    public LoudnessMeter(StreamFormat format, double... channelWeights) {
        this(new KWeightedPower(format, channelWeights));
    }

    private LoudnessMeter(KWeightedPower power) {
        this.power = power;
    }

    @Override
    public void write(AudioBlock block) {
        power.write(block);
    }

    /** For callers who know that all samples are finite. */
    void writeFinite(AudioBlock block) {
        power.writeFinite(block);
    }

    /** Figures of all that was heard so far, as if the stream ended here. */
    public Loudness loudness() {
        return of(power.hopEnergies(), power.format());
    }

    /** The hops under the figures. */
    public double[] hopEnergies() {
        return power.hopEnergies();
    }

    /** Loudness figures from hop energies, as {@link KWeightedPower} gives them. */
    public static Loudness of(double[] hopEnergies, StreamFormat format) {
        int rate = format.sampleRateHz();
        int hops = hopEnergies.length;
        double[] momentary = Hops.windowPowers(hopEnergies, hops, Bs1770.BLOCK_HOPS, 1, rate);
        double[] shortTerm = Hops.windowPowers(hopEnergies, hops, Tech3342.WINDOW_HOPS, 1, rate);
        double[] padded = Arrays.copyOf(hopEnergies, hops + Tech3342.APPENDED_HOPS);
        double[] ranged =
                Hops.windowPowers(
                        padded, padded.length, Tech3342.WINDOW_HOPS, Tech3342.STEP_HOPS, rate);
        return new Loudness(
                GatedLoudness.integratedLufs(hopEnergies, format),
                Tech3342.loudnessRange(ranged),
                maximum(momentary),
                maximum(shortTerm),
                series(momentary, Bs1770.BLOCK_HOPS),
                series(shortTerm, Tech3342.WINDOW_HOPS));
    }

    private static double maximum(double[] powers) {
        double largest = 0.0;
        for (double power : powers) {
            largest = Math.max(largest, power);
        }
        return largest == 0.0 ? Double.NaN : Bs1770.loudness(largest);
    }

    /** Every tenth window as loudness; digital silence is undefined. */
    private static Series series(double[] powers, int windowHops) {
        double[] values = new double[(powers.length + 9) / 10];
        for (int i = 0; i < values.length; i++) {
            double power = powers[i * 10];
            values[i] = power == 0.0 ? Double.NaN : Bs1770.loudness(power);
        }
        return new Series((double) windowHops / Hops.PER_SECOND, 0.1, values);
    }
}
