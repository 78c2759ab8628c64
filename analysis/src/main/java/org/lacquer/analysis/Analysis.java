// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * All figures of a stream. An undefined figure (silence, too short, not measured) is NaN, never a
 * made-up number.
 *
 * @param channelLevels one a channel
 * @param translation what the song loses on other devices
 * @param integrity technical state; {@link Integrity#NONE} unless {@link Figures#ALL}
 * @param leadingSilenceSeconds time before the first sample above -60 dBFS; the duration when there
 *     is none
 * @param trailingSilenceSeconds time after the last sample above -60 dBFS; the duration when there
 *     is none
 * @param nonFiniteSamples samples that were NaN or infinite; they were measured as silence
 * @param firstNonFiniteSeconds time of the first; NaN when there is none
 * @param features what the model hears; null unless {@link Figures#ALL} of a mono or stereo stream
 */
public record Analysis(
        double durationSeconds,
        int sampleRateHz,
        int channels,
        Loudness loudness,
        Peaks peaks,
        List<ChannelLevel> channelLevels,
        Dynamics dynamics,
        Spectrum spectrum,
        StereoImage stereo,
        Translation translation,
        Integrity integrity,
        double leadingSilenceSeconds,
        double trailingSilenceSeconds,
        long nonFiniteSamples,
        double firstNonFiniteSeconds,
        @Nullable Features features) {

    public Analysis {
        channelLevels = List.copyOf(channelLevels);
    }
}
