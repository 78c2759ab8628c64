// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.Decibels;
import org.lacquer.audio.StreamFormat;

import java.util.Arrays;

/**
 * Takes down what steady bass leaves above the ceiling behind a slow gain that lets peaks pass.
 *
 * <p>Short dips would turn everything above a bass note down and up again twice a period of it. So
 * from the gain a[n] that the bass in each peak asks for,
 *
 * <pre>
 * c[n] = min a over {@value #GAP_MS} ms       closes the gaps between the crests of 36 Hz and above
 * o[n] = min (max c over {@value #LEAST_MS} ms) over {@value #LEAST_MS} ms    leaves out what is sooner over
 * g[n] = mean o over {@value #EDGE_MS} ms
 * </pre>
 *
 * While a note sounds g stands still at what its crests ask for; a stroke of a drum, whose first
 * crest is far above the others, is left to the short dips, which cost less loudness. What g leaves
 * of a peak later passes take.
 */
final class BassGain {
    private static final double GAP_MS = 14.0;
    private static final double LEAST_MS = 40.0;
    private static final double EDGE_MS = 5.0;

    private final double limit;
    private final SlidingMinimum gaps;
    private final SlidingMinimum lasting;
    private final SlidingMinimum extent;
    private final RunningMean edge;
    private final double[] peaks;
    private final double[] shares;
    private final double[] gains;
    private int position;
    private int gainPosition;

    /**
     * @param slowLatency frames by which the slow gain is late
     * @param ceiling at the level of the input
     */
    BassGain(int slowLatency, LimiterSettings settings, double ceiling, StreamFormat format) {
        this.limit = ceiling * Decibels.toGain(settings.bassReachDb());
        int gapHalf = halfFrames(GAP_MS, format);
        int leastHalf = halfFrames(LEAST_MS, format);
        int edgeHalf = halfFrames(EDGE_MS, format);
        this.gaps = new SlidingMinimum(2 * gapHalf + 1);
        this.lasting = new SlidingMinimum(2 * leastHalf + 1);
        this.extent = new SlidingMinimum(2 * leastHalf + 1);
        this.edge = new RunningMean(2 * edgeHalf + 1);
        this.peaks = new double[slowLatency];
        this.shares = new double[slowLatency];
        this.gains = new double[gapHalf + 2 * leastHalf + edgeHalf];
        reset();
    }

    private static int halfFrames(double timeMs, StreamFormat format) {
        return (int) Math.max(1, format.framesOf(timeMs / 2_000.0));
    }

    int latencyFrames() {
        return gains.length;
    }

    /**
     * Both gains together, for the frame {@link #latencyFrames()} before that of the slow gain.
     *
     * @param peak the newest, which the slow gain is late for
     */
    double next(double peak, double bassShare, double slowGain) {
        double oldPeak = peaks[position];
        double oldShare = shares[position];
        peaks[position] = peak;
        shares[position] = bassShare;
        position = position + 1 == peaks.length ? 0 : position + 1;

        double left = oldPeak * slowGain;
        double asked = left > limit ? 1.0 - oldShare * (1.0 - limit / left) : 1.0;
        double closed = gaps.next(asked);
        double opened = extent.next(-lasting.next(-closed));
        double bassGain = 1.0 - edge.next(1.0 - opened);

        double oldGain = gains[gainPosition];
        gains[gainPosition] = slowGain;
        gainPosition = gainPosition + 1 == gains.length ? 0 : gainPosition + 1;
        return oldGain * bassGain;
    }

    void reset() {
        gaps.reset();
        lasting.reset();
        extent.reset();
        edge.reset();
        Arrays.fill(peaks, 0.0);
        Arrays.fill(shares, 0.0);
        Arrays.fill(gains, 1.0);
        position = 0;
        gainPosition = 0;
    }
}
