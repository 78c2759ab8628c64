// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Measures the stages of the engine and writes a page of plots and tables: {@code OUT_DIR
 * [MUSIC_DIR…]}. Without music the limiter is tried on made signals only, and the page says so.
 *
 * <p>The same code and music give the same page, byte for byte.
 */
public final class EngineFigures {
    private EngineFigures() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 0) {
            System.err.println("figures OUT_DIR [MUSIC_DIR...]");
            System.exit(2);
        }
        List<Path> paths = List.of(arguments).stream().map(Path::of).toList();
        write(paths.getFirst(), paths.subList(1, paths.size()), FigureScale.FULL);
        System.err.println("Written: " + paths.getFirst().resolve(FigurePage.NAME));
    }

    static void write(Path folder, List<Path> music, FigureScale scale) throws IOException {
        FigurePage page = new FigurePage(folder);
        page.line("# Figures of the engine");
        page.paragraph(
                """
                Made by `benchmarks/run figures docs MUSIC_DIR`; do not edit. Every number and line here was measured on the
                processors that renders use, unless it says predicted: that is what their settings promise.
                The stages are described in [engine.md](engine.md).
                """);
        new FilterFigures(page, scale).write();
        new DynamicsFigures(page, scale).write();
        new DistortionFigures(page, scale).write();
        new SaturationFigures(page, scale).write();
        new CeilingFigures(page, music, scale).write();
        new ResamplerFigures(page, scale).write();
        page.write();
    }
}
