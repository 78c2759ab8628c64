// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.premaster;

import org.lacquer.audio.Decibels;
import org.lacquer.audio.Fft;
import org.lacquer.training.faults.Draws;

import java.util.ArrayList;
import java.util.List;

/**
 * A tone control on one stem: a tilt around 800 Hz and Gaussian bells over the logarithm of
 * frequency, as one linear-phase FIR of 4,096 taps (windowed frequency sampling).
 *
 * @param tiltDbPerOctave bounded to ±9 dB in all
 */
public record StemEq(double tiltDbPerOctave, List<Bell> bells) {
    private static final int TAPS = 4_096;
    private static final double PIVOT_HZ = 800.0;
    private static final double MAX_TILT_DB = 9.0;

    /** One bell; at {@code widthOctaves} from its centre a 1/e of its gain is left. */
    public record Bell(double centreHz, double gainDb, double widthOctaves) {}

    public StemEq {
        bells = List.copyOf(bells);
    }

    /** Changes nothing. */
    static final StemEq NONE = new StemEq(0.0, List.of());

    static StemEq draw(Draws draws) {
        double tilt = draws.normal(0.0, 0.6);
        List<Bell> bells = new ArrayList<>();
        for (int i = draws.index(3); i > 0; i--) {
            double centreHz = draws.logUniform(90.0, 9_000.0);
            double gainDb = Math.max(-9.0, Math.min(9.0, draws.normal(0.0, 4.0)));
            bells.add(new Bell(centreHz, gainDb, draws.uniform(0.5, 1.5)));
        }
        return new StemEq(tilt, bells);
    }

    double gainDb(double hz) {
        double octaves = StrictMath.log(hz / PIVOT_HZ) / StrictMath.log(2.0);
        double sum = Math.max(-MAX_TILT_DB, Math.min(MAX_TILT_DB, tiltDbPerOctave * octaves));
        for (Bell bell : bells) {
            double x =
                    StrictMath.log(hz / bell.centreHz())
                            / StrictMath.log(2.0)
                            / bell.widthOctaves();
            sum += bell.gainDb() * StrictMath.exp(-x * x);
        }
        return sum;
    }

    float[][] apply(float[][] clip) {
        if (equals(NONE)) {
            return clip;
        }
        Convolver convolver = new Convolver(response());
        return new float[][] {
            convolver.apply(clip[0], TAPS / 2), convolver.apply(clip[1], TAPS / 2)
        };
    }

    private double[] response() {
        double[] data = new double[TAPS];
        data[0] = Decibels.toGain(gainDb(20.0));
        data[1] = Decibels.toGain(gainDb(Stem.RATE_HZ / 2.0));
        for (int k = 1; k < TAPS / 2; k++) {
            double hz = Math.max(20.0, (double) k * Stem.RATE_HZ / TAPS);
            data[2 * k] = Decibels.toGain(gainDb(hz));
        }
        new Fft(TAPS).inverse(data);
        double[] taps = new double[TAPS];
        for (int i = 0; i < TAPS; i++) {
            double window = 0.5 - 0.5 * StrictMath.cos(2.0 * StrictMath.PI * i / TAPS);
            taps[i] = window * data[(i + TAPS / 2) % TAPS];
        }
        return taps;
    }
}
