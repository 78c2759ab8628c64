// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.Decibels;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds narrow peaks that stay while the music changes.
 *
 * <p>Twice in 0.37 s the power of {@value #PER_OCTAVE} bands an octave from 100 Hz to 9 kHz becomes
 * a prominence: dB above the median of the octave around the band. A note has one while it sounds,
 * and leaves; a resonance colours whatever passes, also what sounds between the notes. So peaks are
 * looked for in what the bands keep: the mean of the 5th, 10th and 25th percentile of their
 * prominence over time. {@link RingEvidence} tells which of these peaks are rings.
 */
final class ResonanceSearch {
    static final int PER_OCTAVE = 48;

    /** Up to here the zoomed frames have the whole band. */
    private static final double MIDDLE_TO_HZ = 2_000.0;

    private static final double LOWEST_HZ = 100.0;
    private static final double HIGHEST_HZ = 9_000.0;

    /** Bands on either side whose median is the surroundings. */
    private static final int REACH = PER_OCTAVE / 2;

    /** Medians are taken at every fourth band; between them the surroundings are a line. */
    private static final int MEDIAN_STEP = 4;

    /** Bands on either side that may belong to the peak itself. */
    private static final int OWN = 4;

    /** A top is the highest within so many bands. */
    private static final int TOP_REACH = 3;

    /** -30 dB: quieter rows do not count. */
    private static final double GATE = 1e-3;

    private static final double SILENCE_DB = -300.0;

    /** A band stands out in a row with so much. */
    private static final double OUTSTANDING_DB = 3.0;

    private static final double STEPS_PER_DB = 2.0;

    /** The steady peak of a band is the mean of these percentiles of its prominence. */
    private static final double[] STEADY_PERCENTS = {5.0, 10.0, 25.0};

    /** A peak lower than this is not looked at. */
    private static final double LEAST_EXCESS_DB = 3.0;

    /** Narrower is a line, a note without end; the highest frames cannot tell. */
    private static final double HIGHEST_Q = 120.0;

    /** Part of the rows that are the loudest in an octave. */
    private static final double LOUD_PART = 0.2;

    private static final double CONCERT_PITCH_HZ = 440.0;
    private static final double SURROUNDINGS_STEPS_PER_DB = 10.0;

    /** 12 s: before that nothing has had time to change. */
    private static final double LEAST_SECONDS = 12.0;

    /** 25 minutes at first; then every other row is forgotten, and again. */
    private static final int MOST_ROWS = 8_192;

    /** More than that is the music itself. */
    private static final int MOST = 8;

    private final FineSpectrum fine;
    private final SpectralFrames top;
    private final double rowSeconds;
    private final double[] centresHz;
    private final boolean[] fromTop;
    private final int[] starts;
    private final double[][] shares;
    private final double[] middleBefore;
    private final double[] topBefore;
    private final double[] levels;
    private final double[] surroundings;
    private final double[] around = new double[2 * REACH + 1];

    /** Prominence by band in half decibels. */
    private final List<byte[]> rows = new ArrayList<>();

    /** Surroundings by every fourth band in tenths of a decibel. */
    private final List<short[]> backgrounds = new ArrayList<>();

    private final List<Double> powers = new ArrayList<>();
    private long topFramesBefore;
    private long frames;

    /** One frame of so many becomes a row. */
    private int stride = 1;

    ResonanceSearch(FineSpectrum fine, SpectralFrames top, int sampleRateHz) {
        this.fine = fine;
        this.top = top;
        Zoom middle = fine.middle();
        this.rowSeconds = middle.length() / 2.0 / middle.rateHz();
        double highest = Math.min(HIGHEST_HZ, 0.45 * sampleRateHz);
        int count =
                (int) (PER_OCTAVE * StrictMath.log(highest / LOWEST_HZ) / StrictMath.log(2.0)) + 1;
        this.centresHz = new double[count];
        this.fromTop = new boolean[count];
        this.starts = new int[count];
        this.shares = new double[count][];
        this.levels = new double[count];
        this.surroundings = new double[count];
        this.middleBefore = new double[middle.bins()];
        this.topBefore = new double[top.length() / 2 + 1];
        for (int g = 0; g < count; g++) {
            centresHz[g] = LOWEST_HZ * StrictMath.pow(2.0, (double) g / PER_OCTAVE);
            fromTop[g] = centresHz[g] >= MIDDLE_TO_HZ;
            share(g, fromTop[g] ? fine.topBinHz() : middle.binHz());
        }
    }

    private void share(int band, double binHz) {
        double half = StrictMath.pow(2.0, 0.5 / PER_OCTAVE);
        double from = centresHz[band] / half / binHz;
        double to = centresHz[band] * half / binHz;
        starts[band] = (int) (from + 0.5);
        shares[band] = new double[(int) (to + 0.5) - starts[band] + 1];
        for (int i = 0; i < shares[band].length; i++) {
            shares[band][i] = FineSpectrum.overlap(starts[band] + i, from, to);
        }
    }

    /** Hears that the middle level has one more frame. */
    void hear() {
        Zoom middle = fine.middle();
        long topFrames = Math.max(1, top.frames() - topFramesBefore);
        double total = 0.0;
        for (int g = 0; g < levels.length; g++) {
            double power = 0.0;
            for (int i = 0; i < shares[g].length; i++) {
                int k = starts[g] + i;
                power +=
                        fromTop[g]
                                ? shares[g][i] * (top.meanPower[k] - topBefore[k]) / topFrames
                                : shares[g][i] * (middle.sum(k) - middleBefore[k]);
            }
            total += power;
            // Rounding of the sums may leave less than nothing of silence.
            levels[g] = power > 0.0 ? Decibels.fromPower(power) : SILENCE_DB;
        }
        for (int k = 0; k < middleBefore.length; k++) {
            middleBefore[k] = middle.sum(k);
        }
        System.arraycopy(top.meanPower, 0, topBefore, 0, topBefore.length);
        topFramesBefore = top.frames();
        if (frames % stride == 0) {
            rows.add(prominence());
            backgrounds.add(background());
            powers.add(total);
        }
        frames++;
        if (rows.size() == MOST_ROWS) {
            for (int r = MOST_ROWS / 2 - 1; r >= 0; r--) {
                rows.remove(2 * r + 1);
                backgrounds.remove(2 * r + 1);
                powers.remove(2 * r + 1);
            }
            stride *= 2;
        }
    }

    /** Levels above the median of the octave around each band. */
    private byte[] prominence() {
        int last = levels.length - 1;
        for (int g = 0; g < levels.length + MEDIAN_STEP - 1; g += MEDIAN_STEP) {
            int at = Math.min(g, last);
            int from = Math.max(0, at - REACH);
            int to = Math.min(levels.length, at + REACH + 1);
            System.arraycopy(levels, from, around, 0, to - from);
            Arrays.sort(around, 0, to - from);
            surroundings[at] = around[(to - from) / 2];
            int before = Math.max(0, g - MEDIAN_STEP);
            for (int k = before + 1; k < at; k++) {
                double share = (double) (k - before) / (at - before);
                surroundings[k] =
                        surroundings[before] + share * (surroundings[at] - surroundings[before]);
            }
        }
        byte[] row = new byte[levels.length];
        for (int g = 0; g < row.length; g++) {
            double steps = Math.rint(STEPS_PER_DB * (levels[g] - surroundings[g]));
            row[g] = (byte) Math.max(Byte.MIN_VALUE, Math.min(Byte.MAX_VALUE, steps));
        }
        return row;
    }

    /** The surroundings as {@link #prominence} left them, at every fourth band. */
    private short[] background() {
        short[] background = new short[(levels.length - 1) / MEDIAN_STEP + 1];
        for (int k = 0; k < background.length; k++) {
            double steps = Math.rint(SURROUNDINGS_STEPS_PER_DB * surroundings[k * MEDIAN_STEP]);
            background[k] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, steps));
        }
        return background;
    }

    /** Resonances, the strongest first. */
    List<Resonance> resonances() {
        int[] sounding = sounding();
        if (sounding.length * stride * rowSeconds < LEAST_SECONDS) {
            return List.of();
        }
        Curves curves = curves(sounding);
        List<Resonance> resonances = new ArrayList<>();
        for (int g = TOP_REACH; g + TOP_REACH < levels.length; g++) {
            double excessDb = curves.steady[g] - median(curves.steady, g);
            if (!top(curves.steady, g) || excessDb < LEAST_EXCESS_DB) {
                continue;
            }
            double hz = topHz(curves.steady, g);
            double q = bins(hz).q(hz);
            boolean line = hz < FineSpectrum.UPPER_SPLIT_HZ && q > HIGHEST_Q;
            if (!line && evidence(curves, sounding, g, hz).ring()) {
                resonances.add(
                        new Resonance(hz, excessDb, q, curves.share[g], firstSeconds(sounding, g)));
            }
        }
        resonances.sort(Comparator.comparingDouble(Resonance::excessDb).reversed());
        return List.copyOf(resonances.subList(0, Math.min(MOST, resonances.size())));
    }

    /** Numbers of the rows that are loud enough. */
    private int[] sounding() {
        double loudest = 0.0;
        for (double power : powers) {
            loudest = Math.max(loudest, power);
        }
        double least = GATE * loudest;
        return IntStream.range(0, rows.size())
                .filter(r -> powers.get(r) > 0.0 && powers.get(r) >= least)
                .toArray();
    }

    /** What each band does over time, dB. */
    private record Curves(double[] steady, double[] middle, double[] swing, double[] share) {}

    private Curves curves(int[] sounding) {
        int count = levels.length;
        Curves curves =
                new Curves(
                        new double[count], new double[count], new double[count], new double[count]);
        float[] column = new float[sounding.length];
        for (int g = 0; g < count; g++) {
            int above = 0;
            for (int r = 0; r < column.length; r++) {
                column[r] = (float) (rows.get(sounding[r])[g] / STEPS_PER_DB);
                above += column[r] >= OUTSTANDING_DB ? 1 : 0;
            }
            Arrays.sort(column);
            for (double percent : STEADY_PERCENTS) {
                curves.steady[g] +=
                        Percentiles.of(column, column.length, percent) / STEADY_PERCENTS.length;
            }
            curves.middle[g] = Percentiles.of(column, column.length, 50.0);
            curves.swing[g] =
                    Percentiles.of(column, column.length, 90.0)
                            - Percentiles.of(column, column.length, 5.0);
            curves.share[g] = (double) above / column.length;
        }
        return curves;
    }

    /** All that tells a ring from a note, of one peak. */
    private RingEvidence evidence(Curves curves, int[] sounding, int g, double hz) {
        double[] steady = curves.steady;
        double usual = median(steady, g);
        double smooth = (steady[g - 1] + steady[g] + steady[g + 1]) / 3.0;
        double[] others = others(steady, g);
        Arrays.sort(others);
        double semitones = 12.0 * StrictMath.log(hz / CONCERT_PITCH_HZ) / StrictMath.log(2.0);
        return new RingEvidence(
                curves.middle[g] - median(curves.middle, g),
                median(curves.swing, g),
                Percentiles.of(others, 90.0) - Percentiles.of(others, 50.0),
                StrictMath.log(centresHz[g] / 1_000.0) / StrictMath.log(2.0),
                octaveDb(steady, g + PER_OCTAVE),
                steady[g] - Math.max(steady[g - 2], steady[g + 2]),
                loudContrastDb(sounding, g),
                smooth - usual,
                unevenDb(sounding, g),
                Math.abs(semitones - Math.rint(semitones)));
    }

    /** Bands of the octave around one that do not belong to its own peak. */
    private static double[] others(double[] values, int g) {
        int from = Math.max(0, g - REACH);
        int to = Math.min(values.length, g + REACH + 1);
        return IntStream.range(from, to)
                .filter(k -> Math.abs(k - g) > OWN)
                .mapToDouble(k -> values[k])
                .toArray();
    }

    /** Steady peak about a band; 0 where there is none to look at. */
    private double octaveDb(double[] steady, int g) {
        if (g + TOP_REACH > steady.length) {
            return 0.0;
        }
        double highest = Math.max(steady[g], Math.max(steady[g - 1], steady[g + 1]));
        return highest - median(steady, g);
    }

    /** Contrast of the mean prominence in the fifth of the rows whose surroundings are loudest. */
    private double loudContrastDb(int[] sounding, int g) {
        int[] loudest =
                Arrays.stream(sounding)
                        .boxed()
                        .sorted(Comparator.comparingDouble((Integer r) -> -backgroundDb(r, g)))
                        .limit(Math.max(10, (int) (LOUD_PART * sounding.length)))
                        .mapToInt(Integer::intValue)
                        .toArray();
        double[] means = new double[levels.length];
        for (int k = Math.max(0, g - REACH); k < Math.min(means.length, g + REACH + 1); k++) {
            for (int r : loudest) {
                means[k] += rows.get(r)[k] / STEPS_PER_DB / loudest.length;
            }
        }
        return means[g] - Arrays.stream(others(means, g)).max().orElse(0.0);
    }

    private double backgroundDb(int row, int g) {
        short[] background = backgrounds.get(row);
        int k = Math.min(g / MEDIAN_STEP, background.length - 1);
        int next = Math.min(k + 1, background.length - 1);
        double share = (double) (g - k * MEDIAN_STEP) / MEDIAN_STEP;
        return (background[k] + share * (background[next] - background[k]))
                / SURROUNDINGS_STEPS_PER_DB;
    }

    /** Median over the rows of how much the other bands of the octave stand out on average. */
    private double unevenDb(int[] sounding, int g) {
        int from = Math.max(0, g - REACH);
        int to = Math.min(levels.length, g + REACH + 1);
        double[] uneven = new double[sounding.length];
        for (int r = 0; r < uneven.length; r++) {
            byte[] row = rows.get(sounding[r]);
            int sum = 0;
            for (int k = from; k < to; k++) {
                sum += Math.abs(k - g) > TOP_REACH ? Math.max(0, row[k]) : 0;
            }
            uneven[r] = sum / STEPS_PER_DB / (to - from);
        }
        Arrays.sort(uneven);
        return uneven[uneven.length / 2];
    }

    private double firstSeconds(int[] sounding, int g) {
        int first = 0;
        while (first + 1 < sounding.length
                && rows.get(sounding[first])[g] < STEPS_PER_DB * OUTSTANDING_DB) {
            first++;
        }
        return sounding[first] * stride * rowSeconds;
    }

    private static boolean top(double[] steady, int g) {
        for (int k = g - TOP_REACH; k <= g + TOP_REACH; k++) {
            if (steady[k] > steady[g] || steady[k] == steady[g] && k < g) {
                return false;
            }
        }
        return true;
    }

    /** Between bands, by the parabola through three of them. */
    private double topHz(double[] steady, int g) {
        double bend = steady[g - 1] - 2.0 * steady[g] + steady[g + 1];
        double shift = bend < 0.0 ? 0.5 * (steady[g - 1] - steady[g + 1]) / bend : 0.0;
        return centresHz[g] * StrictMath.pow(2.0, shift / PER_OCTAVE);
    }

    /** Median within half an octave. */
    private double median(double[] values, int g) {
        int from = Math.max(0, g - REACH);
        int to = Math.min(values.length, g + REACH + 1);
        System.arraycopy(values, from, around, 0, to - from);
        Arrays.sort(around, 0, to - from);
        return around[(to - from) / 2];
    }

    /** Mean spectrum around a frequency, in the finest bins that reach there. */
    private MeanSpectrum bins(double hz) {
        if (hz >= FineSpectrum.UPPER_SPLIT_HZ) {
            double[] means = new double[top.length() / 2 + 1];
            for (int k = 0; k < means.length; k++) {
                means[k] = top.meanPower[k];
            }
            return new MeanSpectrum(means, fine.topBinHz());
        }
        Zoom zoom = hz < FineSpectrum.LOWER_SPLIT_HZ ? fine.low() : fine.middle();
        double[] sums = new double[zoom.bins()];
        for (int k = 0; k < sums.length; k++) {
            sums[k] = zoom.sum(k);
        }
        return new MeanSpectrum(sums, zoom.binHz());
    }
}
