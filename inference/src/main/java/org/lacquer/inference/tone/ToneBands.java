// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference.tone;

import org.lacquer.engine.EqBand;

import java.util.List;

/** The equaliser that the model speaks of: eight bands from low to high, at 0 dB. */
public final class ToneBands {
    public static final List<EqBand> ALL =
            List.of(
                    new EqBand(EqBand.Shape.LOW_SHELF, 70.0, 0.0, 0.7),
                    new EqBand(EqBand.Shape.BELL, 140.0, 0.0, 0.9),
                    new EqBand(EqBand.Shape.BELL, 300.0, 0.0, 0.9),
                    new EqBand(EqBand.Shape.BELL, 650.0, 0.0, 0.9),
                    new EqBand(EqBand.Shape.BELL, 1_500.0, 0.0, 0.9),
                    new EqBand(EqBand.Shape.BELL, 3_200.0, 0.0, 0.9),
                    new EqBand(EqBand.Shape.BELL, 7_000.0, 0.0, 0.9),
                    new EqBand(EqBand.Shape.HIGH_SHELF, 12_000.0, 0.0, 0.7));

    private ToneBands() {}
}
