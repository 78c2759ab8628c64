// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.Processor;
import org.lacquer.audio.Require;
import org.lacquer.audio.StreamFormat;

import java.util.ArrayList;
import java.util.List;

/**
 * Harmonics, and rounder peaks, in one to five bands, at about the loudness that came in.
 *
 * @param crossoversHz rising, one fewer than bands, each 20 to 16,000 Hz
 * @param bands from low to high
 * @param levelLufs integrated loudness of what comes in, -60 to 0 LUFS: from it the loss of each
 *     band is foretold; makeup begins there, and in the first seconds moves to what is measured
 */
public record SaturationSettings(
        List<Double> crossoversHz, List<SaturationBand> bands, double levelLufs)
        implements StageSettings {
    public static final SaturationSettings DEFAULT =
            new SaturationSettings(List.of(), List.of(SaturationBand.DEFAULT), -16.0);

    public SaturationSettings {
        crossoversHz = List.copyOf(crossoversHz);
        bands = List.copyOf(bands);
        BandSplitter.requireBands(crossoversHz, bands);
        Require.inRange("levelLufs", levelLufs, -60.0, 0.0, "LUFS");
    }

    /** One band, the whole sound. */
    public static SaturationSettings of(SaturationBand band) {
        return new SaturationSettings(List.of(), List.of(band), DEFAULT.levelLufs);
    }

    public SaturationSettings withLevelLufs(double value) {
        return new SaturationSettings(crossoversHz, bands, value);
    }

    @Override
    public boolean neutral() {
        return bands.stream().allMatch(SaturationBand::neutral);
    }

    @Override
    public Processor prepare(StreamFormat format) {
        if (neutral()) {
            return new Gain(1f);
        }
        List<Double> fitting = BandSplitter.fitting(crossoversHz, format.sampleRateHz());
        List<Saturator> stages = new ArrayList<>();
        for (int b = 0; b <= fitting.size(); b++) {
            double power = SaturationLoss.power(levelLufs, lowHz(b), highHz(b));
            stages.add(new Saturator(bands.get(b), power, makeupDb(b, format.channels()), format));
        }
        return new BandChain(fitting, stages, format);
    }

    /** Gain with which a band begins; it moves to what it measures. */
    public double makeupDb(int band, int channels) {
        double power = SaturationLoss.power(levelLufs, lowHz(band), highHz(band));
        return SaturationLoss.makeupDb(bands.get(band), power / channels);
    }

    private double lowHz(int band) {
        return band == 0 ? 0.0 : crossoversHz.get(band - 1);
    }

    private double highHz(int band) {
        return band == crossoversHz.size() ? Double.MAX_VALUE : crossoversHz.get(band);
    }
}
