// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Turns the figures of a device into a verdict and a sentence. The limits are the project's own;
 * only "more than 6 LU lost on a phone" and "overtones within 25 dB" have a common origin in mixing
 * practice.
 */
final class TranslationVerdict {
    private static final double FAIR_LOSS_LU = 3.5;
    private static final double POOR_LOSS_LU = 6.0;

    /** A device that adds this much adds it in the bass. */
    private static final double SWAMPED_LU = -6.0;

    private static final double FAIR_MONO_LU = 3.0;
    private static final double POOR_MONO_LU = 6.0;
    private static final double BASS_SHARE = 0.5;
    private static final double FAIR_MASKED = 0.6;
    private static final double POOR_MASKED = 0.85;
    private static final double FAIR_COMPRESSION_DB = 4.0;
    private static final double POOR_COMPRESSION_DB = 8.0;

    /** A moment that loses so much, and so much more than the song, stands out. */
    private static final double MOMENT_LOSS_LU = 6.0;

    private static final double MOMENT_MORE_LU = 4.0;

    private TranslationVerdict() {}

    /** Something that speaks against the device, or a remark. */
    private record Point(Verdict verdict, String text) {}

    /**
     * @param monoLosses what mono alone costs each region, in LU
     */
    static DeviceTranslation judge(DeviceTranslation figures, double[] monoLosses) {
        List<Point> points = new ArrayList<>();
        wholeLoss(figures, points);
        sides(figures, monoLosses, points);
        bass(figures, points);
        noise(figures, points);
        compression(figures, points);
        moment(figures, points);
        points.sort(Comparator.comparing(Point::verdict).reversed());
        Verdict verdict = points.isEmpty() ? Verdict.GOOD : points.getFirst().verdict();
        String reason =
                points.isEmpty()
                        ? good(figures)
                        : points.size() == 1
                                ? points.get(0).text() + "."
                                : points.get(0).text() + "; " + points.get(1).text() + ".";
        return new DeviceTranslation(
                figures.model(),
                verdict,
                "On " + figures.model().title() + " " + reason,
                figures.lossLu(),
                figures.worstLossLu(),
                figures.worstSeconds(),
                figures.regions(),
                figures.bassHarmonicsDb(),
                figures.bassAudibleShare(),
                figures.maskedShare(),
                figures.compressionDb(),
                figures.lossLuOverTime());
    }

    private static void wholeLoss(DeviceTranslation figures, List<Point> points) {
        double loss = figures.lossLu();
        if (loss > FAIR_LOSS_LU) {
            points.add(
                    new Point(
                            loss > POOR_LOSS_LU ? Verdict.POOR : Verdict.FAIR,
                            text(
                                    "the song loses %s, most of it %s",
                                    amount(loss), range(costliest(figures)))));
        } else if (loss < SWAMPED_LU) {
            points.add(
                    new Point(
                            Verdict.FAIR,
                            text(
                                    "the low end grows by so much that the song gets %.1f LU louder"
                                            + " and the rest may drown in it",
                                    -loss)));
        }
    }

    /** Wide parts on devices that play little or nothing of the side signal. */
    private static void sides(DeviceTranslation figures, double[] monoLosses, List<Point> points) {
        if (figures.model().sideGain() > 0.0 && figures.model().monoBelowHz() == 0.0) {
            return;
        }
        double most = FAIR_MONO_LU;
        DeviceTranslation.Region worst = null;
        for (int r = 0; r < monoLosses.length; r++) {
            DeviceTranslation.Region region = figures.regions().get(r);
            boolean summed =
                    figures.model().mono() || region.highHz() <= figures.model().monoBelowHz() + 10;
            if (summed
                    && region.shareLu() >= TranslationFigures.MATTERS_LU
                    && monoLosses[r] > most) {
                most = monoLosses[r];
                worst = region;
            }
        }
        if (worst != null) {
            points.add(
                    new Point(
                            most > POOR_MONO_LU ? Verdict.POOR : Verdict.FAIR,
                            text(
                                    "left and right cancel: the mono sum costs the %s (%s) %s,"
                                            + " most%s",
                                    worst.players(),
                                    range(worst),
                                    amount(most),
                                    at(worst.worstSeconds()))));
        }
    }

    private static void bass(DeviceTranslation figures, List<Point> points) {
        if (figures.bassAudibleShare() < BASS_SHARE) {
            points.add(
                    new Point(
                            Verdict.FAIR,
                            text(
                                    "the bass line disappears for %.0f %% of its time, since its"
                                            + " overtones are too weak to be heard for it",
                                    100.0 * (1.0 - figures.bassAudibleShare()))));
        }
    }

    private static void noise(DeviceTranslation figures, List<Point> points) {
        if (figures.maskedShare() > FAIR_MASKED) {
            points.add(
                    new Point(
                            figures.maskedShare() > POOR_MASKED ? Verdict.POOR : Verdict.FAIR,
                            text(
                                    "%.0f %% of what sounds below %.0f Hz drowns in the noise of"
                                            + " the road",
                                    100.0 * figures.maskedShare(),
                                    figures.model().noise() == null
                                            ? 0.0
                                            : figures.model().noise().belowHz())));
        }
    }

    private static void compression(DeviceTranslation figures, List<Point> points) {
        if (figures.compressionDb() > FAIR_COMPRESSION_DB) {
            points.add(
                    new Point(
                            figures.compressionDb() > POOR_COMPRESSION_DB
                                    ? Verdict.POOR
                                    : Verdict.FAIR,
                            text(
                                    "the box's own limiter takes %.1f dB off the loud beats",
                                    figures.compressionDb())));
        }
    }

    private static void moment(DeviceTranslation figures, List<Point> points) {
        if (figures.worstLossLu() > Math.max(MOMENT_LOSS_LU, figures.lossLu() + MOMENT_MORE_LU)) {
            points.add(
                    new Point(
                            Verdict.FAIR,
                            text(
                                    "three seconds%s lose %s",
                                    at(figures.worstSeconds()), amount(figures.worstLossLu()))));
        }
    }

    private static String good(DeviceTranslation figures) {
        List<String> lost = new ArrayList<>();
        for (DeviceTranslation.Region region : figures.regions()) {
            if (region.lost()) {
                lost.add(region.players());
            }
        }
        String balance =
                figures.lossLu() > 1.0
                        ? text("the song holds up and loses %.1f LU", figures.lossLu())
                        : "the song holds up";
        return lost.isEmpty()
                ? balance + "."
                : balance + "; what does not come through: " + String.join(", ", lost) + ".";
    }

    /** Region whose missing power is the largest part of the song's. */
    private static DeviceTranslation.Region costliest(DeviceTranslation figures) {
        return Collections.max(
                figures.regions(),
                Comparator.comparingDouble(
                        region ->
                                StrictMath.pow(10.0, region.shareLu() / 10.0)
                                        * (1.0 - StrictMath.pow(10.0, -region.lossLu() / 10.0))));
    }

    private static String range(DeviceTranslation.Region region) {
        if (region.lowHz() == 0.0) {
            return text("below %.0f Hz", region.highHz());
        }
        return Double.isInfinite(region.highHz())
                ? text("above %.0f Hz", region.lowHz())
                : text("%.0f to %.0f Hz", region.lowHz(), region.highHz());
    }

    private static String at(double seconds) {
        return Double.isNaN(seconds) ? "" : " at " + StereoFigures.time(seconds);
    }

    private static String amount(double loss) {
        return loss > 40.0 ? "everything" : text("%.1f LU", loss);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
