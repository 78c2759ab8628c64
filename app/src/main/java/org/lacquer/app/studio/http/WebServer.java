// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import org.lacquer.app.studio.base.Limits;
import org.lacquer.app.studio.base.Problem;
import org.lacquer.app.studio.base.ProblemException;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The JDK's HTTP server with limits, guard, routes and pages; a virtual thread a request.
 *
 * <p>A request must have arrived as a whole within two minutes, an idle connection is closed after
 * half a minute, and there are at most {@value #MAX_CONNECTIONS} connections.
 */
public final class WebServer implements AutoCloseable {
    /** Where the API lives. */
    public static final String API = "/api/v1";

    static final int MAX_CONNECTIONS = 512;

    private static final int BACKLOG = 256;
    private static final long DRAINED_BYTES = 64L << 20;
    private static final long DRAIN_NANOS = 3_000_000_000L;

    private static final String CSP =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
                + " media-src 'self' blob:; font-src 'self'; connect-src 'self'; worker-src 'self';"
                + " manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors"
                + " 'none'";

    static {
        // Read once, when the first server of a JVM is made.
        property("maxReqTime", "120");
        property("idleInterval", "30");
        property("maxIdleConnections", String.valueOf(MAX_CONNECTIONS));
        property("nodelay", "true");
        System.setProperty("jdk.httpserver.maxConnections", String.valueOf(MAX_CONNECTIONS));
        property("maxReqHeaders", "100");
        property("maxReqHeaderSize", "65536");
    }

    private final HttpServer server;
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("lacquer-http-", 0).factory());
    private final Router router;
    private final RateLimit rate;
    private final StaticPages pages = new StaticPages();
    private final PrintStream faults;
    private volatile Guard guard;

    /**
     * Binds at once and answers after {@link #start}.
     *
     * @param faults where mistakes of the program are told
     */
    public WebServer(InetSocketAddress address, Router router, Limits limits, PrintStream faults)
            throws IOException {
        this.router = router;
        this.rate = new RateLimit(limits.requestsPerSecond());
        this.faults = faults;
        this.server = HttpServer.create(address, BACKLOG);
        this.guard = new Guard(port(), null, java.util.Set.of());
        server.setExecutor(threads);
        server.createContext("/", this::answer);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public void start(Guard who) {
        guard = who;
        server.start();
    }

    /** Ends at once; streams of events are cut. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) {
        try (exchange) {
            headers(exchange.getResponseHeaders());
            String path = exchange.getRequestURI().getPath();
            try {
                guard.check(exchange);
                rate.take(
                        exchange.getRemoteAddress().getAddress().getHostAddress(),
                        System.nanoTime());
                respond(exchange, path).send(exchange);
            } catch (ProblemException refused) {
                refuse(exchange, refused.problem());
            } catch (RuntimeException | Error fault) {
                fault.printStackTrace(faults);
                refuse(exchange, Problem.fault(fault));
            }
        } catch (IOException clientWentAway) {
            return;
        }
    }

    private Response respond(HttpExchange exchange, String path) throws IOException {
        if (path.startsWith(API + "/")) {
            String inside = path.substring(API.length());
            if (!inside.equals("/health")) {
                guard.checkToken(exchange);
            }
            Router.Found found = router.find(exchange, inside);
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            return found.handler().handle(found.request());
        }
        String method = exchange.getRequestMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            throw new Problem(405, "method-not-allowed", "pages are only read").exception();
        }
        String query = exchange.getRequestURI().getQuery();
        if (guard.demandsToken() && query != null && query.startsWith("token=")) {
            return welcome(query.substring("token=".length()));
        }
        return pages.find(path);
    }

    /** Keeps a right token in a cookie and takes it out of the address. */
    private Response welcome(String token) {
        if (!guard.right(token)) {
            throw new Problem(401, "unauthorized", "this is not the token of this server")
                    .exception();
        }
        return exchange -> {
            exchange.getResponseHeaders()
                    .set(
                            "Set-Cookie",
                            Guard.COOKIE
                                    + "="
                                    + token
                                    + "; Path=/; HttpOnly; SameSite=Strict; Max-Age=2592000");
            exchange.getResponseHeaders().set("Location", "/");
            exchange.sendResponseHeaders(303, -1);
        };
    }

    /** Whoever still sends hears why it was refused, if it stops soon. */
    private static void refuse(HttpExchange exchange, Problem problem) throws IOException {
        if (exchange.getResponseCode() >= 0) {
            return;
        }
        if (problem.status() == 429) {
            exchange.getResponseHeaders().set("Retry-After", "1");
        }
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        drain(exchange);
        Response.problem(problem, exchange.getRequestURI().getPath()).send(exchange);
    }

    private static void drain(HttpExchange exchange) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long end = System.nanoTime() + DRAIN_NANOS;
        long drained = 0;
        InputStream body = exchange.getRequestBody();
        try {
            while (drained < DRAINED_BYTES && System.nanoTime() - end < 0) {
                int count = body.read(buffer);
                if (count < 0) {
                    return;
                }
                drained += count;
            }
        } catch (IOException alreadyClosed) {
            return;
        }
        exchange.getResponseHeaders().set("Connection", "close");
    }

    private static void headers(Headers headers) {
        headers.set("Content-Security-Policy", CSP);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    }

    private static void property(String name, String value) {
        System.setProperty("sun.net.httpserver." + name, value);
    }
}
