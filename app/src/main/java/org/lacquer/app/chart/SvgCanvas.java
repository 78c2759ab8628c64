// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.chart;

import java.util.Locale;

/** SVG text with the colours of light or dark surroundings, whichever the reader prefers. */
final class SvgCanvas implements Canvas {
    private static final String FONTS =
            "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";

    private final StringBuilder body = new StringBuilder();
    private final double width;
    private final double height;

    SvgCanvas(double width, double height) {
        this.width = width;
        this.height = height;
    }

    /** The whole picture. */
    String svg(String title) {
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"lacquer-chart\" role=\"img\""
                + " viewBox=\"0 0 "
                + number(width)
                + " "
                + number(height)
                + "\" font-family=\""
                + FONTS
                + "\">\n<title>"
                + escape(title)
                + "</title>\n<style>"
                + style()
                + "</style>\n<rect class=\"f-paper\" width=\""
                + number(width)
                + "\" height=\""
                + number(height)
                + "\"/>\n"
                + body
                + "</svg>\n";
    }

    @Override
    public void curve(double[] x, double[] y, Pen pen) {
        body.append("<polyline class=\"s-")
                .append(pen.ink().cssName())
                .append("\" fill=\"none\" stroke-linejoin=\"round\" stroke-linecap=\"round\"")
                .append(attribute("stroke-width", pen.width()));
        if (pen.opacity() < 1.0) {
            body.append(attribute("stroke-opacity", pen.opacity()));
        }
        if (pen.dashed()) {
            body.append(" stroke-dasharray=\"5 4\"");
        }
        points(x, y);
    }

    @Override
    public void area(double[] x, double[] y, Ink ink, double opacity) {
        body.append("<polygon class=\"f-")
                .append(ink.cssName())
                .append('"')
                .append(attribute("fill-opacity", opacity));
        points(x, y);
    }

    @Override
    public void text(double x, double y, String text, Anchor anchor, Lettering lettering) {
        String place = attribute("x", x) + attribute("y", y);
        write(place, text, anchor, lettering);
    }

    @Override
    public void textUpwards(double x, double y, String text, Lettering lettering) {
        String place = " transform=\"translate(" + number(x) + " " + number(y) + ") rotate(-90)\"";
        write(place, text, Anchor.MIDDLE, lettering);
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private void write(String place, String text, Anchor anchor, Lettering lettering) {
        body.append("<text class=\"f-")
                .append(lettering.ink().cssName())
                .append('"')
                .append(place)
                .append(attribute("font-size", lettering.size()))
                .append(" text-anchor=\"")
                .append(anchor.name().toLowerCase(Locale.ROOT))
                .append('"');
        if (lettering.bold()) {
            body.append(" font-weight=\"600\"");
        }
        body.append('>').append(escape(text)).append("</text>\n");
    }

    private void points(double[] x, double[] y) {
        body.append(" points=\"");
        for (int i = 0; i < x.length; i++) {
            body.append(i == 0 ? "" : " ").append(number(x[i])).append(',').append(number(y[i]));
        }
        body.append("\"/>\n");
    }

    private static String style() {
        StringBuilder light = new StringBuilder();
        StringBuilder dark = new StringBuilder();
        for (Ink ink : Ink.values()) {
            light.append(rule(ink, ink.lightHex()));
            dark.append(rule(ink, ink.darkHex()));
        }
        return light + "@media (prefers-color-scheme:dark){" + dark + "}";
    }

    private static String rule(Ink ink, String colour) {
        String chart = ".lacquer-chart ";
        return chart
                + ".s-"
                + ink.cssName()
                + "{stroke:"
                + colour
                + "}"
                + chart
                + ".f-"
                + ink.cssName()
                + "{fill:"
                + colour
                + "}";
    }

    private static String attribute(String name, double value) {
        return " " + name + "=\"" + number(value) + "\"";
    }

    /** Two decimals at most, in every locale. */
    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.replaceAll("(\\.\\d*?)0+$", "$1").replaceAll("\\.$", "");
    }
}
