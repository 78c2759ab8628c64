// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import java.util.List;

/**
 * How left and right relate. NaN is undefined.
 *
 * @param correlation of left and right over the whole stream, -1 to 1
 * @param widthDb power of side over mid, gated, limited to ±40 dB
 * @param monoLossLu K-weighted loudness that (L + R) / 2 on both loudspeakers loses, gated
 * @param bands width and correlation in six groups of bands
 * @param mono the fold-down to mono, whole and over time
 * @param monoBands the same below 120 Hz, to 250 Hz, to 4 kHz, and above
 * @param channels balance, delay, polarity, dual mono, dead channel
 * @param verdict the worst of {@code findings}: fair for a warning, poor for a failure
 * @param findings what gets lost in mono, where and when, the gravest first
 */
public record StereoImage(
        double correlation,
        double widthDb,
        double monoLossLu,
        List<Band> bands,
        MonoFold mono,
        List<MonoFold> monoBands,
        ChannelRelation channels,
        Verdict verdict,
        List<Finding> findings) {

    /** Not measured, or nothing to measure. */
    public static final StereoImage NONE =
            new StereoImage(
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    List.of(),
                    MonoFold.none(0.0, Double.POSITIVE_INFINITY),
                    List.of(),
                    ChannelRelation.NONE,
                    Verdict.UNKNOWN,
                    List.of());

    /** Below this the channels cancel as a whole. */
    private static final double CANCELS = -0.8;

    public StereoImage {
        bands = List.copyOf(bands);
        monoBands = List.copyOf(monoBands);
        findings = List.copyOf(findings);
    }

    /** Whether left and right cancel as a whole, as they do with one channel inverted. */
    public boolean cancels() {
        return correlation < CANCELS || channels.polarityInverted();
    }

    /**
     * One group of third-octave bands, named by the centres of its lowest and highest.
     *
     * @param widthDb power of side over mid, limited to ±40 dB
     * @param correlation of left and right in the group, -1 to 1
     */
    public record Band(double lowHz, double highHz, double widthDb, double correlation) {}
}
