// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.data;

import org.lacquer.audio.AudioClip;
import org.lacquer.training.corpus.Track;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * More of a track as it is, without rendered faults: the whole of it, as the app hears songs, and
 * stretches spread over it. A song is not one sound; what it is like elsewhere is knowledge that
 * costs nothing but measuring. Nothing of it stays on disk.
 */
public final class CleanStretches {
    /** The whole track is this excerpt; the stretches follow. */
    public static final int WHOLE = ExcerptRenderer.EXCERPTS;

    private static final int MOST = 12;

    /** Stretches of a short track overlap, but begin at least this far apart. */
    private static final double LEAST_STEP_SECONDS = 10.0;

    private CleanStretches() {}

    /** The rows that are none of a track's further stretches. */
    public static List<BaseRow> without(List<BaseRow> rows) {
        return rows.stream().filter(row -> row.excerpt() < WHOLE).toList();
    }

    /** The further stretches alone, and whole tracks. */
    static List<BaseRow> only(List<BaseRow> rows) {
        return rows.stream().filter(row -> row.excerpt() >= WHOLE).toList();
    }

    /** Rows of variant 0 with excerpts from {@link #WHOLE} on. */
    public static List<BaseRow> measure(Track track, Path work, TrackDecoder decoder)
            throws IOException {
        AudioClip clip =
                decoder.decode(track.under(work.resolve("root")), ExcerptRenderer.MAX_SECONDS);
        List<BaseRow> rows = new ArrayList<>();
        FeatureMeasurer.row(track, WHOLE, 0, clip).ifPresent(rows::add);
        int rate = clip.format().sampleRateHz();
        int length = (int) (ExcerptRenderer.EXCERPT_SECONDS * rate);
        int step = (int) (LEAST_STEP_SECONDS * rate);
        int count = Math.min(MOST, Math.max(0, (clip.frames() - length) / step + 1));
        double[] powers =
                IntStream.range(0, count)
                        .mapToDouble(k -> power(clip, start(clip, k, count, length), length))
                        .toArray();
        double loudest = IntStream.range(0, count).mapToDouble(k -> powers[k]).max().orElse(0.0);
        for (int k = 0; k < count; k++) {
            if (powers[k] > ExcerptRenderer.QUIETEST_POWER * loudest) {
                float[][] stretch = ExcerptRenderer.cut(clip, start(clip, k, count, length));
                FeatureMeasurer.row(track, WHOLE + 1 + k, 0, new AudioClip(rate, stretch))
                        .ifPresent(rows::add);
            }
        }
        return rows;
    }

    /** First frames are spread evenly from the beginning to the last one possible. */
    private static int start(AudioClip clip, int index, int count, int length) {
        return count == 1 ? 0 : (int) ((long) (clip.frames() - length) * index / (count - 1));
    }

    private static double power(AudioClip clip, int start, int length) {
        double power = 0.0;
        for (int c = 0; c < clip.format().channels(); c++) {
            float[] channel = clip.channel(c);
            for (int i = start; i < start + length; i++) {
                power += (double) channel[i] * channel[i];
            }
        }
        return power;
    }
}
