// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.Decibels;
import org.lacquer.audio.StreamFormat;

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
    private final ValueDelay peakDelay;
    private final ValueDelay shareDelay;
    private final ValueDelay gainDelay;
    private final double[] oldPeaks;
    private final double[] oldShares;
    private final double[] figures;
    private final int latency;

    /**
     * @param slowLatency frames by which the slow gain is late
     * @param ceiling at the level of the input
     */
    BassGain(
            int slowLatency,
            LimiterSettings settings,
            double ceiling,
            StreamFormat format,
            int maxFrames) {
        this.limit = ceiling * Decibels.toGain(settings.bassReachDb());
        int gapHalf = halfFrames(GAP_MS, format);
        int leastHalf = halfFrames(LEAST_MS, format);
        int edgeHalf = halfFrames(EDGE_MS, format);
        this.gaps = new SlidingMinimum(2 * gapHalf + 1, 1.0);
        this.lasting = new SlidingMinimum(2 * leastHalf + 1, -1.0);
        this.extent = new SlidingMinimum(2 * leastHalf + 1, 1.0);
        this.edge = new RunningMean(2 * edgeHalf + 1);
        this.latency = gapHalf + 2 * leastHalf + edgeHalf;
        this.peakDelay = new ValueDelay(slowLatency, 0.0, maxFrames);
        this.shareDelay = new ValueDelay(slowLatency, 0.0, maxFrames);
        this.gainDelay = new ValueDelay(latency, 1.0, maxFrames);
        this.oldPeaks = new double[maxFrames];
        this.oldShares = new double[maxFrames];
        this.figures = new double[maxFrames];
    }

    private static int halfFrames(double timeMs, StreamFormat format) {
        return (int) Math.max(1, format.framesOf(timeMs / 2_000.0));
    }

    int latencyFrames() {
        return latency;
    }

    /**
     * Both gains together, for the frames {@link #latencyFrames()} before those of the slow gain.
     *
     * @param peaks the newest, which the slow gain is late for
     * @param bassShares how much of each peak is bass
     * @param gains the slow gain, and the result
     */
    void process(double[] peaks, double[] bassShares, double[] gains, int count) {
        System.arraycopy(peaks, 0, oldPeaks, 0, count);
        System.arraycopy(bassShares, 0, oldShares, 0, count);
        peakDelay.process(oldPeaks, count);
        shareDelay.process(oldShares, count);
        boolean resting = !ask(gains, count);
        gainDelay.process(gains, count);

        resting = gaps.process(figures, count, resting);
        negate(count);
        resting = lasting.process(figures, count, resting);
        negate(count);
        resting = extent.process(figures, count, resting);
        for (int i = 0; i < count; i++) {
            figures[i] = 1.0 - figures[i];
        }
        resting = edge.process(figures, count, resting);
        if (!resting) {
            for (int i = 0; i < count; i++) {
                gains[i] *= 1.0 - figures[i];
            }
        }
    }

    /** Returns whether any gain is asked for. */
    private boolean ask(double[] slowGains, int count) {
        int asking = 0;
        for (int i = 0; i < count; i++) {
            double left = oldPeaks[i] * slowGains[i];
            double asked = 1.0;
            if (left > limit) {
                asked = 1.0 - oldShares[i] * (1.0 - limit / left);
                asking++;
            }
            figures[i] = asked;
        }
        return asking > 0;
    }

    private void negate(int count) {
        for (int i = 0; i < count; i++) {
            figures[i] = -figures[i];
        }
    }

    void reset() {
        gaps.reset();
        lasting.reset();
        extent.reset();
        edge.reset();
        peakDelay.reset();
        shareDelay.reset();
        gainDelay.reset();
    }
}
