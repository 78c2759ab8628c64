// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import static org.lacquer.analysis.FindingList.text;
import static org.lacquer.analysis.FindingList.time;

import java.util.Arrays;

/** Findings about peaks, offset and dynamics. */
final class LevelChecks {
    private static final long MANY_CLIP_RUNS = 10;
    private static final double MUCH_CLIPPING = 1e-4;
    private static final double CLIP_DBFS = -0.1;
    private static final long FLAT_RUNS = 10;
    private static final double HEADROOM_WARNING_DBTP = -1.0;
    private static final double HEADROOM_FAILURE_DBTP = -0.1;
    private static final double OFFSET_WARNING = 0.001;
    private static final double OFFSET_FAILURE = 0.01;
    private static final double PLR_WARNING_DB = 9.0;
    private static final double PLR_FAILURE_DB = 7.0;
    private static final double PSR_WARNING_DB = 8.0;
    private static final double DR_WARNING_DB = 7.0;
    private static final double LIMITED_SHARE = 0.15;

    /** White noise moves by 0.15 LU, songs whose upper 18 dB are cut off by 2 and more. */
    private static final double STEADY_LU = 0.25;

    private LevelChecks() {}

    static void check(Analysis analysis, FindingList findings) {
        checkClipping(analysis, findings);
        checkPeaks(analysis, findings);
        checkOffset(analysis, findings);
        if (!steady(analysis.loudness())) {
            checkDynamics(analysis, findings);
        }
    }

    /** Test tones and noise have no dynamics that anyone could have taken away. */
    private static boolean steady(Loudness loudness) {
        double[] heard =
                Arrays.stream(loudness.momentaryLufs().values())
                        .filter(value -> value > Bs1770.ABSOLUTE_GATE_LUFS)
                        .sorted()
                        .toArray();
        return heard.length > 0
                && Percentiles.of(heard, 95.0) - Percentiles.of(heard, 5.0) < STEADY_LU;
    }

    private static void checkClipping(Analysis analysis, FindingList findings) {
        Peaks peaks = analysis.peaks();
        Integrity.Tops tops = analysis.integrity().tops();
        if (peaks.clipRuns() > 0) {
            double samples =
                    analysis.durationSeconds() * analysis.sampleRateHz() * analysis.channels();
            boolean many =
                    peaks.clipRuns() > MANY_CLIP_RUNS
                            || peaks.clippedSamples() > MUCH_CLIPPING * samples;
            findings.addAt(
                    peaks.firstClipSeconds(),
                    many ? Severity.FAILURE : Severity.WARNING,
                    "clipping",
                    peaks.clipRuns(),
                    "runs",
                    text(
                            "The mix clips %s %s). Lower the master fader, take any limiter or"
                                    + " clipper off the mix bus, and export again.",
                            peaks.clipRuns() == 1
                                    ? "once (at"
                                    : peaks.clipRuns() + " times (first at",
                            time(peaks.firstClipSeconds())));
        } else if (tops.flatRuns() >= FLAT_RUNS && tops.flatDbfs() < CLIP_DBFS) {
            findings.addAt(
                    tops.firstFlatSeconds(),
                    Severity.WARNING,
                    "flat-tops",
                    tops.flatRuns(),
                    "runs",
                    text(
                            "%d waves are cut flat at %.1f dBFS (first at %s): it was clipped and"
                                    + " turned down afterwards. Look for the clipper on the mix bus"
                                    + " or in a plug-in.",
                            tops.flatRuns(), tops.flatDbfs(), time(tops.firstFlatSeconds())));
        }
    }

    private static void checkPeaks(Analysis analysis, FindingList findings) {
        Peaks peaks = analysis.peaks();
        double truePeak = peaks.truePeakDbtp();
        if (truePeak > 0.0) {
            boolean flat = analysis.dynamics().plrDb() < PLR_WARNING_DB;
            findings.addAt(
                    peaks.truePeakSeconds(),
                    flat ? Severity.FAILURE : Severity.WARNING,
                    "inter-sample-overs",
                    truePeak,
                    "dBTP",
                    text(
                            "Peaks between the samples reach %+.1f dBTP (at %s). Lower the mix by"
                                    + " %.1f dB or more.",
                            truePeak, time(peaks.truePeakSeconds()), truePeak + 3.0));
        } else if (truePeak > HEADROOM_WARNING_DBTP) {
            findings.addAt(
                    peaks.truePeakSeconds(),
                    truePeak > HEADROOM_FAILURE_DBTP ? Severity.FAILURE : Severity.WARNING,
                    "headroom",
                    truePeak,
                    "dBTP",
                    text(
                            "The highest peak is %.1f dBTP, so there is no headroom left. Peaks"
                                    + " between -6 and -3 leave room to work.",
                            truePeak));
        }
    }

    private static void checkOffset(Analysis analysis, FindingList findings) {
        double largest = 0.0;
        for (ChannelLevel level : analysis.channelLevels()) {
            if (Math.abs(level.dcOffset()) > Math.abs(largest)) {
                largest = level.dcOffset();
            }
        }
        if (Math.abs(largest) > OFFSET_WARNING) {
            findings.add(
                    Math.abs(largest) > OFFSET_FAILURE ? Severity.FAILURE : Severity.WARNING,
                    "dc-offset",
                    100.0 * largest,
                    "%",
                    text(
                            "The waveform sits %.2f %% off centre and wastes headroom. A high-pass"
                                    + " at 20 Hz removes it; look for the track that causes it.",
                            100.0 * largest));
        }
    }

    private static void checkDynamics(Analysis analysis, FindingList findings) {
        Dynamics dynamics = analysis.dynamics();
        if (dynamics.plrDb() < PLR_WARNING_DB) {
            findings.add(
                    dynamics.plrDb() < PLR_FAILURE_DB ? Severity.FAILURE : Severity.WARNING,
                    "over-compressed",
                    dynamics.plrDb(),
                    "dB",
                    text(
                            "Peaks stand only %.1f dB above the loudness, so the mix is already"
                                    + " limited. Export it without the limiter on the mix bus.",
                            dynamics.plrDb()));
        } else if (dynamics.dr14() < DR_WARNING_DB) {
            findings.add(
                    Severity.WARNING,
                    "low-dynamic-range",
                    dynamics.dr14(),
                    "dB",
                    text(
                            "The dynamic range is DR%.0f; mixes have 7 or more. Ease compression"
                                    + " and limiting on the buses.",
                            dynamics.dr14()));
        }
        if (dynamics.psrP5Db() < PSR_WARNING_DB) {
            findings.add(
                    Severity.WARNING,
                    "little-punch",
                    dynamics.psrP5Db(),
                    "dB",
                    text(
                            "In the densest parts peaks stand %.1f dB above the loudness; below"
                                    + " 8 dB drums lose their punch. Ease the compression of the"
                                    + " busiest section.",
                            dynamics.psrP5Db()));
        }
        double limited = analysis.integrity().tops().limitedShare();
        if (limited > LIMITED_SHARE) {
            findings.add(
                    Severity.WARNING,
                    "limited",
                    limited,
                    "share",
                    text(
                            "%.0f %% of all moments touch the highest level: a limiter or clipper"
                                    + " was at work. Export the mix without it.",
                            100.0 * limited));
        }
    }
}
