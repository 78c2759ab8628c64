// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.StreamFormat;

import java.util.Arrays;
import java.util.function.Function;

/**
 * Reads peaks, makes a gain of them, and applies it to the audio delayed by as much as that took.
 *
 * <p>Fully linked channels share one gain. Otherwise each has its own, made from its own peak moved
 * towards the highest of all channels by the share of the link; since that is never below its own
 * peak, the ceiling holds at every link.
 */
final class LimiterPass implements LimiterStep {
    private final LinkedGain[] gains;
    private final double link;
    private final double drive;
    private final double limit;
    private final FrameDelay delay;
    private final int latency;

    /**
     * @param gain makes a gain for channels of a format
     * @param link 0 to 1
     */
    LimiterPass(
            Function<StreamFormat, LinkedGain> gain,
            double drive,
            double ceiling,
            double link,
            StreamFormat format) {
        int channels = format.channels();
        boolean shared = link == 1.0 || channels == 1;
        StreamFormat group = new StreamFormat(format.sampleRateHz(), shared ? channels : 1);
        this.gains = new LinkedGain[shared ? 1 : channels];
        Arrays.setAll(gains, g -> gain.apply(group));
        this.link = link;
        this.drive = drive;
        this.limit = ceiling / drive;
        this.latency = gains[0].latencyFrames();
        this.delay = new FrameDelay(channels, latency);
    }

    @Override
    public int latencyFrames() {
        return latency;
    }

    @Override
    public void process(AudioBlock block, int start, int count) {
        int channelsOfGain = block.channels() / gains.length;
        for (int g = 0; g < gains.length; g++) {
            gains[g].read(block, g, start, count);
        }
        if (gains.length > 1 && link > 0.0) {
            linkPeaks(count);
        }
        for (int g = 0; g < gains.length; g++) {
            boolean acts = gains[g].turn(limit, drive, count);
            for (int c = g; c < g + channelsOfGain; c++) {
                float[] samples = block.channel(c);
                delay.process(c, samples, start, count);
                if (acts) {
                    double[] factors = gains[g].gains();
                    for (int i = 0; i < count; i++) {
                        samples[start + i] = (float) (samples[start + i] * factors[i]);
                    }
                }
            }
        }
    }

    private void linkPeaks(int count) {
        for (int i = 0; i < count; i++) {
            double highest = 0.0;
            for (LinkedGain gain : gains) {
                highest = Math.max(highest, gain.peaks()[i]);
            }
            for (LinkedGain gain : gains) {
                gain.peaks()[i] += link * (highest - gain.peaks()[i]);
            }
        }
    }

    /** Of the channel that was turned down most. */
    GainReduction reduction() {
        GainReduction most = gains[0].reduction();
        for (LinkedGain gain : gains) {
            GainReduction result = gain.reduction();
            most = result.meanDb() > most.meanDb() ? result : most;
        }
        return most;
    }

    @Override
    public void reset() {
        for (LinkedGain gain : gains) {
            gain.reset();
        }
        delay.reset();
    }
}
