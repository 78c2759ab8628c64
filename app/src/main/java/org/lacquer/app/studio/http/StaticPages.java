// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.http;

import com.sun.net.httpserver.HttpExchange;

import org.jspecify.annotations.Nullable;
import org.lacquer.app.studio.base.Problem;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * The page, from the class path. Files with a hash in their name are kept by browsers for ever; all
 * others are asked for again. What is no file is the page itself.
 */
final class StaticPages {
    private static final String FOLDER = "/org/lacquer/app/studio/web/";

    /** Letters, digits and single dots; never two dots, never a folder up. */
    private static final Pattern NAME =
            Pattern.compile("([A-Za-z0-9_-]+/)*[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

    private static final Map<String, String> TYPES =
            Map.ofEntries(
                    Map.entry("html", "text/html; charset=utf-8"),
                    Map.entry("js", "text/javascript; charset=utf-8"),
                    Map.entry("css", "text/css; charset=utf-8"),
                    Map.entry("json", "application/json"),
                    Map.entry("webmanifest", "application/manifest+json"),
                    Map.entry("svg", "image/svg+xml"),
                    Map.entry("png", "image/png"),
                    Map.entry("ico", "image/x-icon"),
                    Map.entry("woff2", "font/woff2"),
                    Map.entry("wasm", "application/wasm"),
                    Map.entry("txt", "text/plain; charset=utf-8"));

    private static final String NO_PAGE =
            """
            <!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Lacquer studio</title>
            <h1>The studio is running</h1><p>Its page was not built into this installation. The API is there:
            <a href="/api/v1/openapi.yaml">/api/v1/openapi.yaml</a></p></html>
            """;

    private final Map<String, Page> pages = new ConcurrentHashMap<>();

    /** A file that was read. */
    private record Page(byte[] bytes, byte @Nullable [] packed, String type, String tag) {}

    Response find(String path) throws IOException {
        String name = path.equals("/") ? "index.html" : path.substring(1);
        Optional<Page> page = load(name);
        boolean asset = name.startsWith("assets/");
        if (page.isEmpty() && asset) {
            throw Problem.notFound("file of the page").exception();
        }
        Page found =
                page.isPresent()
                        ? page.get()
                        : load("index.html")
                                .orElseGet(
                                        () ->
                                                page(
                                                        NO_PAGE.getBytes(StandardCharsets.UTF_8),
                                                        "html"));
        return exchange -> send(exchange, found, asset);
    }

    private static void send(HttpExchange exchange, Page page, boolean asset) throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.set("ETag", page.tag());
        headers.set("Vary", "Accept-Encoding");
        headers.set("Cache-Control", asset ? "public, max-age=31536000, immutable" : "no-cache");
        if (page.tag().equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            exchange.sendResponseHeaders(304, -1);
            return;
        }
        String accepted = exchange.getRequestHeaders().getFirst("Accept-Encoding");
        byte[] packed = page.packed();
        if (packed != null && accepted != null && accepted.contains("gzip")) {
            headers.set("Content-Encoding", "gzip");
            Response.bytes(200, page.type(), packed).send(exchange);
        } else {
            Response.bytes(200, page.type(), page.bytes()).send(exchange);
        }
    }

    private Optional<Page> load(String name) throws IOException {
        if (!NAME.matcher(name).matches() || name.length() > 200) {
            return Optional.empty();
        }
        Page known = pages.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        try (InputStream resource = StaticPages.class.getResourceAsStream(FOLDER + name)) {
            int dot = name.lastIndexOf('.');
            if (resource == null || dot < 0) {
                return Optional.empty();
            }
            Page page =
                    page(resource.readAllBytes(), name.substring(dot + 1).toLowerCase(Locale.ROOT));
            pages.put(name, page);
            return Optional.of(page);
        }
    }

    private static Page page(byte[] bytes, String extension) {
        String type = TYPES.getOrDefault(extension, "application/octet-stream");
        boolean text = type.contains("charset") || type.contains("json") || type.contains("svg");
        return new Page(bytes, text ? packed(bytes) : null, type, tag(bytes));
    }

    private static byte[] packed(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException impossible) {
            throw new IllegalStateException("memory takes every byte", impossible);
        }
        return out.toByteArray();
    }

    private static String tag(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return '"' + HexFormat.of().formatHex(hash, 0, 12) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
