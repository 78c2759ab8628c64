// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.BitDepth;
import org.lacquer.audio.DitherKind;
import org.lacquer.audio.FileFormat;
import org.lacquer.audio.Require;
import org.lacquer.audio.StreamFormat;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What file the master shall become.
 *
 * @param targetLufs integrated loudness to aim at, -40 to -3 LUFS; empty when the limiter's drive
 *     alone decides
 * @param sampleRateHz empty for the mix's own rate
 * @param ditherSeed start of the dither's random sequence; the same seed gives the same bytes
 */
public record Delivery(
        OptionalDouble targetLufs,
        OptionalInt sampleRateHz,
        FileFormat fileFormat,
        BitDepth bitDepth,
        DitherKind dither,
        long ditherSeed) {
    public static final Delivery DEFAULT =
            new Delivery(
                    OptionalDouble.empty(),
                    OptionalInt.empty(),
                    FileFormat.WAV,
                    BitDepth.INT24,
                    DitherKind.TPDF,
                    1);

    public Delivery {
        targetLufs.ifPresent(target -> Require.inRange("targetLufs", target, -40.0, -3.0, "LUFS"));
        sampleRateHz.ifPresent(
                rate ->
                        Require.inRange(
                                "sampleRateHz",
                                rate,
                                StreamFormat.MIN_RATE_HZ,
                                StreamFormat.MAX_RATE_HZ,
                                "Hz"));
        Require.that(
                bitDepth.integer() || fileFormat.holdsFloat() || fileFormat.lossy(),
                "bitDepth 32f needs fileFormat wav or aiff, got " + fileFormat);
    }

    public Delivery withSampleRateHz(int value) {
        return new Delivery(
                targetLufs, OptionalInt.of(value), fileFormat, bitDepth, dither, ditherSeed);
    }

    public Delivery withFile(FileFormat format, BitDepth depth) {
        return new Delivery(targetLufs, sampleRateHz, format, depth, dither, ditherSeed);
    }

    public Delivery withTargetLufs(double value) {
        return new Delivery(
                OptionalDouble.of(value), sampleRateHz, fileFormat, bitDepth, dither, ditherSeed);
    }
}
