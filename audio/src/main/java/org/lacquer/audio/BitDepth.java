// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

/** How samples are stored. */
public enum BitDepth {
    INT16(16, "16"),
    INT24(24, "24"),
    FLOAT32(32, "32f");

    private final int bits;
    private final String label;

    BitDepth(int bits, String label) {
        this.bits = bits;
        this.label = label;
    }

    public int bits() {
        return bits;
    }

    /** The name in plans and on the command line. */
    public String label() {
        return label;
    }

    public boolean integer() {
        return this != FLOAT32;
    }

    /** Distance between neighbouring integer codes at full scale ±1. */
    public double step() {
        return StrictMath.pow(2.0, 1 - bits);
    }

    /**
     * @throws IllegalArgumentException for anything but 16, 24, 32f
     */
    public static BitDepth ofLabel(String label) {
        for (BitDepth depth : values()) {
            if (depth.label.equals(label)) {
                return depth;
            }
        }
        throw new IllegalArgumentException("bit depth must be 16, 24 or 32f, got " + label);
    }
}
