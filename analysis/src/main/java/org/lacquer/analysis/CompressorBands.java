// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import java.util.List;

/**
 * What a three-band compressor would see: levels of the bands below 180 Hz, between, and above 3200
 * Hz, behind fourth-order Linkwitz-Riley crossovers.
 *
 * <p>The detector follows p = (L² + R²) / 2 by {@code e += c (p - e)}, where c = 1 - exp(-1 / (t ·
 * rate)) with the attack time while p exceeds e and the release time otherwise: 20 and 200 ms
 * below, 12 and 140 ms between, 5 and 90 ms above. It is read at the end of every stretch of {@code
 * stepFrames}.
 */
public final class CompressorBands {
    static final int BANDS = 3;

    /** Where the bands meet. */
    public static final List<Double> CROSSOVERS_HZ = List.of(180.0, 3_200.0);

    /** Attack times from the low to the high band. */
    public static final List<Double> ATTACKS_MS = List.of(20.0, 12.0, 5.0);

    /** Release times from the low to the high band. */
    public static final List<Double> RELEASES_MS = List.of(200.0, 140.0, 90.0);

    private final LinkwitzRiley low;
    private final LinkwitzRiley midHighPass;
    private final LinkwitzRiley midLowPass;
    private final LinkwitzRiley high;
    private final double[] left;
    private final double[] right;
    private final double[] leftBand;
    private final double[] rightBand;
    private final double[] attack = new double[BANDS];
    private final double[] release = new double[BANDS];
    private final double[] envelopes = new double[BANDS];
    private final double[] powers = new double[BANDS];
    private final double[] peakSquares = new double[BANDS];

    CompressorBands(int sampleRateHz, int stepFrames) {
        this.low = LinkwitzRiley.lowPass(CROSSOVERS_HZ.getFirst(), sampleRateHz);
        this.midHighPass = LinkwitzRiley.highPass(CROSSOVERS_HZ.getFirst(), sampleRateHz);
        this.midLowPass = LinkwitzRiley.lowPass(CROSSOVERS_HZ.getLast(), sampleRateHz);
        this.high = LinkwitzRiley.highPass(CROSSOVERS_HZ.getLast(), sampleRateHz);
        this.left = new double[stepFrames];
        this.right = new double[stepFrames];
        this.leftBand = new double[stepFrames];
        this.rightBand = new double[stepFrames];
        for (int b = 0; b < BANDS; b++) {
            attack[b] = coefficient(ATTACKS_MS.get(b), sampleRateHz);
            release[b] = coefficient(RELEASES_MS.get(b), sampleRateHz);
        }
    }

    /** Hears one whole step. */
    void step(float[] leftSamples, float[] rightSamples, int offset) {
        int count = left.length;
        for (int i = 0; i < count; i++) {
            left[i] = leftSamples[offset + i];
            right[i] = rightSamples[offset + i];
        }
        low.process(left, right, leftBand, rightBand, count);
        detect(0);
        high.process(left, right, leftBand, rightBand, count);
        detect(2);
        midHighPass.process(left, right, leftBand, rightBand, count);
        midLowPass.process(leftBand, rightBand, leftBand, rightBand, count);
        detect(1);
        low.flush();
        high.flush();
        midHighPass.flush();
        midLowPass.flush();
    }

    /** Detector of a band at the end of the last step, as a power. */
    double envelope(int band) {
        return envelopes[band];
    }

    /** Mean of (L² + R²) / 2 of a band in the last step. */
    double power(int band) {
        return powers[band];
    }

    /** Largest sample of a band so far. */
    double peak(int band) {
        return Math.sqrt(peakSquares[band]);
    }

    private void detect(int band) {
        double rise = attack[band];
        double fall = release[band];
        double envelope = envelopes[band];
        double peak = peakSquares[band];
        double sum = 0.0;
        for (int i = 0; i < leftBand.length; i++) {
            double l = leftBand[i] * leftBand[i];
            double r = rightBand[i] * rightBand[i];
            double power = 0.5 * (l + r);
            double difference = power - envelope;
            envelope += (difference > 0.0 ? rise : fall) * difference;
            sum += power;
            if (l > peak) {
                peak = l;
            }
            if (r > peak) {
                peak = r;
            }
        }
        envelopes[band] = envelope < 1e-200 ? 0.0 : envelope;
        peakSquares[band] = peak;
        powers[band] = sum / leftBand.length;
    }

    private static double coefficient(double milliseconds, double sampleRateHz) {
        return 1.0 - StrictMath.exp(-1000.0 / (milliseconds * sampleRateHz));
    }
}
