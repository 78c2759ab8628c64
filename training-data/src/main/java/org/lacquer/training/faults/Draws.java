// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.faults;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** Seeded draws that are the same on every machine: all transcendental steps are StrictMath. */
public final class Draws {
    private final SplittableRandom random;

    public Draws(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Draws whose seed is a 64-bit FNV-1a hash of a text, so that a track keeps its own faults. */
    public static Draws of(String text) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return new Draws(hash);
    }

    /** Evenly between the bounds. */
    public double uniform(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    /** Evenly on a logarithmic scale. */
    public double logUniform(double low, double high) {
        return low * StrictMath.exp(random.nextDouble() * StrictMath.log(high / low));
    }

    /** Gauss, by Box and Muller (1958). */
    public double normal(double mean, double sd) {
        double radius = StrictMath.sqrt(-2.0 * StrictMath.log(1.0 - random.nextDouble()));
        return mean + sd * radius * StrictMath.cos(2.0 * StrictMath.PI * random.nextDouble());
    }

    /** 0 to {@code bound} − 1. */
    public int index(int bound) {
        return random.nextInt(bound);
    }

    public boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    public double pick(double... values) {
        return values[index(values.length)];
    }
}
