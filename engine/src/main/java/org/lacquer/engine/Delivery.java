// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.BitDepth;
import org.lacquer.audio.DitherKind;
import org.lacquer.audio.FileFormat;
import org.lacquer.audio.Require;
import org.lacquer.audio.StreamFormat;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What file the master shall become.
 *
 * @param targetLufs integrated loudness to aim at, -40 to -3 LUFS; empty when the limiter's drive
 *     alone decides
 * @param sampleRateHz empty for the mix's own rate
 * @param dither none, tpdf, or a kind that moves the noise to where it is heard least at 44.1 and
 *     48 kHz
 * @param ditherSeed start of the dither's random sequence; the same seed gives the same bytes
 * @param edits trims, fades and silence, each kind at most once, in any order
 */
public record Delivery(
        OptionalDouble targetLufs,
        OptionalInt sampleRateHz,
        FileFormat fileFormat,
        BitDepth bitDepth,
        DitherKind dither,
        long ditherSeed,
        List<Edit> edits) {
    public static final Delivery DEFAULT =
            new Delivery(
                    OptionalDouble.empty(),
                    OptionalInt.empty(),
                    FileFormat.WAV,
                    BitDepth.INT24,
                    DitherKind.TPDF,
                    1);

    public Delivery {
        edits = List.copyOf(edits);
        for (Edit edit : edits) {
            Require.that(
                    edits.stream().filter(other -> other.kind() == edit.kind()).count() == 1,
                    "edits must hold each kind once, got several " + edit.kind());
        }
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

    /** Without edits. */
    public Delivery(
            OptionalDouble targetLufs,
            OptionalInt sampleRateHz,
            FileFormat fileFormat,
            BitDepth bitDepth,
            DitherKind dither,
            long ditherSeed) {
        this(targetLufs, sampleRateHz, fileFormat, bitDepth, dither, ditherSeed, List.of());
    }

    /** Length of an edit; 0 when there is none of its kind. */
    double seconds(Edit.Kind kind) {
        for (Edit edit : edits) {
            if (edit.kind() == kind) {
                return edit.seconds();
            }
        }
        return 0.0;
    }

    public Delivery withSampleRateHz(int value) {
        return new Delivery(
                targetLufs, OptionalInt.of(value), fileFormat, bitDepth, dither, ditherSeed, edits);
    }

    public Delivery withFile(FileFormat format, BitDepth depth) {
        return new Delivery(targetLufs, sampleRateHz, format, depth, dither, ditherSeed, edits);
    }

    public Delivery withTargetLufs(double value) {
        return new Delivery(
                OptionalDouble.of(value),
                sampleRateHz,
                fileFormat,
                bitDepth,
                dither,
                ditherSeed,
                edits);
    }

    public Delivery withDither(DitherKind value) {
        return new Delivery(
                targetLufs, sampleRateHz, fileFormat, bitDepth, value, ditherSeed, edits);
    }

    public Delivery withEdits(List<Edit> value) {
        return new Delivery(
                targetLufs, sampleRateHz, fileFormat, bitDepth, dither, ditherSeed, value);
    }
}
