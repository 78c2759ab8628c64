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
 * <p>Every 1.5 s the power of {@value #PER_OCTAVE} bands an octave from 80 Hz to 12 kHz becomes an
 * excess: dB above the median of the octave around the band. A note gives an excess while it
 * sounds, and harmony moves on; a resonance colours whatever passes.
 */
final class ResonanceSearch {
    static final int PER_OCTAVE = 24;

    private static final double LOWEST_HZ = 80.0;
    private static final double HIGHEST_HZ = 12_000.0;
    private static final int FRAMES_A_ROW = 8;

    /** Bands on either side whose median is the surroundings. */
    private static final int REACH = PER_OCTAVE / 2;

    /** -30 dB: quieter rows do not count. */
    private static final double GATE = 1e-3;

    private static final double SILENCE_DB = -300.0;
    private static final double HALF_POWER_DB = 3.0103;

    /** A band stands out in a row with so much. */
    private static final double OUTSTANDING_DB = 3.0;

    private static final double LEAST_EXCESS_DB = 5.0;
    private static final double LEAST_SHARE = 0.8;

    /**
     * A steady note is a line, 1.4 bins wide at half power behind the window; a peak that narrow
     * may be one.
     */
    private static final double LEAST_WIDTH_BINS = 4.0;

    /** Narrower than half a semitone: a note with some vibrato. */
    private static final double HIGHEST_Q = 30.0;

    /** 12 s: before that nothing has had time to change. */
    private static final int LEAST_ROWS = 8;

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
    private final double[] around = new double[2 * REACH + 1];

    /** Excess by band. */
    private final List<float[]> rows = new ArrayList<>();

    private final List<Double> powers = new ArrayList<>();
    private long topFramesBefore;
    private int frames;

    ResonanceSearch(FineSpectrum fine, SpectralFrames top, int sampleRateHz) {
        this.fine = fine;
        this.top = top;
        Zoom middle = fine.middle();
        this.rowSeconds = FRAMES_A_ROW * middle.length() / 2.0 / middle.rateHz();
        double highest = Math.min(HIGHEST_HZ, 0.45 * sampleRateHz);
        int count =
                (int) (PER_OCTAVE * StrictMath.log(highest / LOWEST_HZ) / StrictMath.log(2.0)) + 1;
        this.centresHz = new double[count];
        this.fromTop = new boolean[count];
        this.starts = new int[count];
        this.shares = new double[count][];
        this.levels = new double[count];
        this.middleBefore = new double[middle.bins()];
        this.topBefore = new double[top.length() / 2 + 1];
        for (int g = 0; g < count; g++) {
            centresHz[g] = LOWEST_HZ * StrictMath.pow(2.0, (double) g / PER_OCTAVE);
            fromTop[g] = centresHz[g] >= FineSpectrum.UPPER_SPLIT_HZ;
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
        frames++;
        if (frames == FRAMES_A_ROW) {
            frames = 0;
            endRow();
        }
    }

    private void endRow() {
        Zoom middle = fine.middle();
        long topFrames = top.frames() - topFramesBefore;
        double total = 0.0;
        for (int g = 0; g < levels.length; g++) {
            double power = 0.0;
            for (int i = 0; i < shares[g].length; i++) {
                int k = starts[g] + i;
                power +=
                        fromTop[g]
                                ? shares[g][i] * (top.meanPower[k] - topBefore[k]) / topFrames
                                : shares[g][i] * (middle.sum(k) - middleBefore[k]) / FRAMES_A_ROW;
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
        rows.add(excess());
        powers.add(total);
    }

    /** Levels above the median of the octave around each band. */
    private float[] excess() {
        float[] excess = new float[levels.length];
        for (int g = 0; g < levels.length; g++) {
            int from = Math.max(0, g - REACH);
            int to = Math.min(levels.length, g + REACH + 1);
            System.arraycopy(levels, from, around, 0, to - from);
            Arrays.sort(around, 0, to - from);
            excess[g] = (float) (levels[g] - around[(to - from) / 2]);
        }
        return excess;
    }

    /** Resonances, the strongest first. */
    List<Resonance> resonances() {
        List<float[]> sounding = new ArrayList<>();
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
        if (sounding.size() < LEAST_ROWS) {
            return List.of();
        }
        double[] median = new double[levels.length];
        double[] share = new double[levels.length];
        float[] column = new float[sounding.size()];
        for (int g = 0; g < levels.length; g++) {
            int above = 0;
            for (int r = 0; r < column.length; r++) {
                column[r] = sounding.get(r)[g];
                above += column[r] >= OUTSTANDING_DB ? 1 : 0;
            }
            share[g] = (double) above / column.length;
            Arrays.sort(column);
            median[g] = Percentiles.of(column, column.length, 50.0);
        }
        List<Resonance> resonances = new ArrayList<>();
        for (int g = 1; g + 1 < levels.length; g++) {
            if (median[g] < LEAST_EXCESS_DB
                    || share[g] < LEAST_SHARE
                    || median[g] < median[g - 1]
                    || median[g] <= median[g + 1]) {
                continue;
            }
            int first = 0;
            while (sounding.get(first)[g] < OUTSTANDING_DB) {
                first++;
            }
            Bins bins = bins(centresHz[g]);
            Resonance found =
                    bins.peak(centresHz[g], median[g], share[g], numbers.get(first) * rowSeconds);
            if (found.q() <= HIGHEST_Q
                    && found.frequencyHz() / found.q() >= LEAST_WIDTH_BINS * bins.binHz) {
                resonances.add(found);
            }
        }
        resonances.sort(Comparator.comparingDouble(Resonance::excessDb).reversed());
        return List.copyOf(resonances.subList(0, Math.min(MOST, resonances.size())));
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

        /** Frequency and width of the highest peak within a band's distance of a frequency. */
        Resonance peak(double hz, double excessDb, double share, double firstSeconds) {
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
            double place = highest + shift;
            return new Resonance(place * binHz, excessDb, place / width, share, firstSeconds);
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
