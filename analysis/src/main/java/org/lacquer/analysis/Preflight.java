// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import static org.lacquer.analysis.FindingList.text;
import static org.lacquer.analysis.FindingList.time;

import org.lacquer.audio.SourceInfo;

import java.util.List;

/**
 * What to know about a mix before it is mastered, as values. Findings never stop anything by
 * themselves.
 *
 * <p>Thresholds are the project's own, but for: peak to short-term loudness ratio of at least 8 (I.
 * Shepherd), at most 10 s of trailing silence (distributors), and loudness range only above 60 s
 * (EBU Tech 3343). Where they were set against finished music, the class that holds them says so.
 */
public final class Preflight {
    private static final double SHORTEST_SECONDS = 10.0;
    private static final double SHORTEST_RANGE_SECONDS = 60.0;
    private static final double LEADING_SECONDS = 0.5;
    private static final double TRAILING_SECONDS = 10.0;
    private static final double START_DBFS = -50.0;
    private static final double END_DBFS = -50.0;

    private Preflight() {}

    /**
     * All findings, the gravest first. Figures that were not measured or are undefined give none.
     */
    public static List<Finding> check(Analysis analysis, SourceInfo source) {
        FindingList findings = new FindingList();
        checkSamples(analysis, findings);
        checkLength(analysis, findings);
        LevelChecks.check(analysis, findings);
        ChannelChecks.check(analysis, findings);
        SourceChecks.check(analysis, source, findings);
        NoiseChecks.check(analysis, findings);
        ToneChecks.check(analysis, findings);
        checkSilence(analysis, findings);
        return findings.sorted();
    }

    private static void checkSamples(Analysis analysis, FindingList findings) {
        if (analysis.nonFiniteSamples() > 0) {
            findings.addAt(
                    analysis.firstNonFiniteSeconds(),
                    Severity.FAILURE,
                    "non-finite-samples",
                    analysis.nonFiniteSamples(),
                    "samples",
                    text(
                            "%d samples are not numbers (first at %s). Export the mix again.",
                            analysis.nonFiniteSamples(), time(analysis.firstNonFiniteSeconds())));
        }
        if (Double.isNaN(analysis.loudness().integratedLufs())
                && analysis.durationSeconds() >= 0.4) {
            findings.add(
                    Severity.FAILURE,
                    "silent",
                    analysis.durationSeconds(),
                    "s",
                    "Nothing is louder than -70 LUFS. Check that the right file was exported.");
        }
    }

    private static void checkLength(Analysis analysis, FindingList findings) {
        double seconds = analysis.durationSeconds();
        if (seconds < SHORTEST_SECONDS) {
            findings.add(
                    Severity.WARNING,
                    "short",
                    seconds,
                    "s",
                    text(
                            "Only %.1f s long: figures and the automatic settings are less sure."
                                    + " Give the whole song if you can.",
                            seconds));
        } else if (seconds < SHORTEST_RANGE_SECONDS) {
            findings.add(
                    Severity.INFO,
                    "short-for-range",
                    seconds,
                    "s",
                    text(
                            "At %.0f s the loudness range says little; it is meant for more than a"
                                    + " minute.",
                            seconds));
        }
    }

    private static void checkSilence(Analysis analysis, FindingList findings) {
        if (Double.isNaN(analysis.peaks().samplePeakDbfs())) {
            return;
        }
        double lead = analysis.leadingSilenceSeconds();
        double tail = analysis.trailingSilenceSeconds();
        if (lead > LEADING_SECONDS) {
            findings.addAt(
                    0.0,
                    Severity.INFO,
                    "leading-silence",
                    lead,
                    "s",
                    text("The music begins after %.1f s. Trim it if that is not meant.", lead));
        }
        if (tail > TRAILING_SECONDS) {
            findings.addAt(
                    analysis.durationSeconds() - tail,
                    Severity.WARNING,
                    "trailing-silence",
                    tail,
                    "s",
                    text("%.1f s of silence at the end; distributors accept 10 s. Trim it.", tail));
        }
        checkEnds(analysis, findings);
        Integrity.Silence silence = analysis.integrity().silence();
        if (silence.count() > 0) {
            findings.addAt(
                    silence.firstSeconds(),
                    Severity.WARNING,
                    "internal-silence",
                    silence.longestSeconds(),
                    "s",
                    text(
                            "The song falls to digital silence %s %s, %s%.1f s). Check that no clip"
                                    + " is muted and no take is missing.",
                            silence.count() == 1
                                    ? "once (at"
                                    : silence.count() + " times (first at",
                            time(silence.firstSeconds()),
                            silence.count() == 1 ? "" : "longest ",
                            silence.longestSeconds()));
        }
    }

    private static void checkEnds(Analysis analysis, FindingList findings) {
        Integrity.Ends ends = analysis.integrity().ends();
        if (ends.startDbfs() > START_DBFS) {
            findings.addAt(
                    0.0,
                    Severity.INFO,
                    "abrupt-start",
                    ends.startDbfs(),
                    "dBFS",
                    text(
                            "The first sample is already at %.0f dBFS: the beginning may be cut"
                                    + " off, or it clicks. Export from a moment earlier, or fade in"
                                    + " over some milliseconds.",
                            ends.startDbfs()));
        }
        if (ends.endDbfs() > END_DBFS) {
            findings.addAt(
                    Math.max(0.0, analysis.durationSeconds() - 0.05),
                    Severity.WARNING,
                    "abrupt-end",
                    ends.endDbfs(),
                    "dBFS",
                    text(
                            "The file ends at %.0f dBFS, in the middle of the sound. Export the"
                                    + " whole tail, or fade it out.",
                            ends.endDbfs()));
        }
    }
}
