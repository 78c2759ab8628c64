// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.Decibels;
import org.lacquer.audio.StreamFormat;

/**
 * Takes peaks down by adding a signal instead of turning the gain: limiting as an optimisation.
 *
 * <p>Wanted is the correction e that keeps |x + e| under the limit and costs least, where an error
 * costs its power over that of the signal in the same place of the spectrum, and a little for its
 * power alone. With X the spectrum of a windowed frame (in units in which |X|² is the density of
 * power, and 1 that of white noise of the limit's power), and E split into the part in line with X
 * and the part at a right angle to it:
 *
 * <pre>
 * minimise  sum over frames and bins of |E in line|² / A + |E across|² / B   subject to |x + e| &lt;= c
 *           1 / A = 1 / |X|² + κ,  1 / B = 1 / (γ |X|²) + κ / √γ
 * solution  e(t) = - sum over peaks k of λ_k K(t, t_k),  λ_k of the peak's sign, 0 where no peak touches c
 * kernel    K(t, s) = sum over frames m of w_m(t) w_m(s) (a_m(t - s) + b_m(t + s))
 *           a_m = IFFT((B + A)/2),  b_m = IFFT((A - B)/2 X²/|X|²)
 * </pre>
 *
 * The error thus follows the signal's own spectrum, at every time. It hides under the signal and
 * makes no lines where there were none: a bass tone above the limit comes out smaller, not clipped.
 * γ is 1 at low frequencies and rises above {@value CorrectionKernels#PHASE_AWARE_HZ} Hz: there an
 * error across X, which only shifts phases, is nearly free where the signal is weak. Where it is
 * strong κ counts: without it most of a correction would fall on the few strongest lines, and their
 * phases would move far. (With κ instead of κ/√γ the residual would be half a dB less, and the
 * log-spectral distance a fifth more, since magnitudes would give way instead.) That magnitudes
 * should be kept and phases may move above 125 Hz, and that the error be measured against the
 * signal's spectrum in several resolutions, is the idea of phaselimiter (ai-mastering/phaselimiter,
 * 2018), which iterates over whole spectra; here the dual problem is solved by coordinate ascent,
 * which works only where peaks are.
 *
 * <p>The spectrum is cut into three bands with frames of 8192, 2048 and 1024 points (at 44.1 kHz).
 * Each channel is corrected for itself. A few hundredths of a dB may be left for the passes after
 * this one. Cost: some 40,000 multiplications for each correction, and three FFTs for each frame
 * near one. Latency: five hops of 4096 frames (at 44.1 kHz).
 */
final class PeakCorrection implements LimiterStep {
    /** Aims this far under the limit, so that the passes after this one need not act. */
    private static final double AIM_DB = 0.012;

    private static final int METER_PERIOD = 64;

    private final CorrectedChannel[] channels;
    private final double limit;
    private final int hop;
    private final ReductionMeter reduction = new ReductionMeter();
    private int filled;

    PeakCorrection(double ceiling, StreamFormat format) {
        this.limit = ceiling * Decibels.toGain(-AIM_DB);
        this.channels = new CorrectedChannel[format.channels()];
        for (int c = 0; c < channels.length; c++) {
            channels[c] = new CorrectedChannel(limit, format.sampleRateHz());
        }
        this.hop = channels[0].hopFrames();
    }

    @Override
    public int latencyFrames() {
        return channels[0].latencyFrames();
    }

    @Override
    public void process(AudioBlock block, int start, int count) {
        int done = 0;
        while (done < count) {
            int take = Math.min(count - done, hop - filled);
            for (int c = 0; c < channels.length; c++) {
                channels[c].exchange(block.channel(c), start + done, take, filled);
            }
            filled += take;
            done += take;
            if (filled == hop) {
                filled = 0;
                for (CorrectedChannel channel : channels) {
                    channel.advance();
                }
                meter();
            }
        }
    }

    /** Highest sample of each few frames, before and after. */
    private void meter() {
        for (int from = 0; from < hop; from += METER_PERIOD) {
            int to = Math.min(hop, from + METER_PERIOD);
            double before = 0.0;
            double after = 0.0;
            for (CorrectedChannel channel : channels) {
                before = Math.max(before, channel.largestInput(from, to));
                after = Math.max(after, channel.largestOutput(from, to));
            }
            reduction.add(
                    before > limit && after > 0.0
                            ? Math.max(0.0, Decibels.fromGain(before / after))
                            : 0.0);
        }
    }

    ReductionMeter reduction() {
        return reduction;
    }

    @Override
    public void reset() {
        for (CorrectedChannel channel : channels) {
            channel.reset();
        }
        reduction.reset();
        filled = 0;
    }
}
