// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.Decibels;
import org.lacquer.audio.StreamFormat;

/** The first frame, the last 50 ms, and digital silence in between. */
final class EndsMeter {
    private static final double END_SECONDS = 0.05;
    private static final double GAP_SECONDS = 2.0;

    private final StreamFormat format;

    /** The last frames, right-aligned. */
    private final float[][] end;

    private final long shortestGap;
    private float start;
    private long frames;
    private long lastSound = -1;
    private int gaps;
    private long firstGap;
    private long longestGap;

    EndsMeter(StreamFormat format) {
        this.format = format;
        this.end = new float[format.channels()][(int) format.framesOf(END_SECONDS)];
        this.shortestGap = format.framesOf(GAP_SECONDS);
    }

    void write(Chunk chunk) {
        if (frames == 0) {
            for (float[] samples : chunk.samples) {
                start = Math.max(start, Math.abs(samples[0]));
            }
        }
        for (int h = 0; h < chunk.hops(); h++) {
            float peak = 0f;
            for (float[] peaks : chunk.peaks) {
                peak = Math.max(peak, peaks[h]);
            }
            if (peak > 0f) {
                hearSound(chunk, h);
            }
        }
        for (int c = 0; c < end.length; c++) {
            int take = Math.min(chunk.frames, end[c].length);
            System.arraycopy(end[c], take, end[c], 0, end[c].length - take);
            System.arraycopy(
                    chunk.samples[c], chunk.frames - take, end[c], end[c].length - take, take);
        }
        frames += chunk.frames;
    }

    Integrity.Ends result() {
        if (frames == 0) {
            return Integrity.Ends.NONE;
        }
        int count = (int) Math.min(frames, end[0].length);
        double loudest = 0.0;
        for (float[] samples : end) {
            double sum = 0.0;
            for (int i = samples.length - count; i < samples.length; i++) {
                sum += (double) samples[i] * samples[i];
            }
            loudest = Math.max(loudest, sum / count);
        }
        return new Integrity.Ends(Decibels.fromGain(start), Decibels.fromPower(loudest));
    }

    Integrity.Silence silence() {
        return gaps == 0
                ? Integrity.Silence.NONE
                : new Integrity.Silence(
                        gaps, format.secondsOf(firstGap), format.secondsOf(longestGap));
    }

    private void hearSound(Chunk chunk, int hop) {
        int first = hop * chunk.hopFrames;
        while (isZero(chunk, first)) {
            first++;
        }
        long frame = chunk.firstFrame + first;
        long gap = frame - lastSound - 1;
        if (lastSound >= 0 && gap >= shortestGap) {
            firstGap = gaps == 0 ? lastSound + 1 : firstGap;
            longestGap = Math.max(longestGap, gap);
            gaps++;
        }
        int last = chunk.hopEnd(hop) - 1;
        while (isZero(chunk, last)) {
            last--;
        }
        lastSound = chunk.firstFrame + last;
    }

    private static boolean isZero(Chunk chunk, int index) {
        for (float[] samples : chunk.samples) {
            if (samples[index] != 0f) {
                return false;
            }
        }
        return true;
    }
}
