// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.BiquadCoefficients;

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
     * Squared magnitudes for mid and side, level gain included, at multiples of sampleRateHz over
     * the length of {@code cosines}: index 0 is mid, 1 is side.
     */
    static double[][] lines(
            DeviceModel model, BinCosines cosines, int[] steps, double sampleRateHz) {
        double gain = model.levelGain(sampleRateHz);
        double[] mid = cosines.powers(model.filters(sampleRateHz), gain * gain, steps);
        DeviceModel.Cabin cabin = model.cabin();
        if (cabin != null) {
            addCopies(mid, cabin, cosines, steps, sampleRateHz);
        }
        double factor = model.sideGain() * model.sideGain();
        double[] side = cosines.powers(model.sideFilters(sampleRateHz), factor, steps);
        for (int i = 0; i < side.length; i++) {
            side[i] *= mid[i];
        }
        return new double[][] {mid, side};
    }

    private static void addCopies(
            double[] powers,
            DeviceModel.Cabin cabin,
            BinCosines cosines,
            int[] steps,
            double sampleRateHz) {
        BiquadCoefficients filter = cabin.filter(sampleRateHz);
        for (int i = 0; i < powers.length; i++) {
            double re = 0.0;
            double im = 0.0;
            for (int c = 0; c < cabin.gains().size(); c++) {
                long angle = (long) steps[i] * cabin.delayFrames(c, sampleRateHz);
                re += cabin.gains().get(c) * cosines.cos(angle);
                im -= cabin.gains().get(c) * cosines.sin(angle);
            }
            powers[i] *=
                    withCopies(
                            filter,
                            re,
                            im,
                            cosines.cos(steps[i]),
                            cosines.sin(steps[i]),
                            cosines.cos(2L * steps[i]),
                            cosines.sin(2L * steps[i]));
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
}
