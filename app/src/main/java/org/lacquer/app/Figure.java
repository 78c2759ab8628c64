// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.analysis.Analysis;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The figures of every report, in its order. Keys are public contract. */
enum Figure {
    INTEGRATED("integratedLufs", "Loudness", "LUFS", 1, a -> a.loudness().integratedLufs()),
    LOUDNESS_RANGE(
            "loudnessRangeLu", "Loudness range", "LU", 1, a -> a.loudness().loudnessRangeLu()),
    MOMENTARY("momentaryMaxLufs", "Loudest 0.4 s", "LUFS", 1, a -> a.loudness().momentaryMaxLufs()),
    SHORT_TERM("shortTermMaxLufs", "Loudest 3 s", "LUFS", 1, a -> a.loudness().shortTermMaxLufs()),
    TRUE_PEAK("truePeakDbtp", "True peak", "dBTP", 2, a -> a.peaks().truePeakDbtp()),
    SAMPLE_PEAK("samplePeakDbfs", "Sample peak", "dBFS", 2, a -> a.peaks().samplePeakDbfs()),
    PLR("plrDb", "Peak to loudness (PLR)", "dB", 1, a -> a.dynamics().plrDb()),
    PSR("psrMinDb", "Smallest peak to 3 s (PSR)", "dB", 1, a -> a.dynamics().psrMinDb()),
    DR("dr14", "Dynamic range (DR)", "dB", 0, a -> a.dynamics().dr14()),
    DURATION("durationSeconds", "Duration", "s", 2, Analysis::durationSeconds),
    SAMPLE_RATE("sampleRateHz", "Sample rate", "Hz", 0, Analysis::sampleRateHz),
    CHANNELS("channels", "Channels", "", 0, Analysis::channels);

    /** What mastering changes: the rows of a before/after table. */
    static final List<Figure> BEFORE_AFTER =
            List.of(INTEGRATED, TRUE_PEAK, LOUDNESS_RANGE, PLR, PSR);

    /** JSON numbers have this many decimals at most. */
    private static final double JSON_STEPS = 10_000.0;

    private final String key;
    private final String label;
    private final String unit;
    private final int digits;
    private final ToDoubleFunction<Analysis> value;

    Figure(String key, String label, String unit, int digits, ToDoubleFunction<Analysis> value) {
        this.key = key;
        this.label = label;
        this.unit = unit;
        this.digits = digits;
        this.value = value;
    }

    String label() {
        return label;
    }

    String unit() {
        return unit;
    }

    /** The figure for people; what is undefined is called so. */
    String text(Analysis analysis) {
        return text(value.applyAsDouble(analysis), digits);
    }

    /** A number for people: never {@code -0.0}, never {@code NaN}. */
    static String text(double number, int digits) {
        if (!Double.isFinite(number)) {
            return "n/a";
        }
        String text = String.format(Locale.ROOT, "%." + digits + "f", number);
        return text.matches("-0(\\.0*)?") ? text.substring(1) : text;
    }

    /** All figures for scripts. */
    static Map<String, Object> json(Analysis analysis) {
        Map<String, Object> object = new LinkedHashMap<>();
        Arrays.stream(values()).forEach(figure -> object.put(figure.key, figure.number(analysis)));
        return object;
    }

    /** A number for scripts, in steps of 0.0001. */
    static double rounded(double number) {
        return Double.isFinite(number) ? Math.rint(number * JSON_STEPS) / JSON_STEPS : Double.NaN;
    }

    private Object number(Analysis analysis) {
        double number = value.applyAsDouble(analysis);
        return digits == 0 && Double.isFinite(number) ? (Object) (long) number : rounded(number);
    }
}
