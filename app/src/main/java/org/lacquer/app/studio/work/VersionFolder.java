// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.work;

import org.lacquer.analysis.Analysis;
import org.lacquer.app.studio.base.Ids;
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

    static final String SPECTRUM = "spectrum.json";
    static final String REPORT = "report.html";

    /** More are no longer seen. */
    private static final int POINTS = 1_200;

    private VersionFolder() {}

    static Map<String, Object> fill(Path out, JsonNode request, Mastered done, Desk desk)
            throws IOException {
        Reports reports = desk.reports();
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
                out.resolve(SPECTRUM),
                StudioJson.bytes(
                        OverTime.spectra(done.inputFigures(), Optional.empty(), done.target())));
        Files.writeString(
                out.resolve(REPORT), reports.page(named, platform), StandardCharsets.UTF_8);
        String key = Ids.next();
        desk.made().put(key, named);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("key", key);
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
        object.put("reductions", done.rendered().map(VersionFolder::courses).orElse(Map.of()));
        return object;
    }

    /** Gain reduction over time, in at most {@value #POINTS} steps. */
    private static Map<String, Object> courses(Rendered rendered) {
        double seconds = rendered.format().secondsOf(rendered.frames());
        Map<String, Object> stages = new LinkedHashMap<>();
        rendered.reductions()
                .forEach(
                        (stage, bands) ->
                                stages.put(
                                        stage,
                                        bands.stream()
                                                .map(band -> course(band, seconds))
                                                .toList()));
        return stages;
    }

    private static Map<String, Object> course(GainReduction band, double seconds) {
        List<Double> fine = band.courseDb();
        int together = Math.max(1, (fine.size() + POINTS - 1) / POINTS);
        List<Double> values = new ArrayList<>();
        for (int from = 0; from < fine.size(); from += together) {
            double most = 0.0;
            for (int k = from; k < Math.min(fine.size(), from + together); k++) {
                most = Math.max(most, fine.get(k));
            }
            values.add(Math.rint(most * 100.0) / 100.0);
        }
        double step = band.stepShare() * seconds * together;
        Map<String, Object> series = new LinkedHashMap<>();
        series.put("startSeconds", step / 2.0);
        series.put("stepSeconds", step);
        series.put("values", values);
        return series;
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
        return with(
                done,
                Path.of(name),
                Optional.of(Path.of(stem + ".master.wav")),
                done.outputFigures());
    }

    /** With all figures of the master. */
    static Mastered measured(Mastered done, Analysis figures) {
        return with(done, done.input(), done.output(), Optional.of(figures));
    }

    private static Mastered with(
            Mastered done, Path input, Optional<Path> output, Optional<Analysis> after) {
        return new Mastered(
                input,
                output,
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
