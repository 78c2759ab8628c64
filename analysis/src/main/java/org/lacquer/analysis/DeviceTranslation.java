// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import java.util.List;

/**
 * What a song loses on one device. NaN is undefined or does not apply.
 *
 * @param verdict with {@code reason} behind it
 * @param reason one sentence for a musician
 * @param lossLu K-weighted loudness lost against both channels in full range, over the seconds at
 *     most 30 dB below the loudest; negative when the device adds (a club's bass)
 * @param worstLossLu largest loss of 3 s that are at most 10 LU below the integrated loudness
 * @param worstSeconds begin of those 3 s
 * @param regions the same in seven regions of frequency
 * @param bassHarmonicsDb power of 2f to 6f that the device plays over the power of the bass
 *     fundamental f in the song; NaN on devices that play the bass itself, or without a bass
 * @param bassAudibleShare part of the seconds with bass in which that is at least -25 dB; 1 on
 *     devices that play the bass itself; NaN without a bass
 * @param maskedShare part of what sounds below the end of the device's noise (third-octave bands of
 *     a second, at most 30 dB below its strongest of all) that lies below the noise; NaN without
 *     noise or such bands
 * @param compressionDb gain reduction by the device's compressor that the loudest twentieth of the
 *     audible time exceeds; NaN without a compressor
 * @param lossLuOverTime loss in windows of 3 s every second, at the end of the window
 */
public record DeviceTranslation(
        DeviceModel model,
        Verdict verdict,
        String reason,
        double lossLu,
        double worstLossLu,
        double worstSeconds,
        List<Region> regions,
        double bassHarmonicsDb,
        double bassAudibleShare,
        double maskedShare,
        double compressionDb,
        Series lossLuOverTime) {

    public DeviceTranslation {
        regions = List.copyOf(regions);
    }

    /**
     * A part of the spectrum and who plays there.
     *
     * @param players for people, fits after "the"
     * @param lowHz 0 for the lowest
     * @param highHz infinity for the highest
     * @param shareLu level in the song less that of the whole song, K-weighted
     * @param lossLu K-weighted loudness lost
     * @param shiftLu loss less the loss of the whole song: what is lost even when turned up;
     *     negative when the region stands out more than in the song
     * @param worstLossLu largest loss of 3 s in which the song is at most 10 LU below the
     *     integrated loudness and the region at most 20 LU below the song
     * @param worstSeconds begin of those 3 s
     * @param lost the region matters in the song (at most 20 LU below the whole) and at least 10 LU
     *     of it are gone
     */
    public record Region(
            String players,
            double lowHz,
            double highHz,
            double shareLu,
            double lossLu,
            double shiftLu,
            double worstLossLu,
            double worstSeconds,
            boolean lost) {}
}
