// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

import java.util.Arrays;

/**
 * Rounds to the codes of an integer bit depth, with dither: {@code y = rint(x * 2^(b-1) + d) /
 * 2^(b-1)}, limited to the legal codes. The results are floats that lie exactly on the grid, so a
 * writer converts them without any further rounding. {@link BitDepth#FLOAT32} passes through.
 *
 * <p>TPDF dither is the sum of two independent uniform variables of ±½ LSB: the first two moments
 * of the total error are then independent of the signal, mean 0 and power LSB²/4 (Lipshitz,
 * Wannamaker, Vanderkooy, "Quantization and Dither: A Theoretical Survey", 1992). Each channel has
 * its own generator, a function of seed and channel, that takes one step a frame.
 *
 * <p>The shaped kinds round {@code x - Σ c[k] e[n-k]} instead of x, with e the whole error, dither
 * included, of earlier frames: the error's spectrum becomes that of {@link NoiseShaping}. The error
 * that is fed back is the one before the limit to legal codes, so that clipping does not upset it.
 *
 * <p>Digital silence is dithered like everything else; there is no auto-black. A fade-out therefore
 * ends in the same noise floor that the music had, and nothing switches audibly. Use {@link
 * DitherKind#NONE} where zeros must stay zeros.
 *
 * <p>Belongs at the very end, after the last gain. No latency.
 */
public final class Quantizer implements Processor {
    /** Increment of SplitMix64: 2^64 divided by the golden ratio, odd. */
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    /** One step of a 32-bit fraction. */
    private static final double FRACTION = 0x1p-32;

    /** Half a code of rounding and one of dither. */
    private static final double LARGEST_ERROR = 1.5;

    private final boolean integer;
    private final DitherKind dither;
    private final long seed;
    private final double codesPerUnit;
    private final double unitsPerCode;
    private final int minCode;
    private final int maxCode;

    private final double[] feedback;

    private final long[] states;

    /** The last errors of each channel, the newest first. */
    private final double[][] errors;

    /** Same arguments, same dither, on every machine. */
    public Quantizer(BitDepth bitDepth, DitherKind dither, long seed, StreamFormat format) {
        this.integer = bitDepth.integer();
        this.dither = dither;
        this.seed = seed;
        this.codesPerUnit = integer ? 1.0 / bitDepth.step() : 1.0;
        this.unitsPerCode = integer ? bitDepth.step() : 1.0;
        this.maxCode = integer ? (1 << (bitDepth.bits() - 1)) - 1 : 0;
        this.minCode = -maxCode - 1;
        this.feedback = NoiseShaping.coefficients(dither, format.sampleRateHz());
        this.states = new long[format.channels()];
        this.errors = new double[format.channels()][feedback.length];
        reset();
    }

    @Override
    public void process(AudioBlock block) {
        Require.that(
                block.channels() == states.length,
                "block must have " + states.length + " channels, got " + block.channels());
        if (!integer) {
            return;
        }
        for (int c = 0; c < states.length; c++) {
            float[] samples = block.channel(c);
            if (dither == DitherKind.NONE) {
                round(samples, block.frames());
            } else if (feedback.length == 0) {
                states[c] = roundDithered(samples, block.frames(), states[c]);
            } else {
                states[c] = roundShaped(samples, block.frames(), states[c], errors[c]);
            }
        }
    }

    @Override
    public void reset() {
        for (int c = 0; c < states.length; c++) {
            // Mixed twice, so that neighbouring seeds and channels start far apart.
            states[c] = mix(mix(seed) + (c + 1) * GOLDEN);
            Arrays.fill(errors[c], 0.0);
        }
    }

    @Override
    public int latencyFrames() {
        return 0;
    }

    private void round(float[] samples, int frames) {
        for (int i = 0; i < frames; i++) {
            samples[i] = nearest(samples[i] * codesPerUnit);
        }
    }

    private long roundDithered(float[] samples, int frames, long start) {
        long state = start;
        for (int i = 0; i < frames; i++) {
            state += GOLDEN;
            samples[i] = nearest(samples[i] * codesPerUnit + triangular(mix(state)));
        }
        return state;
    }

    private long roundShaped(float[] samples, int frames, long start, double[] past) {
        long state = start;
        for (int i = 0; i < frames; i++) {
            double wanted = samples[i] * codesPerUnit;
            for (int k = 0; k < feedback.length; k++) {
                wanted -= feedback[k] * past[k];
            }
            state += GOLDEN;
            double codes = Math.rint(wanted + triangular(mix(state)));
            for (int k = feedback.length - 1; k > 0; k--) {
                past[k] = past[k - 1];
            }
            // What is not finite has no error worth keeping.
            double error = codes - wanted;
            past[0] = Math.abs(error) <= LARGEST_ERROR ? error : 0.0;
            samples[i] = nearest(codes);
        }
        return state;
    }

    private float nearest(double codes) {
        int code = (int) Math.rint(codes);
        return (float) (Math.max(minCode, Math.min(maxCode, code)) * unitsPerCode);
    }

    /** Sum of two uniform variables of ±½, one from each half of {@code bits}; mean exactly 0. */
    private static double triangular(long bits) {
        return ((bits >>> 32) + (bits & 0xFFFFFFFFL) + 1) * FRACTION - 1.0;
    }

    /**
     * Output function of SplitMix64: Steele, Lea, Flood, "Fast Splittable PRNGs", 2014, Fig. 17.
     */
    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
