// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.app.chart.Chart;
import org.lacquer.app.chart.ChartFile;
import org.lacquer.comparison.Candidate;
import org.lacquer.comparison.CandidateKind;
import org.lacquer.comparison.Comparison;
import org.lacquer.comparison.Criterion;
import org.lacquer.comparison.Explained;
import org.lacquer.comparison.ListeningExcerpt;
import org.lacquer.comparison.PlainWords;
import org.lacquer.comparison.Playback;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A comparison as one page that works from disk: players at equal loudness, figures, settings. */
final class ComparisonPage {
    private static final double PLAYER_SECONDS = 45.0;

    private final StringBuilder page = new StringBuilder();
    private final Comparison comparison;
    private final Map<String, Explained> recovered;
    private final Path folder;

    private ComparisonPage(Comparison comparison, Map<String, Explained> recovered, Path folder) {
        this.comparison = comparison;
        this.recovered = recovered;
        this.folder = folder;
    }

    /**
     * @param recovered what was done to get the masters, by the name of the candidate
     */
    static String of(Comparison comparison, Map<String, Explained> recovered, Path folder)
            throws IOException {
        return new ComparisonPage(comparison, recovered, folder).write();
    }

    private String write() throws IOException {
        String name = Formats.nameOf(comparison.mix());
        page.append(HtmlPage.begin(name + " – comparison", resource("comparison.css")))
                .append("<h1>")
                .append(escape(name))
                .append("</h1>\n<p class=\"lead\">")
                .append(comparison.candidates().size())
                .append(" candidates, compared at equal loudness (")
                .append(Figure.text(comparison.matchedLufs(), 1))
                .append(" LUFS); tone against ")
                .append(escape(comparison.target().name()))
                .append("</p>\n");
        players();
        words();
        figures();
        List<Chart> charts = ComparisonCharts.of(comparison);
        page.append("<h2>Sound</h2>\n<div class=\"wide\">\n")
                .append(ChartFile.svg(charts))
                .append("</div>\n");
        page.append(new SettingsTable(comparison, recovered).html());
        page.append(DeviceTable.html(comparison));
        playback();
        meanings();
        return page.append("<script>\n")
                .append(resource("comparison.js"))
                .append("</script>\n")
                .append(HtmlPage.end())
                .toString();
    }

    private void players() throws IOException {
        ListeningExcerpt excerpt = ListeningExcerpt.loudest(comparison.reference(), PLAYER_SECONDS);
        page.append("<h2 id=\"listen\">Listen</h2>\n<p class=\"muted\">")
                .append(Formats.clock(excerpt.startSeconds()))
                .append(" to ")
                .append(Formats.clock(excerpt.endSeconds()))
                .append(
                        ", the loudest part, at equal loudness and in step: switch while it plays."
                                + " Keys: space plays, 1 to 9 choose, arrows move by five"
                                + " seconds.</p>\n<div class=\"player\" role=\"group\""
                                + " aria-label=\"Player\">\n"
                                + "<button type=\"button\" id=\"play\">Play</button>\n"
                                + "<input type=\"range\" id=\"seek\" min=\"0\" max=\"1000\""
                                + " value=\"0\" aria-label=\"Position\">\n"
                                + "<output id=\"clock\">0:00</output>\n"
                                + "<div class=\"choices\" role=\"radiogroup\""
                                + " aria-label=\"Candidate\">\n");
        int number = 1;
        for (Candidate candidate : comparison.candidates()) {
            page.append("<button type=\"button\" role=\"radio\" class=\"choice\" aria-checked=\"")
                    .append(number == 1)
                    .append("\" data-audio=\"")
                    .append(Base64.getEncoder().encodeToString(excerpt.encode(candidate)))
                    .append("\">")
                    .append(number)
                    .append(' ')
                    .append(escape(candidate.name()))
                    .append("<small>")
                    .append(Figure.text(candidate.matchGainDb(), 1))
                    .append(" dB</small></button>\n");
            number++;
        }
        page.append("</div>\n<p id=\"trouble\" class=\"warning\" hidden></p>\n</div>\n");
        if (comparison.candidates().stream().anyMatch(c -> c.kind() != CandidateKind.MIX)) {
            page.append(
                            "<p><a href=\""
                                    + CompareCommand.LISTENING
                                    + "\">Listen blindly</a>: paired")
                    .append(
                            " preference, ABX or rating, with the names hidden until the"
                                    + " end.</p>\n");
        }
    }

    private void words() {
        page.append("<h2>In words</h2>\n<dl>\n");
        for (Candidate candidate : comparison.candidates()) {
            page.append("<dt>").append(escape(candidate.name())).append("</dt><dd>");
            page.append(escape(String.join(" ", PlainWords.of(candidate, comparison.reference()))));
            page.append(" <a href=\"")
                    .append(escape(link(candidate.file())))
                    .append("\">whole file</a></dd>\n");
        }
        page.append("</dl>\n");
    }

    /** Relative where it can be, so that the folder can be moved. */
    private String link(Path file) {
        Path from = folder.toAbsolutePath().normalize();
        Path to = file.toAbsolutePath().normalize();
        Path shown =
                Objects.equals(from.getRoot(), to.getRoot()) && to.startsWith(from)
                        ? from.relativize(to)
                        : to;
        return shown.isAbsolute()
                ? shown.toUri().toString()
                : URLEncoder.encode(shown.toString(), StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace("%2F", "/");
    }

    private void figures() {
        page.append(
                        "<h2>Figures</h2>\n"
                                + "<p class=\"muted\">The best of a row is marked; what differs")
                .append(" less than the figure repeats to is a tie. There is no sum of all: which")
                .append(" row matters is for ears to say.</p>\n<div class=\"wide\">\n<table>\n")
                .append("<tr><th></th>");
        names();
        page.append("<th></th></tr>\n");
        for (Criterion criterion : Criterion.values()) {
            page.append("<tr><td>").append(escape(criterion.label())).append("</td>");
            for (Candidate candidate : comparison.candidates()) {
                int rank = ComparisonReport.rank(comparison, criterion, candidate);
                page.append(rank == 1 ? "<td class=\"n best\">" : "<td class=\"n\">")
                        .append(
                                Figure.text(
                                        criterion.of(candidate),
                                        ComparisonReport.digits(criterion)))
                        .append(rank == 1 ? "<span class=\"sr\"> best</span>" : "")
                        .append("</td>");
            }
            page.append("<td class=\"muted\">").append(criterion.unit()).append("</td></tr>\n");
        }
        page.append("</table>\n</div>\n");
    }

    private void names() {
        for (Candidate candidate : comparison.candidates()) {
            page.append("<th class=\"n\">").append(escape(candidate.name())).append("</th>");
        }
    }

    private void playback() {
        page.append(
                        "<h2>On the platforms</h2>\n"
                                + "<p class=\"muted\">Gain of the player in dB, and how")
                .append(" loud the listener gets it; a peak above what the platform asks for is")
                .append(" marked.</p>\n<div class=\"wide\">\n<table>\n<tr><th></th>");
        names();
        page.append("</tr>\n");
        List<Playback> first = comparison.candidates().getFirst().playback();
        for (int p = 0; p < first.size(); p++) {
            page.append("<tr><td>").append(escape(first.get(p).platform())).append("</td>");
            for (Candidate candidate : comparison.candidates()) {
                Playback playback = candidate.playback().get(p);
                page.append("<td class=\"n\">")
                        .append(Figure.text(playback.gainDb(), 1))
                        .append(" <small>")
                        .append(Figure.text(playback.playedLufs(), 1))
                        .append(" LUFS</small>")
                        .append(playback.ceilingMet() ? "" : " <span class=\"warning\">peak</span>")
                        .append("</td>");
            }
            page.append("</tr>\n");
        }
        page.append("</table>\n</div>\n");
    }

    private void meanings() {
        page.append("<h2>What the figures mean</h2>\n<dl>\n");
        for (Criterion criterion : Criterion.values()) {
            page.append("<dt>")
                    .append(escape(criterion.label()))
                    .append("</dt><dd>")
                    .append(escape(criterion.meaning()))
                    .append(direction(criterion))
                    .append("</dd>\n");
        }
        page.append("</dl>\n");
    }

    private static String direction(Criterion criterion) {
        String tie = " Ties within " + criterion.repeatability() + " " + criterion.unit() + ".";
        return switch (criterion.direction()) {
            case LOWER -> " Lower is better." + tie;
            case HIGHER -> " Higher is better." + tie;
            case NEARER_ZERO -> " Nearer to zero is better." + tie;
            case NEITHER -> " A matter of taste, not ranked.";
        };
    }

    private static String resource(String name) throws IOException {
        try (InputStream stream = ComparisonPage.class.getResourceAsStream(name)) {
            return new String(
                    Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String escape(String text) {
        return HtmlPage.escape(text);
    }
}
