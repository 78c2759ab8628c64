// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.Decibels;
import org.lacquer.audio.StreamFormat;

import java.util.Arrays;
import java.util.List;

/**
 * Holds the side signal back, band by band, so that no stretch of 3 s loses more than a gate when
 * both channels are summed.
 *
 * <p>A band with mid energy M and side energy S loses 10 log10(1 + S / M) dB in mono. With w the
 * windows of {@value #WINDOW_HOPS} hops and c = 10^(gate/10) - 1:
 *
 * <pre>
 * a[w] = min(1, √(c M[w] / S[w]))       what window w allows
 * f[j] = min a[w] over all w that hold hop j
 * g    = straight lines over hop j from min(f[j-1], f[j]) to min(f[j], f[j+1])
 * </pre>
 *
 * <p>Since g is at most a[w] wherever w reaches, the energies of window w obey the gate exactly; no
 * gain jumps. The mid signal passes the all-passes that the bands amount to. Latency: {@value
 * #LATENCY_HOPS} hops of 50 ms.
 */
final class MonoLossGuard {
    static final List<Double> CROSSOVERS_HZ = List.of(120.0, 250.0, 4_000.0);

    /** Largest loss by band: what a report warns of. */
    static final List<Double> GATES_DB = List.of(1.0, 1.5, 2.5, 4.0);

    private static final double HOP_SECONDS = 0.05;
    private static final int WINDOW_HOPS = 60;
    private static final int LATENCY_HOPS = WINDOW_HOPS + 1;

    private final int hop;
    private final int latency;
    private final BandSplitter splitter;
    private final double[] limits;

    /** bands[band][0]: mid; bands[band][1]: side. */
    private final double[][][] bands;

    private final double[] midDelay;
    private final double[][] sideDelays;
    private final double[] midEnergy;
    private final double[] sideEnergy;

    /** By band, the last hops in a ring. */
    private final double[][] midHops;

    private final double[][] sideHops;
    private final double[][] allowed;

    /** f of the hop before the one that is played, of that one, and of the next. */
    private final double[][] gains;

    private int delayPosition;
    private int phase;
    private int ring;

    MonoLossGuard(StreamFormat format) {
        List<Double> crossoversHz = BandSplitter.fitting(CROSSOVERS_HZ, format.sampleRateHz());
        int count = crossoversHz.size() + 1;
        this.hop = (int) format.framesOf(HOP_SECONDS);
        this.latency = latencyFrames(format);
        this.splitter = new BandSplitter(crossoversHz, format);
        this.limits = new double[count];
        for (int b = 0; b < count; b++) {
            limits[b] = Decibels.toPower(GATES_DB.get(b)) - 1.0;
        }
        this.bands = new double[count][2][BandChain.CHUNK];
        this.midDelay = new double[latency];
        this.sideDelays = new double[count][latency];
        this.midEnergy = new double[count];
        this.sideEnergy = new double[count];
        this.midHops = new double[count][WINDOW_HOPS];
        this.sideHops = new double[count][WINDOW_HOPS];
        this.allowed = new double[count][WINDOW_HOPS];
        this.gains = new double[count][3];
        reset();
    }

    static int latencyFrames(StreamFormat format) {
        return LATENCY_HOPS * (int) format.framesOf(HOP_SECONDS);
    }

    /** Works in place, {@link #latencyFrames} late. */
    void process(double[] mid, double[] side, int count) {
        double[][] top = bands[bands.length - 1];
        System.arraycopy(mid, 0, top[0], 0, count);
        System.arraycopy(side, 0, top[1], 0, count);
        splitter.split(bands, count);
        for (int i = 0; i < count; i++) {
            next(mid, side, i);
            phase++;
            delayPosition = delayPosition + 1 == latency ? 0 : delayPosition + 1;
            if (phase == hop) {
                phase = 0;
                finishHop();
            }
        }
    }

    private void next(double[] mid, double[] side, int i) {
        double course = (phase + 1.0) / hop;
        double midSum = 0.0;
        double sideSum = 0.0;
        for (int b = 0; b < bands.length; b++) {
            double m = bands[b][0][i];
            double s = bands[b][1][i];
            midEnergy[b] += m * m;
            sideEnergy[b] += s * s;
            midSum += m;
            double[] f = gains[b];
            double from = Math.min(f[0], f[1]);
            double to = Math.min(f[1], f[2]);
            sideSum += (from + course * (to - from)) * sideDelays[b][delayPosition];
            sideDelays[b][delayPosition] = s;
        }
        mid[i] = midDelay[delayPosition];
        midDelay[delayPosition] = midSum;
        side[i] = sideSum;
    }

    private void finishHop() {
        for (int b = 0; b < bands.length; b++) {
            midHops[b][ring] = midEnergy[b];
            sideHops[b][ring] = sideEnergy[b];
            midEnergy[b] = 0.0;
            sideEnergy[b] = 0.0;
            double mids = 0.0;
            double sides = 0.0;
            for (int k = 0; k < WINDOW_HOPS; k++) {
                mids += midHops[b][k];
                sides += sideHops[b][k];
            }
            double most = limits[b] * mids;
            allowed[b][ring] = sides > most ? Math.sqrt(most / sides) : 1.0;
            double least = 1.0;
            for (int k = 0; k < WINDOW_HOPS; k++) {
                least = Math.min(least, allowed[b][k]);
            }
            gains[b][0] = gains[b][1];
            gains[b][1] = gains[b][2];
            gains[b][2] = least;
        }
        ring = ring + 1 == WINDOW_HOPS ? 0 : ring + 1;
    }

    /** To be called on a fixed grid of frames. */
    void flush() {
        splitter.flush();
    }

    void reset() {
        splitter.reset();
        Arrays.fill(midDelay, 0.0);
        Arrays.fill(midEnergy, 0.0);
        Arrays.fill(sideEnergy, 0.0);
        for (int b = 0; b < bands.length; b++) {
            Arrays.fill(sideDelays[b], 0.0);
            Arrays.fill(midHops[b], 0.0);
            Arrays.fill(sideHops[b], 0.0);
            Arrays.fill(allowed[b], 1.0);
            Arrays.fill(gains[b], 1.0);
        }
        delayPosition = 0;
        phase = 0;
        ring = 0;
    }
}
