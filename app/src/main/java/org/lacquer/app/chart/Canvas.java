// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.chart;

/** Paper to draw on. Coordinates are points from the upper left corner. */
interface Canvas {
    /** Which point of a text lies at its coordinates. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    /** Lines from point to point. */
    void curve(double[] x, double[] y, Pen pen);

    /** A filled shape. */
    void area(double[] x, double[] y, Ink ink, double opacity);

    /** Text on a baseline. */
    void text(double x, double y, String text, Anchor anchor, Lettering lettering);

    /** Text that reads upwards. */
    void textUpwards(double x, double y, String text, Lettering lettering);

    /** Size in points, weight and colour. */
    record Lettering(double size, boolean bold, Ink ink) {}
}
