// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.Decibels;

import java.util.Arrays;

/**
 * Sibilance of the mid, from the gated spectral frames (46 ms every 23 ms).
 *
 * <p>Without separating the voice, hi-hats and snares cannot be told from esses with certainty.
 * Strokes of hats are shorter than an ess, crashes longer; what lasts 70 to 300 ms counts.
 */
final class SibilanceFigures {
    /** Third octaves centred at 1 to 4 kHz, and at 5 to 8 kHz (4.5 to 8.9 kHz). */
    private static final int VOICE_FIRST = 16;

    private static final int VOICE_LAST = 22;
    private static final int ESS_LAST = 25;

    private static final int SHORTEST_FRAMES = 3;
    private static final int LONGEST_FRAMES = 12;
    private static final double LOUDER_DB = 10.0;
    private static final double SHORTEST_SECONDS = 1.0;
    private static final double SILENT = 1e-10;

    private SibilanceFigures() {}

    /**
     * @param frameSeconds time between frames
     */
    static Integrity.Sibilance of(GatedFrames frames, double frameSeconds) {
        float[] ratios = new float[frames.count()];
        int count = 0;
        for (int i = 0; i < frames.count(); i++) {
            ratios[i] = ratioDb(frames, i);
            count += Float.isNaN(ratios[i]) ? 0 : 1;
        }
        if (count * frameSeconds < SHORTEST_SECONDS) {
            return Integrity.Sibilance.NONE;
        }
        float[] sorted = ratios.clone();
        Arrays.sort(sorted);
        double median = Percentiles.of(sorted, count, 50.0);
        double spread = Percentiles.of(sorted, count, 95.0) - median;
        double bursts = bursts(frames, ratios, Math.max(0.0, median + LOUDER_DB));
        return new Integrity.Sibilance(spread, 60.0 * bursts / (count * frameSeconds));
    }

    private static float ratioDb(GatedFrames frames, int index) {
        double voice = 0.0;
        double ess = 0.0;
        for (int b = VOICE_FIRST; b <= VOICE_LAST; b++) {
            voice += frames.get(index, FrameColumns.MID + b);
        }
        for (int b = VOICE_LAST + 1; b <= ESS_LAST; b++) {
            ess += frames.get(index, FrameColumns.MID + b);
        }
        return voice > SILENT && ess > 0.0 ? (float) Decibels.fromPower(ess / voice) : Float.NaN;
    }

    private static int bursts(GatedFrames frames, float[] ratios, double threshold) {
        int bursts = 0;
        int length = 0;
        for (int i = 0; i < ratios.length; i++) {
            boolean high = ratios[i] > threshold;
            if (high) {
                length = length > 0 && frames.before(i, 1) != i - 1 ? 1 : length + 1;
            }
            if (!high || i == ratios.length - 1) {
                bursts += length >= SHORTEST_FRAMES && length <= LONGEST_FRAMES ? 1 : 0;
                length = 0;
            }
        }
        return bursts;
    }
}
