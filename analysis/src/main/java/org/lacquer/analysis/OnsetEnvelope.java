// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.Decibels;

import java.util.Arrays;

/**
 * How much the third-octave bands rise from frame to frame: mean over the audible bands of the
 * positive change in dB. A level more than 60 dB below the highest one that its band has reached
 * counts as that; a band that never came within 60 dB of the strongest is not audible. A gain
 * changes nothing.
 */
final class OnsetEnvelope {
    /** -60 dB. */
    private static final double AUDIBLE = 1e-6;

    private final double[] highest = new double[ThirdOctaves.COUNT];
    private final double[] previousDb = new double[ThirdOctaves.COUNT];
    private float[] rises = new float[4096];
    private int count;

    OnsetEnvelope() {
        Arrays.fill(previousDb, Double.NaN);
    }

    void hear(SpectralFrames spectra) {
        double strongest = 0.0;
        for (int b = 0; b < highest.length; b++) {
            double power = spectra.midBands[b] + spectra.sideBands[b];
            highest[b] = Math.max(highest[b], power);
            strongest = Math.max(strongest, highest[b]);
        }
        double sum = 0.0;
        int audible = 0;
        for (int b = 0; b < highest.length; b++) {
            if (highest[b] == 0.0) {
                continue;
            }
            double power = spectra.midBands[b] + spectra.sideBands[b];
            double level = Decibels.fromPower(Math.max(power, AUDIBLE * highest[b]));
            if (highest[b] >= AUDIBLE * strongest) {
                audible++;
                // The first level of a band has nothing to rise from.
                sum += level > previousDb[b] ? level - previousDb[b] : 0.0;
            }
            previousDb[b] = level;
        }
        if (count == rises.length) {
            rises = Arrays.copyOf(rises, 2 * count);
        }
        rises[count++] = audible == 0 ? 0f : (float) (sum / audible);
    }

    /** Rises in dB, one a frame; a copy. */
    float[] rises() {
        return Arrays.copyOf(rises, count);
    }
}
