// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.api;

import com.sun.net.httpserver.HttpExchange;

import org.lacquer.app.studio.base.StudioJson;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Server-sent events, as HTML's standard writes them. */
final class EventStream implements AutoCloseable {
    /** A comment this often keeps the connection, and finds out that nobody listens any more. */
    static final long BEAT_MILLIS = 10_000;

    private final OutputStream out;
    private long number;

    EventStream(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(200, 0);
        out = exchange.getResponseBody();
        write("retry: 1000\n\n");
    }

    void tell(String event, Object data) throws IOException {
        number++;
        write("id: " + number + "\nevent: " + event + "\ndata: " + StudioJson.text(data) + "\n\n");
    }

    void beat() throws IOException {
        write(": still there\n\n");
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
