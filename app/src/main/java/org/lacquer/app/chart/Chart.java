// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.chart;

import org.lacquer.app.chart.Canvas.Anchor;
import org.lacquer.app.chart.Canvas.Lettering;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Curves over two axes, with a title and a legend.
 *
 * @param spans stretches of the x axis that are shaded behind the curves
 */
public record Chart(
        String title,
        Axis x,
        Axis y,
        Optional<Corridor> corridor,
        List<Curve> curves,
        List<Span> spans) {
    private static final Lettering TITLE = new Lettering(14.0, true, Ink.TEXT);
    private static final Lettering LABEL = new Lettering(11.0, false, Ink.MUTED);
    private static final Lettering LEGEND = new Lettering(12.0, false, Ink.TEXT);

    private static final double LEFT = 62.0;
    private static final double RIGHT = 24.0;
    private static final double TOP = 52.0;
    private static final double BOTTOM = 50.0;
    private static final double CORRIDOR_OPACITY = 0.16;

    /** Letters of an unknown font are about this wide, as a part of their height. */
    private static final double LETTER_WIDTH = 0.6;

    private static final double SWATCH = 20.0;

    public Chart {
        curves = List.copyOf(curves);
        spans = List.copyOf(spans);
    }

    /** A chart without spans. */
    public Chart(String title, Axis x, Axis y, Optional<Corridor> corridor, List<Curve> curves) {
        this(title, x, y, corridor, curves, List.of());
    }

    /**
     * A shaded stretch of the x axis.
     *
     * @param label small, at its top; left out where it does not fit
     * @param opacity 0 to 1
     */
    public record Span(double from, double to, String label, Ink ink, double opacity) {}

    /** Draws into a rectangle at the left edge. */
    void draw(Canvas canvas, double offset, double width, double height) {
        var frame = new Frame(LEFT, offset + TOP, width - RIGHT, offset + height - BOTTOM);
        canvas.text(LEFT, offset + 30.0, title, Anchor.START, TITLE);
        drawLegend(canvas, frame.right, offset + 30.0);
        spans.forEach(span -> drawSpan(canvas, frame, span));
        drawGrid(canvas, frame);
        corridor.ifPresent(room -> drawCorridor(canvas, frame, room));
        curves.forEach(curve -> drawCurve(canvas, frame, curve));
    }

    private void drawSpan(Canvas canvas, Frame frame, Span span) {
        double left = frame.x(span.from());
        double right = frame.x(span.to());
        double[] x = {left, right, right, left};
        double[] y = {frame.top, frame.top, frame.bottom, frame.bottom};
        canvas.area(x, y, span.ink(), span.opacity());
        if (right - left > LABEL.size() * LETTER_WIDTH * (span.label().length() + 1)) {
            canvas.text((left + right) / 2.0, frame.top + 14.0, span.label(), Anchor.MIDDLE, LABEL);
        }
    }

    private void drawGrid(Canvas canvas, Frame frame) {
        Pen pen = Pen.of(Ink.GRID, 1.0);
        for (Axis.Tick tick : x.ticks()) {
            double at = frame.x(tick.value());
            segment(canvas, at, frame.top, at, frame.bottom, pen);
            canvas.text(at, frame.bottom + 18.0, tick.label(), Anchor.MIDDLE, LABEL);
        }
        for (Axis.Tick tick : y.ticks()) {
            double at = frame.y(tick.value());
            segment(canvas, frame.left, at, frame.right, at, pen);
            canvas.text(frame.left - 9.0, at + 4.0, tick.label(), Anchor.END, LABEL);
        }
        double middle = (frame.left + frame.right) / 2.0;
        canvas.text(middle, frame.bottom + 38.0, x.title(), Anchor.MIDDLE, LABEL);
        canvas.textUpwards(18.0, (frame.top + frame.bottom) / 2.0, y.title(), LABEL);
    }

    private void drawCorridor(Canvas canvas, Frame frame, Corridor room) {
        double[] at = room.x();
        double[] low = room.low();
        double[] high = room.high();
        int n = at.length;
        double[] outlineX = new double[2 * n];
        double[] outlineY = new double[2 * n];
        double[] middle = new double[n];
        for (int i = 0; i < n; i++) {
            outlineX[i] = frame.x(at[i]);
            outlineY[i] = frame.y(high[i]);
            outlineX[2 * n - 1 - i] = frame.x(at[i]);
            outlineY[2 * n - 1 - i] = frame.y(low[i]);
            middle[i] = (low[i] + high[i]) / 2.0;
        }
        canvas.area(outlineX, outlineY, Ink.TARGET, CORRIDOR_OPACITY);
        drawCurve(
                canvas,
                frame,
                new Curve("", at, middle, Pen.of(Ink.TARGET, 1.2).withOpacity(0.8).asDashed()));
    }

    private void drawCurve(Canvas canvas, Frame frame, Curve curve) {
        double[] at = curve.x();
        double[] values = curve.y();
        int start = 0;
        for (int i = 0; i <= at.length; i++) {
            if (i < at.length && values[i] >= y.minimum()) {
                continue;
            }
            if (i - start > 1) {
                double[] px = new double[i - start];
                double[] py = new double[i - start];
                for (int k = start; k < i; k++) {
                    px[k - start] = frame.x(at[k]);
                    py[k - start] = frame.y(values[k]);
                }
                canvas.curve(px, py, curve.pen());
            }
            start = i + 1;
        }
    }

    /** From right to left, so that it ends where the frame ends. */
    private void drawLegend(Canvas canvas, double right, double baseline) {
        List<Curve> named =
                new ArrayList<>(curves.stream().filter(c -> !c.name().isEmpty()).toList());
        double at = right;
        for (Curve curve : named.reversed()) {
            at -= LEGEND.size() * LETTER_WIDTH * curve.name().length();
            canvas.text(at, baseline, curve.name(), Anchor.START, LEGEND);
            at -= SWATCH + 6.0;
            segment(canvas, at, baseline - 4.0, at + SWATCH, baseline - 4.0, curve.pen());
            at -= 18.0;
        }
        if (corridor.isPresent()) {
            double titleEnd = LEFT + TITLE.size() * LETTER_WIDTH * title.length();
            String name = shortened(corridor.get().name(), at - titleEnd - SWATCH - 24.0);
            at -= LEGEND.size() * LETTER_WIDTH * name.length();
            canvas.text(at, baseline, name, Anchor.START, LEGEND);
            at -= SWATCH + 6.0;
            double[] x = {at, at + SWATCH, at + SWATCH, at};
            double[] y = {baseline - 9.0, baseline - 9.0, baseline + 1.0, baseline + 1.0};
            canvas.area(x, y, Ink.TARGET, 2.0 * CORRIDOR_OPACITY);
        }
    }

    /** As much of a name as fits; a blend of four genres is longer than a picture is wide. */
    private static String shortened(String name, double width) {
        int letters = (int) Math.max(1.0, width / (LEGEND.size() * LETTER_WIDTH));
        return name.length() <= letters ? name : name.substring(0, letters - 1).strip() + "…";
    }

    private static void segment(
            Canvas canvas, double x1, double y1, double x2, double y2, Pen pen) {
        canvas.curve(new double[] {x1, x2}, new double[] {y1, y2}, pen);
    }

    /** The rectangle of the curves, in points. */
    private final class Frame {
        private final double left;
        private final double top;
        private final double right;
        private final double bottom;

        Frame(double left, double top, double right, double bottom) {
            this.left = left;
            this.top = top;
            this.right = right;
            this.bottom = bottom;
        }

        double x(double value) {
            return left + x.position(value) * (right - left);
        }

        double y(double value) {
            return bottom - y.position(value) * (bottom - top);
        }
    }
}
