// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

/**
 * What folding down to mono does to a band, measured on the signal. NaN is undefined.
 *
 * <p>All powers are K-weighted. Loss: 10 log10((m + s) / m) with the powers m of mid = (L + R) / 2
 * and s of side = (L - R) / 2: how much quieter mid on both loudspeakers is than left and right.
 * Series read windows of 3 s every second, at the end of the window; a second in which the band is
 * silent is NaN.
 *
 * @param lowHz lower edge, 0 for the lowest band
 * @param highHz upper edge, infinity for the highest band
 * @param lossLu over the seconds at most 30 dB below the loudest
 * @param widthDb side over mid over the same seconds, limited to ±40 dB
 * @param correlation of left and right over the same seconds, -1 to 1; 0 when one is silent
 * @param shareLu level of the band less that of the whole; 0 for the whole
 * @param worstLossLu largest loss of a window that is at most 10 LU below the integrated loudness
 *     and in which the band is at most 30 LU below the whole
 * @param worstSeconds begin of that window
 * @param verdict by the thresholds for this band: fair warns, poor fails
 */
public record MonoFold(
        double lowHz,
        double highHz,
        double lossLu,
        double widthDb,
        double correlation,
        double shareLu,
        double worstLossLu,
        double worstSeconds,
        Verdict verdict,
        Series lossLuOverTime,
        Series widthDbOverTime,
        Series correlationOverTime) {

    /** Nothing measured, between two edges. */
    static MonoFold none(double lowHz, double highHz) {
        return new MonoFold(
                lowHz,
                highHz,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Verdict.UNKNOWN,
                Series.EMPTY,
                Series.EMPTY,
                Series.EMPTY);
    }
}
