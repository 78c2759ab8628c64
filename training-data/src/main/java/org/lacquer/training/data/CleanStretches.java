// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.data;

import org.lacquer.audio.AudioClip;
import org.lacquer.inference.Stretches;
import org.lacquer.training.corpus.Track;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * More of a track as it is, without rendered faults: the whole of it, as the app hears songs, and
 * stretches spread over it. A song is not one sound; what it is like elsewhere is knowledge that
 * costs nothing but measuring. Nothing of it stays on disk.
 */
public final class CleanStretches {
    /** The whole track is this excerpt; the stretches follow. */
    public static final int WHOLE = ExcerptRenderer.EXCERPTS;

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
        int length = Stretches.frames(rate);
        long[] starts = Stretches.starts(clip.frames(), rate);
        double[] powers =
                Arrays.stream(starts)
                        .mapToDouble(start -> power(clip, (int) start, length))
                        .toArray();
        double loudest = Arrays.stream(powers).max().orElse(0.0);
        for (int k = 0; k < starts.length; k++) {
            if (Stretches.sounds(powers[k], loudest)) {
                float[][] stretch = ExcerptRenderer.cut(clip, (int) starts[k]);
                FeatureMeasurer.row(track, WHOLE + 1 + k, 0, new AudioClip(rate, stretch))
                        .ifPresent(rows::add);
            }
        }
        return rows;
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
