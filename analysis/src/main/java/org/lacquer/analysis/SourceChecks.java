// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import static org.lacquer.analysis.FindingList.text;

import org.lacquer.audio.SourceInfo;

import java.util.Locale;
import java.util.Set;

/** Findings about the file: its format, and what it was before. */
final class SourceChecks {
    private static final Set<Integer> USUAL_RATES_HZ =
            Set.of(44_100, 48_000, 88_200, 96_000, 176_400, 192_000, 352_800, 384_000);

    private static final int LOWEST_RATE_HZ = 44_100;
    private static final double FULL_BANDWIDTH_HZ = 20_500.0;

    /** Walls must stand in this part of all windows, quiet ones included. */
    private static final double CUTOFF_SHARE = 0.25;

    private static final double STEADY_SHARE = 0.9;
    private static final double SHELF_HZ = 16_000.0;
    private static final double ULTRASONIC_DB = -110.0;
    private static final double ULTRASONIC_STEP_DB = 30.0;
    private static final int FINE_BITS = 24;
    private static final int COARSE_BITS = 16;

    private SourceChecks() {}

    static void check(Analysis analysis, SourceInfo source, FindingList findings) {
        checkRate(analysis, findings);
        checkDepth(analysis, source, findings);
        if (source.lossy()) {
            findings.add(
                    Severity.WARNING,
                    "lossy-file",
                    0,
                    "",
                    text(
                            "%s is a lossy format. Master from WAV, AIFF or FLAC if you have it.",
                            source.codec().toUpperCase(Locale.ROOT)));
        } else {
            checkCutoff(analysis, findings);
        }
        checkUltrasonic(analysis, findings);
    }

    private static void checkRate(Analysis analysis, FindingList findings) {
        int rate = analysis.sampleRateHz();
        if (USUAL_RATES_HZ.contains(rate)) {
            return;
        }
        findings.add(
                Severity.FAILURE,
                "odd-rate",
                rate,
                "Hz",
                rate < LOWEST_RATE_HZ
                        ? text(
                                "%d Hz leaves nothing above %.1f kHz. Export at the rate of the"
                                        + " session, 44.1 kHz or more.",
                                rate, rate / 2000.0)
                        : text(
                                "%d Hz is no usual sample rate. Export at the rate of the session:"
                                        + " 44.1, 48, 88.2 or 96 kHz.",
                                rate));
    }

    private static void checkDepth(Analysis analysis, SourceInfo source, FindingList findings) {
        Integrity.Depth depth = analysis.integrity().depth();
        if (depth.usedBits() > 0 && !source.lossy()) {
            if (depth.usedBits() < COARSE_BITS) {
                findings.add(
                        Severity.WARNING,
                        "bit-depth",
                        depth.usedBits(),
                        "bit",
                        text(
                                "Only %d bits are in use, so quiet parts are coarse. Export with 24"
                                        + " bits.",
                                depth.usedBits()));
            } else if (source.bitDepth() >= FINE_BITS && depth.usedBits() == COARSE_BITS) {
                findings.add(
                        Severity.INFO,
                        "bit-depth",
                        depth.usedBits(),
                        "bit",
                        text(
                                "The file has %d bits, but only 16 are in use: it was 16 bit once."
                                        + " Export from the session with 24 bits.",
                                source.bitDepth()));
            }
        }
        if (depth.subnormalSamples() > 0) {
            findings.add(
                    Severity.INFO,
                    "subnormal-samples",
                    depth.subnormalSamples(),
                    "samples",
                    text(
                            "%d samples are too small for normal numbers. They cannot be heard, but"
                                    + " a plug-in fades out without end.",
                            depth.subnormalSamples()));
        }
    }

    private static void checkCutoff(Analysis analysis, FindingList findings) {
        Integrity.Highs highs = analysis.integrity().highs();
        boolean wall =
                highs.cutoffShare() >= CUTOFF_SHARE
                        && highs.cutoffSteadiness() > STEADY_SHARE
                        && highs.cutoffHz()
                                < Math.min(FULL_BANDWIDTH_HZ, 0.45 * analysis.sampleRateHz());
        if (wall || highs.shelfShare() > STEADY_SHARE) {
            double edge = wall ? highs.cutoffHz() : SHELF_HZ;
            findings.add(
                    Severity.WARNING,
                    "lossy-source",
                    edge,
                    "Hz",
                    text(
                            "The spectrum %s at %.1f kHz: the file was likely MP3 or AAC once, or a"
                                    + " sample pack was. Look for the original.",
                            wall ? "ends like a wall" : "has a step", edge / 1000.0));
        }
    }

    private static void checkUltrasonic(Analysis analysis, FindingList findings) {
        Integrity.Highs highs = analysis.integrity().highs();
        if (highs.ultrasonicDb() < ULTRASONIC_DB || highs.ultrasonicStepDb() > ULTRASONIC_STEP_DB) {
            findings.add(
                    Severity.WARNING,
                    "upsampled",
                    highs.ultrasonicDb(),
                    "dB",
                    text(
                            "Nothing but noise lies above 24 kHz: the file was upsampled to %s kHz."
                                    + " Export at the rate of the session instead.",
                            analysis.sampleRateHz() / 1000.0));
        }
    }
}
