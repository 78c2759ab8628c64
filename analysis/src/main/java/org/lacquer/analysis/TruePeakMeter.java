// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioSink;
import org.lacquer.audio.Decibels;
import org.lacquer.audio.StreamFormat;

/**
 * True peak by channel: the largest magnitude on a grid of 32 points a frame, interpolated with
 * {@link TruePeakInterpolator}, with silence before the first and after the last sample. Never
 * below the sample peak; at most 0.011 dB below the continuous signal. ITU-R BS.1770-5, Annex 2,
 * allows this in place of its example filter.
 *
 * <p>Equal to the exhaustive reading of all 32 points, but computes most of them only where the
 * peak can lie (see {@link PeakSearch}). Samples that are not finite count as silence. Not
 * thread-safe.
 */
public final class TruePeakMeter implements AudioSink {
    private final StreamFormat format;
    private final PeakSearch[] channels;
    private boolean finished;

    public TruePeakMeter(StreamFormat format) {
        this.format = format;
        this.channels = new PeakSearch[format.channels()];
        for (int c = 0; c < channels.length; c++) {
            channels[c] = new PeakSearch(format.sampleRateHz());
        }
    }

    /**
     * @throws IllegalStateException after {@link #finish()}
     */
    @Override
    public void write(AudioBlock block) {
        writeFinite(FiniteSamples.of(block));
    }

    /** For callers who know that all samples are finite. */
    void writeFinite(AudioBlock finite) {
        if (finished) {
            throw new IllegalStateException("the meter is finished");
        }
        for (int c = 0; c < channels.length; c++) {
            channels[c].write(finite.channel(c), finite.frames());
        }
    }

    /** Ends the stream; readings before it miss up to 1,151 frames. More calls change nothing. */
    public void finish() {
        if (!finished) {
            finished = true;
            for (PeakSearch channel : channels) {
                channel.finish();
            }
        }
    }

    /** Largest magnitude of a channel, linear. */
    public double truePeak(int channel) {
        return channels[channel].peak();
    }

    /** Largest magnitude of all channels, linear. */
    public double truePeak() {
        double largest = 0.0;
        for (PeakSearch channel : channels) {
            largest = Math.max(largest, channel.peak());
        }
        return largest;
    }

    /** True peak of a channel; NaN for digital silence. */
    public double truePeakDbtp(int channel) {
        return decibels(truePeak(channel));
    }

    /** True peak of all channels; NaN for digital silence. */
    public double truePeakDbtp() {
        return decibels(truePeak());
    }

    /** Largest sample of a channel, linear. */
    public double samplePeak(int channel) {
        return channels[channel].samplePeak();
    }

    /** Frame of a channel's true peak, to 1/32; NaN for digital silence. */
    public double peakFrame(int channel) {
        PeakSearch search = channels[channel];
        return search.peak() == 0f
                ? Double.NaN
                : (double) search.peakPosition() / TruePeakInterpolator.OVERSAMPLING;
    }

    /** Time of a channel's true peak; NaN for digital silence. */
    public double peakSeconds(int channel) {
        return peakFrame(channel) / format.sampleRateHz();
    }

    /** Largest sample of all channels, linear. */
    double samplePeak() {
        double largest = 0.0;
        for (PeakSearch channel : channels) {
            largest = Math.max(largest, channel.samplePeak());
        }
        return largest;
    }

    /** Time of the highest true peak of all channels; NaN for digital silence. */
    double peakSeconds() {
        int highest = 0;
        for (int c = 1; c < channels.length; c++) {
            if (channels[c].peak() > channels[highest].peak()) {
                highest = c;
            }
        }
        return peakSeconds(highest);
    }

    /**
     * Largest magnitude of all channels in 100 ms number {@code index}, on a grid of two points a
     * frame.
     */
    float tenthPeak(int index) {
        float largest = 0f;
        for (PeakSearch channel : channels) {
            float[] tenths = channel.tenths();
            largest = Math.max(largest, index < tenths.length ? tenths[index] : 0f);
        }
        return largest;
    }

    static double decibels(double linear) {
        return linear == 0.0 ? Double.NaN : Decibels.fromGain(linear);
    }
}
