// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

/**
 * About 100 ms of a stream, cut into ten hops of about 10 ms, each of seven segments. Only the last
 * chunk of a stream may be shorter.
 *
 * <p>Chunks always begin at multiples of their length, so what is measured on them cannot depend on
 * the blocks in which a stream arrives.
 */
final class Chunk {
    static final int HOPS = 10;
    static final int SEGMENTS = 7;
    private static final double SEGMENTS_PER_SECOND = 700.0;

    final int segmentFrames;
    final int hopFrames;
    final float[][] samples;

    /** Largest sample by channel and hop; of the last hop only what there is. */
    final float[][] peaks;

    /** Sum of squares by channel and hop. */
    final double[][] energies;

    long firstFrame;
    int frames;

    Chunk(int sampleRateHz, int channels) {
        this.segmentFrames = Math.max(1, (int) Math.round(sampleRateHz / SEGMENTS_PER_SECOND));
        this.hopFrames = segmentFrames * SEGMENTS;
        this.samples = new float[channels][hopFrames * HOPS];
        this.peaks = new float[channels][HOPS];
        this.energies = new double[channels][HOPS];
    }

    int capacity() {
        return hopFrames * HOPS;
    }

    int channels() {
        return samples.length;
    }

    /** Hops begun. */
    int hops() {
        return (frames + hopFrames - 1) / hopFrames;
    }

    int hopEnd(int hop) {
        return Math.min(frames, (hop + 1) * hopFrames);
    }

    /** Sum of squares of a channel. */
    double energy(int channel) {
        double sum = 0.0;
        for (int h = 0; h < hops(); h++) {
            sum += energies[channel][h];
        }
        return sum;
    }

    /** Fills peaks and energies. */
    void measure() {
        for (int c = 0; c < samples.length; c++) {
            for (int h = 0; h < hops(); h++) {
                peaks[c][h] = largest(samples[c], h * hopFrames, hopEnd(h));
                energies[c][h] = energy(samples[c], h * hopFrames, hopEnd(h));
            }
        }
    }

    private static float largest(float[] samples, int from, int to) {
        float largest = 0f;
        for (int i = from; i < to; i++) {
            largest = Math.max(largest, Math.abs(samples[i]));
        }
        return largest;
    }

    /** Four sums side by side, since one alone waits for every addition. */
    private static double energy(float[] samples, int from, int to) {
        double a = 0.0;
        double b = 0.0;
        double c = 0.0;
        double d = 0.0;
        int i = from;
        for (; i + 3 < to; i += 4) {
            a += (double) samples[i] * samples[i];
            b += (double) samples[i + 1] * samples[i + 1];
            c += (double) samples[i + 2] * samples[i + 2];
            d += (double) samples[i + 3] * samples[i + 3];
        }
        for (; i < to; i++) {
            a += (double) samples[i] * samples[i];
        }
        return (a + b) + (c + d);
    }
}
