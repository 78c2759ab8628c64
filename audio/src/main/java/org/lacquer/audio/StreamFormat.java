// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

/** Sample rate and channel count of a stream. */
public record StreamFormat(int sampleRateHz, int channels) {
    /** Lowest supported rate. */
    public static final int MIN_RATE_HZ = 8_000;

    /** Highest supported rate. */
    public static final int MAX_RATE_HZ = 384_000;

    public StreamFormat {
        Require.inRange("sampleRateHz", sampleRateHz, MIN_RATE_HZ, MAX_RATE_HZ, "Hz");
        Require.inRange("channels", channels, 1, 64, "");
    }

    public StreamFormat withSampleRateHz(int value) {
        return new StreamFormat(value, channels);
    }

    /** Frames nearest to a time. */
    public long framesOf(double seconds) {
        return Math.round(seconds * sampleRateHz);
    }

    /** Time of a frame count. */
    public double secondsOf(long frames) {
        return (double) frames / sampleRateHz;
    }
}
