// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;

/**
 * Requests of a page that are kept from the server, or whose answers are kept from the page, until
 * a test lets them go: a server and a network that are as slow as the test wants.
 */
final class Held {
    private final Page page;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private final Deque<Route> routes = new ArrayDeque<>();
    private int asked;
    private boolean open;

    private Held(Page page, String method, String address, boolean answered) {
        this.page = page;
        // Stays to the end: taking a route away lets go whatever waits.
        page.route(
                Pattern.compile(address),
                route -> {
                    boolean ours = route.request().method().equals(method);
                    asked += ours ? 1 : 0;
                    if (!ours || open) {
                        route.fallback();
                        return;
                    }
                    if (answered) {
                        // Answered now, as things are; told later.
                        APIResponse answer = route.fetch();
                        waiting.add(
                                () ->
                                        route.fulfill(
                                                new Route.FulfillOptions().setResponse(answer)));
                    } else {
                        waiting.add(route::fallback);
                    }
                    routes.add(route);
                });
    }

    /** Requests wait before the server knows of them. */
    static Held requests(Page page, String method, String address) {
        return new Held(page, method, address, false);
    }

    /** The server answers at once; its answers wait. */
    static Held answers(Page page, String method, String address) {
        return new Held(page, method, address, true);
    }

    /** How many were sent so far; all that the page has done until now is counted. */
    int asked() {
        everythingAsked(page);
        return asked;
    }

    /** Returns when all requests that the page has begun until now are seen. */
    static void everythingAsked(Page page) {
        page.evaluate("fetch('api/v1/options').then(answer => answer.status)");
    }

    /** Waits until so many were sent. */
    void awaitAsked(int count) {
        page.waitForCondition(() -> asked >= count);
    }

    /** Waits until so many are held. */
    Held await(int count) {
        page.waitForCondition(() -> waiting.size() >= count);
        return this;
    }

    /** Lets the first go on; further ones wait. */
    void letFirstGo() {
        routes.remove();
        waiting.remove().run();
    }

    /** Lets the last go on; further ones wait. */
    void letLastGo() {
        routes.removeLast();
        waiting.removeLast().run();
    }

    /** Later ones do not wait any more. */
    Held onlyThese() {
        open = true;
        return this;
    }

    /** Lets all go on, and those that come later. */
    void letGo() {
        open = true;
        routes.clear();
        while (!waiting.isEmpty()) {
            waiting.remove().run();
        }
    }

    /** Those that wait get no answer; later ones do. */
    void breakOff() {
        open = true;
        waiting.clear();
        while (!routes.isEmpty()) {
            routes.remove().abort();
        }
    }

    /** Those that wait are refused; later ones are not. */
    void refuse(int status, String code) {
        open = true;
        waiting.clear();
        assertThat(routes).isNotEmpty();
        while (!routes.isEmpty()) {
            routes.remove()
                    .fulfill(
                            new Route.FulfillOptions()
                                    .setStatus(status)
                                    .setContentType("application/problem+json")
                                    .setBody(
                                            "{\"title\": \"Refused\", \"code\": \""
                                                    + code
                                                    + "\", \"detail\": \"Refused by the test.\"}"));
        }
    }
}
