// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.Decibels;
import org.lacquer.audio.Require;

/**
 * One band of the saturation.
 *
 * @param curve how loud samples are bent
 * @param driveDb -24 to 24 dB in front of the curve, whose knee lies near full scale; taken back
 *     behind it
 * @param mixPercent share of the bent sound in the result, 0 (does nothing) to 100
 * @param bias where on the curve silence lies, -0.5 to 0.5: the further out, the more even
 *     harmonics; what it adds at 0 Hz is taken out
 */
public record SaturationBand(
        SaturationCurve curve, double driveDb, double mixPercent, double bias) {
    public static final SaturationBand DEFAULT =
            new SaturationBand(SaturationCurve.TAPE, 0.0, 25.0, 0.0);

    public SaturationBand {
        Require.inRange("driveDb", driveDb, -24.0, 24.0, "dB");
        Require.inRange("mixPercent", mixPercent, 0.0, 100.0, "percent");
        Require.inRange("bias", bias, -0.5, 0.5, "");
    }

    boolean neutral() {
        return mixPercent == 0.0;
    }

    boolean lopsided() {
        return bias != 0.0 || curve.lopsided();
    }

    /** Static curve: output sample for an input sample, emphasis and loudness left aside. */
    public double outputFor(double sample) {
        double drive = Decibels.toGain(driveDb);
        double u = drive * sample;
        double bent = (curve.at(u + bias) - curve.at(bias)) / curve.slopeAt(bias);
        double wet = mixPercent / 100.0;
        return (1.0 - wet) * sample + wet * bent / drive;
    }
}
