// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.SourceInfo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What to know about a mix before it is mastered, as values. Findings never stop anything by
 * themselves.
 *
 * <p>Thresholds are the project's own, but for: peak to short-term loudness ratio of at least 8 (I.
 * Shepherd), at most 10 s of trailing silence (distributors), and loudness range only above 60 s
 * (EBU Tech 3343).
 */
public final class Preflight {
    private static final double SHORTEST_SECONDS = 10.0;
    private static final double SHORTEST_RANGE_SECONDS = 60.0;
    private static final long MANY_CLIP_RUNS = 10;
    private static final double MUCH_CLIPPING = 1e-4;
    private static final double HEADROOM_WARNING_DBTP = -1.0;
    private static final double HEADROOM_FAILURE_DBTP = -0.1;
    private static final double OFFSET_WARNING = 0.001;
    private static final double OFFSET_FAILURE = 0.01;
    private static final double PLR_WARNING_DB = 9.0;
    private static final double PLR_FAILURE_DB = 7.0;
    private static final double PSR_WARNING_DB = 8.0;
    private static final double DEAD_CHANNEL_DB = 60.0;
    private static final double BALANCE_DB = 1.0;
    private static final double POLARITY = -0.8;
    private static final double MONO_LOSS_LU = 2.0;
    private static final double LEADING_SECONDS = 0.5;
    private static final double TRAILING_SECONDS = 10.0;
    private static final double FULL_BANDWIDTH_HZ = 20_500.0;

    private Preflight() {}

    /**
     * All findings, the gravest first. Figures that were not measured or are undefined give none.
     */
    public static List<Finding> check(Analysis analysis, SourceInfo source) {
        List<Finding> findings = new ArrayList<>();
        checkSamples(analysis, findings);
        checkLength(analysis, findings);
        checkPeaks(analysis, findings);
        checkOffset(analysis, findings);
        checkDynamics(analysis, findings);
        checkChannels(analysis, findings);
        checkSource(analysis, source, findings);
        checkSilence(analysis, findings);
        findings.sort((a, b) -> b.severity().compareTo(a.severity()));
        return List.copyOf(findings);
    }

    private static void checkSamples(Analysis analysis, List<Finding> findings) {
        if (analysis.nonFiniteSamples() > 0) {
            findings.add(
                    new Finding(
                            Severity.FAILURE,
                            "non-finite-samples",
                            text(
                                    "%d samples are not numbers (first at %s). Export the mix"
                                            + " again.",
                                    analysis.nonFiniteSamples(),
                                    time(analysis.firstNonFiniteSeconds())),
                            analysis.nonFiniteSamples(),
                            "samples",
                            analysis.firstNonFiniteSeconds()));
        }
        if (Double.isNaN(analysis.loudness().integratedLufs())
                && analysis.durationSeconds() >= 0.4) {
            findings.add(
                    whole(
                            Severity.FAILURE,
                            "silent",
                            "Nothing is louder than -70 LUFS. Check that the right file was"
                                    + " exported.",
                            analysis.durationSeconds(),
                            "s"));
        }
    }

    private static void checkLength(Analysis analysis, List<Finding> findings) {
        double seconds = analysis.durationSeconds();
        if (seconds < SHORTEST_SECONDS) {
            findings.add(
                    whole(
                            Severity.WARNING,
                            "short",
                            text(
                                    "Only %.1f s long: figures and the automatic settings are less"
                                            + " sure. Give the whole song if you can.",
                                    seconds),
                            seconds,
                            "s"));
        } else if (seconds < SHORTEST_RANGE_SECONDS) {
            findings.add(
                    whole(
                            Severity.INFO,
                            "short-for-range",
                            text(
                                    "At %.0f s the loudness range says little; it is meant for more"
                                            + " than a minute.",
                                    seconds),
                            seconds,
                            "s"));
        }
    }

    private static void checkPeaks(Analysis analysis, List<Finding> findings) {
        Peaks peaks = analysis.peaks();
        if (peaks.clipRuns() > 0) {
            double samples =
                    analysis.durationSeconds() * analysis.sampleRateHz() * analysis.channels();
            boolean many =
                    peaks.clipRuns() > MANY_CLIP_RUNS
                            || peaks.clippedSamples() > MUCH_CLIPPING * samples;
            findings.add(
                    new Finding(
                            many ? Severity.FAILURE : Severity.WARNING,
                            "clipping",
                            text(
                                    "The mix clips %d times (first at %s). Lower the master fader,"
                                            + " take any limiter or clipper off the mix bus, and"
                                            + " export again.",
                                    peaks.clipRuns(), time(peaks.firstClipSeconds())),
                            peaks.clipRuns(),
                            "runs",
                            peaks.firstClipSeconds()));
        }
        double truePeak = peaks.truePeakDbtp();
        if (truePeak > 0.0) {
            boolean flat = analysis.dynamics().plrDb() < PLR_WARNING_DB;
            findings.add(
                    new Finding(
                            flat ? Severity.FAILURE : Severity.WARNING,
                            "inter-sample-overs",
                            text(
                                    "Peaks between the samples reach %+.1f dBTP (at %s). Lower the"
                                            + " mix by %.1f dB or more.",
                                    truePeak, time(peaks.truePeakSeconds()), truePeak + 3.0),
                            truePeak,
                            "dBTP",
                            peaks.truePeakSeconds()));
        } else if (truePeak > HEADROOM_WARNING_DBTP) {
            findings.add(
                    new Finding(
                            truePeak > HEADROOM_FAILURE_DBTP ? Severity.FAILURE : Severity.WARNING,
                            "headroom",
                            text(
                                    "The highest peak is %.1f dBTP, so there is no headroom left."
                                            + " Peaks between -6 and -3 leave room to work.",
                                    truePeak),
                            truePeak,
                            "dBTP",
                            peaks.truePeakSeconds()));
        }
    }

    private static void checkOffset(Analysis analysis, List<Finding> findings) {
        double largest = 0.0;
        for (ChannelLevel level : analysis.channelLevels()) {
            if (Math.abs(level.dcOffset()) > Math.abs(largest)) {
                largest = level.dcOffset();
            }
        }
        if (Math.abs(largest) > OFFSET_WARNING) {
            findings.add(
                    whole(
                            Math.abs(largest) > OFFSET_FAILURE
                                    ? Severity.FAILURE
                                    : Severity.WARNING,
                            "dc-offset",
                            text(
                                    "The waveform sits %.2f %% off centre and wastes headroom. A"
                                            + " high-pass at 20 Hz removes it; look for the track"
                                            + " that causes it.",
                                    100.0 * largest),
                            100.0 * largest,
                            "%"));
        }
    }

    private static void checkDynamics(Analysis analysis, List<Finding> findings) {
        Dynamics dynamics = analysis.dynamics();
        if (dynamics.plrDb() < PLR_WARNING_DB) {
            findings.add(
                    whole(
                            dynamics.plrDb() < PLR_FAILURE_DB ? Severity.FAILURE : Severity.WARNING,
                            "over-compressed",
                            text(
                                    "Peaks stand only %.1f dB above the loudness, so the mix is"
                                            + " already limited. Export it without the limiter on"
                                            + " the mix bus.",
                                    dynamics.plrDb()),
                            dynamics.plrDb(),
                            "dB"));
        }
        if (dynamics.psrP5Db() < PSR_WARNING_DB) {
            findings.add(
                    whole(
                            Severity.WARNING,
                            "little-punch",
                            text(
                                    "In the densest parts peaks stand %.1f dB above the loudness;"
                                            + " below 8 dB drums lose their punch. Ease the"
                                            + " compression of the busiest section.",
                                    dynamics.psrP5Db()),
                            dynamics.psrP5Db(),
                            "dB"));
        }
    }

    private static void checkChannels(Analysis analysis, List<Finding> findings) {
        if (analysis.channels() == 1) {
            findings.add(
                    whole(
                            Severity.INFO,
                            "mono",
                            "The file has one channel. It is measured and mastered as one.",
                            1,
                            "channels"));
        }
        if (analysis.channels() != 2 || Double.isNaN(analysis.peaks().samplePeakDbfs())) {
            return;
        }
        double left = analysis.channelLevels().get(0).rmsDbfs();
        double right = analysis.channelLevels().get(1).rmsDbfs();
        double difference = left - right;
        if (Double.isNaN(difference) || Math.abs(difference) > DEAD_CHANNEL_DB) {
            boolean leftDead = Double.isNaN(left) || left < right;
            findings.add(
                    whole(
                            Severity.FAILURE,
                            "dead-channel",
                            text(
                                    "The %s channel is silent. Check the routing, or export the"
                                            + " mix as mono.",
                                    leftDead ? "left" : "right"),
                            difference,
                            "dB"));
            return;
        }
        checkImage(analysis, difference, findings);
    }

    private static void checkImage(Analysis analysis, double difference, List<Finding> findings) {
        StereoImage stereo = analysis.stereo();
        if (Math.abs(difference) > BALANCE_DB) {
            findings.add(
                    whole(
                            Severity.INFO,
                            "balance",
                            text(
                                    "The %s channel is %.1f dB louder on average. Check the"
                                            + " panning if that is not meant.",
                                    difference > 0 ? "left" : "right", Math.abs(difference)),
                            difference,
                            "dB"));
        }
        if (stereo.widthDb() < -39.9 && stereo.correlation() > 1.0 - 1e-6) {
            findings.add(
                    whole(
                            Severity.INFO,
                            "dual-mono",
                            "Both channels are equal: the stereo file is mono. Check that the"
                                    + " export did not fold it down.",
                            stereo.correlation(),
                            "correlation"));
        }
        if (stereo.correlation() < POLARITY) {
            findings.add(
                    whole(
                            Severity.FAILURE,
                            "polarity",
                            text(
                                    "Left and right cancel (correlation %.2f): one channel is"
                                            + " inverted, and in mono the song vanishes. Flip the"
                                            + " polarity of one channel.",
                                    stereo.correlation()),
                            stereo.correlation(),
                            "correlation"));
        } else if (stereo.monoLossLu() > MONO_LOSS_LU) {
            findings.add(
                    whole(
                            Severity.WARNING,
                            "mono-loss",
                            text(
                                    "On one loudspeaker the song loses %.1f LU. Narrow the widest"
                                            + " parts or check them for inverted polarity.",
                                    stereo.monoLossLu()),
                            stereo.monoLossLu(),
                            "LU"));
        }
    }

    private static void checkSource(Analysis analysis, SourceInfo source, List<Finding> findings) {
        if (source.lossy()) {
            findings.add(
                    whole(
                            Severity.WARNING,
                            "lossy-file",
                            text(
                                    "%s is a lossy format. Master from WAV, AIFF or FLAC if you"
                                            + " have it.",
                                    source.codec().toUpperCase(Locale.ROOT)),
                            0,
                            ""));
        }
        Spectrum spectrum = analysis.spectrum();
        if (!source.lossy()
                && spectrum.edgeDropDb() >= SpectrumFigures.EDGE_DB
                && spectrum.bandwidthHz()
                        < Math.min(FULL_BANDWIDTH_HZ, 0.45 * analysis.sampleRateHz())) {
            findings.add(
                    whole(
                            Severity.WARNING,
                            "lossy-source",
                            text(
                                    "The spectrum ends like a wall at %.1f kHz: the file was likely"
                                            + " MP3 or AAC once, or a sample pack was. Look for the"
                                            + " original.",
                                    spectrum.bandwidthHz() / 1000.0),
                            spectrum.bandwidthHz(),
                            "Hz"));
        }
    }

    private static void checkSilence(Analysis analysis, List<Finding> findings) {
        if (Double.isNaN(analysis.peaks().samplePeakDbfs())) {
            return;
        }
        double lead = analysis.leadingSilenceSeconds();
        double tail = analysis.trailingSilenceSeconds();
        if (lead > LEADING_SECONDS) {
            findings.add(
                    new Finding(
                            Severity.INFO,
                            "leading-silence",
                            text(
                                    "The music begins after %.1f s. Trim it if that is not meant.",
                                    lead),
                            lead,
                            "s",
                            0.0));
        }
        if (tail > TRAILING_SECONDS) {
            findings.add(
                    new Finding(
                            Severity.WARNING,
                            "trailing-silence",
                            text(
                                    "%.1f s of silence at the end; distributors accept 10 s. Trim"
                                            + " it.",
                                    tail),
                            tail,
                            "s",
                            analysis.durationSeconds() - tail));
        }
    }

    private static Finding whole(
            Severity severity, String code, String message, double value, String unit) {
        return new Finding(severity, code, message, value, unit, Double.NaN);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** Minutes and seconds. */
    private static String time(double seconds) {
        double positive = Math.max(0.0, seconds);
        return text("%d:%04.1f", (int) (positive / 60.0), positive % 60.0);
    }
}
