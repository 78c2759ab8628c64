// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

/** Polynomials of low degree, coefficients from the constant upwards. */
final class Polynomials {
    /** Far more than the method needs for the degrees here; it stops when nothing moves. */
    private static final int MAX_STEPS = 200;

    private Polynomials() {}

    static double value(double[] coefficients, double x) {
        double sum = 0.0;
        for (int k = coefficients.length - 1; k >= 0; k--) {
            sum = sum * x + coefficients[k];
        }
        return sum;
    }

    /**
     * All roots of a complex polynomial, real and imaginary part by turns, by the simultaneous
     * iteration of Durand and Kerner (I. Kerner, Numerische Mathematik 8, 1966). The starting
     * points are fixed and only the four basic operations are used, so every machine finds the same
     * bits.
     */
    static double[] roots(double[] re, double[] im) {
        int degree = re.length - 1;
        double[] root = new double[2 * degree];
        double a = 1.0;
        double b = 0.0;
        for (int k = 0; k < degree; k++) {
            root[2 * k] = a;
            root[2 * k + 1] = b;
            double next = 0.4 * a - 0.9 * b;
            b = 0.9 * a + 0.4 * b;
            a = next;
        }
        for (int step = 0; step < MAX_STEPS; step++) {
            if (!improve(re, im, root)) {
                break;
            }
        }
        return root;
    }

    private static boolean improve(double[] re, double[] im, double[] root) {
        int degree = re.length - 1;
        boolean moved = false;
        for (int k = 0; k < degree; k++) {
            double x = root[2 * k];
            double y = root[2 * k + 1];
            double pr = re[degree];
            double pi = im[degree];
            double qr = re[degree];
            double qi = im[degree];
            for (int j = degree - 1; j >= 0; j--) {
                double t = pr * x - pi * y + re[j];
                pi = pr * y + pi * x + im[j];
                pr = t;
            }
            for (int j = 0; j < degree; j++) {
                if (j != k) {
                    double dx = x - root[2 * j];
                    double dy = y - root[2 * j + 1];
                    double t = qr * dx - qi * dy;
                    qi = qr * dy + qi * dx;
                    qr = t;
                }
            }
            double norm = qr * qr + qi * qi;
            if (norm == 0.0) {
                continue;
            }
            double moveRe = (pr * qr + pi * qi) / norm;
            double moveIm = (pi * qr - pr * qi) / norm;
            root[2 * k] = x - moveRe;
            root[2 * k + 1] = y - moveIm;
            double size = Math.abs(x) + Math.abs(y);
            moved |= Math.abs(moveRe) + Math.abs(moveIm) > 1e-16 * size;
        }
        return moved;
    }
}
