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

    /** What bass asks for. */
    private final double[] bassAsked;

    private final long[] fixed;

    private double previousPeak;
    private double previousShare;
    private double follower;
    private double leveller;

    /** A curve with hold and release, for limiting. */
    static GainCurve limiting(LimiterSettings settings, StreamFormat format, int maxFrames) {
        LimiterSettings.Character character = settings.character();
        return new GainCurve(
                frames(settings.lookaheadMs(), format),
                frames(character.holdShare() * settings.holdMs(), format),
                frames(settings.holdMs(), format),
                character.releaseShare() * settings.releaseMs(),
                format.sampleRateHz(),
                maxFrames);
    }

    /** A short symmetric dip around each peak, for trimming what is left over. */
    static GainCurve trimming(double reachMs, StreamFormat format, int maxFrames) {
        int reach = frames(reachMs, format);
        return new GainCurve(reach, reach, reach, 0.0, format.sampleRateHz(), maxFrames);
    }

    private GainCurve(
            int lookahead,
            int hold,
            int bassHold,
            double releaseMs,
            int sampleRateHz,
            int maxFrames) {
        this.lookahead = lookahead;
        // One frame more: a peak between frames n and n+1 needs the gain of both.
        this.minimum = new SlidingMinimum(lookahead + hold + 1, 1.0);
        this.bassMinimum =
                bassHold > hold ? new SlidingMinimum(lookahead + bassHold + 1, 1.0) : null;
        this.bassAsked = new double[bassMinimum == null ? 0 : maxFrames];
        this.fixed = new long[maxFrames];
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
     * Gains for the frames {@link #latencyFrames()} before these.
     *
     * @param peaks largest magnitude from each frame up to the next
     * @param bassShares how much of each peak is bass, 0 to 1: so much of its reduction is held
     *     longer; not read by a curve that holds all of them equally long
     * @param limit ceiling divided by drive, both linear
     * @param gains the result; may be the array of the peaks
     */
    void process(double[] peaks, double[] bassShares, double limit, double[] gains, int count) {
        boolean resting = !(previousPeak > limit) && below(peaks, limit, count);
        if (resting && idle()) {
            rest(peaks, bassShares, gains, count);
            return;
        }
        ask(peaks, limit, gains, count);
        if (bassMinimum != null) {
            askForBass(bassShares, gains, count);
            bassMinimum.process(bassAsked, count, resting);
        }
        minimum.process(gains, count, resting);
        if (bassMinimum != null) {
            for (int i = 0; i < count; i++) {
                gains[i] = bassAsked[i] < gains[i] ? bassAsked[i] : gains[i];
            }
        }
        follow(gains, count);
        firstBox.process(fixed, count);
        secondBox.process(fixed, count);
        for (int i = 0; i < count; i++) {
            gains[i] = fixed[i] * scale;
        }
    }

    private void rest(double[] peaks, double[] bassShares, double[] gains, int count) {
        previousPeak = peaks[count - 1];
        previousShare = bassMinimum == null ? 0.0 : bassShares[count - 1];
        Arrays.fill(gains, 0, count, secondBox.sum * scale);
    }

    /** Whether no peak is above the limit. */
    static boolean below(double[] peaks, double limit, int count) {
        for (int i = 0; i < count; i++) {
            if (peaks[i] > limit) {
                return false;
            }
        }
        return true;
    }

    private void ask(double[] peaks, double limit, double[] asked, int count) {
        double previous = previousPeak;
        for (int i = 0; i < count; i++) {
            double peak = peaks[i];
            double either = Math.max(peak, previous);
            previous = peak;
            asked[i] = either > limit ? limit / either : 1.0;
        }
        previousPeak = previous;
    }

    private void askForBass(double[] shares, double[] asked, int count) {
        double previous = previousShare;
        for (int i = 0; i < count; i++) {
            double share = Math.max(shares[i], previous);
            previous = shares[i];
            bassAsked[i] = 1.0 - share * (1.0 - asked[i]);
        }
        previousShare = previous;
    }

    /** From what is allowed to a gain with a release, in steps of 2^-36. */
    private void follow(double[] gains, int count) {
        double gain = follower;
        double level = leveller;
        for (int i = 0; i < count; i++) {
            double allowed = gains[i];
            level += (allowed < level ? levellerAttack : levellerRelease) * (allowed - level);
            if (allowed <= gain) {
                gain = allowed;
            } else {
                double towards = Math.min(allowed, Math.max(level, gain));
                gain += release * (towards - gain);
                gain = Math.min(allowed, gain);
            }
            fixed[i] = (long) (gain * FIXED_ONE);
        }
        follower = gain;
        leveller = level;
    }

    /** Whether the gain is 1 and stays 1 while peaks stay below the limit. */
    boolean idle() {
        return follower == 1.0
                && leveller == 1.0
                && minimum.resting()
                && (bassMinimum == null || bassMinimum.resting())
                && firstBox.full()
                && secondBox.full();
    }

    /**
     * Equal to {@link #process} for peaks below the limit, the last of which is given, while idle.
     */
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

        /** Replaces values by sums. */
        void process(long[] values, int count) {
            int done = 0;
            while (done < count) {
                int end = done + Math.min(count - done, ring.length - position);
                done = add(values, done, end);
                position = position == ring.length ? 0 : position;
            }
        }

        private int add(long[] values, int from, int to) {
            long total = sum;
            int place = position - from;
            for (int i = from; i < to; i++) {
                long value = values[i];
                total += value - ring[place + i];
                ring[place + i] = value;
                values[i] = total;
            }
            sum = total;
            position = place + to;
            return to;
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
