// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.work;

import org.lacquer.app.studio.base.Durable;
import org.lacquer.app.studio.base.StudioJson;
import org.lacquer.comparison.CandidateChoice;
import org.lacquer.comparison.Comparer;
import org.lacquer.comparison.Comparison;
import org.lacquer.comparison.ComparisonRequest;
import org.lacquer.comparison.Explained;
import org.lacquer.comparison.RecoveredSettings;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Versions and finished masters side by side, against the mix. */
final class CompareTask implements Task {
    private static final double COMPARED = 0.7;
    private static final double FINISHING = 0.96;

    @Override
    public Map<String, Object> run(JsonNode request, Desk desk) throws IOException {
        Path out = Path.of(request.path("out").asString());
        Path links = Files.createDirectory(out.resolve("candidates"));
        try {
            Path mix = link(links, 0, request.path("song"));
            List<CandidateChoice> choices = new ArrayList<>();
            if (request.path("mix").asBoolean(true)) {
                choices.add(new CandidateChoice.Mix());
            }
            Set<Path> strangers = new HashSet<>();
            for (JsonNode candidate : request.path("candidates")) {
                Path link = link(links, choices.size() + 1, candidate);
                choices.add(new CandidateChoice.Master(link));
                if (!candidate.path("version").asBoolean(false)) {
                    strangers.add(link);
                }
            }
            ComparisonRequest asked =
                    new ComparisonRequest(mix, choices, MasterTask.asked(request), links, true);
            Comparison comparison;
            Map<String, Explained> recovered;
            try (Comparer comparer = new Comparer()) {
                comparison =
                        comparer.compare(
                                asked,
                                (words, part) ->
                                        desk.ticker().stage("compare").at(COMPARED * part));
                // The settings of versions are known; those of masters made elsewhere are not.
                recovered =
                        RecoveredSettings.of(
                                comparison,
                                candidate -> strangers.contains(candidate.file()),
                                (words, part) -> desk.ticker().stage("explain").at(COMPARED));
                desk.ticker().stage("finish").at(FINISHING);
                Files.writeString(
                        out.resolve("report.html"),
                        desk.reports().page(comparison, recovered, links),
                        StandardCharsets.UTF_8);
            }
            Files.write(
                    out.resolve("comparison.json"),
                    StudioJson.bytes(desk.reports().comparison(comparison, recovered, links)));
            return Map.of(
                    "names",
                    comparison.candidates().stream().map(candidate -> candidate.name()).toList());
        } finally {
            Durable.deleteTree(links);
        }
    }

    /**
     * The report tells candidates by the names of their files, so each gets a link with what is
     * harmless of its name, in a folder of its own.
     */
    private static Path link(Path links, int number, JsonNode reference) throws IOException {
        String name = reference.path("name").asString("");
        StringBuilder harmless = new StringBuilder();
        for (char letter : name.toCharArray()) {
            boolean plain =
                    letter >= 'a' && letter <= 'z'
                            || letter >= 'A' && letter <= 'Z'
                            || letter >= '0' && letter <= '9'
                            || letter == '-'
                            || letter == ' ';
            if (letter == '.') {
                break;
            }
            harmless.append(plain ? letter : '_');
        }
        String text = harmless.substring(0, Math.min(60, harmless.length())).strip();
        Path folder = Files.createDirectory(links.resolve(String.valueOf(number)));
        Path link = folder.resolve((text.isEmpty() ? "candidate" : text) + ".audio");
        return Files.createLink(link, Path.of(reference.path("file").asString()));
    }
}
