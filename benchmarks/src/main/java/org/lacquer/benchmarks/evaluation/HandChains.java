// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks.evaluation;

import org.lacquer.engine.CompressorBand;
import org.lacquer.engine.EqBand;
import org.lacquer.engine.GainSettings;
import org.lacquer.engine.HighPassSettings;
import org.lacquer.engine.LimiterSettings;
import org.lacquer.engine.MultibandCompressorSettings;
import org.lacquer.engine.ParametricEqSettings;
import org.lacquer.engine.StageSettings;
import org.lacquer.engine.StereoWidthSettings;
import org.lacquer.inference.tone.ToneBands;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Chains that were written down by hand before the evaluation, as competitors. */
final class HandChains {
    /** The chain for music of any kind. */
    static final String FIXED = "fixed";

    private static final double WORKING_LUFS = -20.0;
    private static final int EQ = 8;
    private static final double KNEE_DB = 6.0;
    private static final double[] ATTACKS_MS = {30.0, 20.0, 10.0};
    private static final double[] RELEASES_MS = {200.0, 150.0, 100.0};

    private final Map<String, double[]> chains = new HashMap<>();

    HandChains() {
        try (InputStream in = HandChains.class.getResourceAsStream("chains.tsv")) {
            if (in == null) {
                throw new IllegalStateException("chains.tsv is missing");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            text.lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .map(line -> line.split("\t", -1))
                    .forEach(cells -> chains.put(cells[0], numbers(cells)));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /**
     * Stages for a mix of a loudness; a genre without a chain gets the fixed one.
     *
     * @param ceilingDbtp of the limiter, whose drive is left to be solved
     */
    List<StageSettings> stages(String genre, double mixLufs, double ceilingDbtp) {
        double[] chain = chains.getOrDefault(genre, chains.getOrDefault(FIXED, new double[0]));
        List<StageSettings> stages = new ArrayList<>();
        stages.add(new GainSettings(WORKING_LUFS - mixLufs));
        stages.add(new HighPassSettings(25.0, 12));
        stages.add(equaliser(java.util.Arrays.copyOf(chain, EQ)));
        List<CompressorBand> bands = new ArrayList<>();
        for (int b = 0; b < 3; b++) {
            bands.add(
                    new CompressorBand(
                            chain[EQ + b],
                            chain[EQ + 3 + b],
                            KNEE_DB,
                            ATTACKS_MS[b],
                            RELEASES_MS[b],
                            0.0));
        }
        stages.add(new MultibandCompressorSettings(List.of(180.0, 3_200.0), bands));
        stages.add(new StereoWidthSettings(chain[EQ + 6], 0.0));
        stages.add(LimiterSettings.DEFAULT.withCeilingDbtp(ceilingDbtp));
        return stages;
    }

    /** Gain, the eight bands of the model with the given gains, and a limiter. */
    static List<StageSettings> toneOnly(double[] gainsDb, double mixLufs, double ceilingDbtp) {
        return List.of(
                new GainSettings(WORKING_LUFS - mixLufs),
                equaliser(gainsDb),
                LimiterSettings.DEFAULT.withCeilingDbtp(ceilingDbtp));
    }

    private static ParametricEqSettings equaliser(double[] gainsDb) {
        List<EqBand> bands = new ArrayList<>();
        for (int k = 0; k < EQ; k++) {
            bands.add(ToneBands.ALL.get(k).withGainDb(gainsDb[k]));
        }
        return new ParametricEqSettings(bands);
    }

    private static double[] numbers(String[] cells) {
        double[] out = new double[cells.length - 1];
        for (int i = 0; i < out.length; i++) {
            out[i] = Double.parseDouble(cells[i + 1]);
        }
        return out;
    }
}
