// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One direction of a chart.
 *
 * @param title with the unit
 * @param logarithmic whether equal ratios take equal room
 */
public record Axis(
        String title, double minimum, double maximum, boolean logarithmic, List<Tick> ticks) {
    private static final double[] TIME_STEPS = {
        1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600
    };

    private static final double[] AUDIBLE_HZ = {
        20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000
    };

    /** A labelled place. */
    public record Tick(double value, String label) {}

    public Axis {
        ticks = List.copyOf(ticks);
    }

    /** Third-octave bands from 25 Hz to 20 kHz with their edges. */
    public static Axis frequency() {
        List<Tick> ticks = new ArrayList<>();
        for (double hz : AUDIBLE_HZ) {
            ticks.add(new Tick(hz, hz < 1_000 ? whole(hz) : whole(hz / 1_000) + "k"));
        }
        return new Axis("Frequency, Hz", 20.0, 22_400.0, true, ticks);
    }

    /** Minutes and seconds from the start. */
    public static Axis time(double seconds) {
        double end = Math.max(1.0, seconds);
        double step = TIME_STEPS[TIME_STEPS.length - 1];
        for (int i = TIME_STEPS.length - 1; i >= 0 && end / TIME_STEPS[i] <= 12.0; i--) {
            step = TIME_STEPS[i];
        }
        List<Tick> ticks = new ArrayList<>();
        for (double at = 0.0; at <= end; at += step) {
            ticks.add(
                    new Tick(
                            at,
                            String.format(Locale.ROOT, "%d:%02d", (int) at / 60, (int) at % 60)));
        }
        return new Axis("Time, min:s", 0.0, end, false, ticks);
    }

    /** Decibels that hold both figures, ticks every {@code step}. */
    public static Axis decibels(String title, double lowest, double highest, double step) {
        double bottom = Math.floor(lowest / step) * step;
        double top = Math.ceil(highest / step) * step;
        List<Tick> ticks = new ArrayList<>();
        for (double at = bottom; at <= top; at += step) {
            ticks.add(new Tick(at, at < 0.0 ? "\u2212" + whole(-at) : whole(at)));
        }
        return new Axis(title, bottom, Math.max(top, bottom + step), false, ticks);
    }

    /** Share of the way from minimum to maximum; what lies outside is moved to the nearer end. */
    double position(double value) {
        double inside = Math.min(maximum, Math.max(minimum, value));
        return logarithmic
                ? StrictMath.log(inside / minimum) / StrictMath.log(maximum / minimum)
                : (inside - minimum) / (maximum - minimum);
    }

    private static String whole(double value) {
        return String.valueOf(Math.round(value));
    }
}
