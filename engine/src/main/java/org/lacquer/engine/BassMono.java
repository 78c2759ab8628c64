// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.Decibels;

import java.util.Arrays;

/**
 * Takes the bass out of the side signal without turning a phase: what four running means in a row
 * leave of it is subtracted, and the mid waits as long.
 *
 * <pre>
 * side = s[n - D] - mean⁴(s)[n]     mid = m[n - D]     D = 2 (L - 1), L the length of a mean
 * </pre>
 *
 * <p>A mean of L frames has the response d = sin(πfL) / (L sin(πf)), f in cycles per frame, so the
 * side has 1 - d⁴: half at the corner for L = {@value #CORNER} rate / corner, 12 dB per octave
 * below it, within 0.02 dB of flat from three times the corner on. The kernel is a bell that lasts
 * less than the corner's period and a half: no ringing. The mid, and with it mono listeners' sound,
 * stays as it is.
 */
final class BassMono {
    private static final int MEANS = 4;

    /** Where sin(πx) / (πx) is the fourth root of 1/2. */
    private static final double CORNER = 0.31892;

    private final RunningMean[] means = new RunningMean[MEANS];
    private final double[] mids;
    private final double[] sides;
    private int position;

    BassMono(double cornerHz, int sampleRateHz) {
        int length = length(cornerHz, sampleRateHz);
        for (int k = 0; k < MEANS; k++) {
            means[k] = new RunningMean(length);
        }
        this.mids = new double[latencyFrames(cornerHz, sampleRateHz)];
        this.sides = new double[mids.length];
    }

    static int length(double cornerHz, int sampleRateHz) {
        return (int) Math.max(2, Math.round(CORNER * sampleRateHz / cornerHz));
    }

    static int latencyFrames(double cornerHz, int sampleRateHz) {
        return MEANS / 2 * (length(cornerHz, sampleRateHz) - 1);
    }

    /** Response of the side signal. */
    static double responseDb(double cornerHz, double frequencyHz, int sampleRateHz) {
        int length = length(cornerHz, sampleRateHz);
        double half = StrictMath.PI * frequencyHz / sampleRateHz;
        double d = StrictMath.sin(half * length) / (length * StrictMath.sin(half));
        return Decibels.fromGain(Math.abs(1.0 - d * d * d * d));
    }

    /** Works in place. */
    void process(double[] mid, double[] side, int count) {
        for (int i = 0; i < count; i++) {
            double bass = side[i];
            for (RunningMean mean : means) {
                bass = mean.next(bass);
            }
            double m = mids[position];
            double s = sides[position];
            mids[position] = mid[i];
            sides[position] = side[i];
            position = position + 1 == mids.length ? 0 : position + 1;
            mid[i] = m;
            side[i] = s - bass;
        }
    }

    void reset() {
        for (RunningMean mean : means) {
            mean.reset();
        }
        Arrays.fill(mids, 0.0);
        Arrays.fill(sides, 0.0);
        position = 0;
    }
}
