// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.Biquad;
import org.lacquer.audio.BiquadCoefficients;
import org.lacquer.audio.Decibels;
import org.lacquer.audio.StreamFormat;

import java.util.Arrays;
import java.util.List;

/**
 * Feed-forward compressor.
 *
 * <pre>
 * sound ─ side chain ─ level ─ static curve ─ attack and release ─ mix ─ ramp ─┐
 *   └──── look-ahead ─────────────────────────────────────────────────────────(x)─
 * </pre>
 *
 * <p>Everything between level and ramp runs once every {@value #CONTROL_MS} ms, counted from the
 * first frame of the stream: mean square and largest magnitude of that period are read, and the
 * gain moves to the new value in a straight line over the next. Attack and release smooth the
 * reduction in dB, as D. Giannoulis, M. Massberg, J. Reiss (JAES 60, 2012) advise. Latency: the
 * look-ahead; the gain itself follows the level by one period.
 */
final class Compressor implements ReducingProcessor {
    private static final int CHUNK = 1_024;
    private static final double CONTROL_MS = 0.5;

    private final CompressorSettings settings;
    private final boolean midSide;
    private final int period;
    private final int lookahead;
    private final double sideChainGain;
    private final double[] course;
    private final Biquad[][] filters;
    private final FrameDelay delay;
    private final CompressorDetector[] detectors;
    private final double[][] heard;
    private final double[][] sound;

    private final ReductionMeter[] reductions;
    private final double[] squares;
    private final double[] peaks;
    private final double[] gains;
    private final double[] changes;

    /** Frames of the current period that have passed. */
    private int phase;

    Compressor(CompressorSettings settings, StreamFormat format) {
        int channels = format.channels();
        this.settings = settings;
        this.midSide = settings.routing() == CompressorSettings.Routing.MID_SIDE && channels == 2;
        this.period = (int) Math.max(1, format.framesOf(CONTROL_MS / 1_000.0));
        this.lookahead = (int) format.framesOf(settings.lookaheadMs() / 1_000.0);
        this.sideChainGain = Decibels.toGain(-settings.sideChain().tiltDb() / 2.0);
        this.course = new double[period];
        for (int k = 0; k < period; k++) {
            course[k] = (k + 1.0) / period;
        }
        List<BiquadCoefficients> sections = settings.sideChain().sections(format.sampleRateHz());
        this.filters = new Biquad[channels][];
        for (int c = 0; c < channels; c++) {
            filters[c] = sections.stream().map(Biquad::new).toArray(Biquad[]::new);
        }
        this.delay = new FrameDelay(channels, lookahead);
        boolean linked = settings.sideChain().linkPercent() == 100.0;
        this.detectors = new CompressorDetector[linked ? 1 : channels];
        this.reductions = new ReductionMeter[detectors.length];
        double periodMs = 1_000.0 * period / format.sampleRateHz();
        for (int d = 0; d < detectors.length; d++) {
            detectors[d] = new CompressorDetector(settings, periodMs);
            reductions[d] = new ReductionMeter();
        }
        this.heard = new double[channels][CHUNK];
        this.sound = new double[channels][CHUNK];
        this.squares = new double[channels];
        this.peaks = new double[channels];
        this.gains = new double[detectors.length];
        this.changes = new double[detectors.length];
        reset();
    }

    @Override
    public void process(AudioBlock block) {
        for (int start = 0; start < block.frames(); start += CHUNK) {
            int count = Math.min(CHUNK, block.frames() - start);
            listen(block, start, count);
            for (int i = 0; i < count; ) {
                int length = Math.min(period - phase, count - i);
                measure(i, length);
                turn(i, length);
                i += length;
                phase += length;
                if (phase == period) {
                    phase = 0;
                    update();
                }
            }
            write(block, start, count);
        }
    }

    /** Fills what is heard (now, filtered) and what is turned (delayed). */
    private void listen(AudioBlock block, int start, int count) {
        read(block, start, count, heard);
        for (int c = 0; c < filters.length; c++) {
            for (Biquad filter : filters[c]) {
                filter.process(heard[c], heard[c], count);
            }
            delay.process(c, block.channel(c), start, count);
        }
        read(block, start, count, sound);
    }

    private void read(AudioBlock block, int start, int count, double[][] to) {
        for (int c = 0; c < to.length; c++) {
            float[] samples = block.channel(c);
            double[] out = to[c];
            for (int i = 0; i < count; i++) {
                out[i] = samples[start + i];
            }
        }
        if (midSide) {
            rotate(to[0], to[1], count);
        }
    }

    /** Left and right to mid and side, and, being its own inverse, back. */
    private static void rotate(double[] first, double[] second, int count) {
        double half = StrictMath.sqrt(0.5);
        for (int i = 0; i < count; i++) {
            double a = first[i];
            double b = second[i];
            first[i] = half * (a + b);
            second[i] = half * (a - b);
        }
    }

    private void measure(int from, int length) {
        for (int c = 0; c < heard.length; c++) {
            double[] x = heard[c];
            double sum = squares[c];
            double peak = peaks[c];
            for (int i = from; i < from + length; i++) {
                sum += x[i] * x[i];
                peak = Math.max(peak, Math.abs(x[i]));
            }
            squares[c] = sum;
            peaks[c] = peak;
        }
    }

    private void turn(int from, int length) {
        for (int c = 0; c < sound.length; c++) {
            int d = detectors.length == 1 ? 0 : c;
            double[] x = sound[c];
            double gain = gains[d];
            double change = changes[d];
            for (int k = 0; k < length; k++) {
                x[from + k] *= gain + change * course[phase + k];
            }
        }
    }

    /** One step of the control rate. */
    private void update() {
        double meanSquare = 0.0;
        double largest = 0.0;
        for (int c = 0; c < heard.length; c++) {
            meanSquare += squares[c] / (period * heard.length);
            largest = Math.max(largest, peaks[c]);
        }
        double link = settings.sideChain().linkPercent() / 100.0;
        for (int d = 0; d < detectors.length; d++) {
            double power = meanSquare;
            double peak = largest;
            if (detectors.length > 1) {
                power = link * meanSquare + (1.0 - link) * squares[d] / period;
                peak = link * largest + (1.0 - link) * peaks[d];
            }
            double reductionDb =
                    detectors[d].next(power * sideChainGain * sideChainGain, peak * sideChainGain);
            if (power > 0.0) {
                reductions[d].add(reductionDb);
            } else {
                reductions[d].rest();
            }
            gains[d] += changes[d];
            changes[d] = settings.mixed(-reductionDb) - gains[d];
        }
        Arrays.fill(squares, 0.0);
        Arrays.fill(peaks, 0.0);
    }

    private void write(AudioBlock block, int start, int count) {
        if (midSide) {
            rotate(sound[0], sound[1], count);
        }
        for (int c = 0; c < sound.length; c++) {
            float[] out = block.channel(c);
            double[] in = sound[c];
            for (int i = 0; i < count; i++) {
                out[start + i] = (float) in[i];
            }
        }
    }

    /** One for all channels, or one each (mid and side in that routing). */
    @Override
    public List<GainReduction> reductions() {
        return Arrays.stream(reductions).map(ReductionMeter::result).toList();
    }

    @Override
    public void reset() {
        for (Biquad[] chain : filters) {
            for (Biquad filter : chain) {
                filter.reset();
            }
        }
        delay.reset();
        for (int d = 0; d < detectors.length; d++) {
            detectors[d].reset();
            reductions[d].reset();
        }
        Arrays.fill(squares, 0.0);
        Arrays.fill(peaks, 0.0);
        Arrays.fill(gains, settings.mixed(0.0));
        Arrays.fill(changes, 0.0);
        phase = 0;
    }

    @Override
    public int latencyFrames() {
        return lookahead;
    }
}
