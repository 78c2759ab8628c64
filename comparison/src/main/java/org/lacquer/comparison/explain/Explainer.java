// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.explain;

import org.lacquer.analysis.Difference;
import org.lacquer.analysis.DifferenceMeter;
import org.lacquer.analysis.Finding;
import org.lacquer.analysis.LoudnessMeter;
import org.lacquer.analysis.Severity;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.Decibels;
import org.lacquer.audio.DitherKind;
import org.lacquer.audio.FileFormat;
import org.lacquer.audio.Progress;
import org.lacquer.engine.Delivery;
import org.lacquer.engine.GainSettings;
import org.lacquer.engine.MasteringPlan;
import org.lacquer.engine.Provenance;
import org.lacquer.engine.StageSettings;
import org.lacquer.engine.StereoWidthSettings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * From a stretch of a mix and the same stretch of its master to a plan, by analysis and synthesis.
 *
 * <ol>
 *   <li>Tone and width: powers by frequency, of mid and of side ({@link ToneRatio}), and settings
 *       that follow them ({@link ToneFit}, {@link WidthFit}).
 *   <li>Dynamics: the gain over time in parts of the spectrum, explained by models of the engine's
 *       detectors and of its limiter ({@link DynamicsFit}).
 *   <li>Saturation: what is left in the waveform, against what curves would add ({@link
 *       SaturationFit}).
 *   <li>The engine plays the plan; what it still lacks goes back into the first step.
 * </ol>
 *
 * <p>The stages are put in the engine's order: high-pass, equaliser, compressor, saturation, width,
 * limiter. All that stands still goes to the equaliser, makeup included.
 */
public final class Explainer {
    private static final int ROUNDS = 3;

    /** Limiting gives less than the drive asks for; the second pass asks for the rest. */
    private static final int LEVEL_PASSES = 2;

    private static final double SMALLEST_GAIN_DB = 0.05;

    /** A limiter that does less is not told from none. */
    private static final double SMALLEST_LIMITING_DB = 0.02;

    private static final double SMALLEST_LIMITING_MAX_DB = 0.5;
    private static final double NOTHING_DB = 0.05;
    private static final double HIGHEST_SHARE = 0.43;
    private static final double LOUDNESS_OF_POWER_DB = -1.2;
    private static final double MONO_DB = -60.0;
    private static final double STEREO_DB = -40.0;

    private final AudioClip mix;
    private final AudioClip master;
    private final MasterFacts facts;
    private final int rate;
    private final double ceilingDbtp;
    private final ToneRatio first;
    private final double[] tone;
    private final double[] width;
    private final double[] widthWeights;
    private double balanceDb;

    private ToneFit.Result toneFit;
    private WidthFit.Result widthFit;
    private DynamicsFit.Result dynamics = DynamicsFit.Result.NONE;
    private Optional<SaturationFit.Result> saturation = Optional.empty();

    private Explainer(AudioClip mix, AudioClip master, MasterFacts facts) {
        this.mix = mix;
        this.master = master;
        this.facts = facts;
        this.rate = mix.format().sampleRateHz();
        this.ceilingDbtp = DynamicsFit.hundredth(facts.truePeakDbtp());
        this.first = ToneRatio.between(mix, master);
        // Near the end of either file's band its converter's filter would count as tone.
        double highestHz = HIGHEST_SHARE * Math.min(rate, facts.sampleRateHz());
        for (int b = 0; b < first.hz().length; b++) {
            if (first.hz()[b] > highestHz) {
                first.midWeights()[b] = 0.0;
                first.sideWeights()[b] = 0.0;
            }
        }
        this.tone = first.midDb().clone();
        this.width = new double[tone.length];
        this.widthWeights = new double[tone.length];
        for (int b = 0; b < tone.length; b++) {
            width[b] = first.sideDb()[b] - first.midDb()[b];
            widthWeights[b] = Math.min(first.sideWeights()[b], first.midWeights()[b]);
        }
        this.balanceDb = first.balanceDb();
        this.toneFit = ToneFit.fit(first.hz(), tone, first.midWeights(), rate);
        this.widthFit = fitWidth();
    }

    /**
     * Both in stereo, at one rate, aligned, of equal length, at least five seconds.
     *
     * @param facts of the master as it was delivered
     */
    public static Explanation explain(
            AudioClip mix, AudioClip master, MasterFacts facts, Progress progress) {
        return new Explainer(mix, master, facts).explain(progress);
    }

    private WidthFit.Result fitWidth() {
        return WidthFit.fit(first.hz(), width, widthWeights, first.midWeights(), balanceDb, rate);
    }

    private Explanation explain(Progress progress) {
        for (int round = 0; round < ROUNDS; round++) {
            progress.at((double) round / ROUNDS);
            List<StageSettings> bent = saturationStages();
            List<StageSettings> steady = new ArrayList<>(toneFit.stages());
            addWidth(steady);
            AudioClip toned = Chain.play(steady, mix);
            dynamics =
                    new DynamicsFit(toned, master, Decibels.toGain(ceilingDbtp), bent)
                            .fit(round == 0 ? Optional.empty() : Optional.of(dynamics));
            if (round + 1 < ROUNDS) {
                correct();
            }
        }
        progress.at(0.95);
        double moreDb = 0.0;
        AudioClip rendered = Chain.play(stages(0.0), mix);
        for (int pass = 0; pass < LEVEL_PASSES; pass++) {
            double offDb = lufs(master) - lufs(rendered);
            moreDb += Double.isFinite(offDb) ? offDb : 0.0;
            rendered = Chain.play(stages(moreDb), mix);
        }
        return explanation(stages(moreDb), rendered);
    }

    private static double lufs(AudioClip clip) {
        LoudnessMeter meter = new LoudnessMeter(clip.format());
        meter.write(AudioBlock.wrap(clip.channel(0), clip.channel(1)));
        return meter.loudness().integratedLufs();
    }

    /** Takes what the plan lacks into what it shall follow. */
    private void correct() {
        List<StageSettings> inFront = new ArrayList<>(toneFit.stages());
        dynamics.compressor().ifPresent(inFront::add);
        saturation =
                SaturationFit.fit(Chain.play(inFront, mix), master, dynamics.limiter().gains())
                        .filter(SaturationFit.Result::sure);
        AudioClip rendered = Chain.play(stages(0.0), mix);
        ToneRatio left = ToneRatio.between(rendered, master);
        double[] hz = first.hz();
        for (int b = 0; b < hz.length; b++) {
            tone[b] = toneFit.responseDb(Math.min(hz[b], 0.49 * rate), rate) + left.midDb()[b];
            if (widthWeights[b] > 0.0) {
                width[b] =
                        widthFit.settings().sideResponseDb(hz[b], rate)
                                + left.sideDb()[b]
                                - left.midDb()[b];
            }
        }
        balanceDb = widthFit.settings().balanceDb() + left.balanceDb();
        toneFit = ToneFit.fit(hz, tone, first.midWeights(), rate);
        widthFit = fitWidth();
    }

    private List<StageSettings> saturationStages() {
        double power = 0.0;
        for (int c = 0; c < 2; c++) {
            for (float sample : mix.channel(c)) {
                power += (double) sample * sample / mix.frames();
            }
        }
        // The loudness of music is about its power: BS.1770 weighs bass down and presence up.
        double level = Decibels.fromPower(power + 1e-12) + LOUDNESS_OF_POWER_DB;
        return saturation
                .map(result -> List.<StageSettings>of(result.settings(level)))
                .orElse(List.of());
    }

    private void addWidth(List<StageSettings> stages) {
        if (!width().neutral()) {
            stages.add(width());
        }
    }

    /** Mono masters of stereo mixes have no side to measure. */
    private StereoWidthSettings width() {
        boolean folded = sideDb(mix) > STEREO_DB && sideDb(master) < MONO_DB;
        return folded ? new StereoWidthSettings(-60.0, 0.0) : widthFit.settings();
    }

    private boolean limits() {
        double most = 0.0;
        for (double gain : dynamics.limiter().gains()) {
            most = Math.max(most, -Decibels.fromGain(gain));
        }
        return dynamics.limiterReductionDb() > SMALLEST_LIMITING_DB
                || most > SMALLEST_LIMITING_MAX_DB;
    }

    /**
     * The plan as it stands.
     *
     * @param moreDb further level
     */
    private List<StageSettings> stages(double moreDb) {
        List<StageSettings> stages = new ArrayList<>(toneFit.stages());
        dynamics.compressor().ifPresent(stages::add);
        stages.addAll(saturationStages());
        addWidth(stages);
        double drive = dynamics.limiter().driveDb() + moreDb;
        if (limits()) {
            stages.add(
                    DynamicsFit.limiter(dynamics.limiter(), Math.min(0.0, ceilingDbtp))
                            .withDriveDb(DynamicsFit.hundredth(drive)));
        } else if (Math.abs(drive) > SMALLEST_GAIN_DB) {
            stages.add(new GainSettings(DynamicsFit.hundredth(drive)));
        }
        return stages;
    }

    private Explanation explanation(List<StageSettings> stages, AudioClip rendered) {
        ToneRatio left = ToneRatio.between(rendered, master);
        Leftover leftover =
                new Leftover(
                        rms(first),
                        rms(left),
                        DynamicsFit.movementDb(mix, master),
                        DynamicsFit.movementDb(rendered, master),
                        left.levelDb(),
                        difference(mix).residualDb(),
                        difference(rendered).residualDb());
        List<Double> toneHz = new ArrayList<>();
        List<Double> toneDb = new ArrayList<>();
        for (int b = 0; b < tone.length; b++) {
            double hz = first.hz()[b];
            toneHz.add(hz);
            toneDb.add(
                    first.midWeights()[b] > 0.0 && hz < 0.49 * rate
                            ? toneFit.responseDb(hz, rate)
                            : Double.NaN);
        }
        Reasons reasons = new Reasons(toneFit, widthFit, width(), dynamics, saturation, leftover);
        double limited = 0.0;
        for (double gain : dynamics.limiter().gains()) {
            limited = Math.max(limited, -Decibels.fromGain(gain));
        }
        boolean limits = limits();
        return new Explanation(
                MasteringPlan.of(stages, delivery(), provenance()),
                stages.stream().map(reasons::of).toList(),
                toneHz,
                toneDb,
                dynamics.guesses().stream()
                        .mapToDouble(CompressorGuess::meanReductionDb)
                        .max()
                        .orElse(0.0),
                limits ? dynamics.limiterReductionDb() : 0.0,
                limits ? limited : 0.0,
                leftover,
                facts.startSeconds(),
                facts.startSeconds() + mix.format().secondsOf(mix.frames()),
                findings(stages, leftover));
    }

    private double rms(ToneRatio ratio) {
        return Math.sqrt(LeastSquares.variance(ratio.midDb(), first.midWeights()));
    }

    private Difference difference(AudioClip from) {
        DifferenceMeter meter = new DifferenceMeter(from.format());
        meter.write(
                AudioBlock.wrap(from.channel(0), from.channel(1)),
                AudioBlock.wrap(master.channel(0), master.channel(1)));
        return meter.finish();
    }

    private Delivery delivery() {
        double lufs = facts.integratedLufs();
        boolean within = lufs >= -40.0 && lufs <= -3.0;
        return new Delivery(
                within ? OptionalDouble.of(DynamicsFit.hundredth(lufs)) : OptionalDouble.empty(),
                facts.sampleRateHz() == rate
                        ? OptionalInt.empty()
                        : OptionalInt.of(facts.sampleRateHz()),
                FileFormat.WAV,
                facts.bitDepth(),
                facts.bitDepth().integer() ? DitherKind.TPDF : DitherKind.NONE,
                1);
    }

    private static Provenance provenance() {
        return new Provenance("recovered", "", "", "", "");
    }

    private List<Finding> findings(List<StageSettings> stages, Leftover left) {
        List<Finding> findings = new ArrayList<>();
        if (stages.isEmpty() && left.toneBeforeDb() < NOTHING_DB) {
            findings.add(
                    finding(
                            Severity.INFO,
                            "nothing-done",
                            "The master is the mix: no stage changed it.",
                            left.toneBeforeDb(),
                            "dB"));
        }
        if (facts.truePeakDbtp() > 0.0 && limits()) {
            findings.add(
                    finding(
                            Severity.INFO,
                            "ceiling-above-zero",
                            "The master's peaks pass full scale; the plan's ceiling stays at 0"
                                    + " dBTP.",
                            facts.truePeakDbtp(),
                            "dBTP"));
        }
        double mixSide = sideDb(mix);
        double masterSide = sideDb(master);
        if (mixSide < MONO_DB && masterSide > STEREO_DB) {
            findings.add(
                    finding(
                            Severity.WARNING,
                            "stereo-added",
                            "The mix is mono and the master is not; no plan makes stereo out of"
                                    + " mono.",
                            masterSide,
                            "dB"));
        }
        if (left.toneDb() > 1.0) {
            findings.add(
                    finding(
                            Severity.WARNING,
                            "tone-left",
                            "The plan does not follow the tone of the master everywhere.",
                            left.toneDb(),
                            "dB"));
        }
        if (left.movementDb() > 1.0) {
            findings.add(
                    finding(
                            Severity.WARNING,
                            "movement-left",
                            "Something moved the gain that the plan's compressor and limiter do"
                                    + " not: automation, another kind of detector, or edits.",
                            left.movementDb(),
                            "dB"));
        }
        return findings;
    }

    private static Finding finding(
            Severity severity, String code, String message, double value, String unit) {
        return new Finding(severity, code, message, value, unit, Double.NaN);
    }

    /** Power of side over mid. */
    private static double sideDb(AudioClip clip) {
        double mids = 1e-12;
        double sides = 1e-24;
        for (int i = 0; i < clip.frames(); i++) {
            double mid = 0.5 * ((double) clip.channel(0)[i] + clip.channel(1)[i]);
            double side = 0.5 * ((double) clip.channel(0)[i] - clip.channel(1)[i]);
            mids += mid * mid;
            sides += side * side;
        }
        return Decibels.fromPower(sides / mids);
    }
}
