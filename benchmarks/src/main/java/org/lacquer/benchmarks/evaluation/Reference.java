// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks.evaluation;

import org.lacquer.audio.AudioClip;
import org.lacquer.training.corpus.Track;
import org.lacquer.training.data.FileDecoder;
import org.lacquer.training.faults.AudioFault;
import org.lacquer.training.faults.ToneFault;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Another track of the hidden master's album: a record as a musician names it, not an excerpt, up
 * to its first three minutes.
 *
 * @param root where the corpus lies
 * @param style a tone that it shares with the hidden master
 */
record Reference(Track track, Path root, Optional<ToneFault> style) {
    private static final double MAX_SECONDS = 180.0;

    AudioClip clip() throws IOException {
        AudioClip clip = new FileDecoder().decode(track.under(root), MAX_SECONDS);
        if (style.isEmpty()) {
            return clip;
        }
        int rate = clip.format().sampleRateHz();
        float[][] plain = {clip.channel(0), clip.channel(1)};
        return new AudioClip(rate, AudioFault.tone(plain, style.get(), rate));
    }
}
