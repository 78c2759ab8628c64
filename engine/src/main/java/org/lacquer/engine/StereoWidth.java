// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.jspecify.annotations.Nullable;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.Decibels;
import org.lacquer.audio.Processor;
import org.lacquer.audio.StreamFormat;

import java.util.List;

/**
 * Width, mono bass, balance.
 *
 * <pre>
 * L, R -> M = (L+R)/2 ─ delay     ─ all-passes of the bands ─┐
 *         S = (L-R)/2 ─ mono bass ─ bands, gains, sum ─ gain ──┴─ guard ─ L = M+S, R = M-S ─ balance
 * </pre>
 *
 * <p>Mid and side stay in line at every frequency, so that no instrument smears between the
 * loudspeakers: mono bass has linear phase ({@link BassMono}), and the all-passes of the bands are
 * those that the bands themselves amount to. Latency: that of mono bass and of the guard.
 */
final class StereoWidth implements Processor {
    private static final int CHUNK = BandChain.CHUNK;

    private final double[] sideGains;
    private final double leftGain;
    private final double rightGain;
    private final int latency;
    private final @Nullable BassMono bassMono;
    private final @Nullable BandSplitter splitter;
    private final @Nullable MonoLossGuard guard;

    /** bands[band][0]: mid; bands[band][1]: side. */
    private final double[][][] bands;

    /** Place in the current chunk; chunks are counted from the start of the stream. */
    private int position;

    StereoWidth(StereoWidthSettings settings, StreamFormat format) {
        int rate = format.sampleRateHz();
        List<Double> crossoversHz = BandSplitter.fitting(settings.crossoversHz(), rate);
        int count = crossoversHz.size() + 1;
        this.sideGains = new double[count];
        for (int b = 0; b < count; b++) {
            double bandDb =
                    settings.bandSideGainsDb().isEmpty() ? 0.0 : settings.bandSideGainsDb().get(b);
            sideGains[b] = Decibels.toGain(settings.sideGainDb() + bandDb);
        }
        this.leftGain = Decibels.toGain(-settings.balanceDb() / 2.0);
        this.rightGain = Decibels.toGain(settings.balanceDb() / 2.0);
        this.bassMono =
                settings.bassMonoHz() == 0.0 ? null : new BassMono(settings.bassMonoHz(), rate);
        this.latency =
                (settings.bassMonoHz() == 0.0
                                ? 0
                                : BassMono.latencyFrames(settings.bassMonoHz(), rate))
                        + (settings.monoGuard() == StereoWidthSettings.MonoGuard.OFF
                                ? 0
                                : MonoLossGuard.latencyFrames(format));
        this.splitter = count == 1 ? null : new BandSplitter(crossoversHz, format);
        this.guard =
                settings.monoGuard() == StereoWidthSettings.MonoGuard.OFF
                        ? null
                        : new MonoLossGuard(format);
        this.bands = new double[count][2][CHUNK];
    }

    @Override
    public void process(AudioBlock block) {
        for (int start = 0; start < block.frames(); ) {
            int count = Math.min(CHUNK - position, block.frames() - start);
            process(block.channel(0), block.channel(1), start, count);
            start += count;
            position += count;
            if (position == CHUNK) {
                position = 0;
                flush();
            }
        }
    }

    private void process(float[] left, float[] right, int start, int count) {
        double[] mid = bands[bands.length - 1][0];
        double[] side = bands[bands.length - 1][1];
        for (int i = 0; i < count; i++) {
            mid[i] = 0.5 * ((double) left[start + i] + right[start + i]);
            side[i] = 0.5 * ((double) left[start + i] - right[start + i]);
        }
        if (bassMono != null) {
            bassMono.process(mid, side, count);
        }
        if (splitter != null) {
            splitter.split(bands, count);
        }
        double[] midSum = bands[0][0];
        double[] sideSum = bands[0][1];
        double lowest = sideGains[0];
        for (int i = 0; i < count; i++) {
            sideSum[i] *= lowest;
        }
        for (int b = 1; b < bands.length; b++) {
            double[] midBand = bands[b][0];
            double[] sideBand = bands[b][1];
            double gain = sideGains[b];
            for (int i = 0; i < count; i++) {
                midSum[i] += midBand[i];
                sideSum[i] += gain * sideBand[i];
            }
        }
        if (guard != null) {
            guard.process(midSum, sideSum, count);
        }
        for (int i = 0; i < count; i++) {
            left[start + i] = (float) (leftGain * (midSum[i] + sideSum[i]));
            right[start + i] = (float) (rightGain * (midSum[i] - sideSum[i]));
        }
    }

    private void flush() {
        if (splitter != null) {
            splitter.flush();
        }
        if (guard != null) {
            guard.flush();
        }
    }

    @Override
    public void reset() {
        if (bassMono != null) {
            bassMono.reset();
        }
        if (splitter != null) {
            splitter.reset();
        }
        if (guard != null) {
            guard.reset();
        }
        position = 0;
    }

    @Override
    public int latencyFrames() {
        return latency;
    }
}
