// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.chart;

/**
 * How a line is drawn.
 *
 * @param width in points
 * @param opacity 0 to 1
 */
public record Pen(Ink ink, double width, double opacity, boolean dashed) {
    /** An opaque, continuous line. */
    public static Pen of(Ink ink, double width) {
        return new Pen(ink, width, 1.0, false);
    }

    public Pen withOpacity(double value) {
        return new Pen(ink, width, value, dashed);
    }

    public Pen asDashed() {
        return new Pen(ink, width, opacity, true);
    }
}
