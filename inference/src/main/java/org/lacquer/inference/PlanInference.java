// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference;

import org.lacquer.analysis.Analysis;
import org.lacquer.analysis.FeatureSet;
import org.lacquer.analysis.Features;
import org.lacquer.analysis.Finding;
import org.lacquer.audio.FailureException;
import org.lacquer.audio.Require;
import org.lacquer.engine.DynamicEqSettings;
import org.lacquer.engine.HighPassSettings;
import org.lacquer.engine.MasteringPlan;
import org.lacquer.engine.MultibandCompressorSettings;
import org.lacquer.engine.ParametricEqSettings;
import org.lacquer.engine.Provenance;
import org.lacquer.engine.StageSettings;
import org.lacquer.engine.StereoWidthSettings;
import org.lacquer.inference.match.ReferenceMatch;
import org.lacquer.inference.model.Causes;
import org.lacquer.inference.model.Prediction;
import org.lacquer.inference.model.Question;
import org.lacquer.inference.model.SettingsModel;
import org.lacquer.inference.model.ToneGate;
import org.lacquer.inference.tone.EqSolver;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * From figures and a target to a plan with reasons.
 *
 * <p>The model answers with settings and how sure it is of each; {@link Material} tells how much of
 * that may be used, {@link Moves} holds back, scales and caps. What cannot be learned from such
 * figures follows rules of its own.
 */
final class PlanInference {
    private final SettingsModel model;

    PlanInference(SettingsModel model) {
        this.model = model;
    }

    /**
     * What comes out: a plan whose drive is not solved yet, its reasons, and what was unusual.
     *
     * @param wantedDb what all of the model's answer and the rumble filter would do to the third
     *     octaves; empty when the plan does not follow it
     */
    record Result(
            MasteringPlan plan,
            List<Decision> decisions,
            List<Finding> findings,
            double[] wantedDb) {}

    /**
     * What a plan is inferred from.
     *
     * @param following set when the references are to be followed fully
     * @param harshDb how far 2 to 5 kHz lie above the usual balance, 0 when nothing was found
     */
    record Task(
            Analysis mix,
            Target target,
            MasteringRequest request,
            Demand demand,
            Provenance provenance,
            Optional<Following> following,
            double harshDb) {}

    /**
     * @param share of every move of tone, dynamics and width that is made, 0 to 1
     */
    Result infer(Task task, double share) throws IOException {
        MasteringRequest request = task.request();
        Demand demand = task.demand();
        Features heard = task.mix().features();
        double[] features =
                heard != null && heard.vector().defined() && request.intensity() > 0
                        ? heard.vector().values()
                        : new double[0];
        PlanDraft draft = new PlanDraft(task.mix(), task.target(), request, features);
        FrontRules.trim(draft);
        double[] wantedDb = new double[0];
        if (features.length == 0 || heard == null) {
            if (request.intensity() > 0) {
                draft.warn(
                        "too-short-to-judge",
                        "Less than 3 s of sound: only loudness and ceiling are set.",
                        task.mix().durationSeconds(),
                        "s");
            }
            LimiterRule.apply(draft, demand);
        } else if (task.following().isPresent()) {
            Following following = task.following().get();
            follow(draft, heard, following);
            LimiterRule.asDense(draft, demand, following.sound());
        } else {
            wantedDb = shape(draft, heard, task.harshDb(), share);
            LimiterRule.apply(draft, demand);
        }
        MasteringPlan plan =
                MasteringPlan.of(
                        draft.stages,
                        demand.delivery().withTargetLufs(demand.loudnessLufs()),
                        task.provenance());
        return new Result(plan, draft.decisions, draft.findings, wantedDb);
    }

    /** Tone, dynamics and width, as far as the material allows; returns the change wanted. */
    private double[] shape(PlanDraft draft, Features heard, double harshDb, double share)
            throws FailureException {
        Answer answer = ask(draft);
        Material material =
                Material.of(
                        draft.mix,
                        draft.features,
                        answer.toward().contentDistance(),
                        model.manifest());
        material.report(draft);
        if (material.leftAlone()) {
            FrontRules.centre(draft);
            return new double[0];
        }
        FrontRules.highPass(draft);
        double safe = share * Math.min(1.0, draft.request.intensity() / 50.0);
        if (material.finished()) {
            SafePreset.tilt(draft, averageMusic(), safe);
            return new double[0];
        }
        if (material.kind() == Material.Kind.UNLIKE) {
            SafePreset.tilt(draft, averageMusic(), safe);
            SafePreset.glue(draft, heard, safe);
            return new double[0];
        }
        double strength = share * material.strength() * strength(draft.request);
        Moves moves = moves(draft, answer, strength);
        ToneRule.apply(
                draft, answer, moves, withoutTarget(draft, answer, strength), averageMusic());
        ResonanceRule.apply(draft, harshDb, strength);
        DynamicsRule.apply(draft, heard, answer, moves);
        WidthRule.apply(draft, answer, moves);
        return wantedDb(draft, answer);
    }

    /** A reference that is followed is wanted more than what the model says of it. */
    private static double[] wantedDb(PlanDraft draft, Answer answer) {
        if (draft.request.match() > 0 && !draft.request.references().isEmpty()) {
            return new double[0];
        }
        double[] wanted =
                EqSolver.responseDb(Arrays.copyOf(answer.toward().mean(), Moves.EQ_BANDS));
        for (StageSettings stage : draft.stages) {
            if (stage instanceof HighPassSettings highPass) {
                for (int b = 0; b < wanted.length; b++) {
                    double hz = StrictMath.pow(10.0, (14 + b) / 10.0);
                    wanted[b] += highPass.responseDb(hz, draft.mix.sampleRateHz());
                }
            }
        }
        return wanted;
    }

    /**
     * Asks the model toward the target, and without any, to know what the target changes; and for
     * causes. It has heard nothing without sides, so mono is told as average width.
     */
    private Answer ask(PlanDraft draft) throws FailureException {
        double[] asked = draft.features.clone();
        if (WidthRule.nearMono(draft.mix)) {
            double[] average = averageMusic();
            System.arraycopy(
                    average,
                    FeatureSet.WIDTH,
                    asked,
                    FeatureSet.WIDTH,
                    FeatureSet.LEVEL_QUANTILES - FeatureSet.WIDTH);
        }
        Target target = draft.target;
        Question toward =
                Question.toward(asked, target.mean(), target.effectiveTracks(), target.styleDb());
        List<Prediction> answers =
                model.predict(List.of(toward, Question.withoutTarget(asked, model.manifest())));
        return new Answer(answers.getFirst(), answers.getLast(), Causes.of(toward, model));
    }

    private static double strength(MasteringRequest request) {
        return request.intensity() <= 50
                ? request.intensity() / 50.0
                : 1.0 + (request.intensity() - 50) / 100.0;
    }

    private Moves moves(PlanDraft draft, Answer answer, double strength) {
        Moves moves =
                moves(draft, answer.toward(), answer.without(), draft.target.trust(), strength);
        MasteringRequest request = draft.request;
        if (request.match() > 0 && !request.references().isEmpty()) {
            moves.matchTone(draft.features, draft.target.mean(), request.match() / 100.0);
            draft.warn(
                    "follows-references",
                    "Tone follows the references to "
                            + request.match()
                            + " % whatever the instruments; right for another version of the same"
                            + " song, bold for any other.",
                    request.match(),
                    "%");
        }
        return moves;
    }

    private Moves withoutTarget(PlanDraft draft, Answer answer, double strength) {
        return moves(draft, answer.without(), answer.without(), 0.0, strength);
    }

    private Moves moves(
            PlanDraft draft, Prediction toward, Prediction without, double trust, double strength) {
        double bold = Math.max(0, draft.request.intensity() - 50) / 50.0;
        double usualTau = model.manifest().gateTau();
        return Moves.of(
                toward,
                without,
                trust,
                draft.features,
                new ToneGate(model.manifest()),
                strength,
                usualTau,
                usualTau * (1.0 - 0.75 * bold),
                6.0 + 2.0 * bold);
    }

    private double[] averageMusic() {
        return model.manifest().neutralTarget().stream().mapToDouble(Double::doubleValue).toArray();
    }

    /**
     * Takes tone, width and dynamics from the references in full; below 50 the intensity tells
     * which part of the way.
     */
    private static void follow(PlanDraft draft, Features heard, Following following)
            throws IOException {
        if (following.centred()) {
            FrontRules.centre(draft);
        }
        double share = Math.min(1.0, draft.request.intensity() / 50.0);
        ReferenceMatch.Result match =
                new ReferenceMatch(
                                heard,
                                following.sound(),
                                draft.mix.channels() == 2,
                                draft.stages,
                                share * draft.amount(ParametricEqSettings.class),
                                share * draft.amount(StereoWidthSettings.class),
                                share * draft.amount(MultibandCompressorSettings.class))
                        .solve(following.mix());
        if (!match.tone().neutral()) {
            draft.stages.add(match.tone());
        }
        if (!match.dynamics().neutral()) {
            draft.stages.add(match.dynamics());
        }
        draft.decisions.addAll(MatchReasons.of(match));
        draft.warn(
                "follows-references",
                "Tone, width and dynamics follow the references in full, whatever the instruments;"
                        + " right for another version of the same song, bold for any other.",
                100.0,
                "%");
    }

    /**
     * @throws IllegalArgumentException for a stage that a musician can neither bypass nor weaken
     */
    static void requireAdjustable(MasteringRequest request) {
        List<String> adjustable =
                Stream.of(
                                HighPassSettings.class,
                                ParametricEqSettings.class,
                                DynamicEqSettings.class,
                                MultibandCompressorSettings.class,
                                StereoWidthSettings.class)
                        .map(StageSettings::stageName)
                        .sorted()
                        .toList();
        for (String name :
                Stream.concat(request.bypass().stream(), request.amounts().keySet().stream())
                        .toList()) {
            Require.that(
                    adjustable.contains(name),
                    "stage '"
                            + name
                            + "' cannot be bypassed or weakened; those that can: "
                            + String.join(", ", adjustable));
        }
    }
}
