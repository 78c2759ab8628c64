// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.work;

import org.lacquer.engine.MasteringPlan;
import org.lacquer.engine.PlanYaml;
import org.lacquer.inference.Mastered;
import org.lacquer.inference.MasteringRequest;
import org.lacquer.inference.Song;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/** Makes a version: by inference, or with a plan that is given under {@code plan}. */
final class MasterTask implements Task {
    private static final double MASTERED = 0.94;

    @Override
    public Map<String, Object> run(JsonNode request, Desk desk) throws IOException {
        Path out = Path.of(request.path("out").asString());
        desk.ticker().part(0.0, MASTERED);
        Song song = desk.song(request);
        Path master = out.resolve(VersionFolder.MASTER);
        boolean given = request.path("plan").isString();
        Mastered mastered =
                given
                        ? desk.masterer().render(song, plan(request), master, false, desk.ticker())
                        : desk.masterer()
                                .master(
                                        song,
                                        Optional.of(master),
                                        asked(request),
                                        false,
                                        desk.ticker());
        desk.ticker().part(MASTERED, 1.0);
        desk.ticker().stage("finish").at(0.0);
        return VersionFolder.fill(out, request, mastered, desk);
    }

    private static MasteringPlan plan(JsonNode request) {
        return PlanYaml.parse(request.path("plan").asString());
    }

    /** What was asked for; the server has checked names, the records check ranges. */
    static MasteringRequest asked(JsonNode request) {
        List<Path> references = new ArrayList<>();
        request.path("references").forEach(file -> references.add(Path.of(file.asString())));
        Map<String, Integer> amounts = new LinkedHashMap<>();
        request.path("amounts")
                .properties()
                .forEach(entry -> amounts.put(entry.getKey(), entry.getValue().asInt()));
        Set<String> bypass = new LinkedHashSet<>();
        request.path("bypass").forEach(stage -> bypass.add(stage.asString()));
        return new MasteringRequest(
                request.path("genre").asString(MasteringRequest.AUTO),
                references,
                request.path("platform").asString("streaming"),
                number(request.path("loudnessLufs")),
                number(request.path("ceilingDbtp")),
                request.path("intensity").asInt(50),
                request.path("match").asInt(0),
                amounts,
                bypass,
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty());
    }

    private static OptionalDouble number(JsonNode node) {
        return node.isNumber() ? OptionalDouble.of(node.asDouble()) : OptionalDouble.empty();
    }
}
