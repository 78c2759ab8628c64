// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.work;

import org.lacquer.analysis.Analysis;
import org.lacquer.analysis.Finding;
import org.lacquer.analysis.Preflight;
import org.lacquer.analysis.Severity;
import org.lacquer.app.studio.base.StudioJson;
import org.lacquer.inference.Song;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Measures an upload or a mix of stems, and makes its audio for listening. */
final class AnalyseTask implements Task {
    private static final double MEASURED = 0.9;

    /** Share of the time that adding stems takes. */
    private static final double ADDED = 0.35;

    @Override
    public Map<String, Object> run(JsonNode request, Desk desk) throws IOException {
        Path out = Path.of(request.path("out").asString());
        double begin = 0.0;
        if (request.has("stems")) {
            begin = ADDED;
            desk.ticker().part(0.0, ADDED);
            Path mix = Path.of(request.path("song").path("file").asString());
            Map<String, Object> stems = new StemMix(request, desk).write(mix);
            Files.write(out.resolve("stems.json"), StudioJson.bytes(stems));
        }
        desk.ticker().part(begin, begin + (MEASURED - begin) / 0.42);
        Song song = desk.song(request);
        Analysis figures = song.figures();
        boolean made = request.has("stems");
        List<Finding> findings =
                Preflight.check(figures, song.info()).stream()
                        // Of what file a mix is that was made here is nobody's doing.
                        .filter(finding -> !made || !finding.code().equals("bit-depth"))
                        .sorted(Comparator.comparing(Finding::severity).reversed())
                        .toList();
        desk.ticker().part(MEASURED, 1.0);
        desk.ticker().stage("finish").at(0.0);
        int rate = request.path("playRateHz").asInt(PlayAudio.rateFor(figures.sampleRateHz()));
        long frames = PlayAudio.write(song.audio().source(), rate, out);
        Map<String, Object> analysis = desk.reports().analysis(song.info(), figures, findings);
        Files.write(out.resolve("analysis.json"), StudioJson.bytes(analysis));
        Map<String, Object> series = OverTime.of(figures);
        series.put("sections", analysis.get("sections"));
        Files.write(out.resolve("series.json"), StudioJson.bytes(series));
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("figures", desk.reports().figures(figures));
        result.put("source", analysis.get("source"));
        result.put("findingCounts", counts(findings));
        result.put("playFrames", frames);
        result.put("playRateHz", rate);
        return result;
    }

    private static Map<String, Object> counts(List<Finding> findings) {
        Map<String, Object> counts = new LinkedHashMap<>();
        for (Severity severity : Severity.values()) {
            counts.put(
                    severity.name().toLowerCase(Locale.ROOT),
                    findings.stream().filter(finding -> finding.severity() == severity).count());
        }
        return counts;
    }
}
