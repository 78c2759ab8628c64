// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.chart;

import java.util.Locale;

/**
 * Colours by their role, for light and for dark paper. The curves differ in lightness too, so that
 * they stay apart in grey.
 */
public enum Ink {
    PAPER(0xffffff, 0x15191e),
    TEXT(0x1c2733, 0xe4e9ee),
    MUTED(0x5b6875, 0x98a5b1),
    GRID(0xe3e7eb, 0x2a323a),
    FIRST(0x7b8794, 0x8d9aa8),
    SECOND(0xd1491b, 0xff8557),
    THIRD(0x1f6feb, 0x6aa5ff),
    FOURTH(0x7a3fb5, 0xc08bf0),
    TARGET(0x1b7f6b, 0x4cc3a9);

    private final int light;
    private final int dark;

    Ink(int light, int dark) {
        this.light = light;
        this.dark = dark;
    }

    int light() {
        return light;
    }

    String lightHex() {
        return String.format(Locale.ROOT, "#%06x", light);
    }

    String darkHex() {
        return String.format(Locale.ROOT, "#%06x", dark);
    }

    /** Name in style sheets. */
    String cssName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The ink of the n-th curve from 0. */
    public static Ink ofCurve(int index) {
        return switch (index % 4) {
            case 0 -> FIRST;
            case 1 -> SECOND;
            case 2 -> THIRD;
            default -> FOURTH;
        };
    }
}
