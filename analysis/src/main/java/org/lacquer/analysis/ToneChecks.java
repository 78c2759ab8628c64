// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import static org.lacquer.analysis.FindingList.text;

import java.util.List;

/** Findings about the tonal balance. */
final class ToneChecks {
    private static final double SIBILANCE_DB = 10.0;
    private static final double BURSTS_PER_MINUTE = 6.0;
    private static final double BALANCE_DB = 4.0;

    /** Third octaves from 100 Hz to 8 kHz, where the published curve holds. */
    private static final int FIRST = 6;

    private static final int LAST = 25;

    /** 200 to 500 Hz and 2 to 5 kHz. */
    private static final int MUD_FIRST = 9;

    private static final int MUD_LAST = 13;
    private static final int HARSH_FIRST = 19;
    private static final int HARSH_LAST = 23;

    private ToneChecks() {}

    static void check(Analysis analysis, FindingList findings) {
        Integrity.Sibilance sibilance = analysis.integrity().sibilance();
        if (sibilance.spreadDb() > SIBILANCE_DB
                && sibilance.burstsPerMinute() > BURSTS_PER_MINUTE) {
            findings.add(
                    Severity.INFO,
                    "sibilance",
                    sibilance.spreadDb(),
                    "dB",
                    text(
                            "Between 5 and 9 kHz the centre jumps by %.0f dB, %.0f times a minute."
                                    + " If that is the voice, de-ess it in the mix.",
                            sibilance.spreadDb(), sibilance.burstsPerMinute()));
        }
        List<Double> levels = analysis.spectrum().levelsDbfs();
        if (!levels.isEmpty()) {
            checkBalance(levels, findings);
        }
    }

    /** Both regions against the curve, which is laid through the bands outside of them. */
    private static void checkBalance(List<Double> levels, FindingList findings) {
        double sum = 0.0;
        int count = 0;
        for (int b = FIRST; b <= LAST; b++) {
            boolean judged = b >= MUD_FIRST && b <= MUD_LAST || b >= HARSH_FIRST && b <= HARSH_LAST;
            if (!judged) {
                sum += excess(levels, b);
                count++;
            }
        }
        double rest = sum / count;
        double mud = mean(levels, MUD_FIRST, MUD_LAST) - rest;
        double harshness = mean(levels, HARSH_FIRST, HARSH_LAST) - rest;
        if (mud > BALANCE_DB) {
            findings.add(
                    Severity.INFO,
                    "mud",
                    mud,
                    "dB",
                    text(
                            "200 to 500 Hz lie %.1f dB above the usual balance of records. Thin out"
                                    + " what overlaps there, if it sounds muddy.",
                            mud));
        }
        if (harshness > BALANCE_DB) {
            findings.add(
                    Severity.INFO,
                    "harshness",
                    harshness,
                    "dB",
                    text(
                            "2 to 5 kHz lie %.1f dB above the usual balance of records. Soften what"
                                    + " bites there, if it tires the ear.",
                            harshness));
        }
    }

    private static double mean(List<Double> levels, int first, int last) {
        double sum = 0.0;
        for (int b = first; b <= last; b++) {
            sum += excess(levels, b);
        }
        return sum / (last - first + 1);
    }

    private static double excess(List<Double> levels, int band) {
        return levels.get(band) - usualDb(ThirdOctaves.nominalHz(band));
    }

    /**
     * Third-octave level of the mean of 12,345 records: A. Elowsson and A. Friberg, "Long-term
     * average spectrum in popular music and its relation to the level of the percussion", AES 142
     * (2017), paper 9762; density in dB, x in sixtieths of an octave above 30 Hz.
     */
    private static double usualDb(double frequencyHz) {
        double x = 1.0 + 60.0 * StrictMath.log(frequencyHz / 30.0) / StrictMath.log(2.0);
        double density = -0.000183 * x * x + 0.0213 * x - 16.735;
        return density + 10.0 * StrictMath.log10(frequencyHz);
    }
}
