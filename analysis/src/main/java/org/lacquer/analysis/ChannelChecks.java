// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import static org.lacquer.analysis.FindingList.text;

/** Findings about the channels and how they relate. */
final class ChannelChecks {
    private static final double DEAD_CHANNEL_DB = 60.0;
    private static final double BALANCE_DB = 1.0;
    private static final double DELAY_MS = 0.2;

    private ChannelChecks() {}

    static void check(Analysis analysis, FindingList findings) {
        if (analysis.channels() == 1) {
            findings.add(
                    Severity.INFO,
                    "mono",
                    1,
                    "channels",
                    "The file has one channel. It is measured and mastered as one.");
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
                    Severity.FAILURE,
                    "dead-channel",
                    difference,
                    "dB",
                    text(
                            "The %s channel is silent. Check the routing, or export the mix as"
                                    + " mono.",
                            leftDead ? "left" : "right"));
            return;
        }
        checkImage(analysis, difference, findings);
        checkDevices(analysis, findings);
    }

    private static void checkImage(Analysis analysis, double difference, FindingList findings) {
        StereoImage stereo = analysis.stereo();
        if (Math.abs(difference) > BALANCE_DB) {
            findings.add(
                    Severity.INFO,
                    "balance",
                    difference,
                    "dB",
                    text(
                            "The %s channel is %.1f dB louder on average. Check the panning if that"
                                    + " is not meant.",
                            difference > 0 ? "left" : "right", Math.abs(difference)));
        }
        if (stereo.widthDb() < -39.9 && stereo.correlation() > 1.0 - 1e-6) {
            findings.add(
                    Severity.INFO,
                    "dual-mono",
                    stereo.correlation(),
                    "correlation",
                    "Both channels are equal: the stereo file is mono. Check that the export did"
                            + " not fold it down.");
        }
        checkDelay(stereo.channels(), findings);
        if (stereo.cancels()) {
            findings.add(
                    Severity.FAILURE,
                    "polarity",
                    stereo.correlation(),
                    "correlation",
                    text(
                            "Left and right cancel (correlation %.2f): one channel is inverted, and"
                                    + " in mono the song vanishes. Flip the polarity of one"
                                    + " channel.",
                            stereo.correlation()));
        } else {
            stereo.findings().forEach(findings::add);
        }
    }

    private static void checkDelay(ChannelRelation channels, FindingList findings) {
        double delay = channels.delayMs();
        if (Math.abs(delay) > DELAY_MS) {
            findings.add(
                    Severity.WARNING,
                    "channel-delay",
                    delay,
                    "ms",
                    text(
                            "The %s channel comes %.2f ms late, so mono sounds hollow. Move it back"
                                    + " unless the delay is an effect.",
                            delay > 0.0 ? "right" : "left", Math.abs(delay)));
        }
    }

    private static void checkDevices(Analysis analysis, FindingList findings) {
        for (DeviceTranslation device : analysis.translation().devices()) {
            if (device.verdict() == Verdict.POOR) {
                findings.addAt(
                        device.worstSeconds(),
                        Severity.INFO,
                        "translation-" + device.model().name(),
                        device.lossLu(),
                        "LU",
                        device.reason());
            }
        }
    }
}
