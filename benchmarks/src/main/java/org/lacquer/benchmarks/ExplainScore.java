// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

import org.lacquer.audio.Decibels;
import org.lacquer.comparison.explain.Explanation;
import org.lacquer.engine.CompressorSettings;
import org.lacquer.engine.GainReduction;
import org.lacquer.engine.HighPassSettings;
import org.lacquer.engine.LimiterSettings;
import org.lacquer.engine.MasteringPlan;
import org.lacquer.engine.MultibandCompressorSettings;
import org.lacquer.engine.ParametricEqSettings;
import org.lacquer.engine.Rendered;
import org.lacquer.engine.SaturationSettings;
import org.lacquer.engine.StageSettings;
import org.lacquer.engine.StereoWidthSettings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How near a recovered plan comes to the true one.
 *
 * @param toneDb mean absolute error of the steady tone over third octaves in which the song has
 *     sound, the level of the whole aside
 * @param widthPercent mean error of the gain of the side signal over third octaves from 40 Hz; NaN
 *     for mono songs
 * @param reductionDb mean over bands of the error of the compressor's mean reduction
 * @param limitingDb error of the limiter's mean reduction
 * @param truth stages that did something, one flag for each of {@link #STAGES}
 * @param found stages that were named
 */
record ExplainScore(
        double toneDb,
        double widthPercent,
        double reductionDb,
        double limitingDb,
        List<Boolean> truth,
        List<Boolean> found) {
    static final List<String> STAGES =
            List.of("high-pass", "equaliser", "compressor", "saturation", "width", "limiter");

    private static final double LOWEST_BAND_HZ = 25.0;
    private static final int BANDS = 29;

    /** Below this nothing of a side signal is heard, and ratios mean nothing. */
    private static final double DEEPEST_DB = -20.0;

    /** A stage that never did more than this was not used. */
    private static final double IDLE_DB = 0.1;

    private static final double IDLE_LIMITER_DB = 0.5;

    /**
     * @param truth the true plan, rendered
     * @param again the recovered plan, rendered
     */
    static ExplainScore of(Rendered truth, Rendered again, Explanation explanation, boolean mono) {
        int rate = truth.format().sampleRateHz();
        List<StageSettings> stages = truth.plan().stages();
        List<StageSettings> recovered = explanation.plan().stages();
        List<Double> differences = new ArrayList<>();
        List<Double> widths = new ArrayList<>();
        for (int b = 0; b < BANDS; b++) {
            double hz = LOWEST_BAND_HZ * StrictMath.pow(10.0, b / 10.0);
            if (known(explanation, hz)) {
                differences.add(steadyDb(recovered, hz, rate) - steadyDb(stages, hz, rate));
            }
            if (hz >= 40.0) {
                double off = sideDb(recovered, hz, rate) - sideDb(stages, hz, rate);
                widths.add(100.0 * Math.abs(Decibels.toGain(off) - 1.0));
            }
        }
        double mean = differences.stream().mapToDouble(d -> d).average().orElse(0.0);
        return new ExplainScore(
                differences.stream().mapToDouble(d -> Math.abs(d - mean)).average().orElse(0.0),
                mono
                        ? Double.NaN
                        : widths.stream().mapToDouble(w -> w).average().orElse(Double.NaN),
                reductionError(compression(truth), compression(again)),
                Math.abs(limiting(truth, true) - limiting(again, true)),
                used(stages, truth),
                used(recovered, again));
    }

    /** Whether the song has anything there. */
    static boolean known(Explanation explanation, double hz) {
        int nearest = 0;
        for (int b = 0; b < explanation.toneHz().size(); b++) {
            double off = Math.abs(StrictMath.log(explanation.toneHz().get(b) / hz));
            if (off < Math.abs(StrictMath.log(explanation.toneHz().get(nearest) / hz))) {
                nearest = b;
            }
        }
        return Double.isFinite(explanation.toneDb().get(nearest));
    }

    /** What stands still: filters, and makeup of a multiband compressor. */
    static double steadyDb(List<StageSettings> stages, double hz, int rate) {
        double db = 0.0;
        for (StageSettings stage : stages) {
            if (stage instanceof HighPassSettings pass) {
                db += pass.responseDb(hz, rate);
            } else if (stage instanceof ParametricEqSettings eq) {
                db += eq.responseDb(hz, rate);
            } else if (stage instanceof MultibandCompressorSettings bands) {
                double sum = 0.0;
                for (int b = 0; b < bands.bands().size(); b++) {
                    sum +=
                            Decibels.toGain(
                                    bands.bands().get(b).makeupDb()
                                            + bands.bandResponseDb(b, hz, rate));
                }
                db += Decibels.fromGain(sum);
            }
        }
        return db;
    }

    private static double sideDb(List<StageSettings> stages, double hz, int rate) {
        double db = 0.0;
        for (StageSettings stage : stages) {
            if (stage instanceof StereoWidthSettings width) {
                db += width.sideResponseDb(hz, rate);
            }
        }
        return Math.max(DEEPEST_DB, db);
    }

    private static List<Double> compression(Rendered rendered) {
        for (String name : List.of("multiband-compressor", "compressor")) {
            List<GainReduction> reductions = rendered.reductions().get(name);
            if (reductions != null) {
                return reductions.stream().map(GainReduction::meanDb).toList();
            }
        }
        return List.of(0.0);
    }

    /** Band by band; one band stands for all where the other plan has several. */
    private static double reductionError(List<Double> truth, List<Double> found) {
        int bands = Math.max(truth.size(), found.size());
        double sum = 0.0;
        for (int b = 0; b < bands; b++) {
            double a = truth.get(truth.size() == bands ? b : 0);
            double c = found.get(found.size() == bands ? b : 0);
            sum += Math.abs(a - c);
        }
        return sum / bands;
    }

    private static double limiting(Rendered rendered, boolean mean) {
        List<GainReduction> reductions = rendered.reductions().get("limiter");
        if (reductions == null) {
            return 0.0;
        }
        return mean
                ? reductions.stream().mapToDouble(GainReduction::meanDb).sum()
                : reductions.stream().mapToDouble(GainReduction::maxDb).max().orElse(0.0);
    }

    private static List<Boolean> used(List<StageSettings> stages, Rendered rendered) {
        Map<Class<?>, Boolean> there = new java.util.HashMap<>();
        stages.forEach(stage -> there.put(stage.getClass(), !stage.neutral()));
        boolean compressor =
                there.containsKey(CompressorSettings.class)
                        || there.containsKey(MultibandCompressorSettings.class);
        boolean reduced = compression(rendered).stream().anyMatch(mean -> mean > IDLE_DB);
        return List.of(
                there.getOrDefault(HighPassSettings.class, false),
                there.getOrDefault(ParametricEqSettings.class, false),
                compressor && reduced,
                there.getOrDefault(SaturationSettings.class, false),
                there.getOrDefault(StereoWidthSettings.class, false),
                there.containsKey(LimiterSettings.class)
                        && limiting(rendered, false) > IDLE_LIMITER_DB);
    }

    /** Decisions that are right. */
    int right() {
        int right = 0;
        for (int k = 0; k < STAGES.size(); k++) {
            right += truth.get(k).equals(found.get(k)) ? 1 : 0;
        }
        return right;
    }

    /**
     * Stages of a plan in a few letters: capital for right, minus for missed, plus for invented.
     */
    String stagesText() {
        List<String> words = new ArrayList<>();
        for (int k = 0; k < STAGES.size(); k++) {
            if (truth.get(k) && found.get(k)) {
                words.add(STAGES.get(k));
            } else if (truth.get(k)) {
                words.add("missed: " + STAGES.get(k));
            } else if (found.get(k)) {
                words.add("invented: " + STAGES.get(k));
            }
        }
        return String.join(", ", words).toLowerCase(Locale.ROOT);
    }

    /** A wrong compressor kind is no wrong stage, but worth telling. */
    static boolean sameKind(MasteringPlan truth, MasteringPlan found) {
        return has(truth, CompressorSettings.class) == has(found, CompressorSettings.class)
                && has(truth, MultibandCompressorSettings.class)
                        == has(found, MultibandCompressorSettings.class);
    }

    private static boolean has(MasteringPlan plan, Class<?> kind) {
        return plan.stages().stream().anyMatch(kind::isInstance);
    }
}
