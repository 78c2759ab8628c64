// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.Decibels;
import org.lacquer.audio.StreamFormat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts a song where loudness or colour change.
 *
 * <p>Each half second is a vector: its K-weighted level in dB, and the levels of ten octaves less
 * that, weighted 0.3. The sections are those that minimise the squared distance of all vectors from
 * their section's mean, plus a penalty for each section: optimal partitioning (Jackson et al., "An
 * algorithm for optimal partitioning of data on an interval", IEEE Signal Processing Letters 12(2),
 * 2005, eq. 3). The penalty grows with the song's own restlessness from one half second to the
 * next, as in the Bayesian information criterion, so that drum beats are no sections.
 */
final class SectionMap {
    private static final double SHORTEST_SECONDS = 4.0;

    /** Longer sections are first cut, and then joined again if nothing changes there. */
    private static final double LONGEST_SECONDS = 120.0;

    /** Levels further below the loudest half second count as this. */
    private static final double FLOOR_DB = -40.0;

    private static final double COLOUR_WEIGHT = 0.3;

    /** Penalty in dB² for a song without any restlessness; 6 s that are 3 LU louder pay it. */
    private static final double LEAST_PENALTY = 60.0;

    private static final double RESTLESSNESS = 3.0;

    /** Median magnitude of the difference of two normal variates of unit variance. */
    private static final double MEDIAN_DIFFERENCE = 0.6745 * StrictMath.sqrt(2.0);

    private static final double LOUD_LU = -2.5;
    private static final double QUIET_LU = -7.0;
    private static final double PLACE_SHARE = 0.25;

    private static final int DIMENSIONS = 1 + SectionRows.OCTAVES;

    private final int count;

    /** Sums of the vectors before each row, and of their squared lengths. */
    private final double[][] sums = new double[DIMENSIONS][];

    private final double[] squares;
    private final double penalty;

    private SectionMap(double[][] vectors, int count) {
        this.count = count;
        this.squares = new double[count + 1];
        for (int d = 0; d < DIMENSIONS; d++) {
            sums[d] = new double[count + 1];
            for (int t = 0; t < count; t++) {
                sums[d][t + 1] = sums[d][t] + vectors[d][t];
                squares[t + 1] += vectors[d][t] * vectors[d][t];
            }
        }
        for (int t = 0; t < count; t++) {
            squares[t + 1] += squares[t];
        }
        double variance = 0.0;
        for (double[] series : vectors) {
            variance += variance(series);
        }
        this.penalty = LEAST_PENALTY + RESTLESSNESS * variance * StrictMath.log(count);
    }

    /** Sections of a stream; none when it is shorter than four seconds. */
    static List<Section> of(
            SectionRows rows, double[] hopEnergies, double durationSeconds, StreamFormat format) {
        int shortest = (int) Math.ceil(SHORTEST_SECONDS / rows.rowSeconds());
        if (rows.count() < shortest) {
            return List.of();
        }
        SectionMap map = new SectionMap(vectors(rows), rows.count());
        int longest = (int) (LONGEST_SECONDS / rows.rowSeconds());
        List<Integer> starts = map.joined(map.starts(shortest, longest));
        List<Section> sections = new ArrayList<>();
        for (int i = 0; i < starts.size(); i++) {
            boolean last = i + 1 == starts.size();
            double start = starts.get(i) * rows.rowSeconds();
            double end = last ? durationSeconds : starts.get(i + 1) * rows.rowSeconds();
            double loudness = loudness(hopEnergies, start, end, format);
            sections.add(
                    new Section(start, end, loudness, Section.Level.SILENT, Section.Place.BODY));
        }
        return placed(levelled(sections), durationSeconds);
    }

    private static double[][] vectors(SectionRows rows) {
        int count = rows.count();
        double loudest = 0.0;
        for (int t = 0; t < count; t++) {
            loudest = Math.max(loudest, rows.weightedPower(t));
        }
        double[][] vectors = new double[DIMENSIONS][count];
        double floor = loudest * Decibels.toPower(FLOOR_DB);
        for (int t = 0; t < count; t++) {
            double weighted = rows.weightedPower(t);
            if (weighted <= floor) {
                // Silence has no colour: it keeps the last one, so that only its level counts.
                for (int d = 0; t > 0 && d < DIMENSIONS; d++) {
                    vectors[d][t] = vectors[d][t - 1];
                }
                vectors[0][t] = loudest == 0.0 ? 0.0 : FLOOR_DB;
                continue;
            }
            vectors[0][t] = Decibels.fromPower(weighted / loudest);
            for (int o = 0; o < SectionRows.OCTAVES; o++) {
                double ratio =
                        Math.max(Decibels.toPower(FLOOR_DB), rows.octavePower(t, o) / weighted);
                vectors[1 + o][t] = COLOUR_WEIGHT * Decibels.fromPower(ratio);
            }
        }
        return vectors;
    }

    /** Variance of a series about its own slow course, from its differences; robust. */
    private static double variance(double[] series) {
        if (series.length < 2) {
            return 0.0;
        }
        double[] differences = new double[series.length - 1];
        for (int t = 0; t < differences.length; t++) {
            differences[t] = Math.abs(series[t + 1] - series[t]);
        }
        Arrays.sort(differences);
        double deviation = differences[differences.length / 2] / MEDIAN_DIFFERENCE;
        return deviation * deviation;
    }

    /** Squared distance of the rows from their mean. */
    private double cost(int from, int to) {
        double square = 0.0;
        for (double[] sum : sums) {
            double s = sum[to] - sum[from];
            square += s * s;
        }
        return Math.max(0.0, squares[to] - squares[from] - square / (to - from));
    }

    /** First rows of the best sections of a length between the two bounds. */
    private List<Integer> starts(int shortest, int longest) {
        double[] best = new double[count + 1];
        int[] start = new int[count + 1];
        Arrays.fill(best, Double.POSITIVE_INFINITY);
        best[0] = 0.0;
        for (int end = shortest; end <= count; end++) {
            for (int from = Math.max(0, end - longest); from <= end - shortest; from++) {
                if (best[from] == Double.POSITIVE_INFINITY) {
                    continue;
                }
                double sum = best[from] + cost(from, end) + penalty;
                if (sum < best[end]) {
                    best[end] = sum;
                    start[end] = from;
                }
            }
        }
        List<Integer> starts = new ArrayList<>();
        for (int end = count; end > 0; end = start[end]) {
            starts.addFirst(start[end]);
        }
        return starts;
    }

    /** Leaves out the cuts that cost more than they save. */
    private List<Integer> joined(List<Integer> starts) {
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < starts.size(); i++) {
            int cut = starts.get(i);
            if (kept.isEmpty()) {
                kept.add(cut);
                continue;
            }
            int from = kept.getLast();
            int to = i + 1 < starts.size() ? starts.get(i + 1) : count;
            double saved = cost(from, to) - cost(from, cut) - cost(cut, to);
            if (saved >= penalty) {
                kept.add(cut);
            }
        }
        return kept;
    }

    private static double loudness(
            double[] hopEnergies, double startSeconds, double endSeconds, StreamFormat format) {
        int from = (int) Math.round(startSeconds * Hops.PER_SECOND);
        int to = Math.min(hopEnergies.length, (int) Math.round(endSeconds * Hops.PER_SECOND));
        double sum = 0.0;
        for (int h = from; h < to; h++) {
            sum += hopEnergies[h];
        }
        int rate = format.sampleRateHz();
        long frames = Hops.startFrame(to, rate) - Hops.startFrame(from, rate);
        return sum > 0.0 ? Bs1770.loudness(sum / frames) : Double.NaN;
    }

    private static List<Section> levelled(List<Section> sections) {
        double loudest = Double.NEGATIVE_INFINITY;
        for (Section section : sections) {
            if (section.loudnessLufs() > loudest) {
                loudest = section.loudnessLufs();
            }
        }
        List<Section> levelled = new ArrayList<>();
        for (Section section : sections) {
            levelled.add(
                    new Section(
                            section.startSeconds(),
                            section.endSeconds(),
                            section.loudnessLufs(),
                            level(section.loudnessLufs(), loudest),
                            Section.Place.BODY));
        }
        return levelled;
    }

    private static Section.Level level(double loudness, double loudest) {
        if (!(loudness > Bs1770.ABSOLUTE_GATE_LUFS)) {
            return Section.Level.SILENT;
        }
        if (loudness >= loudest + LOUD_LU) {
            return Section.Level.LOUD;
        }
        return loudness >= loudest + QUIET_LU ? Section.Level.MEDIUM : Section.Level.QUIET;
    }

    private static List<Section> placed(List<Section> sections, double durationSeconds) {
        int firstLoud = 0;
        while (firstLoud < sections.size()
                && sections.get(firstLoud).level() != Section.Level.LOUD) {
            firstLoud++;
        }
        int lastLoud = sections.size() - 1;
        while (lastLoud >= 0 && sections.get(lastLoud).level() != Section.Level.LOUD) {
            lastLoud--;
        }
        List<Section> placed = new ArrayList<>();
        for (int i = 0; i < sections.size(); i++) {
            Section s = sections.get(i);
            boolean intro = i < firstLoud && s.endSeconds() <= PLACE_SHARE * durationSeconds;
            boolean outro =
                    i > lastLoud && s.startSeconds() >= (1.0 - PLACE_SHARE) * durationSeconds;
            // Without a loud section nothing leads to one.
            boolean none = lastLoud < 0;
            placed.add(
                    new Section(
                            s.startSeconds(),
                            s.endSeconds(),
                            s.loudnessLufs(),
                            s.level(),
                            none || !(intro || outro)
                                    ? Section.Place.BODY
                                    : intro ? Section.Place.INTRO : Section.Place.OUTRO));
        }
        return placed;
    }
}
