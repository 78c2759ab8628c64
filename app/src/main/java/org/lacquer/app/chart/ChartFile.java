// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.chart;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Charts one below the other, in the format that a file name asks for. */
public final class ChartFile {
    private static final double WIDTH = 960.0;
    private static final double HEIGHT = 350.0;

    private ChartFile() {}

    /** Whether the name ends in {@code .png} or {@code .svg}. */
    public static boolean knows(Path file) {
        return isPng(file) || lowerCase(file).endsWith(".svg");
    }

    /** The content of such a file. */
    public static byte[] bytes(Path file, List<Chart> charts) throws IOException {
        if (!isPng(file)) {
            return svg(charts).getBytes(StandardCharsets.UTF_8);
        }
        var canvas = new PngCanvas(WIDTH, HEIGHT * charts.size());
        draw(canvas, charts);
        return canvas.png();
    }

    /** As SVG, which can stand in a page. */
    public static String svg(List<Chart> charts) {
        var canvas = new SvgCanvas(WIDTH, HEIGHT * charts.size());
        draw(canvas, charts);
        return canvas.svg(charts.stream().map(Chart::title).collect(Collectors.joining("; ")));
    }

    private static void draw(Canvas canvas, List<Chart> charts) {
        for (int i = 0; i < charts.size(); i++) {
            charts.get(i).draw(canvas, i * HEIGHT, WIDTH, HEIGHT);
        }
    }

    private static boolean isPng(Path file) {
        return lowerCase(file).endsWith(".png");
    }

    private static String lowerCase(Path file) {
        return file.toString().toLowerCase(Locale.ROOT);
    }
}
