// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import java.util.List;

/**
 * What {@link FeatureExtractor} heard, normalised to -20 LUFS.
 *
 * @param vector all features
 * @param midPowerDb gated mean power of (L + R) / 2 in the 30 third-octave bands, floor -120 dB
 * @param sidePowerDb gated mean power of (L - R) / 2 in the 30 third-octave bands, floor -120 dB
 */
public record Features(FeatureVector vector, List<Double> midPowerDb, List<Double> sidePowerDb) {
    public Features {
        midPowerDb = List.copyOf(midPowerDb);
        sidePowerDb = List.copyOf(sidePowerDb);
    }
}
