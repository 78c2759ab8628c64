// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.jspecify.annotations.Nullable;
import org.lacquer.audio.StreamFormat;

import java.util.Arrays;

/**
 * From a peak envelope to a smooth gain that is never above what the peaks allow.
 *
 * <p>With r[n] = min(1, ceiling / (drive p[n])), look-ahead A, hold H, and h ≤ H for what is not
 * bass:
 *
 * <pre>
 * m[n] = min r[n-h .. n+A], with bass min r[n-H .. n+A]   holds each reduction
 * s[n] = leveller: follows m slowly            what is being turned down on average
 * f[n] = min(m[n], f[n-1] + k (max(s[n], f[n-1]) - f[n-1]) + k' (1 - ...))   recovers quickly to s, slowly to 1
 * g[n] = mean of f[n-A .. n], by two boxes     moves down in a straight-edged bell before a peak
 * </pre>
 *
 * <p>Every f[k] in the mean for frame n has n inside its window, so g[n] <= r[n] holds exactly. The
 * means are sums of integers (gains in steps of 2^-36): no rounding error can build up over a long
 * file. Latency: the look-ahead.
 */
final class GainCurve {
    private static final long FIXED_ONE = 1L << 36;
    private static final double LEVELLER_ATTACK_MS = 120.0;
    private static final double LEVELLER_RELEASE_MS = 900.0;

    private final int lookahead;
    private final SlidingMinimum minimum;

    /** Over the whole hold, of what bass asks for; none where that is the hold of everything. */
    private final @Nullable SlidingMinimum bassMinimum;

    private final Box firstBox;
    private final Box secondBox;
    private final double scale;
    private final double release;
    private final double levellerAttack;
    private final double levellerRelease;

    private double previousPeak;
    private double previousShare;
    private double follower;
    private double leveller;

    /** A curve with hold and release, for limiting. */
    static GainCurve limiting(LimiterSettings settings, StreamFormat format) {
        LimiterSettings.Character character = settings.character();
        return new GainCurve(
                frames(settings.lookaheadMs(), format),
                frames(character.holdShare() * settings.holdMs(), format),
                frames(settings.holdMs(), format),
                character.releaseShare() * settings.releaseMs(),
                format.sampleRateHz());
    }

    /** A short symmetric dip around each peak, for trimming what is left over. */
    static GainCurve trimming(double reachMs, StreamFormat format) {
        int reach = frames(reachMs, format);
        return new GainCurve(reach, reach, reach, 0.0, format.sampleRateHz());
    }

    private GainCurve(int lookahead, int hold, int bassHold, double releaseMs, int sampleRateHz) {
        this.lookahead = lookahead;
        // One frame more: a peak between frames n and n+1 needs the gain of both.
        this.minimum = new SlidingMinimum(lookahead + hold + 1);
        this.bassMinimum = bassHold > hold ? new SlidingMinimum(lookahead + bassHold + 1) : null;
        int first = lookahead / 2;
        this.firstBox = new Box(first + 1, FIXED_ONE);
        this.secondBox = new Box(lookahead - first + 1, FIXED_ONE * (first + 1));
        this.scale = 1.0 / ((double) FIXED_ONE * (first + 1) * (lookahead - first + 1));
        this.release = smoothing(releaseMs, sampleRateHz);
        this.levellerAttack = releaseMs == 0.0 ? 0.0 : smoothing(LEVELLER_ATTACK_MS, sampleRateHz);
        this.levellerRelease = smoothing(LEVELLER_RELEASE_MS, sampleRateHz);
        reset();
    }

    private static int frames(double timeMs, StreamFormat format) {
        return (int) Math.max(1, format.framesOf(timeMs / 1_000.0));
    }

    private static double smoothing(double timeMs, int sampleRateHz) {
        return timeMs == 0.0 ? 1.0 : 1.0 - StrictMath.exp(-1_000.0 / (timeMs * sampleRateHz));
    }

    int latencyFrames() {
        return lookahead;
    }

    /**
     * Gain for the frame {@link #latencyFrames()} before this one.
     *
     * @param peak largest magnitude from this frame up to the next
     * @param bassShare how much of the peak is bass, 0 to 1: so much of its reduction is held
     *     longer
     * @param limit ceiling divided by drive, both linear
     */
    double next(double peak, double bassShare, double limit) {
        double either = Math.max(peak, previousPeak);
        double share = Math.max(bassShare, previousShare);
        previousPeak = peak;
        previousShare = bassShare;
        double asked = either > limit ? limit / either : 1.0;
        double allowed = minimum.next(asked);
        if (bassMinimum != null) {
            allowed = Math.min(allowed, bassMinimum.next(1.0 - share * (1.0 - asked)));
        }

        leveller += (allowed < leveller ? levellerAttack : levellerRelease) * (allowed - leveller);
        if (allowed <= follower) {
            follower = allowed;
        } else {
            double towards = Math.min(allowed, Math.max(leveller, follower));
            follower += release * (towards - follower);
            follower = Math.min(allowed, follower);
        }
        long fixed = (long) (follower * FIXED_ONE);
        return secondBox.next(firstBox.next(fixed)) * scale;
    }

    /** Whether the gain is 1 and stays 1 while peaks stay below the limit. */
    boolean idle() {
        return follower == 1.0
                && leveller == 1.0
                && minimum.current() == 1.0
                && (bassMinimum == null || bassMinimum.current() == 1.0)
                && firstBox.full()
                && secondBox.full();
    }

    /** Equal to {@link #next} for peaks below the limit, the last of which is given, while idle. */
    void skip(double lastPeak) {
        previousPeak = lastPeak;
    }

    void reset() {
        minimum.reset();
        if (bassMinimum != null) {
            bassMinimum.reset();
        }
        firstBox.reset();
        secondBox.reset();
        previousPeak = 0.0;
        previousShare = 0.0;
        follower = 1.0;
        leveller = 1.0;
    }

    /** Sum of the last {@code length} integers, of the largest possible ones before the start. */
    private static final class Box {
        private final long[] ring;
        private final long largest;
        private int position;
        private long sum;

        Box(int length, long largest) {
            this.ring = new long[length];
            this.largest = largest;
        }

        long next(long value) {
            sum += value - ring[position];
            ring[position] = value;
            position = position + 1 == ring.length ? 0 : position + 1;
            return sum;
        }

        boolean full() {
            return sum == largest * ring.length;
        }

        void reset() {
            Arrays.fill(ring, largest);
            sum = largest * ring.length;
            position = 0;
        }
    }
}
