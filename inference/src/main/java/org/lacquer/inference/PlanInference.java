// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference;

import org.jspecify.annotations.Nullable;
import org.lacquer.analysis.Analysis;
import org.lacquer.analysis.CompressorBands;
import org.lacquer.analysis.FeatureSet;
import org.lacquer.analysis.Features;
import org.lacquer.analysis.Finding;
import org.lacquer.analysis.Severity;
import org.lacquer.audio.Decibels;
import org.lacquer.audio.FailureException;
import org.lacquer.engine.CompressorBand;
import org.lacquer.engine.Delivery;
import org.lacquer.engine.EqBand;
import org.lacquer.engine.GainSettings;
import org.lacquer.engine.HighPassSettings;
import org.lacquer.engine.LimiterSettings;
import org.lacquer.engine.MasteringPlan;
import org.lacquer.engine.MultibandCompressorSettings;
import org.lacquer.engine.ParametricEqSettings;
import org.lacquer.engine.Provenance;
import org.lacquer.engine.StageSettings;
import org.lacquer.engine.StereoWidthSettings;
import org.lacquer.inference.match.ReferenceMatch;
import org.lacquer.inference.match.Sound;
import org.lacquer.inference.model.Prediction;
import org.lacquer.inference.model.Question;
import org.lacquer.inference.model.SettingsModel;
import org.lacquer.inference.model.ToneGate;
import org.lacquer.inference.tone.ToneBands;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * From figures and a target to a plan with reasons.
 *
 * <p>The model answers with settings and how sure it is of each; {@link Moves} holds back, scales
 * and caps. What cannot be learned from such figures (thresholds, times, high-pass, bass mono)
 * follows rules stated here.
 */
final class PlanInference {
    /** Level that every plan brings the mix to before its other stages. */
    static final double WORKING_LUFS = -20.0;

    private static final double KNEE_DB = 6.0;

    /** First third octave above each crossover (200 Hz and 4 kHz), and the end. */
    private static final int[] BAND_STARTS = {0, 9, 22, 30};

    private static final double SMALLEST_REDUCTION_DB = 0.15;
    private static final double SMALLEST_SIDE_DB = 0.1;
    private static final double RUMBLE_BELOW_BASS_DB = 12.0;
    private static final double DC_WORTH_REMOVING = 5e-4;
    private static final double WIDE_BASS_DB = -12.0;
    private static final double BASS_MONO_HZ = 100.0;
    private static final double NEAR_MONO_DB = -30.0;

    /** Denser references are followed no further. */
    private static final double LEAST_PLR_DB = 6.0;

    private final SettingsModel model;

    PlanInference(SettingsModel model) {
        this.model = model;
    }

    /** What comes out: a plan whose drive is not solved yet, its reasons, and what was unusual. */
    record Result(MasteringPlan plan, List<Decision> decisions, List<Finding> findings) {}

    /**
     * @param loudnessLufs of the delivery
     * @param ceilingDbtp of the delivery
     * @param deliverySource who asks for both, for sentences
     * @param following set when the references are to be followed fully
     */
    Result infer(
            Analysis mix,
            Target target,
            MasteringRequest request,
            Delivery delivery,
            double loudnessLufs,
            double ceilingDbtp,
            String deliverySource,
            Provenance provenance,
            Optional<Following> following)
            throws IOException {
        Draft draft = new Draft(mix, target, request);
        draft.trim();
        Features features = mix.features();
        if (request.intensity() > 0 && features != null && features.vector().defined()) {
            if (following.isPresent()) {
                draft.follow(features, following.get());
                draft.limiterAsDense(
                        loudnessLufs, ceilingDbtp, following.get().sound(), deliverySource);
            } else {
                draft.ask(features);
                draft.highPass();
                draft.tone();
                draft.dynamics();
                draft.width();
                draft.limiter(loudnessLufs, ceilingDbtp, deliverySource);
            }
        } else {
            if (request.intensity() > 0) {
                draft.findings.add(
                        finding(
                                "too-short-to-judge",
                                "Less than 3 s of sound: only loudness and ceiling are set.",
                                mix.durationSeconds(),
                                "s"));
            }
            draft.limiter(loudnessLufs, ceilingDbtp, deliverySource);
        }
        MasteringPlan plan =
                MasteringPlan.of(draft.stages, delivery.withTargetLufs(loudnessLufs), provenance);
        return new Result(plan, draft.decisions, draft.findings);
    }

    /** Whether there is too little constant offset to be worth removing. */
    static boolean centred(Analysis analysis) {
        return !(dcOffset(analysis) > DC_WORTH_REMOVING);
    }

    private static double dcOffset(Analysis analysis) {
        return analysis.channelLevels().stream()
                .mapToDouble(level -> Math.abs(level.dcOffset()))
                .max()
                .orElse(0.0);
    }

    private static Finding finding(String code, String message, double value, String unit) {
        return new Finding(Severity.WARNING, code, message, value, unit, Double.NaN);
    }

    /** One plan in the making. */
    private final class Draft {
        private final List<StageSettings> stages = new ArrayList<>();
        private final List<Decision> decisions = new ArrayList<>();
        private final List<Finding> findings = new ArrayList<>();
        private final Analysis mix;
        private final Target target;
        private final MasteringRequest request;

        private double[] features = new double[0];
        private double[] bandPowersDb = new double[0];
        private @Nullable Prediction prediction;
        private @Nullable Moves moves;
        private @Nullable Moves movesWithoutTarget;

        Draft(Analysis mix, Target target, MasteringRequest request) {
            this.mix = mix;
            this.target = target;
            this.request = request;
        }

        private boolean bypassed(Class<? extends StageSettings> kind) {
            return request.bypass().contains(StageSettings.stageName(kind));
        }

        private double amount(Class<? extends StageSettings> kind) {
            return request.amounts().getOrDefault(StageSettings.stageName(kind), 100) / 100.0;
        }

        private void decide(
                String setting,
                double value,
                String unit,
                String because,
                Map<String, Double> evidence) {
            decisions.add(new Decision(setting, value, unit, because, evidence));
        }

        void trim() {
            double loudness = mix.loudness().integratedLufs();
            double gainDb = Words.rounded(WORKING_LUFS - loudness, 0.01);
            stages.add(new GainSettings(gainDb));
            decide(
                    "gain.gainDb",
                    gainDb,
                    "dB",
                    "Brings the mix from "
                            + Words.number(loudness)
                            + " to "
                            + Words.number(WORKING_LUFS)
                            + " LUFS, the level at which the following stages work.",
                    Map.of("mixLufs", loudness));
        }

        /**
         * Asks the model twice: toward the target, and without any, to know what the target
         * changes.
         */
        void ask(Features heard) throws FailureException {
            features = heard.vector().values();
            bandPowersDb = bandPowersDb(heard);
            double[] code = {0.0, 1.0 / (1.0 + target.effectiveTracks())};
            List<Prediction> answers =
                    model.predict(
                            List.of(
                                    new Question(features, target.mean(), code),
                                    Question.withoutTarget(features, model.manifest())));
            prediction = answers.getFirst();
            ToneGate gate = new ToneGate(model.manifest());
            double strength = strength(prediction);
            double bold = Math.max(0, request.intensity() - 50) / 50.0;
            double usualTau = model.manifest().gateTau();
            double tau = usualTau * (1.0 - 0.75 * bold);
            double eqCapDb = 6.0 + 2.0 * bold;
            Prediction without = answers.getLast();
            moves =
                    Moves.of(
                            prediction,
                            without,
                            target.trust(),
                            features,
                            gate,
                            strength,
                            usualTau,
                            tau,
                            eqCapDb);
            movesWithoutTarget =
                    Moves.of(
                            without, without, 0.0, features, gate, strength, usualTau, tau,
                            eqCapDb);
            if (request.match() > 0 && !request.references().isEmpty()) {
                moves.matchTone(features, target.mean(), request.match() / 100.0);
                findings.add(
                        finding(
                                "follows-references",
                                "Tone follows the references to "
                                        + request.match()
                                        + " % whatever the instruments; right for another version"
                                        + " of the same song, bold for any other.",
                                request.match(),
                                "%"));
            }
        }

        /**
         * Takes tone, width and dynamics from the references in full; below 50 the intensity tells
         * which part of the way.
         */
        void follow(Features heard, Following following) throws IOException {
            features = heard.vector().values();
            if (!bypassed(HighPassSettings.class) && following.centred()) {
                centre();
            }
            double share = Math.min(1.0, request.intensity() / 50.0);
            ReferenceMatch.Result match =
                    new ReferenceMatch(
                                    heard,
                                    following.sound(),
                                    mix.channels() == 2,
                                    stages,
                                    share * left(ParametricEqSettings.class),
                                    share * left(StereoWidthSettings.class),
                                    share * left(MultibandCompressorSettings.class))
                            .solve(following.mix());
            if (!match.tone().neutral()) {
                stages.add(match.tone());
            }
            if (!match.dynamics().neutral()) {
                stages.add(match.dynamics());
            }
            decisions.addAll(MatchReasons.of(match));
            findings.add(
                    finding(
                            "follows-references",
                            "Tone, width and dynamics follow the references in full, whatever the"
                                    + " instruments; right for another version of the same song,"
                                    + " bold for any other.",
                            100.0,
                            "%"));
        }

        /** Amount of a stage, 0 when it is left out. */
        private double left(Class<? extends StageSettings> kind) {
            return bypassed(kind) ? 0.0 : amount(kind);
        }

        /** Intensity, less where the music is unlike anything that the model has heard. */
        private double strength(Prediction answer) {
            double strength =
                    request.intensity() <= 50
                            ? request.intensity() / 50.0
                            : 1.0 + (request.intensity() - 50) / 100.0;
            double distance = answer.contentDistance();
            if (distance > model.manifest().contentDistance995()) {
                findings.add(
                        finding(
                                "unlike-training-music",
                                "This is unlike the music that the model was trained on: tone and"
                                        + " dynamics move only a quarter as far.",
                                distance,
                                ""));
                return 0.25 * strength;
            }
            if (distance > model.manifest().contentDistance95()) {
                findings.add(
                        finding(
                                "unusual-music",
                                "This is unusual for the model: tone and dynamics move only half as"
                                        + " far.",
                                distance,
                                ""));
                return 0.5 * strength;
            }
            return strength;
        }

        void highPass() {
            if (bypassed(HighPassSettings.class)) {
                return;
            }
            double bass = Double.NEGATIVE_INFINITY;
            for (int b = 2; b <= 7; b++) {
                bass = Math.max(bass, features[FeatureSet.LTAS + b]);
            }
            double rumble = features[FeatureSet.LTAS] - bass;
            if (rumble > -RUMBLE_BELOW_BASS_DB) {
                HighPassSettings settings = new HighPassSettings(25.0, 12);
                stages.add(settings);
                decide(
                        "high-pass.cutoffHz",
                        settings.cutoffHz(),
                        "Hz",
                        "Around 25 Hz there is rumble only "
                                + Words.db(-rumble)
                                + " under the strongest bass; it costs headroom and few speakers"
                                + " play it.",
                        Map.of("rumbleDb", rumble));
            } else {
                centre();
            }
        }

        /** Takes a constant offset out. */
        private void centre() {
            double dc = dcOffset(mix);
            if (dc > DC_WORTH_REMOVING) {
                HighPassSettings settings = new HighPassSettings(10.0, 12);
                stages.add(settings);
                decide(
                        "high-pass.cutoffHz",
                        settings.cutoffHz(),
                        "Hz",
                        "The waveform is off centre (DC); removing that gains headroom and changes"
                                + " nothing audible.",
                        Map.of("dcOffset", dc));
            }
        }

        void tone() {
            if (bypassed(ParametricEqSettings.class)
                    || moves == null
                    || movesWithoutTarget == null
                    || prediction == null) {
                return;
            }
            double amount = amount(ParametricEqSettings.class);
            ToneReasons reasons = new ToneReasons(target, features, averageMusic());
            List<EqBand> bands = new ArrayList<>();
            for (int k = 0; k < ToneBands.ALL.size(); k++) {
                double gainDb = Words.rounded(amount * moves.eqGainDb(k), 0.01);
                if (Math.abs(gainDb) < ToneReasons.SMALLEST_DB) {
                    continue;
                }
                double withoutTargetDb = amount * movesWithoutTarget.eqGainDb(k);
                decisions.add(
                        reasons.explain(
                                ToneBands.ALL.get(k),
                                k,
                                bands.size(),
                                gainDb,
                                withoutTargetDb,
                                prediction));
                bands.add(ToneBands.ALL.get(k).withGainDb(gainDb));
            }
            if (!bands.isEmpty()) {
                stages.add(new ParametricEqSettings(bands));
            }
        }

        private double[] averageMusic() {
            return model.manifest().neutralTarget().stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray();
        }

        void dynamics() {
            if (bypassed(MultibandCompressorSettings.class)
                    || moves == null
                    || prediction == null) {
                return;
            }
            double amount = amount(MultibandCompressorSettings.class);
            List<CompressorBand> bands = new ArrayList<>();
            List<Decision> reasons = new ArrayList<>();
            boolean active = false;
            for (int b = 0; b < Moves.BANDS; b++) {
                double less = amount * (1.0 - moves.slope(b));
                boolean livelier = spread(features, b) > spread(target.mean(), b);
                boolean worthIt =
                        Moves.meanReductionDb(features, b, 1.0 - less) >= SMALLEST_REDUCTION_DB;
                double slope = livelier && worthIt ? 1.0 - less : 1.0;
                active |= slope < 1.0;
                double ratio = Words.rounded(1.0 / slope, 0.01);
                double thresholdDb =
                        Words.rounded(bandPowersDb[b] + Moves.medianDb(features, b), 0.1);
                double makeupDb =
                        slope == 1.0 ? 0.0 : Words.rounded(Moves.makeupDb(features, b, slope), 0.1);
                bands.add(
                        new CompressorBand(
                                Math.max(-80.0, Math.min(0.0, thresholdDb)),
                                ratio,
                                KNEE_DB,
                                CompressorBands.ATTACKS_MS.get(b),
                                CompressorBands.RELEASES_MS.get(b),
                                makeupDb));
                if (slope < 1.0) {
                    reasons.add(explainCompression(b, ratio, prediction));
                }
            }
            overCompressed(prediction);
            if (active) {
                stages.add(new MultibandCompressorSettings(CompressorBands.CROSSOVERS_HZ, bands));
                decisions.addAll(reasons);
            }
        }

        private Decision explainCompression(int b, double ratio, Prediction answer) {
            double mixSpread = spread(features, b);
            double targetSpread = spread(target.mean(), b);
            String name = Words.COMPRESSOR_BANDS.get(b);
            String because =
                    "The "
                            + name
                            + " band's loud moments stand "
                            + Words.db(mixSpread)
                            + " above its usual level, in masters of the target "
                            + Words.db(targetSpread)
                            + "; about "
                            + Words.db(Moves.meanReductionDb(features, b, 1.0 / ratio))
                            + " of reduction on average.";
            return new Decision(
                    "multiband-compressor.bands[" + b + "].ratio",
                    ratio,
                    "",
                    because,
                    Map.of(
                            "mixSpreadDb", Words.rounded(mixSpread, 0.01),
                            "targetSpreadDb", Words.rounded(targetSpread, 0.01),
                            "modelSlope",
                                    Words.rounded(answer.mean()[Moves.FIRST_SLOPE + b], 0.001),
                            "sigmaSlope",
                                    Words.rounded(answer.sigma()[Moves.FIRST_SLOPE + b], 0.001)));
        }

        /** Quantile 95 over the median of a band's level. */
        private double spread(double[] values, int b) {
            int start = FeatureSet.LEVEL_QUANTILES + b * FeatureSet.QUANTILES;
            return values[start + 6] - values[start + 3];
        }

        private void overCompressed(Prediction answer) {
            double mean = 0.0;
            for (int b = 0; b < Moves.BANDS; b++) {
                mean += answer.mean()[Moves.FIRST_SLOPE + b] / Moves.BANDS;
            }
            if (mean > 1.05) {
                findings.add(
                        finding(
                                "over-compressed",
                                "The mix sounds compressed already; dynamics are left alone. A mix"
                                        + " without bus compression would give a livelier master.",
                                mean,
                                ""));
            }
        }

        void width() {
            if (bypassed(StereoWidthSettings.class) || moves == null || mix.channels() != 2) {
                return;
            }
            boolean nearMono = !(mix.stereo().widthDb() > NEAR_MONO_DB);
            double sideGainDb =
                    Words.rounded(amount(StereoWidthSettings.class) * moves.sideGainDb(), 0.01);
            if (nearMono
                    || Math.abs(sideGainDb) < SMALLEST_SIDE_DB
                    || sideGainDb > 0.0 && mix.stereo().monoLossLu() > 2.0) {
                sideGainDb = 0.0;
            }
            boolean wideBass = !nearMono && features[FeatureSet.WIDTH] > WIDE_BASS_DB;
            if (sideGainDb == 0.0 && !wideBass) {
                return;
            }
            stages.add(new StereoWidthSettings(sideGainDb, wideBass ? BASS_MONO_HZ : 0.0));
            if (sideGainDb != 0.0) {
                decide(
                        "stereo-width.sideGainDb",
                        sideGainDb,
                        "dB",
                        "The mix is "
                                + (sideGainDb > 0.0 ? "narrower" : "wider")
                                + " than masters of the target, beyond doubt.",
                        Map.of("mixWidthDb", Words.rounded(mix.stereo().widthDb(), 0.01)));
            }
            if (wideBass) {
                decide(
                        "stereo-width.bassMonoHz",
                        BASS_MONO_HZ,
                        "Hz",
                        "Below 160 Hz the sides are only "
                                + Words.db(-features[FeatureSet.WIDTH])
                                + " under the middle; mono bass is firmer, and survives clubs and"
                                + " vinyl.",
                        Map.of("bassWidthDb", Words.rounded(features[FeatureSet.WIDTH], 0.01)));
            }
        }

        /** Leaves the peaks no further above the loudness than the references have them. */
        void limiterAsDense(
                double loudnessLufs, double ceilingDbtp, Sound references, String deliverySource) {
            double plrDb = Math.max(LEAST_PLR_DB, references.plrDb());
            double denseDbtp = Math.max(-24.0, Words.rounded(loudnessLufs + plrDb, 0.01));
            if (denseDbtp >= ceilingDbtp) {
                limiter(loudnessLufs, ceilingDbtp, deliverySource);
                return;
            }
            limiter(
                    loudnessLufs,
                    denseDbtp,
                    "In the references peaks stand "
                            + Words.db(references.plrDb())
                            + " above the loudness; at this loudness that is below the "
                            + Words.number(ceilingDbtp)
                            + " dBTP asked for by "
                            + deliverySource
                            + ".",
                    "Asked for by " + deliverySource + ".");
        }

        void limiter(double loudnessLufs, double ceilingDbtp, String deliverySource) {
            String because = "Asked for by " + deliverySource + ".";
            limiter(loudnessLufs, ceilingDbtp, because, because);
        }

        private void limiter(
                double loudnessLufs,
                double ceilingDbtp,
                String ceilingBecause,
                String loudnessBecause) {
            double releaseMs = LimiterSettings.DEFAULT.releaseMs();
            if (features.length > 0) {
                double density = features[FeatureSet.TRANSIENT_DENSITY];
                releaseMs =
                        Words.rounded(Math.max(60.0, Math.min(220.0, 220.0 - 40.0 * density)), 1.0);
                decide(
                        "limiter.releaseMs",
                        releaseMs,
                        "ms",
                        "The music has "
                                + Words.number(density)
                                + " attacks a second: the gain recovers "
                                + (releaseMs < 120.0
                                        ? "quickly, so that it is back before the next one."
                                        : "slowly, so that it is not heard."),
                        Map.of("transientsPerSecond", Words.rounded(density, 0.01)));
            }
            stages.add(
                    new LimiterSettings(
                            OptionalDouble.empty(),
                            ceilingDbtp,
                            LimiterSettings.DEFAULT.fastDb(),
                            LimiterSettings.DEFAULT.lookaheadMs(),
                            LimiterSettings.DEFAULT.holdMs(),
                            releaseMs));
            decide("limiter.ceilingDbtp", ceilingDbtp, "dBTP", ceilingBecause, Map.of());
            decide(
                    "delivery.targetLufs",
                    loudnessLufs,
                    "LUFS",
                    loudnessBecause,
                    Map.of("mixLufs", mix.loudness().integratedLufs()));
        }
    }

    /**
     * Mean power of the detector's signal in each compressor band at -20 LUFS: mid and side
     * together.
     */
    private static double[] bandPowersDb(Features heard) {
        double[] out = new double[Moves.BANDS];
        for (int b = 0; b < Moves.BANDS; b++) {
            double power = 0.0;
            for (int k = BAND_STARTS[b]; k < BAND_STARTS[b + 1]; k++) {
                power +=
                        Decibels.toPower(heard.midPowerDb().get(k))
                                + Decibels.toPower(heard.sidePowerDb().get(k));
            }
            out[b] = Decibels.fromPower(power);
        }
        return out;
    }

    /** Stage names that a musician may bypass or weaken. */
    static Set<String> adjustableStages() {
        return Set.of(
                StageSettings.stageName(HighPassSettings.class),
                StageSettings.stageName(ParametricEqSettings.class),
                StageSettings.stageName(MultibandCompressorSettings.class),
                StageSettings.stageName(StereoWidthSettings.class));
    }
}
