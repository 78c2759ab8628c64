// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.Decibels;
import org.lacquer.audio.Processor;
import org.lacquer.audio.StreamFormat;

import java.util.List;

/**
 * Drive, then a gain that keeps every oversampled peak below the ceiling, linked over channels.
 *
 * <p>The first pass reads the peaks of its input and turns down with hold and program-dependent
 * release ({@link GainCurve}), to the ceiling or to a chosen amount above it. The passes after it
 * read their input at 32 times the rate and trim by short dips: first what was left to them, then
 * the few hundredths of a dB by which a moving gain, bending the waveform between the samples,
 * misses. Each leaves a small fraction of what it found. The ceiling aimed at lies {@value
 * #MARGIN_DB} dB under the demanded one, which covers the rest and the quantiser's step at 16 bits.
 */
final class Limiter implements Processor {
    static final double MARGIN_DB = 0.006;
    private static final int TRIM_PASSES = 3;
    static final double TRIM_REACH_MS = 1.5;
    private static final int CHUNK = 1_024;

    private final LimiterPass[] passes;
    private final int latency;

    /**
     * @param marginDb how far under the ceiling to aim
     */
    Limiter(LimiterSettings settings, StreamFormat format, double marginDb) {
        double ceiling = Decibels.toGain(settings.ceilingDbtp() - marginDb);
        double drive = Decibels.toGain(settings.driveDb().orElseThrow());
        passes = new LimiterPass[1 + TRIM_PASSES];
        passes[0] =
                new LimiterPass(
                        PeakEnvelope.coarse(format.channels(), CHUNK),
                        GainCurve.limiting(settings, format),
                        drive,
                        ceiling * Decibels.toGain(settings.fastDb()),
                        format.channels());
        for (int k = 1; k <= TRIM_PASSES; k++) {
            // Peaks left to the fast pass lie far above the ceiling: the exact grid would be
            // wasted.
            boolean fast = k == 1 && settings.fastDb() > 0.0;
            passes[k] =
                    new LimiterPass(
                            fast
                                    ? PeakEnvelope.fine(format.channels(), CHUNK)
                                    : PeakEnvelope.exactAbove(ceiling, format.channels(), CHUNK),
                            GainCurve.trimming(TRIM_REACH_MS, format),
                            1.0,
                            ceiling,
                            format.channels());
        }
        int sum = 0;
        for (LimiterPass pass : passes) {
            sum += pass.latencyFrames();
        }
        this.latency = sum;
    }

    @Override
    public void process(AudioBlock block) {
        for (int start = 0; start < block.frames(); start += CHUNK) {
            int count = Math.min(CHUNK, block.frames() - start);
            for (LimiterPass pass : passes) {
                pass.process(block, start, count);
            }
        }
    }

    /** Reductions so far of the slow and of the fast gain; what is trimmed after is too small. */
    List<GainReduction> reductions() {
        return List.of(passes[0].reduction().result(), passes[1].reduction().result());
    }

    @Override
    public void reset() {
        for (LimiterPass pass : passes) {
            pass.reset();
        }
    }

    @Override
    public int latencyFrames() {
        return latency;
    }
}
