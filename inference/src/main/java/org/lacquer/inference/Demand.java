// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference;

import org.lacquer.audio.BitDepth;
import org.lacquer.audio.DitherKind;
import org.lacquer.audio.FileFormat;
import org.lacquer.audio.StreamFormat;
import org.lacquer.engine.Delivery;
import org.lacquer.models.PlatformTarget;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What is to be delivered.
 *
 * @param source who asks for loudness and ceiling, for sentences
 */
record Demand(Delivery delivery, double loudnessLufs, double ceilingDbtp, String source) {
    /**
     * What the request asks for itself, else its platform, else the target.
     *
     * @param format of the file that is written
     */
    static Demand of(
            MasteringRequest request,
            PlatformTarget platform,
            Target target,
            StreamFormat mix,
            FileFormat format) {
        boolean asked = request.loudnessLufs().isPresent() || request.ceilingDbtp().isPresent();
        return new Demand(
                delivery(mix, request, platform, format),
                request.loudnessLufs()
                        .orElse(platform.loudnessLufs().orElse(target.loudnessLufs())),
                request.ceilingDbtp().orElse(platform.ceilingDbtp()),
                asked ? "you" : "the platform " + platform.name());
    }

    /** Rate and depth as asked, else the platform's, else the mix's rate and 24 bits. */
    private static Delivery delivery(
            StreamFormat mix,
            MasteringRequest request,
            PlatformTarget platform,
            FileFormat format) {
        OptionalInt asked =
                request.sampleRateHz().isPresent()
                        ? request.sampleRateHz()
                        : platform.sampleRateHz();
        int rate = format.nearestRateHz(asked.orElse(mix.sampleRateHz()));
        BitDepth depth = BitDepth.INT24;
        if (format.lossy()) {
            depth = BitDepth.FLOAT32;
        } else if (request.bitDepth().isPresent()) {
            depth = request.bitDepth().get();
        } else if (platform.bitDepth().isPresent()) {
            depth = BitDepth.ofLabel(String.valueOf(platform.bitDepth().getAsInt()));
        }
        return new Delivery(
                OptionalDouble.empty(),
                OptionalInt.of(rate),
                format,
                depth,
                depth.integer() ? DitherKind.TPDF : DitherKind.NONE,
                Delivery.DEFAULT.ditherSeed());
    }

    String because() {
        return "Asked for by " + source + ".";
    }
}
