// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.StreamFormat;

import java.util.Arrays;

/**
 * How much of each peak is bass: 1 where a low tone makes it, 0 where an attack does.
 *
 * <p>Bass is what four running means leave ({@link BassMono} has their response), 6 dB down at
 * {@value #CORNER_HZ} Hz and in line with the audio; it is computed once for every few frames. The
 * share is a straight line in the ratio of bass to peak, from {@value #ATTACK_RATIO} to {@value
 * #BASS_RATIO}. Of several channels the largest magnitude counts, as in {@link PeakEnvelope}.
 *
 * <p>The three figures were tuned on 31 songs at -9 and -12 LUFS for the least log-spectral
 * distance to the mix with which bass tones up to 150 Hz are left alone by short dips.
 */
final class BassShare {
    private static final double CORNER_HZ = 250.0;
    private static final double ATTACK_RATIO = 0.45;
    private static final double BASS_RATIO = 0.75;
    private static final int MEANS = 4;

    /** Rate at which bass is computed, or somewhat more. */
    private static final int BASS_RATE_HZ = 5_500;

    private final RunningMean[][] means;
    private final int groupFrames;
    private final double[] groupSums;
    private final double[] heldBasses;
    private final double[] basses;
    private final ValueDelay bassDelay;
    private final ValueDelay peakDelay;
    private final int latency;
    private int inGroup;

    /**
     * @param format of the channels that share a peak
     * @param peakLatency frames by which the peaks are late
     */
    BassShare(StreamFormat format, int peakLatency, int maxFrames) {
        int channels = format.channels();
        this.groupFrames = Math.max(1, format.sampleRateHz() / BASS_RATE_HZ);
        int length = BassMono.length(CORNER_HZ, format.sampleRateHz() / groupFrames);
        this.means = new RunningMean[channels][MEANS];
        for (RunningMean[] ofChannel : means) {
            Arrays.setAll(ofChannel, k -> new RunningMean(length));
        }
        // A group is complete after its last frame, and its value stands for the next group.
        int bassLatency = groupFrames * (MEANS / 2 * (length - 1) + 1);
        this.latency = Math.max(bassLatency, peakLatency);
        this.groupSums = new double[channels];
        this.heldBasses = new double[channels];
        this.basses = new double[maxFrames];
        this.bassDelay = new ValueDelay(latency - bassLatency, 0.0, maxFrames);
        this.peakDelay = new ValueDelay(latency - peakLatency, 0.0, maxFrames);
    }

    /** Frames between audio and the peaks and shares that come of it. */
    int latencyFrames() {
        return latency;
    }

    /** The share of a peak with so much bass in it. */
    static double of(double bass, double peak) {
        double share = (bass - ATTACK_RATIO * peak) / ((BASS_RATIO - ATTACK_RATIO) * peak);
        return peak > 0.0 ? Math.max(0.0, Math.min(1.0, share)) : 0.0;
    }

    /** Replaces the peaks of the block by those that the shares belong to. */
    void process(
            AudioBlock block,
            int firstChannel,
            int start,
            int count,
            double[] peaks,
            double[] shares) {
        basses(block, firstChannel, start, count);
        peakDelay.process(peaks, count);
        for (int i = 0; i < count; i++) {
            shares[i] = of(basses[i], peaks[i]);
        }
    }

    /** Magnitudes of the bass, {@link #latencyFrames} late; overwritten by the next call. */
    double[] basses(AudioBlock block, int firstChannel, int start, int count) {
        Arrays.fill(basses, 0, count, 0.0);
        int next = inGroup;
        for (int c = 0; c < means.length; c++) {
            next = basses(block.channel(firstChannel + c), start, count, c);
        }
        inGroup = next;
        bassDelay.process(basses, count);
        return basses;
    }

    private int basses(float[] samples, int start, int count, int channel) {
        int position = inGroup;
        int done = 0;
        while (done < count) {
            int end = Math.min(count, done + groupFrames - position);
            double sum = groupSums[channel];
            double held = heldBasses[channel];
            position += end - done;
            for (; done < end; done++) {
                sum += samples[start + done];
                basses[done] = Math.max(basses[done], held);
            }
            groupSums[channel] = sum;
            if (position == groupFrames) {
                position = 0;
                endGroup(channel);
            }
        }
        return position;
    }

    private void endGroup(int channel) {
        double bass = groupSums[channel] / groupFrames;
        for (RunningMean mean : means[channel]) {
            bass = mean.next(bass);
        }
        heldBasses[channel] = Math.abs(bass);
        groupSums[channel] = 0.0;
    }

    void reset() {
        for (RunningMean[] ofChannel : means) {
            for (RunningMean mean : ofChannel) {
                mean.reset();
            }
        }
        Arrays.fill(groupSums, 0.0);
        Arrays.fill(heldBasses, 0.0);
        bassDelay.reset();
        peakDelay.reset();
        inGroup = 0;
    }
}
