// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference;

import org.lacquer.engine.CompressorBand;
import org.lacquer.engine.MatchingEqSettings;
import org.lacquer.engine.MultibandCompressorSettings;
import org.lacquer.inference.match.ReferenceMatch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Why the settings of a plan that follows references fully are so. */
final class MatchReasons {
    /** Third octaves that speak for the eight regions: 63 Hz to 12.5 kHz. */
    private static final int[] BANDS = {4, 7, 11, 14, 18, 21, 24, 27};

    private static final double WORTH_SAYING_DB = 0.5;

    private MatchReasons() {}

    static List<Decision> of(ReferenceMatch.Result match) {
        List<Decision> decisions = new ArrayList<>();
        MatchingEqSettings tone = match.tone();
        for (int k = 0; k < BANDS.length; k++) {
            double gainDb = tone.gainsDb().get(BANDS[k]);
            if (Math.abs(gainDb) >= WORTH_SAYING_DB) {
                decisions.add(tone(match, k, gainDb));
            }
        }
        MultibandCompressorSettings dynamics = match.dynamics();
        for (int b = 0; b < dynamics.bands().size(); b++) {
            if (dynamics.bands().get(b).ratio() != 1.0) {
                decisions.add(dynamics(b, dynamics.bands().get(b)));
            }
        }
        return decisions;
    }

    private static Decision tone(ReferenceMatch.Result match, int region, double gainDb) {
        int band = BANDS[region];
        MatchingEqSettings tone = match.tone();
        Map<String, Double> evidence = new LinkedHashMap<>();
        evidence.put("distanceBeforeDb", Words.rounded(match.distancesDb().getFirst(), 0.01));
        evidence.put("distanceHeardDb", Words.rounded(match.distancesDb().getLast(), 0.01));
        String because =
                Words.REGIONS.get(region)
                        + ": what the references have "
                        + (gainDb > 0.0 ? "more" : "less")
                        + " of here than the mix, followed in full.";
        if (!tone.sideGainsDb().isEmpty()) {
            double sideDb = tone.sideGainsDb().get(band) - gainDb;
            evidence.put("sideMinusMidDb", Words.rounded(sideDb, 0.01));
            if (Math.abs(sideDb) >= WORTH_SAYING_DB) {
                because += " The sides move by " + Words.signedDb(sideDb) + " against the middle.";
            }
        }
        return new Decision("matching-eq.gainsDb[" + band + "]", gainDb, "dB", because, evidence);
    }

    private static Decision dynamics(int b, CompressorBand band) {
        String because =
                "Brings the levels of the "
                        + Words.COMPRESSOR_BANDS.get(b)
                        + " band to where they are in the references: "
                        + (band.ratio() > 1.0
                                ? "its loud moments stood out more."
                                : "its loud moments stood out less, so they are lifted.");
        return new Decision(
                "multiband-compressor.bands[" + b + "].ratio",
                band.ratio(),
                "",
                because,
                Map.of("thresholdDb", band.thresholdDb(), "makeupDb", band.makeupDb()));
    }
}
