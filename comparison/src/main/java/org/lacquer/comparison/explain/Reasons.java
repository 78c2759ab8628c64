// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.explain;

import org.lacquer.audio.Decibels;
import org.lacquer.engine.CompressorSettings;
import org.lacquer.engine.GainSettings;
import org.lacquer.engine.HighPassSettings;
import org.lacquer.engine.LimiterSettings;
import org.lacquer.engine.MultibandCompressorSettings;
import org.lacquer.engine.ParametricEqSettings;
import org.lacquer.engine.SaturationSettings;
import org.lacquer.engine.StageSettings;
import org.lacquer.engine.StereoWidthSettings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What speaks for each stage of a recovered plan, in words and figures. */
final class Reasons {
    /** A compressor whose smallest reduction is this share of its mean never lets go. */
    private static final double HELD_SHARE = 0.5;

    private final ToneFit.Result tone;
    private final WidthFit.Result width;
    private final StereoWidthSettings widthSettings;
    private final DynamicsFit.Result dynamics;
    private final Optional<SaturationFit.Result> saturation;
    private final Leftover left;

    Reasons(
            ToneFit.Result tone,
            WidthFit.Result width,
            StereoWidthSettings widthSettings,
            DynamicsFit.Result dynamics,
            Optional<SaturationFit.Result> saturation,
            Leftover left) {
        this.tone = tone;
        this.width = width;
        this.widthSettings = widthSettings;
        this.dynamics = dynamics;
        this.saturation = saturation;
        this.left = left;
    }

    ExplainedStage of(StageSettings stage) {
        return switch (stage) {
            case HighPassSettings pass -> highPass(pass);
            case ParametricEqSettings eq -> equaliser(eq);
            case MultibandCompressorSettings bands -> compressor(stage.stageName());
            case CompressorSettings broad -> compressor(stage.stageName());
            case SaturationSettings bent -> saturation(bent);
            case StereoWidthSettings wide -> width(wide);
            case LimiterSettings limiter -> limiter(limiter);
            case GainSettings gain ->
                    new ExplainedStage(
                            stage.stageName(),
                            1.0,
                            text(
                                    "The whole is %s by %.1f dB.",
                                    louder(gain.gainDb()), Math.abs(gain.gainDb())),
                            Map.of("gainDb", gain.gainDb()));
            default -> new ExplainedStage(stage.stageName(), 0.0, "", Map.of());
        };
    }

    private static String louder(double db) {
        return db > 0.0 ? "turned up" : "turned down";
    }

    private double toneConfidence() {
        double followed = Math.max(left.toneDb(), tone.rmsDb());
        return within(1.0 - followed / 1.5);
    }

    private ExplainedStage highPass(HighPassSettings pass) {
        return new ExplainedStage(
                pass.stageName(),
                toneConfidence(),
                text(
                        "Below %.0f Hz the master falls as after a filter of %d dB per octave.",
                        pass.cutoffHz(), pass.slopeDbPerOctave()),
                evidence("toneLeftDb", left.toneDb()));
    }

    private ExplainedStage equaliser(ParametricEqSettings eq) {
        double most = eq.bands().stream().mapToDouble(b -> Math.abs(b.gainDb())).max().orElse(0.0);
        int count = eq.bands().size();
        return new ExplainedStage(
                eq.stageName(),
                toneConfidence(),
                text(
                        "Tone moved by %.1f dB (RMS); %d %s of up to %.1f dB %s all but %.2f dB"
                                + " of it.",
                        left.toneBeforeDb(),
                        count,
                        count == 1 ? "band" : "bands",
                        most,
                        count == 1 ? "follows" : "follow",
                        left.toneDb()),
                evidence("toneBeforeDb", left.toneBeforeDb(), "toneLeftDb", left.toneDb()));
    }

    private ExplainedStage compressor(String name) {
        List<CompressorGuess> working =
                dynamics.guesses().stream().filter(guess -> guess.slope() < 0.0).toList();
        double mean =
                working.stream().mapToDouble(CompressorGuess::meanReductionDb).max().orElse(0.0);
        boolean held =
                working.stream()
                        .anyMatch(
                                guess ->
                                        guess.meanReductionDb() > 0.7
                                                && least(guess)
                                                        > HELD_SHARE * guess.meanReductionDb());
        double share =
                within(
                        (dynamics.explained() - dynamics.withoutCompressor())
                                / (1.0 - dynamics.withoutCompressor() + 1e-9));
        List<String> reductions =
                dynamics.guesses().stream()
                        .map(guess -> text("%.1f", guess.meanReductionDb()))
                        .toList();
        String where =
                dynamics.guesses().size() == 1
                        ? "in all of the spectrum alike"
                        : "in " + dynamics.guesses().size() + " bands";
        String words =
                text(
                        "The gain falls where the music gets loud, %s, by %s dB on average; that"
                                + " explains %.0f %% of the movement that limiting leaves.",
                        where, String.join(", ", reductions), 100.0 * share);
        if (held) {
            words +=
                    " It hardly ever lets go, so how much of it is compression and how much plain"
                            + " gain cannot be told.";
        }
        return new ExplainedStage(
                name,
                held ? 0.7 * share : share,
                words,
                evidence(
                        "meanReductionDb",
                        mean,
                        "movementBeforeDb",
                        left.movementBeforeDb(),
                        "movementLeftDb",
                        left.movementDb()));
    }

    /** Reduction that is exceeded nine tenths of the time. */
    private static double least(CompressorGuess guess) {
        double[] sorted = guess.gains().clone();
        Arrays.sort(sorted);
        return -Decibels.fromGain(sorted[sorted.length * 9 / 10]);
    }

    private ExplainedStage saturation(SaturationSettings settings) {
        double correlation = saturation.map(SaturationFit.Result::correlation).orElse(0.0);
        String curve =
                settings.bands()
                        .getFirst()
                        .curve()
                        .name()
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '-');
        return new ExplainedStage(
                settings.stageName(),
                within(Math.sqrt(Math.max(0.0, correlation))),
                text(
                        "Loud samples are rounded in a way that a %s curve explains best: the"
                                + " harmonics that it would add are in the master (correlation"
                                + " %.2f).",
                        curve, correlation),
                evidence("correlation", correlation, "residualBeforeDb", left.residualBeforeDb()));
    }

    private ExplainedStage width(StereoWidthSettings settings) {
        List<String> parts = new ArrayList<>();
        if (settings.sideGainDb() != 0.0) {
            parts.add(
                    text(
                            "the sides are %s by %.1f dB",
                            louder(settings.sideGainDb()), Math.abs(settings.sideGainDb())));
        }
        if (!settings.bandSideGainsDb().isEmpty()) {
            parts.add("they change differently in bass, middle and treble");
        }
        if (settings.bassMonoHz() > 0.0) {
            parts.add(text("bass is mono below %.0f Hz", settings.bassMonoHz()));
        }
        if (settings.balanceDb() != 0.0) {
            parts.add(
                    text(
                            "the right channel is %s by %.1f dB against the left",
                            louder(settings.balanceDb()), Math.abs(settings.balanceDb())));
        }
        String words = "Against the middle " + String.join(", ", parts) + ".";
        return new ExplainedStage(
                settings.stageName(),
                within((1.0 - width.rmsDb() / 2.0) * Math.min(1.0, 2.0 * width.known())),
                widthSettings.sideGainDb() <= -60.0 ? "The master is mono." : words,
                evidence("widthLeftDb", width.rmsDb(), "knownShare", width.known()));
    }

    private ExplainedStage limiter(LimiterSettings settings) {
        double most = 0.0;
        for (double gain : dynamics.limiter().gains()) {
            most = Math.max(most, -Decibels.fromGain(gain));
        }
        double confidence =
                most > 1.0 ? within(0.4 + 0.6 * Math.max(0.0, dynamics.explained())) : 0.5;
        return new ExplainedStage(
                settings.stageName(),
                confidence,
                text(
                        "Peaks stop at %.2f dBTP; pushed into that by %.1f dB, the loudest are"
                                + " turned down by %.1f dB and all by %.2f dB on average.",
                        settings.ceilingDbtp(),
                        settings.driveDb().orElse(0.0),
                        most,
                        dynamics.limiterReductionDb()),
                evidence("meanReductionDb", dynamics.limiterReductionDb(), "maxReductionDb", most));
    }

    private static Map<String, Double> evidence(Object... pairs) {
        Map<String, Double> evidence = new LinkedHashMap<>();
        for (int k = 0; k < pairs.length; k += 2) {
            evidence.put((String) pairs[k], (Double) pairs[k + 1]);
        }
        return evidence;
    }

    private static double within(double value) {
        return Math.max(0.0, Math.min(1.0, value));
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
