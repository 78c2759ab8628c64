// SPDX-License-Identifier: Apache-2.0
package org.lacquer.models;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What a place of delivery asks for.
 *
 * @param name as the user writes it, for instance {@code spotify}
 * @param loudnessLufs integrated loudness; empty when the genre's own level counts
 * @param ceilingDbtp highest true peak
 * @param sampleRateHz empty keeps the source's rate
 * @param bitDepth empty keeps the output format's default
 * @param source where the figures come from
 */
public record PlatformTarget(
        String name,
        OptionalDouble loudnessLufs,
        double ceilingDbtp,
        OptionalInt sampleRateHz,
        OptionalInt bitDepth,
        String source) {}
