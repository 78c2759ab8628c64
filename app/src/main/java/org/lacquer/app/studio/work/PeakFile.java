// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.work;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioSink;
import org.lacquer.audio.StreamFormat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Lowest and highest samples of short stretches, for drawing a waveform at three zooms. The format
 * is in the API's description.
 */
final class PeakFile implements AudioSink {
    /** Frames of a stretch; each is eight of the one before. */
    static final int[] FRAMES_PER_PEAK = {128, 1_024, 8_192};

    private static final int HEADER_BYTES = 24;
    private static final double FULL_SCALE = 32_767.0;

    private final StreamFormat format;
    private final int width;
    private short[] values = new short[1 << 14];
    private int used;
    private final float[] lowest;
    private final float[] highest;
    private int filled;
    private long frames;

    PeakFile(StreamFormat format) {
        this.format = format;
        this.width = 2 * format.channels();
        this.lowest = new float[format.channels()];
        this.highest = new float[format.channels()];
        clear();
    }

    @Override
    public void write(AudioBlock block) {
        int done = 0;
        while (done < block.frames()) {
            int count = Math.min(block.frames() - done, FRAMES_PER_PEAK[0] - filled);
            for (int c = 0; c < lowest.length; c++) {
                float[] samples = block.channel(c);
                float low = lowest[c];
                float high = highest[c];
                for (int i = done; i < done + count; i++) {
                    low = Math.min(low, samples[i]);
                    high = Math.max(high, samples[i]);
                }
                lowest[c] = low;
                highest[c] = high;
            }
            done += count;
            filled += count;
            frames += count;
            if (filled == FRAMES_PER_PEAK[0]) {
                push();
            }
        }
    }

    /** Writes {@code peaks-128.bin} and so on. */
    void save(Path folder) throws IOException {
        if (filled > 0) {
            push();
        }
        short[] level = Arrays.copyOf(values, used);
        for (int framesPerPeak : FRAMES_PER_PEAK) {
            if (framesPerPeak != FRAMES_PER_PEAK[0]) {
                level = coarser(level);
            }
            Files.write(folder.resolve(name(framesPerPeak)), bytes(level, framesPerPeak));
        }
    }

    static String name(int framesPerPeak) {
        return "peaks-" + framesPerPeak + ".bin";
    }

    private void push() {
        if (used + width > values.length) {
            values = Arrays.copyOf(values, values.length * 2);
        }
        for (int c = 0; c < lowest.length; c++) {
            values[used++] = code(lowest[c]);
            values[used++] = code(highest[c]);
        }
        clear();
    }

    private void clear() {
        Arrays.fill(lowest, Float.POSITIVE_INFINITY);
        Arrays.fill(highest, Float.NEGATIVE_INFINITY);
        filled = 0;
    }

    private static short code(float sample) {
        return (short) Math.rint(Math.max(-1.0, Math.min(1.0, sample)) * FULL_SCALE);
    }

    /** Eight stretches become one. */
    private short[] coarser(short[] fine) {
        int peaks = fine.length / width;
        int fewer = (peaks + 7) / 8;
        short[] coarse = new short[fewer * width];
        for (int peak = 0; peak < fewer; peak++) {
            for (int k = 0; k < width; k++) {
                short value = fine[peak * 8 * width + k];
                for (int part = peak * 8; part < Math.min(peaks, peak * 8 + 8); part++) {
                    short other = fine[part * width + k];
                    value =
                            k % 2 == 0
                                    ? (short) Math.min(value, other)
                                    : (short) Math.max(value, other);
                }
                coarse[peak * width + k] = value;
            }
        }
        return coarse;
    }

    private byte[] bytes(short[] level, int framesPerPeak) {
        ByteBuffer bytes =
                ByteBuffer.allocate(HEADER_BYTES + level.length * Short.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) 'L').put((byte) 'P').put((byte) 'K').put((byte) '1');
        bytes.putInt(format.channels())
                .putInt(format.sampleRateHz())
                .putInt(framesPerPeak)
                .putInt(level.length / width)
                .putInt((int) frames);
        bytes.asShortBuffer().put(level);
        return bytes.array();
    }
}
