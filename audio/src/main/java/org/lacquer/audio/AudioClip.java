// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

/** A short piece of audio held whole in memory, for excerpts, examples and tests. */
public final class AudioClip {
    private final StreamFormat format;
    private final float[][] samples;

    /** Takes the arrays over without a copy; all must have one length. */
    public AudioClip(int sampleRateHz, float[]... samples) {
        this.format = new StreamFormat(sampleRateHz, samples.length);
        for (float[] channel : samples) {
            Require.that(channel.length == samples[0].length, "channels must have equal lengths");
        }
        this.samples = samples;
    }

    public StreamFormat format() {
        return format;
    }

    public int frames() {
        return samples[0].length;
    }

    /** The clip's own array, not a copy. */
    public float[] channel(int index) {
        return samples[index];
    }

    /** A new reader from the first frame. Any number may be open at once. */
    public AudioSource source() {
        return new AudioSource() {
            private int position;

            @Override
            public StreamFormat format() {
                return format;
            }

            @Override
            public int read(AudioBlock block) {
                int count = Math.min(block.capacity(), frames() - position);
                block.setFrames(count);
                for (int c = 0; c < samples.length; c++) {
                    System.arraycopy(samples[c], position, block.channel(c), 0, count);
                }
                position += count;
                return count;
            }

            @Override
            public void close() {}
        };
    }
}
