// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioSource;
import org.lacquer.audio.AudioSpool;
import org.lacquer.audio.StreamFormat;

import java.io.IOException;
import java.util.Arrays;

/**
 * A recording moved onto the clock of another: as many frames as the other has, silence where there
 * is nothing, between the samples by a windowed sine cardinal ({@value #TAPS} taps, four-term
 * window of F. J. Harris, "On the Use of Windows for Harmonic Analysis", 1978, table 1: side lobes
 * at -92 dB). A recording that only needs to be shifted by whole frames comes back bit for bit.
 */
final class AlignedSource implements AudioSource {
    private static final int TAPS = 64;
    private static final int PHASES = 512;
    private static final double[] TABLE = table();
    private static final int FETCH = 16_384;

    private final AudioSpool audio;
    private final Alignment alignment;
    private final long frames;
    private final AudioBlock fetched;
    private long fetchedStart;
    private long position;

    /**
     * @param frames length of the result
     */
    AlignedSource(AudioSpool audio, Alignment alignment, long frames) {
        this.audio = audio;
        this.alignment = alignment;
        this.frames = frames;
        this.fetched = new AudioBlock(audio.format().channels(), FETCH);
        this.fetched.setFrames(0);
    }

    @Override
    public StreamFormat format() {
        return audio.format();
    }

    @Override
    public int read(AudioBlock block) throws IOException {
        int count = (int) Math.min(block.capacity(), frames - position);
        block.setFrames(count);
        for (int done = 0; done < count; ) {
            int part = Math.min(count - done, FETCH / 2);
            if (alignment.whole()) {
                copy(block, done, part);
            } else {
                interpolate(block, done, part);
            }
            done += part;
            position += part;
        }
        if (alignment.inverted()) {
            invert(block);
        }
        return count;
    }

    @Override
    public void close() {}

    private void copy(AudioBlock block, int at, int count) throws IOException {
        long from = position + Math.round(alignment.offsetFrames());
        fetch(from, from + count);
        int start = (int) (from - fetchedStart);
        for (int c = 0; c < block.channels(); c++) {
            System.arraycopy(fetched.channel(c), start, block.channel(c), at, count);
        }
    }

    private void interpolate(AudioBlock block, int at, int count) throws IOException {
        long from = (long) Math.floor(alignment.at(position)) - TAPS / 2;
        long end = (long) Math.floor(alignment.at(position + count)) + TAPS;
        fetch(from, end);
        for (int i = 0; i < count; i++) {
            double place = alignment.at(position + i);
            double floor = Math.floor(place);
            int first = (int) ((long) floor - TAPS / 2 + 1 - fetchedStart);
            double phase = (place - floor) * PHASES;
            int row = (int) phase;
            double share = phase - row;
            for (int c = 0; c < block.channels(); c++) {
                float[] samples = fetched.channel(c);
                double sum = 0.0;
                for (int t = 0; t < TAPS; t++) {
                    double low = TABLE[row * TAPS + t];
                    double tap = low + share * (TABLE[(row + 1) * TAPS + t] - low);
                    sum += tap * samples[first + t];
                }
                block.channel(c)[at + i] = (float) sum;
            }
        }
    }

    /** Frames from to end, exclusive; silence outside of the recording. */
    private void fetch(long from, long end) throws IOException {
        fetchedStart = from;
        int length = (int) (end - from);
        fetched.setFrames(length);
        for (int c = 0; c < fetched.channels(); c++) {
            Arrays.fill(fetched.channel(c), 0, length, 0f);
        }
        long first = Math.max(0, from);
        long last = Math.min(audio.frames(), end);
        if (last <= first) {
            return;
        }
        AudioBlock part = new AudioBlock(fetched.channels(), (int) (last - first));
        try (AudioSource source = audio.source(first, last)) {
            source.read(part);
        }
        for (int c = 0; c < fetched.channels(); c++) {
            System.arraycopy(
                    part.channel(c), 0, fetched.channel(c), (int) (first - from), part.frames());
        }
    }

    private static void invert(AudioBlock block) {
        for (int c = 0; c < block.channels(); c++) {
            float[] samples = block.channel(c);
            for (int i = 0; i < block.frames(); i++) {
                samples[i] = -samples[i];
            }
        }
    }

    /**
     * Row p holds the taps for a place p / PHASES after its frame; the last row repeats the next.
     */
    private static double[] table() {
        double[] table = new double[(PHASES + 1) * TAPS];
        for (int p = 0; p <= PHASES; p++) {
            double sum = 0.0;
            for (int t = 0; t < TAPS; t++) {
                double x = t - (TAPS / 2 - 1) - (double) p / PHASES;
                double turn = StrictMath.PI * (1.0 + x / (TAPS / 2.0));
                double window =
                        0.35875
                                - 0.48829 * StrictMath.cos(turn)
                                + 0.14128 * StrictMath.cos(2.0 * turn)
                                - 0.01168 * StrictMath.cos(3.0 * turn);
                double angle = StrictMath.PI * x;
                double sinc = x == 0.0 ? 1.0 : StrictMath.sin(angle) / angle;
                table[p * TAPS + t] = sinc * window;
                sum += sinc * window;
            }
            for (int t = 0; t < TAPS; t++) {
                table[p * TAPS + t] /= sum;
            }
        }
        return table;
    }
}
