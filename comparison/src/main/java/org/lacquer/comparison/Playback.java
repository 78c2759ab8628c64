// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison;

import org.lacquer.models.PlatformTarget;
import org.lacquer.models.Platforms;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a platform's player does with a master.
 *
 * @param platform its name
 * @param gainDb by how much it is played louder or softer; 0 where nothing is normalised
 * @param playedLufs loudness that a listener gets
 * @param ceilingMet whether the true peak keeps what the platform asks for
 */
public record Playback(String platform, double gainDb, double playedLufs, boolean ceilingMet) {
    /** Played as delivered. */
    private static final Set<String> NOT_NORMALISED = Set.of("soundcloud", "club", "cd", "native");

    /** Quiet masters are turned up as far as 1 dB below full scale (true peak) allows. */
    private static final Set<String> TURNED_UP = Set.of("streaming", "spotify", "apple");

    /** Always brought to the platform's level; limited if it must be. */
    private static final Set<String> ALWAYS = Set.of("spotify-loud", "deezer");

    private static final double HEADROOM_DBTP = -1.0;
    private static final double TOLERANCE_DB = 0.005;

    /** On every platform, in the order of the shipped table. */
    static List<Playback> everywhere(double integratedLufs, double truePeakDbtp) {
        List<Playback> list = new ArrayList<>();
        for (PlatformTarget platform : Platforms.all()) {
            if (!platform.name().equals("native")) {
                double gain = gainDb(platform, integratedLufs, truePeakDbtp);
                list.add(
                        new Playback(
                                platform.name(),
                                gain,
                                integratedLufs + gain,
                                truePeakDbtp <= platform.ceilingDbtp() + TOLERANCE_DB));
            }
        }
        return list;
    }

    private static double gainDb(PlatformTarget platform, double lufs, double truePeakDbtp) {
        if (NOT_NORMALISED.contains(platform.name()) || platform.loudnessLufs().isEmpty()) {
            return 0.0;
        }
        double gain = platform.loudnessLufs().getAsDouble() - lufs;
        if (gain <= 0.0 || ALWAYS.contains(platform.name())) {
            return gain;
        }
        double room = Math.max(0.0, HEADROOM_DBTP - truePeakDbtp);
        return TURNED_UP.contains(platform.name()) ? Math.min(gain, room) : 0.0;
    }
}
