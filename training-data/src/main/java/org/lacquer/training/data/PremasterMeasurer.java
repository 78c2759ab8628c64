// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.data;

import org.lacquer.analysis.Features;
import org.lacquer.audio.AudioClip;
import org.lacquer.training.corpus.Track;
import org.lacquer.training.premaster.PremasterBuilder;
import org.lacquer.training.premaster.PremasterSong;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Base rows of rendered songs: the good mix is variant 0, the mixes with faulty stems are the
 * others, the same two excerpts of each.
 */
public final class PremasterMeasurer {
    private static final double MAX_SECONDS = 60.0;

    private PremasterMeasurer() {}

    /** Rows of a song that is complete; silent excerpts are left out. */
    public static List<BaseRow> measure(Path work, PremasterSong song) throws IOException {
        Path folder = PremasterBuilder.folder(work, song);
        AudioClip good = new FileDecoder().decode(folder.resolve("good.wav"), MAX_SECONDS);
        int[] starts = ExcerptRenderer.starts(good, song.key());
        List<BaseRow> rows = new ArrayList<>();
        for (int variant = 0; variant <= PremasterBuilder.MIXES; variant++) {
            AudioClip mix =
                    variant == 0
                            ? good
                            : new FileDecoder()
                                    .decode(folder.resolve("mix-" + variant + ".wav"), MAX_SECONDS);
            for (int excerpt = 0; excerpt < starts.length; excerpt++) {
                Optional<Features> features = FeatureMeasurer.features(cut(mix, starts[excerpt]));
                if (features.isPresent()) {
                    rows.add(row(song, excerpt, variant, features.get()));
                }
            }
        }
        return rows;
    }

    private static BaseRow row(PremasterSong song, int excerpt, int variant, Features features) {
        Track track = song.track();
        return new BaseRow(
                song.key(),
                track.packageName(),
                song.genre(),
                song.split(),
                excerpt,
                variant,
                FeatureMeasurer.floats(features.vector().values()),
                FeatureMeasurer.floats(features.midPowerDb()),
                FeatureMeasurer.floats(features.sidePowerDb()));
    }

    private static AudioClip cut(AudioClip clip, int start) {
        int rate = clip.format().sampleRateHz();
        int end = (int) Math.min(clip.frames(), start + ExcerptRenderer.EXCERPT_SECONDS * rate);
        return new AudioClip(
                rate,
                Arrays.copyOfRange(clip.channel(0), start, end),
                Arrays.copyOfRange(clip.channel(1), start, end));
    }
}
