// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.analysis.GatedLoudness;
import org.lacquer.analysis.KWeightedPower;
import org.lacquer.analysis.TruePeakMeter;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioSink;
import org.lacquer.audio.AudioSource;
import org.lacquer.audio.AudioSpool;
import org.lacquer.audio.Processor;
import org.lacquer.audio.Require;
import org.lacquer.audio.Resampler;
import org.lacquer.audio.StreamFormat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A stretch of a mix through a plan, for listening while its settings change: mix -> stages ->
 * sample rate, once; then the limiter with any drive.
 *
 * <p>It begins {@value #LEAD_SECONDS} s before the stretch, so that levels and gains of all stages
 * have settled, and ends {@value #TAIL_SECONDS} s behind it, for what looks ahead. Away from the
 * start of the song it differs from the whole rendering only by what gains remember for longer.
 * Trims, fades, dither and other edits of the delivery are left out. Nothing is solved.
 */
public final class Stretch implements AutoCloseable {
    static final int LEAD_SECONDS = 4;
    static final int TAIL_SECONDS = 1;

    private static final int BLOCK = 8_192;

    private final MasteringPlan plan;
    private final AudioSpool prepared;
    private final long from;
    private final long frames;
    private final Map<String, List<GainReduction>> reductions = new LinkedHashMap<>();

    /**
     * Plays all stages in front of the limiter.
     *
     * @param startSeconds in the mix
     * @param endSeconds after the start; what lies behind the mix's end is left out
     * @param rateHz of the result
     */
    public Stretch(
            AudioSpool mix,
            MasteringPlan plan,
            double startSeconds,
            double endSeconds,
            int rateHz,
            long memoryLimitBytes)
            throws IOException {
        StreamFormat format = mix.format();
        double duration = format.secondsOf(mix.frames());
        Require.that(
                startSeconds >= 0.0 && startSeconds < endSeconds && startSeconds < duration,
                "a stretch must start within the mix and end after its start, got "
                        + startSeconds
                        + " to "
                        + endSeconds
                        + " s of "
                        + duration);
        this.plan = plan;
        // A whole second is a whole frame at every rate.
        long lead = Math.max(0, (long) Math.floor(startSeconds) - LEAD_SECONDS);
        long begin = lead * format.sampleRateHz();
        long end =
                Math.min(
                        mix.frames(),
                        ((long) Math.ceil(endSeconds) + TAIL_SECONDS) * format.sampleRateHz());
        StreamFormat played = format.withSampleRateHz(rateHz);
        this.prepared = new AudioSpool(played, memoryLimitBytes);
        this.from = played.framesOf(startSeconds) - lead * rateHz;
        boolean complete = false;
        try {
            prepare(mix.source(begin, end), rateHz);
            complete = true;
        } finally {
            if (!complete) {
                prepared.close();
            }
        }
        long wanted = played.framesOf(Math.min(endSeconds, duration)) - lead * rateHz;
        this.frames = Math.min(wanted, prepared.frames()) - from;
    }

    private void prepare(AudioSource mix, int rateHz) throws IOException {
        List<Processor> processors = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (StageSettings stage : plan.stagesBeforeLimiter()) {
            if (!stage.neutral()) {
                processors.add(stage.prepare(mix.format()));
                names.add(stage.stageName());
            }
        }
        try (AudioSource source =
                Resampler.resample(new ProcessedSource(mix, processors), rateHz)) {
            AudioBlock block = new AudioBlock(source.format().channels(), BLOCK);
            while (source.read(block) > 0) {
                prepared.write(block);
            }
        }
        prepared.finish();
        for (int k = 0; k < processors.size(); k++) {
            if (processors.get(k) instanceof ReducingProcessor reducing) {
                reductions.put(names.get(k), reducing.reductions());
            }
        }
    }

    /** Rate and channels of the result. */
    public StreamFormat format() {
        return prepared.format();
    }

    /** Frames of the result. */
    public long frames() {
        return frames;
    }

    /** Loudness of the stretch in front of the limiter; NaN for silence. */
    public double linearLufs() throws IOException {
        KWeightedPower power = new KWeightedPower(format());
        try (AudioSource source = prepared.source(from, from + frames)) {
            AudioBlock block = new AudioBlock(format().channels(), BLOCK);
            while (source.read(block) > 0) {
                power.write(block);
            }
        }
        return GatedLoudness.integratedLufs(power.hopEnergies(), format());
    }

    /**
     * Plays the limiter, or hands over what is there when the plan has none.
     *
     * @param driveDb gain into the limiter
     * @param sink gets exactly {@link #frames()}
     */
    public Rendered play(double driveDb, AudioSink sink) throws IOException {
        List<Processor> processors = new ArrayList<>();
        MasteringPlan played =
                plan.limiter()
                        .map(limiter -> plan.withLimiter(limiter.withDriveDb(driveDb)))
                        .orElse(plan);
        played.limiter().ifPresent(limiter -> processors.add(limiter.prepare(format())));
        KWeightedPower power = new KWeightedPower(format());
        TruePeakMeter peaks = new TruePeakMeter(format());
        try (AudioSource source = new ProcessedSource(prepared.source(), processors)) {
            AudioBlock block = new AudioBlock(format().channels(), BLOCK);
            AudioBlock part = new AudioBlock(format().channels(), BLOCK);
            long place = 0;
            while (place < from + frames && source.read(block) > 0) {
                int skip = (int) Math.min(block.frames(), Math.max(0, from - place));
                int kept = (int) Math.min(block.frames() - skip, from + frames - place - skip);
                place += block.frames();
                if (kept > 0) {
                    part.copyFrom(block, skip, kept);
                    power.write(part);
                    peaks.write(part);
                    sink.write(part);
                }
            }
        }
        peaks.finish();
        Map<String, List<GainReduction>> all = new LinkedHashMap<>(reductions);
        for (Processor processor : processors) {
            if (processor instanceof Limiter limiter) {
                all.put(StageSettings.stageName(LimiterSettings.class), limiter.reductions());
            }
        }
        return new Rendered(
                played,
                format(),
                power.frames(),
                GatedLoudness.integratedLufs(power.hopEnergies(), format()),
                peaks.truePeakDbtp(),
                all);
    }

    @Override
    public void close() throws IOException {
        prepared.close();
    }
}
