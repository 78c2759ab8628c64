// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison;

import org.lacquer.analysis.Analysis;
import org.lacquer.analysis.Difference;
import org.lacquer.analysis.Series;
import org.lacquer.engine.MasteringPlan;
import org.lacquer.inference.Decision;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One candidate, measured.
 *
 * @param name unique within a comparison
 * @param file the audio that was measured; the mix itself for {@link CandidateKind#MIX}
 * @param plan settings, where they are known
 * @param decisions reasons for the settings, where there are any
 * @param alignment how a finished master lay against the mix
 * @param delivered figures of the file as it is
 * @param aligned figures on the mix's clock and rate; tone, dynamics and image are compared on
 *     these
 * @param difference against the mix
 * @param gainDb how far the gain is pulled down over time against the mix, 0 where it is let go;
 *     NaN where the mix is silent
 * @param matchGainDb gain that brings it to the common loudness; never above 0
 * @param playback on each platform
 * @param toneToTargetDb distance of the third-octave spectra at equal loudness; NaN without target
 * @param insidePercent bands within one standard deviation of the target; NaN without target
 * @param toneToMixDb how far the spectrum went from the mix
 */
public record Candidate(
        String name,
        CandidateKind kind,
        Path file,
        Optional<MasteringPlan> plan,
        List<Decision> decisions,
        Optional<Alignment> alignment,
        Analysis delivered,
        Analysis aligned,
        Difference difference,
        Series gainDb,
        double matchGainDb,
        List<Playback> playback,
        double toneToTargetDb,
        double insidePercent,
        double toneToMixDb) {
    public Candidate {
        decisions = List.copyOf(decisions);
        playback = List.copyOf(playback);
    }

    /** Third-octave levels at -20 LUFS; empty when they are not defined. */
    public double[] spectrumDb() {
        return Tone.levels(aligned);
    }

    Candidate withMatchGainDb(double value) {
        return new Candidate(
                name,
                kind,
                file,
                plan,
                decisions,
                alignment,
                delivered,
                aligned,
                difference,
                gainDb,
                value,
                playback,
                toneToTargetDb,
                insidePercent,
                toneToMixDb);
    }
}
