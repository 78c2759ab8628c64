// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.StreamFormat;

import java.util.List;
import java.util.Map;

/**
 * What a rendering did, measured on the quantised samples that were handed over.
 *
 * @param plan the plan with nothing left to solve: rendering it gives the same samples
 * @param integratedLufs NaN when the result is silent or shorter than 400 ms
 * @param truePeakDbtp on a grid of 32 points a frame; NaN for digital silence
 * @param reductions gain reduction by stage name; the multiband compressor lists its bands from low
 *     to high
 */
public record Rendered(
        MasteringPlan plan,
        StreamFormat format,
        long frames,
        double integratedLufs,
        double truePeakDbtp,
        Map<String, List<GainReduction>> reductions) {
    public Rendered {
        reductions = Map.copyOf(reductions);
    }
}
