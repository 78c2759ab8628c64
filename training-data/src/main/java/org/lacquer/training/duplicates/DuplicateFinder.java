// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.duplicates;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Finds pairs of tracks that hold the same sound.
 *
 * <p>As in Haitsma and Kalker (2002), section 5: frames of two tracks that are equal to the last
 * bit vote for a distance in time; the distances with the most votes are tried, and blocks of 3 s
 * are compared bit by bit. A block agrees below a bit error rate of 0.35 (their section 4.3). Cost:
 * sorting all frames, for 780 tracks some seconds.
 */
final class DuplicateFinder {
    private static final int BLOCK_FRAMES = 128;
    private static final double AGREES = 0.35;

    /** Frames that so many have say nothing: a held tone, a drum sample. */
    private static final int MOST_EQUAL = 64;

    private static final int FEWEST_VOTES = 4;
    private static final int DISTANCES_TRIED = 8;

    private final List<Fingerprint> tracks;

    DuplicateFinder(List<Fingerprint> tracks) {
        this.tracks = List.copyOf(tracks);
    }

    /**
     * Pairs that share sound, the largest share first.
     *
     * @param least share of the shorter track that must agree
     */
    List<SameRecording> pairs(double least) {
        long[] votes = votes();
        Arrays.sort(votes);
        List<SameRecording> found = new ArrayList<>();
        int from = 0;
        while (from < votes.length) {
            int to = from;
            while (to < votes.length && votes[to] >>> 32 == votes[from] >>> 32) {
                to++;
            }
            int pair = (int) (votes[from] >>> 32);
            best(pair / tracks.size(), pair % tracks.size(), votes, from, to)
                    .filter(one -> one.share() >= least)
                    .ifPresent(found::add);
            from = to;
        }
        found.sort(
                Comparator.comparingDouble(SameRecording::share)
                        .reversed()
                        .thenComparingInt(SameRecording::first)
                        .thenComparingInt(SameRecording::second));
        return found;
    }

    /** For each two equal frames of two tracks: the pair above, the distance below. */
    private long[] votes() {
        long[] frames = framesByBits();
        int[] owners = new int[frames.length];
        int[] starts = new int[tracks.size()];
        int next = 0;
        for (int t = 0; t < tracks.size(); t++) {
            starts[t] = next;
            next += tracks.get(t).frames();
        }
        long[] votes = new long[1 << 16];
        int count = 0;
        int from = 0;
        while (from < frames.length) {
            int to = from;
            while (to < frames.length && frames[to] >>> 32 == frames[from] >>> 32) {
                owners[to] = owner(starts, (int) frames[to]);
                to++;
            }
            for (int a = from; a < to && to - from <= MOST_EQUAL; a++) {
                for (int b = a + 1; b < to; b++) {
                    if (owners[a] != owners[b]) {
                        int first = (int) frames[a] - starts[owners[a]];
                        int second = (int) frames[b] - starts[owners[b]];
                        if (count == votes.length) {
                            votes = Arrays.copyOf(votes, 2 * count);
                        }
                        long pair = (long) owners[a] * tracks.size() + owners[b];
                        // Shifted by half of the range, so that distances sort as numbers.
                        votes[count++] = pair << 32 | (second - first) + (1L << 31);
                    }
                }
            }
            from = to;
        }
        return Arrays.copyOf(votes, count);
    }

    /** All frames with sound: bits above, number among all frames of all tracks below. */
    private long[] framesByBits() {
        long[] frames = new long[tracks.stream().mapToInt(Fingerprint::soundingFrames).sum()];
        int count = 0;
        int number = 0;
        for (Fingerprint track : tracks) {
            for (int n = 0; n < track.frames(); n++, number++) {
                if (track.sounding(n)) {
                    frames[count++] = (long) track.bits(n) << 32 | number;
                }
            }
        }
        Arrays.sort(frames);
        return frames;
    }

    private static int owner(int[] starts, int number) {
        int at = Arrays.binarySearch(starts, number);
        if (at < 0) {
            return -at - 2;
        }
        // Tracks without a frame start where the next one does.
        while (at + 1 < starts.length && starts[at + 1] == number) {
            at++;
        }
        return at;
    }

    /** The best of the distances that most frames vote for, for one and the next together. */
    private Optional<SameRecording> best(int first, int second, long[] votes, int from, int to) {
        List<long[]> distances = new ArrayList<>();
        int a = from;
        while (a < to) {
            int b = a;
            while (b < to && votes[b] - votes[a] <= 1) {
                b++;
            }
            if (b - a >= FEWEST_VOTES) {
                distances.add(new long[] {b - a, (votes[a] & 0xffffffffL) - (1L << 31)});
            }
            while (a + 1 < to && votes[a + 1] == votes[a]) {
                a++;
            }
            a++;
        }
        distances.sort(
                Comparator.<long[]>comparingLong(one -> -one[0]).thenComparingLong(one -> one[1]));
        return distances.stream()
                .limit(DISTANCES_TRIED)
                .flatMap(one -> IntStream.of((int) one[1], (int) one[1] + 1).boxed())
                .map(distance -> at(first, second, distance))
                .max(Comparator.comparingDouble(DuplicateFinder::beyondChance));
    }

    /** Bits that agree more often than by chance, of those of the shorter track. */
    private static double beyondChance(SameRecording pair) {
        return pair.share() * (1.0 - 2.0 * pair.bitErrorRate());
    }

    /** Compared block by block at a distance. */
    private SameRecording at(int first, int second, int distance) {
        Fingerprint a = tracks.get(first);
        Fingerprint b = tracks.get(second);
        long agreeing = 0;
        long wrong = 0;
        int frames = 0;
        int errors = 0;
        int end = Math.min(a.frames(), b.frames() - distance);
        for (int n = Math.max(0, -distance); n < end; n++) {
            if (a.sounding(n) && b.sounding(n + distance)) {
                errors += Integer.bitCount(a.bits(n) ^ b.bits(n + distance));
                frames++;
            }
            if (frames == BLOCK_FRAMES) {
                if (errors < AGREES * frames * Fingerprint.BITS) {
                    agreeing += frames;
                    wrong += errors;
                }
                frames = 0;
                errors = 0;
            }
        }
        int shorter = Math.min(a.soundingFrames(), b.soundingFrames());
        return new SameRecording(
                first,
                second,
                distance * Fingerprint.hopSeconds(),
                agreeing == 0 ? 1.0 : (double) wrong / (agreeing * Fingerprint.BITS),
                agreeing == 0 ? 0.0 : (double) agreeing / shorter);
    }
}
