// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.work;

import org.lacquer.analysis.Analysis;
import org.lacquer.app.studio.base.StudioJson;
import org.lacquer.engine.GainReduction;
import org.lacquer.engine.PlanYaml;
import org.lacquer.engine.Rendered;
import org.lacquer.inference.Mastered;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that is kept of a version beside the master. */
final class VersionFolder {
    static final String MASTER = "master.wav";

    private VersionFolder() {}

    static Map<String, Object> fill(Path out, JsonNode request, Mastered done, Reports reports)
            throws IOException {
        String platform = request.path("platform").asString("");
        String name = request.path("song").path("name").asString("mix");
        Mastered named = named(done, name);
        int rate = request.path("playRateHz").asInt(48_000);
        long frames = PlayAudio.ofMaster(out.resolve(MASTER), rate, out);
        Map<String, Object> told = reports.mastered(named, platform);
        Map<String, Object> detail = new LinkedHashMap<>();
        for (String key :
                List.of("plan", "decisions", "findings", "input", "output", "target", "seconds")) {
            detail.put(key, told.get(key));
        }
        detail.put("reductions", done.rendered().map(VersionFolder::reductions));
        Files.write(out.resolve("detail.json"), StudioJson.bytes(detail));
        Files.writeString(
                out.resolve("plan.yaml"), PlanYaml.write(done.plan()), StandardCharsets.UTF_8);
        Files.write(out.resolve("series.json"), StudioJson.bytes(series(done)));
        Files.write(
                out.resolve("spectrum.json"),
                StudioJson.bytes(
                        OverTime.spectra(
                                done.inputFigures(), done.outputFigures(), done.target())));
        Files.writeString(
                out.resolve("report.html"), reports.page(named, platform), StandardCharsets.UTF_8);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("figures", told.get("output"));
        result.put("playFrames", frames);
        result.put("seconds", told.get("seconds"));
        result.put("genre", done.target().map(target -> target.name()).orElse(""));
        return result;
    }

    private static Map<String, Object> series(Mastered done) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("input", OverTime.of(done.inputFigures()));
        object.put("output", done.outputFigures().map(OverTime::of).orElse(Map.of()));
        object.put("reductions", Map.of());
        return object;
    }

    static Map<String, Object> reductions(Rendered rendered) {
        Map<String, Object> stages = new LinkedHashMap<>();
        rendered.reductions()
                .forEach(
                        (stage, bands) -> {
                            List<Object> list = new ArrayList<>();
                            bands.forEach(band -> list.add(reduction(band)));
                            stages.put(stage, list);
                        });
        return stages;
    }

    private static Map<String, Object> reduction(GainReduction band) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("meanDb", band.meanDb());
        object.put("activeMeanDb", band.activeMeanDb());
        object.put("maxDb", band.maxDb());
        object.put("activeShare", band.activeShare());
        return object;
    }

    /** With the names that people know instead of those on disk. */
    static Mastered named(Mastered done, String name) {
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        Optional<Analysis> after = done.outputFigures();
        return new Mastered(
                Path.of(name),
                Optional.of(Path.of(stem + ".master.wav")),
                done.inputInfo(),
                done.inputFigures(),
                after,
                done.findings(),
                done.target(),
                done.plan(),
                done.decisions(),
                done.rendered(),
                done.seconds());
    }
}
