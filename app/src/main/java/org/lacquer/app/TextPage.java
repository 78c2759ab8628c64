// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Headings, paragraphs and tables that are written as Markdown and as HTML alike. */
final class TextPage {
    private sealed interface Part {}

    private record Heading(int level, String text) implements Part {}

    private record Words(String text) implements Part {}

    private record Table(List<String> head, List<List<String>> rows) implements Part {}

    private final String title;
    private final List<Part> parts = new ArrayList<>();

    TextPage(String title) {
        this.title = title;
    }

    TextPage heading(String text) {
        parts.add(new Heading(2, text));
        return this;
    }

    TextPage subheading(String text) {
        parts.add(new Heading(3, text));
        return this;
    }

    TextPage words(String text) {
        parts.add(new Words(text));
        return this;
    }

    /**
     * @param rows each as long as the head; nothing is written without any
     */
    TextPage table(List<String> head, List<List<String>> rows) {
        if (!rows.isEmpty()) {
            parts.add(new Table(head, rows));
        }
        return this;
    }

    String markdown() {
        StringBuilder text = new StringBuilder("# " + title + "\n");
        for (Part part : parts) {
            text.append('\n');
            switch (part) {
                case Heading(int level, String words) ->
                        text.append("#".repeat(level)).append(' ').append(words).append('\n');
                case Words(String words) -> text.append(words).append('\n');
                case Table(List<String> head, List<List<String>> rows) ->
                        markdown(text, head, rows);
            }
        }
        return text.toString();
    }

    /** Padded, so that it reads well as plain text too. */
    private static void markdown(StringBuilder text, List<String> head, List<List<String>> rows) {
        int[] widths = head.stream().mapToInt(String::length).toArray();
        for (List<String> row : rows) {
            for (int c = 0; c < widths.length; c++) {
                widths[c] = Math.max(widths[c], cell(row.get(c)).length());
            }
        }
        boolean[] right = numeric(rows, widths.length);
        line(text, head, widths, right);
        text.append('|');
        for (int c = 0; c < widths.length; c++) {
            text.append(' ')
                    .append("-".repeat(Math.max(2, widths[c]) - (right[c] ? 1 : 0)))
                    .append(right[c] ? ":" : "")
                    .append(" |");
        }
        text.append('\n');
        rows.forEach(row -> line(text, row, widths, right));
    }

    private static void line(
            StringBuilder text, List<String> cells, int[] widths, boolean[] right) {
        text.append('|');
        for (int c = 0; c < widths.length; c++) {
            String cell = cell(cells.get(c));
            String space = " ".repeat(Math.max(2, widths[c]) - cell.length());
            text.append(' ').append(right[c] ? space + cell : cell + space).append(" |");
        }
        text.append('\n');
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    private static boolean[] numeric(List<List<String>> rows, int columns) {
        boolean[] numeric = new boolean[columns];
        for (int c = 0; c < columns; c++) {
            int column = c;
            numeric[c] =
                    rows.stream()
                            .map(row -> row.get(column))
                            .allMatch(text -> text.matches("[<±+−-]?[\\d–].*|n/a|"));
        }
        return numeric;
    }

    String html() {
        StringBuilder page =
                new StringBuilder(HtmlPage.begin(title))
                        .append("<h1>")
                        .append(HtmlPage.escape(title))
                        .append("</h1>\n");
        for (Part part : parts) {
            switch (part) {
                case Heading(int level, String words) ->
                        page.append("<h" + level + ">")
                                .append(HtmlPage.escape(words))
                                .append("</h" + level + ">\n");
                case Words(String words) ->
                        page.append("<p>").append(HtmlPage.escape(words)).append("</p>\n");
                case Table(List<String> head, List<List<String>> rows) -> html(page, head, rows);
            }
        }
        return page.append(HtmlPage.end()).toString();
    }

    private static void html(StringBuilder page, List<String> head, List<List<String>> rows) {
        boolean[] right = numeric(rows, head.size());
        page.append("<div class=\"wide\">\n<table>\n<tr>");
        cells(page, "th", head, right);
        page.append("</tr>\n");
        for (List<String> row : rows) {
            page.append("<tr>");
            cells(page, "td", row, right);
            page.append("</tr>\n");
        }
        page.append("</table>\n</div>\n");
    }

    private static void cells(StringBuilder page, String tag, List<String> cells, boolean[] right) {
        for (int c = 0; c < cells.size(); c++) {
            page.append('<')
                    .append(tag)
                    .append(right[c] ? " class=\"n\">" : ">")
                    .append(HtmlPage.escape(cells.get(c)))
                    .append("</")
                    .append(tag)
                    .append('>');
        }
    }

    /** A row of a table. */
    static List<String> row(String... cells) {
        return Collections.unmodifiableList(Arrays.asList(cells));
    }
}
