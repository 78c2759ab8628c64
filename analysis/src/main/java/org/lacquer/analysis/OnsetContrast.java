// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.Decibels;
import org.lacquer.audio.StreamFormat;

import java.util.Arrays;

/**
 * How far onsets stand out of what was before them, in a reference and in what became of it.
 *
 * <p>Levels in steps of 5 ms. An onset of the reference is a step whose level, with the next one's,
 * is at least {@value #RISE_DB} dB above the mean of 15 to 60 ms before, more than any other within
 * 50 ms. Its contrast is that rise; the change is the processed recording's contrast less the
 * reference's, at the same place.
 */
final class OnsetContrast {
    private static final double STEPS_PER_SECOND = 200.0;
    private static final double RISE_DB = 6.0;
    private static final int BEFORE_FROM = 12;
    private static final int BEFORE_TO = 3;
    private static final int ALONE = 10;

    /** Onsets this far below the mean level do not count, and levels end here. */
    private static final double FLOOR = 1e-4;

    private final int step;
    private float[] reference = new float[4096];
    private float[] processed = new float[4096];
    private int steps;
    private int filled;
    private double referenceEnergy;
    private double processedEnergy;

    OnsetContrast(StreamFormat format) {
        this.step = (int) Math.max(1, Math.round(format.sampleRateHz() / STEPS_PER_SECOND));
    }

    void write(AudioBlock from, AudioBlock to) {
        int position = 0;
        while (position < from.frames()) {
            int count = Math.min(step - filled, from.frames() - position);
            referenceEnergy += energy(from, position, count);
            processedEnergy += energy(to, position, count);
            filled += count;
            position += count;
            if (filled == step) {
                endStep();
            }
        }
    }

    /** NaN when the reference has fewer than three onsets. */
    double medianChangeDb() {
        double referenceFloor = FLOOR * mean(reference);
        double processedFloor = FLOOR * mean(processed);
        double[] rises = new double[steps];
        for (int s = BEFORE_FROM; s + 1 < steps; s++) {
            rises[s] = contrastDb(reference, s, referenceFloor);
        }
        double[] changes = new double[steps];
        int count = 0;
        for (int s = BEFORE_FROM; s + 1 < steps; s++) {
            if (isOnset(rises, s) && reference[s] > 10.0 * referenceFloor) {
                changes[count++] = contrastDb(processed, s, processedFloor) - rises[s];
            }
        }
        if (count < 3) {
            return Double.NaN;
        }
        Arrays.sort(changes, 0, count);
        return 0.5 * (changes[(count - 1) / 2] + changes[count / 2]);
    }

    private static boolean isOnset(double[] rises, int s) {
        if (rises[s] < RISE_DB) {
            return false;
        }
        for (int other = Math.max(0, s - ALONE);
                other <= Math.min(rises.length - 1, s + ALONE);
                other++) {
            if (rises[other] > rises[s] || rises[other] == rises[s] && other < s) {
                return false;
            }
        }
        return true;
    }

    private static double contrastDb(float[] energies, int s, double floor) {
        double before = 0.0;
        for (int k = s - BEFORE_FROM; k < s - BEFORE_TO; k++) {
            before += energies[k];
        }
        before /= BEFORE_FROM - BEFORE_TO;
        double now = 0.5 * (energies[s] + energies[s + 1]);
        double least = Math.max(floor, 1e-20);
        return Decibels.fromPower((now + least) / (before + least));
    }

    private double mean(float[] energies) {
        double sum = 0.0;
        for (int s = 0; s < steps; s++) {
            sum += energies[s];
        }
        return sum / Math.max(1, steps);
    }

    private void endStep() {
        if (steps == reference.length) {
            reference = Arrays.copyOf(reference, 2 * steps);
            processed = Arrays.copyOf(processed, 2 * steps);
        }
        reference[steps] = (float) referenceEnergy;
        processed[steps++] = (float) processedEnergy;
        referenceEnergy = 0.0;
        processedEnergy = 0.0;
        filled = 0;
    }

    private static double energy(AudioBlock block, int from, int count) {
        double sum = 0.0;
        for (int c = 0; c < block.channels(); c++) {
            float[] samples = block.channel(c);
            for (int i = from; i < from + count; i++) {
                sum += (double) samples[i] * samples[i];
            }
        }
        return sum;
    }
}
