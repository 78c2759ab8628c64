// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.Biquad;
import org.lacquer.audio.Decibels;
import org.lacquer.audio.FilterDesign;
import org.lacquer.audio.StreamFormat;

import java.util.Arrays;

/**
 * One band of the saturation.
 *
 * <pre>
 * in ─ emphasis ─ drive ─ up ─ f(u) - u ─ down ─ de-emphasis ─ DC block ─ mix / drive ─┐
 *  └─ delay ──────────────────────────────────────────────────────────────────────────(+)─ makeup
 * </pre>
 *
 * <p>Only what the curve adds runs through the oversampler: the sound itself keeps its full band,
 * and settings that bend little change little. The DC block (first order, 5 Hz) is there for
 * lopsided curves only. Latency: the oversampler's.
 *
 * <p>Makeup: the energies of what came in and of what goes out, both weighted about as loudness is,
 * are summed from the start of the stream; the gain is the root of their ratio. The sums begin as
 * if {@value #PRIOR_SECONDS} s of music had passed at the level that was foretold ({@link
 * SaturationLoss}), so that the gain begins near where it ends and moves more and more slowly.
 */
final class Saturator implements BandStage {
    private static final int CHUNK = 256;
    private static final double DC_BLOCK_HZ = 5.0;
    private static final double CONTROL_SECONDS = 0.1;
    private static final double PRIOR_SECONDS = 2.0;

    /** Against sums without meaning, of a stream that holds little but DC, say. */
    private static final double LARGEST_MAKEUP = 4.0;

    /** The weighting of loudness in words: rumble does not count, presence does by 4 dB. */
    private static final double WEIGHT_HIGH_PASS_HZ = 40.0;

    private static final double WEIGHT_SHELF_HZ = 1_500.0;
    private static final double WEIGHT_SHELF_DB = 4.0;

    private final SaturationBand settings;
    private final double drive;
    private final double amount;
    private final int latency;
    private final int period;
    private final double energyForetoldIn;
    private final double energyForetoldOut;
    private final Channel[] channels;

    private double makeup;
    private double change;
    private int phase;

    /**
     * @param power of what comes in, foretold, sum over channels
     * @param makeupDb what the curve is foretold to cost
     */
    Saturator(SaturationBand settings, double power, double makeupDb, StreamFormat format) {
        this.settings = settings;
        this.drive = Decibels.toGain(settings.driveDb());
        this.amount = settings.mixPercent() / 100.0 / drive;
        this.latency = Oversampler.latencyFrames(format.sampleRateHz());
        this.period = (int) format.framesOf(CONTROL_SECONDS);
        this.energyForetoldIn = power * PRIOR_SECONDS * format.sampleRateHz();
        this.energyForetoldOut = energyForetoldIn / Decibels.toPower(makeupDb);
        this.channels = new Channel[format.channels()];
        for (int c = 0; c < channels.length; c++) {
            channels[c] = new Channel(settings, latency, format.sampleRateHz());
        }
        reset();
    }

    @Override
    public void process(double[][] samples, int count) {
        for (int start = 0; start < count; ) {
            int length = Math.min(Math.min(CHUNK, period - phase), count - start);
            for (int c = 0; c < channels.length; c++) {
                process(channels[c], samples[c], start, length);
            }
            start += length;
            phase += length;
            if (phase == period) {
                phase = 0;
                update();
            }
        }
    }

    private void process(Channel channel, double[] samples, int start, int count) {
        double[] dry = channel.dry;
        System.arraycopy(samples, start, dry, latency, count);
        if (settings.neutral()) {
            System.arraycopy(dry, 0, samples, start, count);
        } else {
            bend(channel, count);
            double[] added = channel.added;
            for (int i = 0; i < count; i++) {
                added[i] = dry[i] + amount * added[i];
            }
            double step = change / period;
            for (int i = 0; i < count; i++) {
                samples[start + i] = added[i] * (makeup + step * (phase + i + 1));
            }
            channel.weightIn.add(dry, count);
            channel.weightOut.add(added, count);
        }
        System.arraycopy(dry, count, dry, 0, latency);
    }

    /** What the curve adds, as late as the oversampler makes it. */
    private void bend(Channel channel, int count) {
        double[] work = channel.added;
        System.arraycopy(channel.dry, latency, work, 0, count);
        channel.emphasis.process(work, work, count);
        float[] plain = channel.oversampler.plain();
        for (int i = 0; i < count; i++) {
            plain[i] = (float) (drive * work[i]);
        }
        channel.oversampler.up(count);
        settings.curve()
                .bend(
                        channel.oversampler.dense(),
                        count * channel.oversampler.factor(),
                        settings.bias());
        channel.oversampler.down(count);
        for (int i = 0; i < count; i++) {
            work[i] = plain[i];
        }
        channel.deEmphasis.process(work, work, count);
        if (settings.lopsided()) {
            channel.dcBlock.process(work, work, count);
        }
    }

    /** Once a control period, counted from the first frame of the stream. */
    private void update() {
        makeup += change;
        double energyIn = energyForetoldIn;
        double energyOut = energyForetoldOut;
        for (Channel channel : channels) {
            energyIn += channel.weightIn.energy;
            energyOut += channel.weightOut.energy;
        }
        double wanted = Math.sqrt(energyIn / energyOut);
        change = Math.max(1.0 / LARGEST_MAKEUP, Math.min(LARGEST_MAKEUP, wanted)) - makeup;
    }

    @Override
    public void reset() {
        for (Channel channel : channels) {
            channel.reset();
        }
        makeup = settings.neutral() ? 1.0 : Math.sqrt(energyForetoldIn / energyForetoldOut);
        change = 0.0;
        phase = 0;
    }

    @Override
    public int latencyFrames() {
        return latency;
    }

    /** State and scratch of one channel. */
    private static final class Channel {
        private final Oversampler oversampler;
        private final Biquad emphasis;
        private final Biquad deEmphasis;
        private final Biquad dcBlock;
        private final Weighting weightIn;
        private final Weighting weightOut;

        /** The last frames before this call, and then those of this call. */
        private final double[] dry;

        private final double[] added = new double[CHUNK];

        Channel(SaturationBand settings, int latency, int sampleRateHz) {
            oversampler = new Oversampler(sampleRateHz, CHUNK);
            emphasis = new Biquad(settings.curve().emphasis(1, sampleRateHz));
            deEmphasis = new Biquad(settings.curve().emphasis(-1, sampleRateHz));
            dcBlock = new Biquad(FilterDesign.firstOrderHighPass(DC_BLOCK_HZ, sampleRateHz));
            weightIn = new Weighting(sampleRateHz);
            weightOut = new Weighting(sampleRateHz);
            dry = new double[latency + CHUNK];
        }

        void reset() {
            oversampler.reset();
            emphasis.reset();
            deEmphasis.reset();
            dcBlock.reset();
            weightIn.reset();
            weightOut.reset();
            Arrays.fill(dry, 0.0);
        }
    }

    /** Energy as the ear counts it, roughly. */
    private static final class Weighting {
        private final Biquad highPass;
        private final Biquad shelf;
        private final double[] scratch = new double[CHUNK];
        private double energy;

        Weighting(int sampleRateHz) {
            highPass = new Biquad(FilterDesign.highPass(WEIGHT_HIGH_PASS_HZ, 0.5, sampleRateHz));
            shelf =
                    new Biquad(
                            FilterDesign.highShelf(
                                    WEIGHT_SHELF_HZ, WEIGHT_SHELF_DB, 0.7, sampleRateHz));
        }

        /** Sums sample by sample, so that the length of a block does not matter. */
        void add(double[] samples, int count) {
            highPass.process(samples, scratch, count);
            shelf.process(scratch, scratch, count);
            double sum = energy;
            for (int i = 0; i < count; i++) {
                sum += scratch[i] * scratch[i];
            }
            energy = sum;
        }

        void reset() {
            energy = 0.0;
            highPass.reset();
            shelf.reset();
        }
    }
}
