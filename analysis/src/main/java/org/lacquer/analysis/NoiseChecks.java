// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import static org.lacquer.analysis.FindingList.text;
import static org.lacquer.analysis.FindingList.time;

/** Findings about noises that do not belong to the music. */
final class NoiseChecks {
    private static final double NOISE_DBFS = -60.0;

    /** Half of all finished tracks lie above -25 dB, a common advice, through drums alone. */
    private static final double INFRASONIC_DB = -20.0;

    private static final double MUCH_INFRASONIC_DB = -15.0;
    private static final double SUB_DB = 3.0;

    private NoiseChecks() {}

    static void check(Analysis analysis, FindingList findings) {
        Integrity integrity = analysis.integrity();
        checkNoise(integrity.noise(), findings);
        checkHum(integrity.hum(), findings);
        checkLows(integrity.lows(), findings);
        checkClicks(integrity.clicks(), findings);
    }

    private static void checkNoise(Integrity.Noise noise, FindingList findings) {
        if (noise.gapDbfs() > NOISE_DBFS) {
            findings.addAt(
                    noise.gapSeconds(),
                    Severity.WARNING,
                    "noise-floor",
                    noise.gapDbfs(),
                    "dBFS",
                    text(
                            "When the music pauses (at %s) noise of %.0f dBFS remains, and"
                                    + " mastering lifts it. Mute what does not play, or reduce the"
                                    + " noise of single tracks.",
                            time(noise.gapSeconds()), noise.gapDbfs()));
        }
    }

    private static void checkHum(Integrity.Hum hum, FindingList findings) {
        if (hum.harmonics() > 0) {
            findings.addAt(
                    hum.seconds(),
                    Severity.WARNING,
                    "hum",
                    hum.prominenceDb(),
                    "dB",
                    text(
                            "Mains hum at %.1f Hz with %d harmonics (%.0f dBFS together; hear it at"
                                    + " %s). Look for the track with the bad cable, or notch it"
                                    + " there.",
                            hum.frequencyHz(),
                            hum.harmonics(),
                            hum.levelDbfs(),
                            time(hum.seconds())));
        }
    }

    private static void checkLows(Integrity.Lows lows, FindingList findings) {
        if (lows.infrasonicDb() > INFRASONIC_DB) {
            findings.add(
                    lows.infrasonicDb() > MUCH_INFRASONIC_DB ? Severity.WARNING : Severity.INFO,
                    "infrasonic",
                    lows.infrasonicDb(),
                    "dB",
                    text(
                            "Below 25 Hz lies power of %.0f dB against the whole mix: rumble that"
                                    + " nobody hears, and that takes headroom. Cut it on the tracks"
                                    + " that have it.",
                            lows.infrasonicDb()));
        }
        if (lows.subToBassDb() > SUB_DB) {
            findings.add(
                    Severity.WARNING,
                    "sub-heavy",
                    lows.subToBassDb(),
                    "dB",
                    text(
                            "20 to 40 Hz are %.1f dB stronger than 40 to 120 Hz. Small loudspeakers"
                                    + " play none of it; check the bass on something that plays it"
                                    + " all.",
                            lows.subToBassDb()));
        }
    }

    private static void checkClicks(Integrity.Clicks clicks, FindingList findings) {
        if (clicks.count() > 0) {
            findings.addAt(
                    clicks.firstSeconds(),
                    Severity.WARNING,
                    "clicks",
                    clicks.count(),
                    "clicks",
                    text(
                            "%s. Listen there: bad edits and dropped samples sound so. Cross-fade"
                                    + " the edit, or export again.",
                            clicks.count() == 1
                                    ? text("One click (at %s)", time(clicks.firstSeconds()))
                                    : text(
                                            "%d clicks (first at %s, largest at %s)",
                                            clicks.count(),
                                            time(clicks.firstSeconds()),
                                            time(clicks.largestSeconds()))));
        }
    }
}
