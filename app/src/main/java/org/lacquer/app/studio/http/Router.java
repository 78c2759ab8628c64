// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.http;

import com.sun.net.httpserver.HttpExchange;

import org.lacquer.app.studio.base.Problem;
import org.lacquer.app.studio.http.Route.Handler;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Finds what answers a request. */
public final class Router {
    private final List<Route> routes = new ArrayList<>();

    /**
     * @param path with variables in braces, such as {@code /jobs/{job}}
     */
    public Router add(String method, String path, Handler handler) {
        routes.add(Route.of(method, path, handler));
        return this;
    }

    public Router get(String path, Handler handler) {
        return add("GET", path, handler);
    }

    public Router post(String path, Handler handler) {
        return add("POST", path, handler);
    }

    public Router patch(String path, Handler handler) {
        return add("PATCH", path, handler);
    }

    public Router delete(String path, Handler handler) {
        return add("DELETE", path, handler);
    }

    /** Method and path of everything that is there, for tests. */
    public List<String> all() {
        return routes.stream()
                .map(route -> route.method() + " /" + String.join("/", route.segments()))
                .toList();
    }

    /** A request with the handler that it goes to. */
    record Found(Handler handler, Request request) {}

    /**
     * @param path behind the API's own prefix
     */
    Found find(HttpExchange exchange, String path) {
        String method = exchange.getRequestMethod();
        String wanted = method.equals("HEAD") ? "GET" : method;
        List<String> segments = List.of(path.substring(1).split("/", -1));
        Map<String, Map<String, String>> allowed = new LinkedHashMap<>();
        for (Route route : routes) {
            Optional<Map<String, String>> variables = route.match(segments);
            if (variables.isPresent()) {
                if (route.method().equals(wanted)) {
                    return new Found(route.handler(), new Request(exchange, variables.get()));
                }
                allowed.put(route.method(), variables.get());
            }
        }
        if (allowed.isEmpty()) {
            throw new Problem(
                            404, "not-found", "the API has no such path; see /api/v1/openapi.yaml")
                    .exception();
        }
        String methods = String.join(", ", new TreeSet<>(allowed.keySet()));
        exchange.getResponseHeaders().set("Allow", methods);
        throw new Problem(405, "method-not-allowed", "this path takes " + methods).exception();
    }
}
