// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.duplicates;

import org.lacquer.audio.AudioClip;
import org.lacquer.audio.Fft;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What a track sounds like, in 32 bits every 23 ms: {@code F(n, m) = 1} where {@code E(n, m) - E(n,
 * m + 1) > E(n - 1, m) - E(n - 1, m + 1)}, E being the energy of band m of 33 between 300 and 2000
 * Hz, wide alike in octaves, in a window of 0.37 s.
 *
 * <p>Source: J. Haitsma, T. Kalker, "A Highly Robust Audio Fingerprinting System", ISMIR 2002,
 * equation (1) and section 4.2; there a frame comes every 11.6 ms. Of what a codec, an equaliser or
 * a limiter does most signs remain, and a gain changes none. Another speed or another take changes
 * half of them.
 */
final class Fingerprint {
    /** Bits of a frame. */
    static final int BITS = 32;

    /** Counts up with every change of the bits. */
    static final int VERSION = 1;

    private static final int WINDOW = 2_048;
    private static final int HOP = 128;
    private static final double LOWEST_HZ = 300.0;
    private static final double HIGHEST_HZ = 2_000.0;

    /** Against the mean of the track: what lies below is noise of an encoder, or nothing. */
    private static final double SILENCE = 1e-5;

    private final int[] bits;
    private final boolean[] sounding;

    private Fingerprint(int[] bits, boolean[] sounding) {
        this.bits = bits;
        this.sounding = sounding;
    }

    /** Of a whole clip; frames without sound are marked. */
    static Fingerprint of(AudioClip clip) {
        float[] audio = Decimator.middle(clip);
        int frames = Math.max(0, (audio.length - WINDOW) / HOP);
        int[] bits = new int[frames];
        double[] energies = new double[frames];
        double[] window = window();
        int[] edges = edges();
        Fft fft = new Fft(WINDOW);
        double[] data = new double[WINDOW];
        double[] powers = new double[WINDOW / 2 + 1];
        double[] before = new double[BITS + 1];
        double[] bands = new double[BITS + 1];
        for (int n = 0; n <= frames && audio.length >= WINDOW; n++) {
            for (int i = 0; i < WINDOW; i++) {
                data[i] = window[i] * audio[n * HOP + i];
            }
            fft.forward(data);
            fft.powers(data, powers);
            for (int m = 0; m <= BITS; m++) {
                bands[m] = 0.0;
                for (int k = edges[m]; k < edges[m + 1]; k++) {
                    bands[m] += powers[k];
                }
            }
            if (n > 0) {
                bits[n - 1] = bits(before, bands);
                energies[n - 1] = Arrays.stream(bands).sum();
            }
            System.arraycopy(bands, 0, before, 0, bands.length);
        }
        double mean = Arrays.stream(energies).average().orElse(0.0);
        boolean[] sounding = new boolean[frames];
        for (int n = 0; n < frames; n++) {
            sounding[n] = energies[n] > SILENCE * mean;
        }
        return new Fingerprint(bits, sounding);
    }

    private static int bits(double[] before, double[] now) {
        int bits = 0;
        for (int m = 0; m < BITS; m++) {
            if (now[m] - now[m + 1] > before[m] - before[m + 1]) {
                bits |= 1 << m;
            }
        }
        return bits;
    }

    /** Seconds between frames. */
    static double hopSeconds() {
        return (double) HOP / Decimator.RATE_HZ;
    }

    int frames() {
        return bits.length;
    }

    int bits(int frame) {
        return bits[frame];
    }

    boolean sounding(int frame) {
        return sounding[frame];
    }

    /** Frames with sound. */
    int soundingFrames() {
        int count = 0;
        for (boolean one : sounding) {
            count += one ? 1 : 0;
        }
        return count;
    }

    /** The fingerprint as {@link #ofBytes} reads it. */
    byte[] toBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(5 * bits.length);
        for (int n = 0; n < bits.length; n++) {
            bytes.putInt(bits[n]).put((byte) (sounding[n] ? 1 : 0));
        }
        return bytes.array();
    }

    static Fingerprint ofBytes(byte[] bytes) {
        ByteBuffer data = ByteBuffer.wrap(bytes);
        int frames = bytes.length / 5;
        int[] bits = new int[frames];
        boolean[] sounding = new boolean[frames];
        for (int n = 0; n < frames; n++) {
            bits[n] = data.getInt();
            sounding[n] = data.get() != 0;
        }
        return new Fingerprint(bits, sounding);
    }

    private static double[] window() {
        double[] window = new double[WINDOW];
        for (int i = 0; i < WINDOW; i++) {
            window[i] = 0.5 - 0.5 * StrictMath.cos(2.0 * StrictMath.PI * i / WINDOW);
        }
        return window;
    }

    /** First bins of the bands, and the end of the last. */
    private static int[] edges() {
        int[] edges = new int[BITS + 2];
        for (int m = 0; m < edges.length; m++) {
            double part = (double) m / (BITS + 1);
            double hz = LOWEST_HZ * StrictMath.pow(HIGHEST_HZ / LOWEST_HZ, part);
            edges[m] = (int) Math.round(hz * WINDOW / Decimator.RATE_HZ);
        }
        return edges;
    }
}
