// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Names, units and places of the {@value #SIZE} features that the model hears. {@link
 * FeatureExtractor} defines each one. Any change of a definition, not only of the list, is a new
 * {@link #VERSION}.
 */
public final class FeatureSet {
    public static final int VERSION = 1;

    /** Third-octave bands. */
    public static final int BANDS = 30;

    /** Groups of bands for width and correlation. */
    public static final int GROUPS = 6;

    /** Level quantiles of a compressor band. */
    public static final int QUANTILES = 8;

    /** Long-term spectrum, {@link #BANDS} values. */
    public static final int LTAS = 0;

    /** Side over mid, {@link #GROUPS} values. */
    public static final int WIDTH = LTAS + BANDS;

    /** Correlation of left and right, {@link #GROUPS} values. */
    public static final int CORRELATION = WIDTH + GROUPS;

    /** Level quantiles of the low, mid and high band, {@link #QUANTILES} values each. */
    public static final int LEVEL_QUANTILES = CORRELATION + GROUPS;

    /** Crest of the low, mid and high band. */
    public static final int BAND_CREST = LEVEL_QUANTILES + 3 * QUANTILES;

    public static final int LOUDNESS_RANGE = BAND_CREST + 3;
    public static final int MOMENTARY_RANGE = LOUDNESS_RANGE + 1;
    public static final int PLR = MOMENTARY_RANGE + 1;
    public static final int PSR = PLR + 1;
    public static final int CREST = PSR + 1;
    public static final int CLIP_DENSITY = CREST + 1;
    public static final int TRANSIENT_DENSITY = CLIP_DENSITY + 1;

    /** First descriptor of content that an equaliser leaves nearly unchanged. */
    public static final int CONTENT = TRANSIENT_DENSITY + 1;

    /** Percentiles 10, 50 and 90 of the band levels, {@link #BANDS} values each. */
    public static final int CONTENT_PERCENTILES = CONTENT;

    /** Mean magnitude of the change between frames, {@link #BANDS} values. */
    public static final int CONTENT_MEAN_CHANGE = CONTENT_PERCENTILES + 3 * BANDS;

    /** Percentile 95 of the change between frames, {@link #BANDS} values. */
    public static final int CONTENT_P95_CHANGE = CONTENT_MEAN_CHANGE + BANDS;

    /** Correlation with the next band, {@link #BANDS} - 1 values. */
    public static final int CONTENT_NEIGHBOUR = CONTENT_P95_CHANGE + BANDS;

    /** Correlation with the fourth band above, {@link #BANDS} - 4 values. */
    public static final int CONTENT_FOURTH = CONTENT_NEIGHBOUR + BANDS - 1;

    /** Correlation with 2, 6 and 16 frames earlier, mean of an octave, ten values each. */
    public static final int CONTENT_LAG = CONTENT_FOURTH + BANDS - 4;

    /** Features in all. */
    public static final int SIZE = CONTENT_LAG + 30;

    static final List<Double> QUANTILE_PERCENTS = List.of(5., 10., 25., 50., 75., 90., 95., 99.);
    static final List<Integer> LAGS = List.of(2, 6, 16);

    private static final List<String> BAND_NAMES = List.of("low", "mid", "high");
    private static final List<Feature> FEATURES = List.copyOf(build());

    private FeatureSet() {}

    /**
     * One place of the vector.
     *
     * @param name for instance {@code ltas.1000}
     * @param unit for instance {@code dB}; empty for correlations
     */
    public record Feature(String name, String unit) {}

    /** All features in order. */
    public static List<Feature> features() {
        return FEATURES;
    }

    /**
     * Place of a feature.
     *
     * @throws IllegalArgumentException when there is no such name
     */
    public static int indexOf(String name) {
        for (int i = 0; i < SIZE; i++) {
            if (FEATURES.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no feature is named " + name);
    }

    private static List<Feature> build() {
        List<Feature> list = new ArrayList<>();
        List<String> bands = ThirdOctaves.names();
        bands.forEach(band -> list.add(new Feature("ltas." + band, "dB")));
        ThirdOctaves.groupNames().forEach(group -> list.add(new Feature("width." + group, "dB")));
        ThirdOctaves.groupNames()
                .forEach(group -> list.add(new Feature("correlation." + group, "")));
        for (String band : BAND_NAMES) {
            for (double percent : QUANTILE_PERCENTS) {
                String name = String.format(Locale.ROOT, "level.%s.p%02.0f", band, percent);
                list.add(new Feature(name, "dB"));
            }
        }
        BAND_NAMES.forEach(band -> list.add(new Feature("crest." + band, "dB")));
        list.add(new Feature("loudnessRange", "LU"));
        list.add(new Feature("momentaryRange", "LU"));
        list.add(new Feature("plr", "dB"));
        list.add(new Feature("psr", "dB"));
        list.add(new Feature("crest", "dB"));
        list.add(new Feature("clipDensity", "log10"));
        list.add(new Feature("transientDensity", "1/s"));
        for (int percent : new int[] {10, 50, 90}) {
            bands.forEach(band -> list.add(new Feature("content.p" + percent + "." + band, "dB")));
        }
        bands.forEach(band -> list.add(new Feature("content.change." + band, "dB")));
        bands.forEach(band -> list.add(new Feature("content.attack." + band, "dB")));
        bands.subList(0, BANDS - 1)
                .forEach(band -> list.add(new Feature("content.neighbour." + band, "")));
        bands.subList(0, BANDS - 4)
                .forEach(band -> list.add(new Feature("content.fourth." + band, "")));
        for (int lag : LAGS) {
            for (int octave = 0; octave < BANDS / 3; octave++) {
                list.add(new Feature("content.lag" + lag + "." + bands.get(3 * octave + 1), ""));
            }
        }
        return list;
    }
}
