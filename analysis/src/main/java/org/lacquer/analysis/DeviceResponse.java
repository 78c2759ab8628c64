// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.BiquadCoefficients;

import java.util.Arrays;
import java.util.List;

/** Power responses of a {@link DeviceModel} from the coefficients that also filter audio. */
final class DeviceResponse {
    private DeviceResponse() {}

    /** Squared magnitude for the mid signal at one frequency, without the level gain. */
    static double power(DeviceModel model, double frequencyHz, double sampleRateHz) {
        double power = 1.0;
        for (BiquadCoefficients section : model.filters(sampleRateHz)) {
            power *= section.powerAt(frequencyHz, sampleRateHz);
        }
        DeviceModel.Cabin cabin = model.cabin();
        if (cabin == null) {
            return power;
        }
        double w = 2.0 * StrictMath.PI * frequencyHz / sampleRateHz;
        double re = 0.0;
        double im = 0.0;
        for (int i = 0; i < cabin.gains().size(); i++) {
            double angle = w * cabin.delayFrames(i, sampleRateHz);
            re += cabin.gains().get(i) * StrictMath.cos(angle);
            im -= cabin.gains().get(i) * StrictMath.sin(angle);
        }
        return power
                * withCopies(
                        cabin.filter(sampleRateHz),
                        re,
                        im,
                        StrictMath.cos(w),
                        StrictMath.sin(w),
                        StrictMath.cos(2.0 * w),
                        StrictMath.sin(2.0 * w));
    }

    /** Squared magnitude for side over that for mid. */
    static double sidePower(DeviceModel model, double frequencyHz, double sampleRateHz) {
        double power = model.sideGain() * model.sideGain();
        for (BiquadCoefficients section : model.sideFilters(sampleRateHz)) {
            power *= section.powerAt(frequencyHz, sampleRateHz);
        }
        return power;
    }

    /**
     * Squared magnitudes for mid and side, level gain included, at the bins of an FFT: index 0 is
     * mid, 1 is side.
     */
    static double[][] bins(DeviceModel model, BinCosines cosines, double sampleRateHz) {
        double gain = model.levelGain(sampleRateHz);
        double[] mid = cosines.powers(model.filters(sampleRateHz), gain * gain);
        DeviceModel.Cabin cabin = model.cabin();
        if (cabin != null) {
            addCopies(mid, cabin, cosines, sampleRateHz);
        }
        double factor = model.sideGain() * model.sideGain();
        double[] side = cosines.powers(model.sideFilters(sampleRateHz), factor);
        for (int k = 0; k < side.length; k++) {
            side[k] *= mid[k];
        }
        return new double[][] {mid, side};
    }

    private static void addCopies(
            double[] powers, DeviceModel.Cabin cabin, BinCosines cosines, double sampleRateHz) {
        BiquadCoefficients filter = cabin.filter(sampleRateHz);
        for (int k = 0; k < powers.length; k++) {
            double re = 0.0;
            double im = 0.0;
            for (int i = 0; i < cabin.gains().size(); i++) {
                long delay = cabin.delayFrames(i, sampleRateHz);
                re += cabin.gains().get(i) * cosines.cos(k * delay);
                im -= cabin.gains().get(i) * cosines.sin(k * delay);
            }
            powers[k] *=
                    withCopies(
                            filter,
                            re,
                            im,
                            cosines.cos(k),
                            cosines.sin(k),
                            cosines.cos(2L * k),
                            cosines.sin(2L * k));
        }
    }

    /** |1 + H(z) (re + j im)|² for a section at z = e^(jw), from cosine and sine of w and 2w. */
    private static double withCopies(
            BiquadCoefficients section,
            double re,
            double im,
            double cos1,
            double sin1,
            double cos2,
            double sin2) {
        double numeratorRe = section.b0() + section.b1() * cos1 + section.b2() * cos2;
        double numeratorIm = -section.b1() * sin1 - section.b2() * sin2;
        double denominatorRe = 1.0 + section.a1() * cos1 + section.a2() * cos2;
        double denominatorIm = -section.a1() * sin1 - section.a2() * sin2;
        double size = denominatorRe * denominatorRe + denominatorIm * denominatorIm;
        double hRe = (numeratorRe * denominatorRe + numeratorIm * denominatorIm) / size;
        double hIm = (numeratorIm * denominatorRe - numeratorRe * denominatorIm) / size;
        double sumRe = 1.0 + hRe * re - hIm * im;
        double sumIm = hRe * im + hIm * re;
        return sumRe * sumRe + sumIm * sumIm;
    }

    /** Cosines and sines of all multiples of 2π / length, so that ten models cost one table. */
    static final class BinCosines {
        private final int length;
        private final double[] table;

        /**
         * @param length of the FFT, a power of two of at least four
         */
        BinCosines(int length) {
            this.length = length;
            this.table = new double[length];
            for (int i = 0; i <= length / 2; i++) {
                table[i] = StrictMath.cos(2.0 * StrictMath.PI * i / length);
                table[(length - i) % length] = table[i];
            }
        }

        double cos(long step) {
            return table[(int) (step & (length - 1))];
        }

        double sin(long step) {
            return table[(int) ((step - length / 4) & (length - 1))];
        }

        /** Product of the sections' squared magnitudes and a factor, by bin. */
        double[] powers(List<BiquadCoefficients> sections, double factor) {
            double[] powers = new double[length / 2 + 1];
            Arrays.fill(powers, factor);
            for (BiquadCoefficients s : sections) {
                double n0 = s.b0() * s.b0() + s.b1() * s.b1() + s.b2() * s.b2();
                double n1 = 2.0 * (s.b0() * s.b1() + s.b1() * s.b2());
                double n2 = 2.0 * s.b0() * s.b2();
                double d0 = 1.0 + s.a1() * s.a1() + s.a2() * s.a2();
                double d1 = 2.0 * (s.a1() + s.a1() * s.a2());
                double d2 = 2.0 * s.a2();
                for (int k = 0; k < powers.length; k++) {
                    double numerator = Math.max(0.0, n0 + n1 * cos(k) + n2 * cos(2L * k));
                    powers[k] *= numerator / (d0 + d1 * cos(k) + d2 * cos(2L * k));
                }
            }
            return powers;
        }
    }
}
