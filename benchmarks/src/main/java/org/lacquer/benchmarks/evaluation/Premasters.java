// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks.evaluation;

import org.lacquer.audio.AudioClip;
import org.lacquer.benchmarks.evaluation.Contest.Case;
import org.lacquer.training.corpus.Track.Split;
import org.lacquer.training.data.FileDecoder;
import org.lacquer.training.premaster.PremasterBuilder;
import org.lacquer.training.premaster.PremasterSong;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Songs that were rendered from stems: the hidden original is the good mix, treated as every hidden
 * master is, and what is mastered is a mix of the same stems with faults of their own. Mastering
 * cannot repair them; these cases tell how far it gets.
 */
final class Premasters {
    private static final double MAX_SECONDS = 60.0;

    private Premasters() {}

    /** A case for every faulty mix of the test split that lies below the corpus. */
    static List<CaseName> cases(Path corpus) {
        List<CaseName> cases = new ArrayList<>();
        for (PremasterSong song : PremasterSong.all()) {
            if (song.split() == Split.TEST && PremasterBuilder.complete(corpus, song)) {
                for (int mix = 1; mix <= PremasterBuilder.MIXES; mix++) {
                    cases.add(new CaseName(song.track(), Family.PREMASTER, mix));
                }
            }
        }
        return cases;
    }

    static Case of(CaseName name, Path corpus) throws IOException {
        Path good = name.track().under(PremasterBuilder.root(corpus));
        AudioClip whole = new FileDecoder().decode(good, MAX_SECONDS);
        AudioClip faulty =
                new FileDecoder()
                        .decode(good.resolveSibling("mix-" + name.draw() + ".wav"), MAX_SECONDS);
        int rate = whole.format().sampleRateHz();
        int length = Math.min(whole.frames(), HiddenMaster.SECONDS * rate);
        int start = HiddenMaster.loudestStart(whole, length);
        HiddenMaster hidden =
                HiddenMaster.underCeiling(name.track(), cut(whole, start, length), rate);
        return new Case(name, new AudioClip(rate, cut(faulty, start, length)), hidden, List.of());
    }

    private static float[][] cut(AudioClip clip, int start, int length) {
        float[][] samples = new float[2][length];
        for (int c = 0; c < 2; c++) {
            System.arraycopy(clip.channel(c), start, samples[c], 0, length);
        }
        return samples;
    }
}
