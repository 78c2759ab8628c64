// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.engine.ChannelPlacement;
import org.lacquer.engine.CompressorBand;
import org.lacquer.engine.CompressorSettings;
import org.lacquer.engine.EqBand;
import org.lacquer.engine.GainSettings;
import org.lacquer.engine.HighPassSettings;
import org.lacquer.engine.LimiterSettings;
import org.lacquer.engine.MultibandCompressorSettings;
import org.lacquer.engine.ParametricEqSettings;
import org.lacquer.engine.SaturationBand;
import org.lacquer.engine.SaturationSettings;
import org.lacquer.engine.StageSettings;
import org.lacquer.engine.StereoWidthSettings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The settings of a stage in a few words each, as an engineer would read them out. */
final class StageSummary {
    private StageSummary() {}

    /** One entry a line; none for stages that a recovered plan never has. */
    static List<String> of(StageSettings stage) {
        return switch (stage) {
            case GainSettings gain -> List.of(signed(gain.gainDb()) + " dB");
            case HighPassSettings pass ->
                    List.of(
                            frequency(pass.cutoffHz())
                                    + ", "
                                    + pass.slopeDbPerOctave()
                                    + " dB per octave");
            case ParametricEqSettings eq -> eq.bands().stream().map(StageSummary::band).toList();
            case MultibandCompressorSettings bands -> bands(bands);
            case CompressorSettings broad ->
                    List.of(
                            text(
                                    "%.1f : 1 above %.1f dB, attack %.0f ms, release %.0f ms%s",
                                    broad.ratio(),
                                    broad.thresholdDb(),
                                    broad.attackMs(),
                                    broad.releaseMs(),
                                    broad.release() == CompressorSettings.Release.AUTO
                                            ? ", adapting"
                                            : ""));
            case SaturationSettings bent ->
                    bent.bands().stream().map(StageSummary::saturation).toList();
            case StereoWidthSettings width -> width(width);
            case LimiterSettings limiter ->
                    List.of(
                            text(
                                    "drive %s dB into %.2f dBTP, %s",
                                    signed(limiter.driveDb().orElse(0.0)),
                                    limiter.ceilingDbtp(),
                                    limiter.character().name().toLowerCase(Locale.ROOT)));
            default -> List.of();
        };
    }

    private static String band(EqBand band) {
        String shape = band.shape().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String part =
                band.placement() == ChannelPlacement.STEREO
                        ? ""
                        : " on " + band.placement().name().toLowerCase(Locale.ROOT);
        return text(
                "%s %s %s dB, Q %.2f%s",
                frequency(band.frequencyHz()), shape, signed(band.gainDb()), band.q(), part);
    }

    private static List<String> bands(MultibandCompressorSettings settings) {
        List<String> lines = new ArrayList<>();
        for (int b = 0; b < settings.bands().size(); b++) {
            CompressorBand band = settings.bands().get(b);
            String from = b == 0 ? "" : "from " + frequency(settings.crossoversHz().get(b - 1));
            String to =
                    b == settings.bands().size() - 1
                            ? ""
                            : " to " + frequency(settings.crossoversHz().get(b));
            String what =
                    band.ratio() == 1.0
                            ? "nothing"
                            : text(
                                    "%.1f : 1 above %.1f dB, attack %.0f ms, release %.0f ms",
                                    band.ratio(),
                                    band.thresholdDb(),
                                    band.attackMs(),
                                    band.releaseMs());
            lines.add((from + to).strip() + ": " + what);
        }
        return lines;
    }

    private static String saturation(SaturationBand band) {
        return text(
                "%s, drive %s dB, %.0f %% of it",
                band.curve().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                signed(band.driveDb()),
                band.mixPercent());
    }

    private static List<String> width(StereoWidthSettings width) {
        List<String> lines = new ArrayList<>();
        if (width.sideGainDb() != 0.0) {
            lines.add("sides " + signed(width.sideGainDb()) + " dB");
        }
        if (!width.bandSideGainsDb().isEmpty()) {
            lines.add(
                    "bands "
                            + String.join(
                                    ", ",
                                    width.bandSideGainsDb().stream()
                                            .map(StageSummary::signed)
                                            .toList())
                            + " dB");
        }
        if (width.bassMonoHz() > 0.0) {
            lines.add("mono below " + frequency(width.bassMonoHz()));
        }
        if (width.balanceDb() != 0.0) {
            lines.add("balance " + signed(width.balanceDb()) + " dB");
        }
        return lines;
    }

    private static String frequency(double hz) {
        return hz < 1_000.0 ? text("%.0f Hz", hz) : text("%.1f kHz", hz / 1_000.0);
    }

    private static String signed(double db) {
        return db > 0.0 ? "+" + Figure.text(db, 1) : Figure.text(db, 1);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
