// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference;

import org.lacquer.audio.BitDepth;
import org.lacquer.audio.Require;
import org.lacquer.models.Platforms;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a musician asks for.
 *
 * @param genre a genre's name or alias, or {@link #AUTO}
 * @param references finished records that replace the genre; may be empty
 * @param platform a platform's name
 * @param loudnessLufs overrides the platform's loudness
 * @param ceilingDbtp overrides the platform's ceiling
 * @param intensity 0 changes loudness only, 50 is the inferred move, 100 is bold
 * @param match 0 shrinks references to what they can tell, 100 follows them fully
 * @param amounts percent of the inferred move, 0 to 100, by stage name
 * @param bypass stage names to leave out
 * @param bitDepth overrides the platform's and the format's
 * @param sampleRateHz overrides the platform's and the mix's
 * @param excerpt part of the mix to master
 */
public record MasteringRequest(
        String genre,
        List<Path> references,
        String platform,
        OptionalDouble loudnessLufs,
        OptionalDouble ceilingDbtp,
        int intensity,
        int match,
        Map<String, Integer> amounts,
        Set<String> bypass,
        Optional<BitDepth> bitDepth,
        OptionalInt sampleRateHz,
        Optional<Excerpt> excerpt) {
    /** In place of a genre: by likelihood. */
    public static final String AUTO = "auto";

    /** Genre by likelihood, streaming platforms, the inferred move. */
    public static final MasteringRequest DEFAULT =
            new MasteringRequest(
                    AUTO,
                    List.of(),
                    Platforms.DEFAULT,
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    50,
                    0,
                    Map.of(),
                    Set.of(),
                    Optional.empty(),
                    OptionalInt.empty(),
                    Optional.empty());

    public MasteringRequest {
        references = List.copyOf(references);
        amounts = Map.copyOf(amounts);
        bypass = Set.copyOf(bypass);
        loudnessLufs.ifPresent(value -> Require.inRange("loudness", value, -40.0, -3.0, "LUFS"));
        ceilingDbtp.ifPresent(value -> Require.inRange("ceiling", value, -24.0, 0.0, "dBTP"));
        Require.inRange("intensity", intensity, 0, 100, "");
        Require.inRange("match", match, 0, 100, "");
        amounts.forEach(
                (stage, amount) ->
                        Require.inRange("amount of " + stage, amount, 0, 100, "percent"));
    }

    /** Part of a file, in seconds from its start. */
    public record Excerpt(double startSeconds, double endSeconds) {
        public Excerpt {
            Require.that(
                    startSeconds >= 0.0 && endSeconds > startSeconds,
                    "excerpt must start at 0 s or later and end after its start, got "
                            + startSeconds
                            + " to "
                            + endSeconds);
        }
    }

    public MasteringRequest withGenre(String value) {
        return new MasteringRequest(
                value,
                references,
                platform,
                loudnessLufs,
                ceilingDbtp,
                intensity,
                match,
                amounts,
                bypass,
                bitDepth,
                sampleRateHz,
                excerpt);
    }

    public MasteringRequest withPlatform(String value) {
        return new MasteringRequest(
                genre,
                references,
                value,
                loudnessLufs,
                ceilingDbtp,
                intensity,
                match,
                amounts,
                bypass,
                bitDepth,
                sampleRateHz,
                excerpt);
    }

    public MasteringRequest withReferences(List<Path> value) {
        return new MasteringRequest(
                genre,
                value,
                platform,
                loudnessLufs,
                ceilingDbtp,
                intensity,
                match,
                amounts,
                bypass,
                bitDepth,
                sampleRateHz,
                excerpt);
    }
}
