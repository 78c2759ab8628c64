// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

import org.lacquer.app.chart.Chart;
import org.lacquer.app.chart.ChartFile;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** A page of Markdown that grows section by section, with its charts as files beside it. */
final class FigurePage {
    static final String NAME = "engine-figures.md";
    private static final String PICTURES = "images/engine";

    private final Path folder;
    private final StringBuilder markdown = new StringBuilder();

    FigurePage(Path folder) {
        this.folder = folder;
    }

    void line(String text) {
        markdown.append(text).append('\n');
    }

    void heading(String text) {
        line("");
        line("## " + text);
    }

    /** One or more lines as they are. */
    void paragraph(String text) {
        line("");
        line(text.strip());
    }

    void table(List<String> header, List<List<String>> rows) {
        line("");
        row(header);
        row(Collections.nCopies(header.size(), "---"));
        rows.forEach(this::row);
    }

    /**
     * Charts one below the other in one file.
     *
     * @param alternative what the picture shows, for those who do not see it
     */
    void charts(String name, String alternative, Chart... charts) throws IOException {
        Path file = folder.resolve(PICTURES).resolve(name + ".svg");
        Files.createDirectories(folder.resolve(PICTURES));
        Files.write(file, ChartFile.bytes(file, List.of(charts)));
        line("");
        line("![" + alternative + "](" + PICTURES + "/" + name + ".svg)");
    }

    void write() throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(NAME), markdown);
    }

    /** A number as tables show it: with a real minus, and no sign in front of zeros. */
    static String number(String format, double value) {
        String text = String.format(Locale.ROOT, format, value);
        boolean zero = text.matches("[-+][0.]+[^0-9]*");
        return zero ? text.substring(1) : text.replace('-', '\u2212');
    }

    /** Hz below 1 kHz, else kHz. */
    static String frequency(double hz) {
        return hz < 1_000.0 ? shortest(hz, 1) + " Hz" : shortest(hz / 1_000.0, 2) + " kHz";
    }

    /** Without zeros at the end. */
    private static String shortest(double value, int places) {
        return BigDecimal.valueOf(value)
                .setScale(places, RoundingMode.HALF_EVEN)
                .stripTrailingZeros()
                .toPlainString();
    }

    private void row(List<String> cells) {
        line(
                "| "
                        + String.join(" | ", cells.stream().map(c -> c.replace('|', '/')).toList())
                        + " |");
    }
}
