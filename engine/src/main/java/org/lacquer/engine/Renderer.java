// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.analysis.GatedLoudness;
import org.lacquer.analysis.KWeightedPower;
import org.lacquer.analysis.TruePeakMeter;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioSink;
import org.lacquer.audio.AudioSource;
import org.lacquer.audio.AudioSpool;
import org.lacquer.audio.BlockRelay;
import org.lacquer.audio.Failure;
import org.lacquer.audio.FailureException;
import org.lacquer.audio.Processor;
import org.lacquer.audio.Progress;
import org.lacquer.audio.Quantizer;
import org.lacquer.audio.Require;
import org.lacquer.audio.Resampler;
import org.lacquer.audio.StreamFormat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Plays a plan: mix -> stages -> sample rate -> limiter -> dither -> samples of the master,
 * measured on the way out.
 *
 * <p>Where there is more than one processor, a second thread measures what the calling one limits
 * and writes; it ends before the call returns, and samples and figures are the same, bit for bit.
 *
 * <p>The part in front of the limiter runs once and is cached; only the limiter runs again while
 * the loudness is being solved. The sample rate changes in front of the limiter, since conversion
 * moves peaks. The same mix, plan and version give the same samples for every block size and on
 * every machine.
 */
public final class Renderer {
    /** Largest distance from the target loudness that is accepted. */
    public static final double LOUDNESS_TOLERANCE_LU = 0.05;

    private static final int BLOCK = 8_192;
    private static final double SOLVED_WITHIN_LU = 0.02;
    private static final double CEILING_TOLERANCE_DB = 0.002;
    private static final int MAX_ATTEMPTS = 6;
    private static final double MAX_LIMITING_LOSS_DB = 1.0;

    private static final double GENTLE_LOSS_DB = 0.05;
    private static final double HEAVY_LOSS_DB = 1.5;
    private static final double HEAVY_STEP_DB = 9.0;

    /** Tried where short dips alone do not reach a loudness. */
    private static final double LAST_CLIP_DB = 3.0;

    private static final double[] FAST_STEPS_DB = {0.0, 3.0, 9.0, 12.0, 18.0, 24.0};

    private final Path name;
    private final long memoryLimitBytes;
    private final Progress progress;

    /** Whether everything happens on the calling thread. */
    private final boolean alone;

    /**
     * @param name what failures call the mix
     * @param memoryLimitBytes for each cached stream; longer ones go to a temporary file
     */
    public Renderer(Path name, long memoryLimitBytes, Progress progress) {
        this(name, memoryLimitBytes, progress, Runtime.getRuntime().availableProcessors() < 2);
    }

    Renderer(Path name, long memoryLimitBytes, Progress progress, boolean alone) {
        this.alone = alone;
        this.name = name;
        this.memoryLimitBytes = memoryLimitBytes;
        this.progress = progress;
    }

    /**
     * Where the samples of a master go. Each attempt is complete; a later one replaces those
     * before.
     */
    @FunctionalInterface
    public interface Attempts {
        /** Begins anew and forgets what earlier attempts wrote. */
        AudioSink begin() throws IOException;
    }

    /**
     * Renders a plan, solving its drive first if it has none.
     *
     * @throws IllegalArgumentException when a plan without a drive has no target loudness either
     * @throws FailureException {@link Failure.UnreachableDelivery} when loudness and ceiling cannot
     *     be met together
     */
    public Rendered render(AudioSpool mix, MasteringPlan plan, Attempts attempts)
            throws IOException {
        int rate = plan.delivery().sampleRateHz().orElse(mix.format().sampleRateHz());
        MasteringPlan complete = plan.withDelivery(plan.delivery().withSampleRateHz(rate));
        Map<String, List<GainReduction>> reductions = new LinkedHashMap<>();
        try (AudioSpool prepared =
                new AudioSpool(mix.format().withSampleRateHz(rate), memoryLimitBytes)) {
            prepare(mix, complete, prepared, reductions);
            progress.at(0.35);
            if (complete.solved()) {
                return renderSolved(prepared, complete, attempts, reductions);
            }
            return solveAndRender(prepared, complete, attempts, reductions);
        }
    }

    /** All stages in front of the limiter, at the mix's rate, then conversion to the delivery's. */
    private void prepare(
            AudioSpool mix,
            MasteringPlan plan,
            AudioSpool prepared,
            Map<String, List<GainReduction>> reductions)
            throws IOException {
        List<Processor> processors = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (StageSettings stage : plan.stagesBeforeLimiter()) {
            if (!stage.neutral()) {
                processors.add(stage.prepare(mix.format()));
                names.add(stage.stageName());
            }
        }
        int rate = prepared.format().sampleRateHz();
        try (AudioSource source =
                Resampler.resample(
                        new ProcessedSource(trimmed(mix, plan.delivery()), processors), rate)) {
            copy(source, prepared);
        }
        prepared.finish();
        for (int k = 0; k < processors.size(); k++) {
            if (processors.get(k) instanceof ReducingProcessor reducing) {
                reductions.put(names.get(k), reducing.reductions());
            }
        }
    }

    /**
     * @throws IllegalArgumentException when nothing is left
     */
    private static AudioSource trimmed(AudioSpool mix, Delivery delivery) {
        StreamFormat format = mix.format();
        long start = format.framesOf(delivery.seconds(Edit.Kind.TRIM_START));
        long end = mix.frames() - format.framesOf(delivery.seconds(Edit.Kind.TRIM_END));
        Require.that(
                start < end || start == 0 && end == mix.frames(),
                "edits must leave some of the mix, which is "
                        + format.secondsOf(mix.frames())
                        + " s long");
        return mix.source(start, end);
    }

    private Rendered solveAndRender(
            AudioSpool prepared,
            MasteringPlan plan,
            Attempts attempts,
            Map<String, List<GainReduction>> reductions)
            throws IOException {
        LimiterSettings limiter = plan.limiter().orElseThrow();
        Require.that(
                plan.delivery().targetLufs().isPresent(),
                "a plan whose limiter has no driveDb needs targetLufs in its delivery");
        double target = plan.delivery().targetLufs().getAsDouble();
        LoudnessSolver solver = new LoudnessSolver(prepared, limiter);
        if (Double.isNaN(solver.linearLufs())) {
            throw new FailureException(new Failure.SilentInput(name));
        }
        progress.at(0.5);
        LimiterSettings chosen = chooseFastStage(solver, limiter, target);
        if (Double.isNaN(solver.driveDb(target, chosen.fastDb()))) {
            limiter = limiter.withClipDb(LAST_CLIP_DB);
            solver = new LoudnessSolver(prepared, limiter);
            chosen = chooseFastStage(solver, limiter, target);
        }
        Rendered best = null;
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            double driveDb = solver.driveDb(target, chosen.fastDb());
            if (Double.isNaN(driveDb)) {
                throw unreachable(target, limiter, solver.loudestLufs(chosen.fastDb()), solver);
            }
            Rendered rendered =
                    renderSolved(
                            prepared,
                            plan.withLimiter(chosen.withDriveDb(driveDb)),
                            attempts,
                            reductions);
            double error = rendered.integratedLufs() - target;
            if (Math.abs(error) <= SOLVED_WITHIN_LU) {
                return rendered;
            }
            best = rendered;
            solver.measured(driveDb, chosen.fastDb(), rendered.integratedLufs());
        }
        if (best != null && Math.abs(best.integratedLufs() - target) <= LOUDNESS_TOLERANCE_LU) {
            return best;
        }
        throw unreachable(
                target, limiter, best == null ? Double.NaN : best.integratedLufs(), solver);
    }

    /**
     * The gentlest fast stage with which limiting costs at most {@value #GENTLE_LOSS_DB} dB of
     * loudness: on songs at -9 and -12 LUFS both the log-spectral distance to the mix and the
     * incoherent residual fell as long as the loss did. Steps that let bass pass are taken only
     * where the others cost more than {@value #HEAVY_LOSS_DB} dB.
     */
    private static LimiterSettings chooseFastStage(
            LoudnessSolver solver, LimiterSettings limiter, double target) {
        double linearDriveDb = target - solver.linearLufs();
        LimiterSettings chosen = limiter;
        for (double fastDb : FAST_STEPS_DB) {
            chosen = limiter.withFastDb(Math.max(fastDb, limiter.fastDb()));
            double lossDb = fastDb < HEAVY_STEP_DB ? GENTLE_LOSS_DB : HEAVY_LOSS_DB;
            if (solver.reaches(target, linearDriveDb + lossDb, chosen.fastDb())) {
                break;
            }
        }
        return chosen;
    }

    private FailureException unreachable(
            double target, LimiterSettings limiter, double reachable, LoudnessSolver solver) {
        double loudestFastDb = FAST_STEPS_DB[FAST_STEPS_DB.length - 1];
        double cleanLufs = solver.cleanestLufs(MAX_LIMITING_LOSS_DB, loudestFastDb);
        return new FailureException(
                new Failure.UnreachableDelivery(
                        name,
                        target,
                        limiter.ceilingDbtp(),
                        reachable,
                        String.format(
                                Locale.ROOT,
                                "there is too little sound between the peaks of this material:"
                                        + " limiting costs more than %.0f dB above %.1f LUFS, and"
                                        + " without limiting %.1f LUFS would lie %.1f dB above"
                                        + " the ceiling",
                                MAX_LIMITING_LOSS_DB,
                                cleanLufs,
                                target,
                                solver.highestPeakDb()
                                        + target
                                        - solver.linearLufs()
                                        - limiter.ceilingDbtp())));
    }

    /**
     * Limiter, dither and meters. Aims lower and starts again should a peak be left above the
     * ceiling, as where dither is large beside it. The plan does not tell: rendering it again takes
     * the same steps and gives the same samples.
     */
    private Rendered renderSolved(
            AudioSpool prepared,
            MasteringPlan plan,
            Attempts attempts,
            Map<String, List<GainReduction>> reductions)
            throws IOException {
        double marginDb = Limiter.MARGIN_DB;
        double ceilingDbtp = plan.limiter().map(LimiterSettings::ceilingDbtp).orElse(Double.NaN);
        for (int k = 0; k < MAX_ATTEMPTS; k++) {
            Rendered rendered = play(prepared, plan, marginDb, attempts, reductions);
            double overDb = rendered.truePeakDbtp() - ceilingDbtp;
            if (!(overDb > CEILING_TOLERANCE_DB)) {
                return rendered;
            }
            marginDb += StrictMath.ceil(overDb * 1_000.0 + 1.0) / 1_000.0;
        }
        throw new FailureException(
                new Failure.UnreachableDelivery(
                        name, Double.NaN, ceilingDbtp, Double.NaN, "peaks stay above the ceiling"));
    }

    private Rendered play(
            AudioSpool prepared,
            MasteringPlan plan,
            double marginDb,
            Attempts attempts,
            Map<String, List<GainReduction>> reductions)
            throws IOException {
        StreamFormat format = prepared.format();
        Delivery delivery = plan.delivery();
        List<Processor> processors = new ArrayList<>();
        plan.limiter()
                .ifPresent(settings -> processors.add(new Limiter(settings, format, marginDb)));
        Processor quantizer =
                new Quantizer(
                        delivery.bitDepth(), delivery.dither(), delivery.ditherSeed(), format);
        KWeightedPower power = new KWeightedPower(format);
        TruePeakMeter peaks = new TruePeakMeter(format);
        Consumer<AudioBlock> meters =
                block -> {
                    power.write(block);
                    peaks.write(block);
                };
        AudioSink sink = attempts.begin();
        try (AudioSource source = master(prepared, processors, quantizer, delivery)) {
            if (alone) {
                copy(
                        source,
                        block -> {
                            meters.accept(block);
                            sink.write(block);
                        });
            } else {
                copyByTwo(source, sink, meters);
            }
        }
        peaks.finish();
        if (!processors.isEmpty() && processors.getFirst() instanceof Limiter limiter) {
            reductions.put(StageSettings.stageName(LimiterSettings.class), limiter.reductions());
        }
        progress.at(0.9);
        return new Rendered(
                plan,
                format,
                power.frames(),
                GatedLoudness.integratedLufs(power.hopEnergies(), format),
                peaks.truePeakDbtp(),
                reductions);
    }

    /** Fades and silence lie between limiter and dither; without them both run in one. */
    private static AudioSource master(
            AudioSpool prepared, List<Processor> limiter, Processor quantizer, Delivery delivery) {
        if (delivery.edits().isEmpty()) {
            List<Processor> both = new ArrayList<>(limiter);
            both.add(quantizer);
            return new ProcessedSource(prepared.source(), both);
        }
        AudioSource limited = new ProcessedSource(prepared.source(), limiter);
        return new ProcessedSource(
                new EditedSource(limited, prepared.frames(), delivery), List.of(quantizer));
    }

    /** A second thread measures what this one has limited and goes on to write. */
    private static void copyByTwo(AudioSource source, AudioSink sink, Consumer<AudioBlock> meters)
            throws IOException {
        try (BlockRelay relay = new BlockRelay(source.format().channels(), BLOCK, meters)) {
            AudioBlock block = relay.take();
            while (source.read(block) > 0) {
                relay.pass(block);
                sink.write(block);
                block = relay.take();
            }
            relay.finish();
        }
    }

    private static void copy(AudioSource source, AudioSink sink) throws IOException {
        AudioBlock block = new AudioBlock(source.format().channels(), BLOCK);
        while (source.read(block) > 0) {
            sink.write(block);
        }
    }
}
