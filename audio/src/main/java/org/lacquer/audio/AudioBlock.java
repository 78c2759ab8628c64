// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

import java.util.Arrays;

/**
 * A reusable stretch of planar audio: {@code channel(c)[0 .. frames)}, full scale ±1.
 *
 * <p>The arrays are the block's own storage, handed out for speed: whoever holds a block may write
 * to it.
 */
public final class AudioBlock {
    private final float[][] samples;
    private final int capacity;
    private int frames;

    /** A silent, empty block with room for {@code capacity} frames. */
    public AudioBlock(int channels, int capacity) {
        this.samples = new float[channels][capacity];
        this.capacity = capacity;
    }

    private AudioBlock(float[][] samples) {
        this.samples = samples;
        this.capacity = samples[0].length;
        this.frames = capacity;
    }

    /** A full block over existing arrays of equal length, not copied. */
    public static AudioBlock wrap(float[]... channels) {
        for (float[] channel : channels) {
            Require.that(channel.length == channels[0].length, "channels must have equal lengths");
        }
        return new AudioBlock(channels);
    }

    public int channels() {
        return samples.length;
    }

    public int capacity() {
        return capacity;
    }

    /** Frames in use, from index 0. */
    public int frames() {
        return frames;
    }

    public void setFrames(int value) {
        frames = Require.inRange("frames", value, 0, capacity, "");
    }

    /** The samples of one channel; only the first {@link #frames()} count. */
    public float[] channel(int index) {
        return samples[index];
    }

    /** Sets every frame in use to silence. */
    public void clear() {
        for (float[] channel : samples) {
            Arrays.fill(channel, 0, frames, 0f);
        }
    }

    /** Makes this block equal to {@code count} frames of {@code source} from {@code offset}. */
    public void copyFrom(AudioBlock source, int offset, int count) {
        setFrames(count);
        for (int c = 0; c < samples.length; c++) {
            System.arraycopy(source.samples[c], offset, samples[c], 0, count);
        }
    }
}
