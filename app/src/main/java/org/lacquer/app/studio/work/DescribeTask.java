// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.work;

import org.lacquer.analysis.Analysis;
import org.lacquer.analysis.Analyzer;
import org.lacquer.analysis.Figures;
import org.lacquer.app.studio.base.StudioJson;
import org.lacquer.audio.AudioReader;
import org.lacquer.inference.Mastered;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Measures a master as a whole, after it can be heard: its spectrum for the plot, and the report
 * again with it, if this worker made the master.
 */
final class DescribeTask implements Task {
    @Override
    public Map<String, Object> run(JsonNode request, Desk desk) throws IOException {
        Path version = Path.of(request.path("version").asString());
        Path out = Path.of(request.path("out").asString());
        Analysis figures;
        try (AudioReader reader = AudioReader.open(version.resolve(VersionFolder.MASTER))) {
            figures =
                    Analyzer.analyze(
                            reader,
                            reader.info().declaredFrames(),
                            Figures.ALL,
                            desk.ticker().stage("verify"));
        }
        Map<String, Object> spectrum =
                new LinkedHashMap<>(
                        StudioJson.map(Files.readString(version.resolve(VersionFolder.SPECTRUM))));
        spectrum.put("masterDb", OverTime.levels(figures));
        Files.write(out.resolve(VersionFolder.SPECTRUM), StudioJson.bytes(spectrum));
        Mastered made = desk.made().get(request.path("key").asString(""));
        if (made != null) {
            Files.writeString(
                    out.resolve(VersionFolder.REPORT),
                    desk.reports()
                            .page(
                                    VersionFolder.measured(made, figures),
                                    request.path("platform").asString("")),
                    StandardCharsets.UTF_8);
        }
        return Map.of("described", true);
    }
}
