// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.Decibels;
import org.lacquer.audio.Processor;
import org.lacquer.audio.Require;
import org.lacquer.audio.StreamFormat;

import java.util.List;

/**
 * Level of the side signal (L-R)/2 against the mid signal (L+R)/2, mono bass, balance, and a guard
 * of what mono listeners lose. Leaves mono files alone.
 *
 * @param sideGainDb -60 to 9 dB
 * @param bassMonoHz below it the side signal falls by 12 dB per octave, from -6 dB at it, with
 *     linear phase; 0 switches it off, else 20 to 400 Hz
 * @param crossoversHz rising, each 20 to 16,000 Hz; none for one width at all frequencies
 * @param bandSideGainsDb further gain of the side signal in each band, -60 to 9 dB, from low to
 *     high: one more than crossovers, or none
 * @param balanceDb -6 to 6 dB: how much louder the right channel becomes against the left
 * @param monoGuard whether the side signal is held back where its loss in mono would be large
 */
public record StereoWidthSettings(
        double sideGainDb,
        double bassMonoHz,
        List<Double> crossoversHz,
        List<Double> bandSideGainsDb,
        double balanceDb,
        MonoGuard monoGuard)
        implements StageSettings {
    /** What becomes of a side signal that mono listeners would miss. */
    public enum MonoGuard {
        /** It stays. */
        OFF,
        /**
         * It is turned down, band by band, so far that in every stretch of 3 s the sum of both
         * channels loses at most 1 dB below 120 Hz, 1.5 dB below 250 Hz, 2.5 dB below 4 kHz and 4
         * dB above. Needs 3.05 s of look-ahead.
         */
        GATE
    }

    public static final StereoWidthSettings DEFAULT = new StereoWidthSettings(0.0, 0.0);

    public StereoWidthSettings {
        Require.inRange("sideGainDb", sideGainDb, -60.0, 9.0, "dB");
        if (bassMonoHz != 0.0) {
            Require.inRange("bassMonoHz", bassMonoHz, 20.0, 400.0, "Hz (or 0 for off)");
        }
        crossoversHz = List.copyOf(crossoversHz);
        bandSideGainsDb = List.copyOf(bandSideGainsDb);
        double last = 20.0;
        for (double crossover : crossoversHz) {
            Require.inRange("crossoversHz", crossover, last, 16_000.0, "Hz and rise");
            last = crossover;
        }
        for (double gainDb : bandSideGainsDb) {
            Require.inRange("bandSideGainsDb", gainDb, -60.0, 9.0, "dB");
        }
        Require.that(
                crossoversHz.size() <= 4, "crossoversHz must be at most 4, got " + crossoversHz);
        Require.that(
                bandSideGainsDb.size() == crossoversHz.size() + 1
                        || (bandSideGainsDb.isEmpty() && crossoversHz.isEmpty()),
                "bandSideGainsDb must have one entry more than crossoversHz, got "
                        + bandSideGainsDb.size()
                        + " for "
                        + crossoversHz.size());
        Require.inRange("balanceDb", balanceDb, -6.0, 6.0, "dB");
    }

    /** One width at all frequencies, without balance and guard. */
    public StereoWidthSettings(double sideGainDb, double bassMonoHz) {
        this(sideGainDb, bassMonoHz, List.of(), List.of(), 0.0, MonoGuard.OFF);
    }

    public StereoWidthSettings withBands(List<Double> crossovers, List<Double> gainsDb) {
        return new StereoWidthSettings(
                sideGainDb, bassMonoHz, crossovers, gainsDb, balanceDb, monoGuard);
    }

    public StereoWidthSettings withBalanceDb(double value) {
        return new StereoWidthSettings(
                sideGainDb, bassMonoHz, crossoversHz, bandSideGainsDb, value, monoGuard);
    }

    public StereoWidthSettings withMonoGuard(MonoGuard value) {
        return new StereoWidthSettings(
                sideGainDb, bassMonoHz, crossoversHz, bandSideGainsDb, balanceDb, value);
    }

    @Override
    public boolean neutral() {
        return sideGainDb == 0.0
                && bassMonoHz == 0.0
                && bandSideGainsDb.stream().allMatch(gainDb -> gainDb == 0.0)
                && balanceDb == 0.0
                && monoGuard == MonoGuard.OFF;
    }

    @Override
    public Processor prepare(StreamFormat format) {
        return format.channels() == 2 && !neutral() ? new StereoWidth(this, format) : new Gain(1f);
    }

    /** Magnitude response of the side signal; the mid signal stays flat. */
    public double sideResponseDb(double frequencyHz, int sampleRateHz) {
        double db = sideGainDb;
        if (bassMonoHz != 0.0) {
            db += BassMono.responseDb(bassMonoHz, frequencyHz, sampleRateHz);
        }
        if (!crossoversHz.isEmpty()) {
            // The bands are in phase, so their magnitudes add.
            double sum = 0.0;
            int bands = BandSplitter.fitting(crossoversHz, sampleRateHz).size() + 1;
            for (int b = 0; b < bands; b++) {
                sum +=
                        Decibels.toGain(
                                bandSideGainsDb.get(b)
                                        + Crossover.bandResponseDb(
                                                crossoversHz, b, frequencyHz, sampleRateHz));
            }
            db += Decibels.fromGain(sum);
        } else if (!bandSideGainsDb.isEmpty()) {
            db += bandSideGainsDb.getFirst();
        }
        return db;
    }
}
