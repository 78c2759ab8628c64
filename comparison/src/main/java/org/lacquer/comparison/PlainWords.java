// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison;

import org.lacquer.analysis.Difference;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a candidate does to the mix, in sentences without figures that nobody can hear. */
public final class PlainWords {
    private static final double AUDIBLE_TONE_DB = 0.5;
    private static final double AUDIBLE_PEAKS_DB = 0.7;
    private static final double AUDIBLE_ATTACKS_DB = 0.5;
    private static final double AUDIBLE_MOVEMENT_DB = 0.5;
    private static final double AUDIBLE_WIDTH_DB = 0.5;
    private static final double AUDIBLE_RESIDUAL_DB = -40.0;
    private static final double DIRTY_RESIDUAL_DB = -25.0;

    /** Third-octave bands of a region, first and one past the last. */
    private record Region(String name, int from, int to) {}

    private static final List<Region> REGIONS =
            List.of(
                    new Region("sub-bass (below 70 Hz)", 1, 5),
                    new Region("bass (80 to 160 Hz)", 5, 9),
                    new Region("low mids (200 to 500 Hz)", 9, 14),
                    new Region("mids (630 Hz to 2 kHz)", 14, 20),
                    new Region("presence (2.5 to 5 kHz)", 20, 24),
                    new Region("treble (6.3 to 10 kHz)", 24, 27),
                    new Region("air (above 12 kHz)", 27, 29));

    private PlainWords() {}

    /** Sentences about a candidate against the mix, the tone first. */
    public static List<String> of(Candidate candidate, Candidate mix) {
        List<String> sentences = new ArrayList<>();
        if (candidate.kind() == CandidateKind.MIX) {
            return List.of("The untouched mix.");
        }
        sentences.add(tone(candidate, mix));
        dynamics(candidate, mix, sentences);
        image(candidate, mix, sentences);
        cleanness(candidate.difference(), sentences);
        candidate.alignment().ifPresent(alignment -> place(candidate, alignment, sentences));
        return sentences;
    }

    private static String tone(Candidate candidate, Candidate mix) {
        double[] levels = candidate.spectrumDb();
        double[] before = mix.spectrumDb();
        if (levels.length == 0 || before.length == 0) {
            return "Too short for its tone to be judged.";
        }
        List<String> more = new ArrayList<>();
        List<String> less = new ArrayList<>();
        for (Region region : REGIONS) {
            double sum = 0.0;
            for (int b = region.from(); b < region.to(); b++) {
                sum += levels[b] - before[b];
            }
            double mean = sum / (region.to() - region.from());
            if (mean >= AUDIBLE_TONE_DB) {
                more.add(region.name() + " " + text("%+.1f dB", mean));
            } else if (mean <= -AUDIBLE_TONE_DB) {
                less.add(region.name() + " " + text("%+.1f dB", mean));
            }
        }
        if (more.isEmpty() && less.isEmpty()) {
            return "The tone of the mix, at equal loudness.";
        }
        String gained = more.isEmpty() ? "" : "more " + String.join(", ", more);
        String lost = less.isEmpty() ? "" : "less " + String.join(", ", less);
        String join = more.isEmpty() || less.isEmpty() ? "" : "; ";
        return capital(gained + join + lost) + ", at equal loudness.";
    }

    private static void dynamics(Candidate candidate, Candidate mix, List<String> sentences) {
        double peaks =
                candidate.delivered().dynamics().plrDb() - mix.delivered().dynamics().plrDb();
        if (Math.abs(peaks) >= AUDIBLE_PEAKS_DB) {
            sentences.add(
                    text(
                            "Peaks stand %.1f dB %s over the loudness.",
                            Math.abs(peaks), peaks < 0 ? "less" : "more"));
        }
        Difference difference = candidate.difference();
        double attacks = difference.transientChangeDb();
        if (Math.abs(attacks) >= AUDIBLE_ATTACKS_DB) {
            sentences.add(
                    text(
                            "Attacks are %.1f dB %s.",
                            Math.abs(attacks), attacks < 0 ? "softer" : "sharper"));
        }
        if (difference.gainMovementDb() >= AUDIBLE_MOVEMENT_DB) {
            sentences.add(
                    text(
                            "The gain moves by %.1f dB within a few seconds.",
                            difference.gainMovementDb()));
        }
    }

    private static void image(Candidate candidate, Candidate mix, List<String> sentences) {
        double width = candidate.aligned().stereo().widthDb() - mix.aligned().stereo().widthDb();
        if (Math.abs(width) >= AUDIBLE_WIDTH_DB) {
            sentences.add(
                    text(
                            "The image is %s: side over mid %+.1f dB.",
                            width > 0 ? "wider" : "narrower", width));
        }
    }

    private static void cleanness(Difference difference, List<String> sentences) {
        double residual = difference.residualDb();
        if (residual >= DIRTY_RESIDUAL_DB) {
            sentences.add(
                    text(
                            "Much was added that is not in the mix (%.0f dB): clipping, saturation"
                                    + " or other material, most at %s.",
                            residual, time(difference.worstSeconds())));
        } else if (residual >= AUDIBLE_RESIDUAL_DB) {
            sentences.add(
                    text(
                            "Some colour was added (%.0f dB), most at %s.",
                            residual, time(difference.worstSeconds())));
        }
    }

    private static void place(Candidate candidate, Alignment alignment, List<String> sentences) {
        if (alignment.confidence() < Alignment.DOUBTFUL) {
            sentences.add(
                    "It may be another song or another take: the waveforms do not fit, so what is"
                            + " said against the mix means little.");
            return;
        }
        double milliseconds =
                1_000.0 * alignment.offsetFrames() / candidate.aligned().sampleRateHz();
        if (Math.abs(milliseconds) >= 1.0) {
            sentences.add(
                    text(
                            "The file begins %.0f ms %s than the mix; it was moved.",
                            Math.abs(milliseconds), milliseconds > 0 ? "later" : "earlier"));
        }
        if (alignment.driftPpm() != 0.0) {
            sentences.add(
                    text(
                            "Its clock is off by %.1f parts per million; it was taken out.",
                            alignment.driftPpm()));
        }
        if (alignment.inverted()) {
            sentences.add("Its polarity is inverted; it was turned back.");
        }
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private static String time(double seconds) {
        double positive = Double.isFinite(seconds) ? Math.max(0.0, seconds) : 0.0;
        return text("%d:%02d", (int) (positive / 60.0), (int) (positive % 60.0));
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
