// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.api;

import org.lacquer.app.studio.base.Plans;
import org.lacquer.app.studio.base.Problem;
import org.lacquer.app.studio.http.Request;
import org.lacquer.app.studio.http.Response;
import org.lacquer.app.studio.http.Router;
import org.lacquer.app.studio.http.WebServer;
import org.lacquer.app.studio.store.Shelf;
import org.lacquer.app.studio.store.Stored;
import org.lacquer.engine.PlanSchema;
import org.lacquer.engine.PlanYaml;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code /plans}: plans that are kept for other songs, and plans from files. */
final class PlansApi {
    private static final Set<String> TYPES =
            Set.of("application/yaml", "application/x-yaml", "text/yaml", "application/json");

    private final Shelf shelf;

    PlansApi(Shelf shelf) {
        this.shelf = shelf;
    }

    void addTo(Router router) {
        router.get("/plan-schema", PlansApi::schema)
                .get("/plans", this::list)
                .post("/plans", this::save)
                .post("/plans/read", PlansApi::read)
                .get("/plans/{plan}", this::get)
                .delete("/plans/{plan}", this::delete)
                .post("/plans/{plan}/restore", this::restore);
    }

    private static Response schema(Request request) {
        return Response.bytes(
                200, "application/schema+json", PlanSchema.json().getBytes(StandardCharsets.UTF_8));
    }

    private Response list(Request request) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("items", shelf.plans().stream().map(PlansApi::view).toList());
        return Response.json(object);
    }

    private Response save(Request request) throws IOException {
        JsonNode body = request.json(List.of("name", "plan"));
        String name = Fields.text(body, "name", 200);
        String text = PlanYaml.write(Plans.read(body.path("plan").toString()));
        Stored saved = shelf.savePlan(name, text);
        return Response.created(WebServer.API + "/plans/" + saved.id(), view(saved));
    }

    private static Response read(Request request) throws IOException {
        if (!TYPES.contains(request.mediaType())) {
            throw new Problem(
                            415,
                            "unsupported-media-type",
                            "send the plan as Content-Type: application/yaml")
                    .exception();
        }
        return Response.json(Plans.json(Plans.read(request.text())));
    }

    private Response get(Request request) {
        Stored plan = shelf.plan(request.path("plan"));
        if (request.query("format").orElse("json").equals("yaml")) {
            return Response.text("application/yaml", plan.detail())
                    .download(plan.owner() + ".plan.yaml");
        }
        return Response.json(Plans.json(Plans.read(plan.detail())));
    }

    private Response delete(Request request) {
        shelf.deletePlan(request.path("plan"));
        return Response.empty();
    }

    private Response restore(Request request) {
        return Response.json(view(shelf.restorePlan(request.path("plan"))));
    }

    private static Map<String, Object> view(Stored plan) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("id", plan.id());
        object.put("name", plan.owner());
        object.put("createdAt", plan.createdAt());
        object.put("plan", Plans.json(Plans.read(plan.detail())));
        return object;
    }
}
