// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.Processor;
import org.lacquer.audio.Require;
import org.lacquer.audio.StreamFormat;

import java.util.List;

/**
 * Equaliser that follows a curve given by points, as the difference of two spectra gives it. The
 * points are held within the limit, joined by a curve that never overshoots them, and smoothed over
 * the logarithm of frequency; outside the points the curve stays level. The filter is an FIR of up
 * to 1.5 s, fine enough for third octaves down to 20 Hz.
 *
 * @param frequenciesHz rising, 10 to 40,000 Hz, at most 256; none: the stage does nothing
 * @param gainsDb one for each frequency, -60 to 60 dB; beyond {@code limitDb} they count as that
 * @param sideGainsDb for the side signal when it shall differ; {@code gainsDb} are then for mid
 * @param limitDb 0 to 24 dB, the most that the stage may do at any frequency
 * @param smoothingOctaves 0 to 2 octaves, width of the smoothing at half its height
 * @param phase minimum, linear or mixed
 */
public record MatchingEqSettings(
        List<Double> frequenciesHz,
        List<Double> gainsDb,
        List<Double> sideGainsDb,
        double limitDb,
        double smoothingOctaves,
        EqPhase phase)
        implements StageSettings {
    public static final MatchingEqSettings DEFAULT =
            new MatchingEqSettings(List.of(), List.of(), List.of(), 6.0, 0.33, EqPhase.MINIMUM);

    public MatchingEqSettings {
        frequenciesHz = List.copyOf(frequenciesHz);
        gainsDb = List.copyOf(gainsDb);
        sideGainsDb = List.copyOf(sideGainsDb);
        Require.inRange("frequenciesHz", frequenciesHz.size(), 0, 256, "entries");
        double last = 10.0;
        for (int k = 0; k < frequenciesHz.size(); k++) {
            double hz = frequenciesHz.get(k);
            Require.inRange("frequenciesHz", hz, last, 40_000.0, "Hz and rise");
            Require.that(
                    k == 0 || hz > last, "frequenciesHz must rise, got " + hz + " after " + last);
            last = hz;
        }
        requireGains("gainsDb", gainsDb, frequenciesHz.size());
        if (!sideGainsDb.isEmpty()) {
            requireGains("sideGainsDb", sideGainsDb, frequenciesHz.size());
        }
        Require.inRange("limitDb", limitDb, 0.0, 24.0, "dB");
        Require.inRange("smoothingOctaves", smoothingOctaves, 0.0, 2.0, "octaves");
    }

    private static void requireGains(String name, List<Double> gainsDb, int frequencies) {
        Require.that(
                gainsDb.size() == frequencies,
                name
                        + " must have one entry for each of frequenciesHz, got "
                        + gainsDb.size()
                        + " for "
                        + frequencies);
        for (double gainDb : gainsDb) {
            Require.inRange(name, gainDb, -60.0, 60.0, "dB");
        }
    }

    @Override
    public boolean neutral() {
        return limitDb == 0.0
                || gainsDb.stream().allMatch(gain -> gain == 0.0)
                        && sideGainsDb.stream().allMatch(gain -> gain == 0.0);
    }

    @Override
    public Processor prepare(StreamFormat format) {
        if (neutral()) {
            return new Gain(1f);
        }
        int rate = format.sampleRateHz();
        if (sideGainsDb.isEmpty() || format.channels() != 2) {
            FirDesign filter = FirDesign.of(phase, rate, curve(gainsDb)::gain)[0];
            return FirConvolver.same(filter, format.channels());
        }
        return new MidSideStage(
                new FirConvolver(
                        FirDesign.of(phase, rate, curve(gainsDb)::gain, curve(sideGainsDb)::gain)));
    }

    /** Magnitude response at a frequency, of both channels or of mid. */
    public double responseDb(double frequencyHz, int sampleRateHz) {
        return responseDb(frequencyHz, sampleRateHz, ChannelPlacement.MID);
    }

    /** Magnitude response at a frequency; the one of side for {@code SIDE}, else as of mid. */
    public double responseDb(double frequencyHz, int sampleRateHz, ChannelPlacement part) {
        if (neutral()) {
            return 0.0;
        }
        boolean side = part == ChannelPlacement.SIDE && !sideGainsDb.isEmpty();
        return curve(side ? sideGainsDb : gainsDb)
                .gainDb(Math.min(frequencyHz, sampleRateHz / 2.0));
    }

    private MatchingCurve curve(List<Double> gains) {
        return new MatchingCurve(frequenciesHz, gains, limitDb, smoothingOctaves);
    }
}
