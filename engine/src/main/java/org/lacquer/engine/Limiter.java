// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.Decibels;
import org.lacquer.audio.Processor;
import org.lacquer.audio.StreamFormat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Drive, then steps that keep every oversampled peak below the ceiling.
 *
 * <p>A soft clipper, if asked for, comes first. Then a slow gain turns down with hold and
 * program-dependent release ({@link GainCurve}), to the ceiling or to a chosen amount above it;
 * steady bass goes to the ceiling all the same ({@link BassGain}). In {@link
 * LimiterSettings.Quality#BEST} what is still above is taken down by {@link PeakCorrection}. The
 * passes after it read their input at 32 times the rate and trim by short dips: first what was left
 * to them, then the few hundredths of a dB by which a moving gain, bending the waveform between the
 * samples, misses. Each leaves a small fraction of what it found. The ceiling aimed at lies {@value
 * #MARGIN_DB} dB under the demanded one, which covers the rest and the quantiser's step at 16 bits.
 */
final class Limiter implements Processor {
    static final double MARGIN_DB = 0.006;
    private static final int TRIM_PASSES = 3;
    private static final double TRIM_REACH_MS = 1.5;

    /**
     * Reach of the dips that take down what passes the slow gain. Shorter ones cost less loudness
     * and leave less residual on songs, but below twice this no longer stand still between the
     * crests of a tone of 250 Hz, where bass ends.
     */
    static final double FAST_REACH_MS = 1.0;

    private static final int CHUNK = 1_024;

    private final List<LimiterStep> steps;
    private final LimiterPass slow;
    private final LimiterPass fast;
    private final Optional<PeakCorrection> correction;
    private final int latency;

    /**
     * @param marginDb how far under the ceiling to aim
     */
    Limiter(LimiterSettings settings, StreamFormat format, double marginDb) {
        double ceiling = Decibels.toGain(settings.ceilingDbtp() - marginDb);
        double drive = Decibels.toGain(settings.driveDb().orElseThrow());
        double link = settings.linkPercent() / 100.0;
        List<LimiterStep> all = new ArrayList<>();
        if (settings.clipDb() > 0.0) {
            all.add(new SoftClipper(ceiling / drive, settings, format, CHUNK));
        }
        slow =
                new LimiterPass(
                        group ->
                                LinkedGain.limiting(
                                        PeakEnvelope.coarse(group.channels(), CHUNK),
                                        settings,
                                        ceiling / drive,
                                        group),
                        drive,
                        ceiling * Decibels.toGain(settings.slowReachDb()),
                        link,
                        format);
        all.add(slow);
        boolean best = settings.quality() == LimiterSettings.Quality.BEST;
        correction = best ? Optional.of(new PeakCorrection(ceiling, format)) : Optional.empty();
        correction.ifPresent(all::add);
        // Peaks left to the fast pass lie far above the ceiling: the exact grid would be wasted.
        boolean rough = settings.slowReachDb() > 0.0 && !best;
        fast = trimming(rough, ceiling, link, format);
        all.add(fast);
        for (int k = 1; k < TRIM_PASSES; k++) {
            all.add(trimming(false, ceiling, link, format));
        }
        steps = List.copyOf(all);
        latency = steps.stream().mapToInt(LimiterStep::latencyFrames).sum();
    }

    private static LimiterPass trimming(
            boolean rough, double ceiling, double link, StreamFormat format) {
        // Partly linked channels hear of each other's lower peaks too.
        double negligible = link == 1.0 || link == 0.0 ? ceiling : 0.0;
        return new LimiterPass(
                group ->
                        LinkedGain.trimming(
                                rough
                                        ? PeakEnvelope.fine(negligible, group.channels(), CHUNK)
                                        : PeakEnvelope.exactAbove(
                                                ceiling, negligible, group.channels(), CHUNK),
                                GainCurve.trimming(
                                        rough ? FAST_REACH_MS : TRIM_REACH_MS, format, CHUNK)),
                1.0,
                ceiling,
                link,
                format);
    }

    @Override
    public void process(AudioBlock block) {
        for (int start = 0; start < block.frames(); start += CHUNK) {
            int count = Math.min(CHUNK, block.frames() - start);
            for (LimiterStep step : steps) {
                step.process(block, start, count);
            }
        }
    }

    /** Reductions so far by the slow gain, and by what follows it; later trims are too small. */
    List<GainReduction> reductions() {
        return List.of(
                slow.reduction(),
                correction
                        .map(PeakCorrection::reduction)
                        .map(ReductionMeter::result)
                        .orElseGet(fast::reduction));
    }

    @Override
    public void reset() {
        for (LimiterStep step : steps) {
            step.reset();
        }
    }

    @Override
    public int latencyFrames() {
        return latency;
    }
}
