// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.Decibels;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Finds narrow peaks that stay while the music changes.
 *
 * <p>Twice in 0.37 s the power of {@value #PER_OCTAVE} bands an octave from 100 Hz to 9 kHz becomes
 * a prominence: dB above the median of the octave around the band. A note has one while it sounds,
 * and leaves; a resonance colours whatever passes, also what sounds between the notes. So the
 * prominence that a band has in all but {@value #LOW_PERCENT} % of the time is compared with that
 * of the strongest other band within half an octave: it must stand out from what the music's own
 * steadiest partials do. Limits were tuned on 30 training tracks with rings put into them.
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
    private static final double HALF_POWER_DB = 3.0103;

    /** A band stands out in a row with so much. */
    private static final double OUTSTANDING_DB = 3.0;

    /** Part of the rows in which a band may be without its prominence. */
    private static final double LOW_PERCENT = 5.0;

    private static final double STEPS_PER_DB = 2.0;

    /** Notes lie below, and some of them never end. */
    private static final double NOTES_TO_HZ = 1_250.0;

    private static final double LEAST_CONTRAST_DB = 2.5;
    private static final double LEAST_CONTRAST_AMONG_NOTES_DB = 4.0;
    private static final double LEAST_EXCESS_DB = 6.0;

    /** Nobody leaves a ring in a mix that is louder than this; it is a note. */
    private static final double MOST_EXCESS_DB = 18.0;

    /** Narrower is a line, a note without end; the highest frames cannot tell. */
    private static final double HIGHEST_Q = 120.0;

    private static final double CONCERT_PITCH_HZ = 440.0;
    private static final double IN_TUNE_SEMITONES = 0.12;
    private static final double NOTE_CONTRAST_DB = 8.0;

    /** Share of the time that few notes reach. */
    private static final double ALWAYS = 0.985;

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
            powers.add(total);
        }
        frames++;
        if (rows.size() == MOST_ROWS) {
            for (int r = MOST_ROWS / 2 - 1; r >= 0; r--) {
                rows.remove(2 * r + 1);
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

    /** Resonances, the strongest first. */
    List<Resonance> resonances() {
        List<byte[]> sounding = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        double loudest = 0.0;
        for (double power : powers) {
            loudest = Math.max(loudest, power);
        }
        for (int r = 0; r < rows.size(); r++) {
            if (powers.get(r) > 0.0 && powers.get(r) >= GATE * loudest) {
                sounding.add(rows.get(r));
                numbers.add(r);
            }
        }
        if (sounding.size() * stride * rowSeconds < LEAST_SECONDS) {
            return List.of();
        }
        double[] low = new double[levels.length];
        double[] share = new double[levels.length];
        float[] column = new float[sounding.size()];
        for (int g = 0; g < levels.length; g++) {
            int above = 0;
            for (int r = 0; r < column.length; r++) {
                column[r] = (float) (sounding.get(r)[g] / STEPS_PER_DB);
                above += column[r] >= OUTSTANDING_DB ? 1 : 0;
            }
            share[g] = (double) above / column.length;
            Arrays.sort(column);
            low[g] = Percentiles.of(column, column.length, LOW_PERCENT);
        }
        List<Resonance> resonances = new ArrayList<>();
        for (int g = TOP_REACH; g + TOP_REACH < levels.length; g++) {
            if (!top(low, g)) {
                continue;
            }
            double hz = topHz(low, g);
            double excessDb = low[g] - usualDb(low, g);
            boolean stands = excessDb >= LEAST_EXCESS_DB && excessDb <= MOST_EXCESS_DB;
            double q = bins(hz).q(hz);
            boolean line = hz < FineSpectrum.UPPER_SPLIT_HZ && q > HIGHEST_Q;
            if (!stands || line || contrastDb(low, g) < leastContrastDb(hz, share[g])) {
                continue;
            }
            int first = 0;
            while (first + 1 < column.length
                    && sounding.get(first)[g] < STEPS_PER_DB * OUTSTANDING_DB) {
                first++;
            }
            resonances.add(
                    new Resonance(
                            hz, excessDb, q, share[g], numbers.get(first) * stride * rowSeconds));
        }
        resonances.sort(Comparator.comparingDouble(Resonance::excessDb).reversed());
        return List.copyOf(resonances.subList(0, Math.min(MOST, resonances.size())));
    }

    private static boolean top(double[] low, int g) {
        for (int k = g - TOP_REACH; k <= g + TOP_REACH; k++) {
            if (low[k] > low[g] || low[k] == low[g] && k < g) {
                return false;
            }
        }
        return true;
    }

    /** Between bands, by the parabola through three of them. */
    private double topHz(double[] low, int g) {
        double bend = low[g - 1] - 2.0 * low[g] + low[g + 1];
        double shift = bend < 0.0 ? 0.5 * (low[g - 1] - low[g + 1]) / bend : 0.0;
        return centresHz[g] * StrictMath.pow(2.0, shift / PER_OCTAVE);
    }

    /** More is asked of what may be a note of the tempered scale: a drone, a pedal point. */
    private static double leastContrastDb(double hz, double share) {
        double semitones = 12.0 * StrictMath.log(hz / CONCERT_PITCH_HZ) / StrictMath.log(2.0);
        boolean inTune = Math.abs(semitones - Math.rint(semitones)) < IN_TUNE_SEMITONES;
        double least = hz < NOTES_TO_HZ ? LEAST_CONTRAST_AMONG_NOTES_DB : LEAST_CONTRAST_DB;
        return inTune && share < ALWAYS ? least + NOTE_CONTRAST_DB : least;
    }

    /** How far a band is above the strongest other within half an octave. */
    private static double contrastDb(double[] low, int g) {
        double other = Double.NEGATIVE_INFINITY;
        for (int k = Math.max(0, g - REACH); k < Math.min(low.length, g + REACH + 1); k++) {
            if (Math.abs(k - g) > OWN) {
                other = Math.max(other, low[k]);
            }
        }
        return low[g] - other;
    }

    /** Median within half an octave. */
    private double usualDb(double[] low, int g) {
        int from = Math.max(0, g - REACH);
        int to = Math.min(low.length, g + REACH + 1);
        System.arraycopy(low, from, around, 0, to - from);
        Arrays.sort(around, 0, to - from);
        return around[(to - from) / 2];
    }

    /** Mean spectrum around a frequency, in the finest bins that reach there. */
    private Bins bins(double hz) {
        if (hz >= FineSpectrum.UPPER_SPLIT_HZ) {
            double[] powers = new double[top.length() / 2 + 1];
            for (int k = 0; k < powers.length; k++) {
                powers[k] = top.meanPower[k];
            }
            return new Bins(powers, fine.topBinHz());
        }
        Zoom zoom = hz < FineSpectrum.LOWER_SPLIT_HZ ? fine.low() : fine.middle();
        double[] powers = new double[zoom.bins()];
        for (int k = 0; k < powers.length; k++) {
            powers[k] = zoom.sum(k);
        }
        return new Bins(powers, zoom.binHz());
    }

    /** A mean spectrum in which peaks are measured. */
    private static final class Bins {
        private final double[] powers;
        private final double binHz;

        Bins(double[] powers, double binHz) {
            this.powers = powers;
            this.binHz = binHz;
        }

        /** Frequency over width of the highest peak within a band's distance of a frequency. */
        double q(double hz) {
            double reach = StrictMath.pow(2.0, 1.0 / PER_OCTAVE);
            int from = (int) Math.round(hz / reach / binHz);
            int to = (int) Math.round(hz * reach / binHz);
            int highest = from;
            for (int k = from; k <= to; k++) {
                highest = powers[k] > powers[highest] ? k : highest;
            }
            double left = level(highest - 1);
            double middle = level(highest);
            double right = level(highest + 1);
            double bend = left - 2.0 * middle + right;
            double shift =
                    bend < 0.0 ? Math.max(-0.5, Math.min(0.5, 0.5 * (left - right) / bend)) : 0.0;
            double least = middle - 0.25 * (left - right) * shift - HALF_POWER_DB;
            double width = slope(highest, 1, least) - slope(highest, -1, least);
            return (highest + shift) / width;
        }

        /** Where the spectrum falls to a level on one side of a bin, within an octave. */
        private double slope(int top, int direction, double leastDb) {
            int k = top;
            while (2 * k > top && k < 2 * top && k + 1 < powers.length && level(k) > leastDb) {
                k += direction;
            }
            double outer = level(k);
            double inner = level(k - direction);
            return outer >= leastDb ? k : k - direction * (leastDb - outer) / (inner - outer);
        }

        private double level(int bin) {
            return powers[bin] > 0.0 ? Decibels.fromPower(powers[bin]) : SILENCE_DB;
        }
    }
}
