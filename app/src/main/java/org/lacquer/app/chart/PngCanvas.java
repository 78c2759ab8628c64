// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

import javax.imageio.ImageIO;

/** A picture on light paper, two pixels a point. */
final class PngCanvas implements Canvas {
    private static final double SCALE = 2.0;
    private static final float[] DASH = {5f, 4f};

    private final BufferedImage image;
    private final Graphics2D graphics;

    /**
     * @throws NoFontsException on a bare machine
     */
    PngCanvas(double width, double height) throws NoFontsException {
        System.setProperty("java.awt.headless", "true");
        image =
                new BufferedImage(
                        (int) Math.round(width * SCALE),
                        (int) Math.round(height * SCALE),
                        BufferedImage.TYPE_INT_RGB);
        graphics = image.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(
                RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(
                RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        graphics.setRenderingHint(
                RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        requireFonts();
        graphics.setColor(colour(Ink.PAPER, 1.0));
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        graphics.scale(SCALE, SCALE);
    }

    byte[] png() throws IOException {
        graphics.dispose();
        var bytes = new ByteArrayOutputStream();
        ImageIO.setUseCache(false);
        if (!ImageIO.write(image, "png", bytes)) {
            throw new IllegalStateException("this Java cannot write PNG");
        }
        return bytes.toByteArray();
    }

    @Override
    public void curve(double[] x, double[] y, Pen pen) {
        graphics.setColor(colour(pen.ink(), pen.opacity()));
        graphics.setStroke(
                new BasicStroke(
                        (float) pen.width(),
                        BasicStroke.CAP_ROUND,
                        BasicStroke.JOIN_ROUND,
                        1f,
                        pen.dashed() ? DASH : null,
                        0f));
        graphics.draw(path(x, y));
    }

    @Override
    public void area(double[] x, double[] y, Ink ink, double opacity) {
        graphics.setColor(colour(ink, opacity));
        Path2D path = path(x, y);
        path.closePath();
        graphics.fill(path);
    }

    @Override
    public void text(double x, double y, String text, Anchor anchor, Lettering lettering) {
        graphics.setColor(colour(lettering.ink(), 1.0));
        graphics.setFont(
                new Font(Font.SANS_SERIF, lettering.bold() ? Font.BOLD : Font.PLAIN, 1)
                        .deriveFont((float) lettering.size()));
        double width = graphics.getFontMetrics().stringWidth(text);
        double left =
                switch (anchor) {
                    case START -> x;
                    case MIDDLE -> x - width / 2.0;
                    case END -> x - width;
                };
        graphics.drawString(text, (float) left, (float) y);
    }

    @Override
    public void textUpwards(double x, double y, String text, Lettering lettering) {
        AffineTransform before = graphics.getTransform();
        graphics.translate(x, y);
        graphics.rotate(-Math.PI / 2.0);
        text(0.0, 0.0, text, Anchor.MIDDLE, lettering);
        graphics.setTransform(before);
    }

    private void requireFonts() throws NoFontsException {
        try {
            graphics.getFontMetrics(new Font(Font.SANS_SERIF, Font.PLAIN, 1));
        } catch (RuntimeException | InternalError | LinkageError none) {
            // Whichever library is missing: fontconfig, freetype, or every font file.
            throw new NoFontsException(none);
        }
    }

    private static Path2D path(double[] x, double[] y) {
        var path = new Path2D.Double();
        path.moveTo(x[0], y[0]);
        for (int i = 1; i < x.length; i++) {
            path.lineTo(x[i], y[i]);
        }
        return path;
    }

    private static Color colour(Ink ink, double opacity) {
        return new Color((ink.light() & 0xffffff) | (int) (opacity * 255) << 24, true);
    }
}
