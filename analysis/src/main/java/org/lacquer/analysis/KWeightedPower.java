// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioSink;
import org.lacquer.audio.BiquadCoefficients;
import org.lacquer.audio.Require;
import org.lacquer.audio.StreamFormat;

import java.util.Arrays;

/**
 * K-weighted energy of a stream in hops of 10 ms, summed over channels with the weights of ITU-R
 * BS.1770-5. Everything that loudness needs can be computed from these numbers, and a gain changes
 * them by its square: a solver can gate anew without filtering anew.
 *
 * <p>Signal path: shelf and high-pass in double precision, direct form I (its feed-forward half
 * vectorises, its feedback has the shortest dependency), square, sum. Two channels share a loop, so
 * that their recursions overlap; a single channel is filtered twice at the same cost.
 *
 * <p>Samples that are not finite count as silence. Memory: 800 bytes a second. Not thread-safe.
 */
public final class KWeightedPower implements AudioSink {
    /** Below this a filter state is silence; a hop is too short to decay from here to denormals. */
    private static final double SMALLEST = 1e-100;

    private final StreamFormat format;
    private final double[] weights;
    private final PairFilter[] filters;

    private double[] energies = new double[1024];
    private int hops;
    private long frames;
    private int segmentRemaining;

    /** Weights by channel count, 1 to 8 channels in FFmpeg's default order; LFE excluded. */
    public KWeightedPower(StreamFormat format) {
        this(format, Bs1770.channelWeights(format.channels()));
    }

    /**
     * @param channelWeights one a channel; 0 leaves the channel out
     */
    public KWeightedPower(StreamFormat format, double... channelWeights) {
        Require.that(
                channelWeights.length == format.channels(),
                "channelWeights must have one value a channel, got "
                        + channelWeights.length
                        + " for "
                        + format.channels());
        this.format = format;
        this.weights = channelWeights.clone();
        this.filters = pairs(format.sampleRateHz(), weights);
        this.segmentRemaining = (int) Hops.startFrame(1, format.sampleRateHz());
    }

    @Override
    public void write(AudioBlock block) {
        writeFinite(FiniteSamples.of(block));
    }

    /** For callers who know that all samples are finite. */
    void writeFinite(AudioBlock finite) {
        int position = 0;
        while (position < finite.frames()) {
            int count = Math.min(segmentRemaining, finite.frames() - position);
            for (PairFilter filter : filters) {
                filter.process(finite, position, count);
            }
            position += count;
            frames += count;
            segmentRemaining -= count;
            if (segmentRemaining == 0) {
                endHop();
            }
        }
    }

    public StreamFormat format() {
        return format;
    }

    /** Frames heard. */
    public long frames() {
        return frames;
    }

    /** Complete hops of 10 ms. */
    public int hops() {
        return hops;
    }

    /**
     * Weighted sums of squares of the complete hops, a copy. Hop h begins at frame round(h · rate /
     * 100).
     */
    public double[] hopEnergies() {
        return Arrays.copyOf(energies, hops);
    }

    private void endHop() {
        double energy = 0.0;
        for (PairFilter filter : filters) {
            energy += filter.takeEnergy();
        }
        if (hops == energies.length) {
            energies = Arrays.copyOf(energies, hops * 2);
        }
        energies[hops++] = energy;
        int rate = format.sampleRateHz();
        segmentRemaining = (int) (Hops.startFrame(hops + 1L, rate) - Hops.startFrame(hops, rate));
    }

    private static PairFilter[] pairs(int sampleRateHz, double[] weights) {
        int[] heard = new int[weights.length];
        int count = 0;
        for (int c = 0; c < weights.length; c++) {
            if (weights[c] != 0.0) {
                heard[count++] = c;
            }
        }
        PairFilter[] filters = new PairFilter[(count + 1) / 2];
        for (int p = 0; p < filters.length; p++) {
            int a = heard[2 * p];
            boolean single = 2 * p + 1 == count;
            int b = single ? a : heard[2 * p + 1];
            filters[p] = new PairFilter(sampleRateHz, a, b, weights[a], single ? 0.0 : weights[b]);
        }
        return filters;
    }

    /** Both sections for two channels, with the energy of the hop so far. */
    private static final class PairFilter {
        private final int channelA;
        private final int channelB;
        private final double weightA;
        private final double weightB;
        private final BiquadCoefficients shelf;
        private final BiquadCoefficients highPass;

        /** Two frames of history, then the segment. */
        private final double[] input;

        private final double[] feedA;
        private final double[] feedB;
        private final double[] historyA = new double[2];
        private final double[] historyB = new double[2];

        // Last and last but one output of each section.
        private double shelfA1;
        private double shelfA2;
        private double shelfB1;
        private double shelfB2;
        private double highA1;
        private double highA2;
        private double highB1;
        private double highB2;
        private double energyA;
        private double energyB;

        PairFilter(int sampleRateHz, int channelA, int channelB, double weightA, double weightB) {
            int longestHop = sampleRateHz / Hops.PER_SECOND + 2;
            this.channelA = channelA;
            this.channelB = channelB;
            this.weightA = weightA;
            this.weightB = weightB;
            this.shelf = Bs1770.shelf(sampleRateHz);
            this.highPass = Bs1770.highPass(sampleRateHz);
            this.input = new double[longestHop + 2];
            this.feedA = new double[longestHop];
            this.feedB = new double[longestHop];
        }

        void process(AudioBlock block, int offset, int count) {
            feedForward(block.channel(channelA), offset, count, historyA, feedA);
            feedForward(block.channel(channelB), offset, count, historyB, feedB);
            feedBack(count);
        }

        /** Numerator of the shelf. */
        private void feedForward(
                float[] samples, int offset, int count, double[] history, double[] feed) {
            double[] x = input;
            x[0] = history[0];
            x[1] = history[1];
            for (int i = 0; i < count; i++) {
                x[i + 2] = samples[offset + i];
            }
            double b0 = shelf.b0();
            double b1 = shelf.b1();
            double b2 = shelf.b2();
            for (int i = 0; i < count; i++) {
                feed[i] = b0 * x[i + 2] + b1 * x[i + 1] + b2 * x[i];
            }
            history[0] = x[count];
            history[1] = x[count + 1];
        }

        /** Poles of the shelf, then the high-pass without its gain, then the energy. */
        private void feedBack(int count) {
            double a1 = shelf.a1();
            double a2 = shelf.a2();
            double c1 = highPass.a1();
            double c2 = highPass.a2();
            double sa1 = shelfA1;
            double sa2 = shelfA2;
            double sb1 = shelfB1;
            double sb2 = shelfB2;
            double ha1 = highA1;
            double ha2 = highA2;
            double hb1 = highB1;
            double hb2 = highB2;
            double ea = energyA;
            double eb = energyB;
            for (int i = 0; i < count; i++) {
                double sa = feedA[i] - a2 * sa2 - a1 * sa1;
                double sb = feedB[i] - a2 * sb2 - a1 * sb1;
                double ha = (sa - sa1) - (sa1 - sa2) - c2 * ha2 - c1 * ha1;
                double hb = (sb - sb1) - (sb1 - sb2) - c2 * hb2 - c1 * hb1;
                sa2 = sa1;
                sa1 = sa;
                sb2 = sb1;
                sb1 = sb;
                ha2 = ha1;
                ha1 = ha;
                hb2 = hb1;
                hb1 = hb;
                ea += ha * ha;
                eb += hb * hb;
            }
            shelfA1 = sa1;
            shelfA2 = sa2;
            shelfB1 = sb1;
            shelfB2 = sb2;
            highA1 = ha1;
            highA2 = ha2;
            highB1 = hb1;
            highB2 = hb2;
            energyA = ea;
            energyB = eb;
        }

        /** Weighted energy of the hop that ends here; states near zero become zero. */
        double takeEnergy() {
            double gain = highPass.b0();
            double energy = gain * gain * (weightA * energyA + weightB * energyB);
            energyA = 0.0;
            energyB = 0.0;
            shelfA1 = flush(shelfA1);
            shelfA2 = flush(shelfA2);
            shelfB1 = flush(shelfB1);
            shelfB2 = flush(shelfB2);
            highA1 = flush(highA1);
            highA2 = flush(highA2);
            highB1 = flush(highB1);
            highB2 = flush(highB2);
            return energy;
        }

        private static double flush(double state) {
            return Math.abs(state) < SMALLEST ? 0.0 : state;
        }
    }
}
