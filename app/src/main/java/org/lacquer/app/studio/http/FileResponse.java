// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.http;

import com.sun.net.httpserver.HttpExchange;

import org.lacquer.app.studio.base.Problem;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of ours, as a whole or a range of it (RFC 9110, section 14). Such files never change, so
 * an entity tag that the client has spares the transfer.
 */
public final class FileResponse implements Response {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d*)-(\\d*)");
    private static final int CHUNK_BYTES = 1 << 16;

    private final Path file;
    private final String type;
    private final String tag;

    /**
     * @param tag names the content
     */
    public FileResponse(Path file, String type, String tag) {
        this.file = file;
        this.type = type;
        this.tag = '"' + tag + '"';
    }

    @Override
    public void send(HttpExchange exchange) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var headers = exchange.getResponseHeaders();
            headers.set("Content-Type", type);
            headers.set("ETag", tag);
            headers.set("Accept-Ranges", "bytes");
            headers.set("Cache-Control", "private, max-age=31536000, immutable");
            String known = exchange.getRequestHeaders().getFirst("If-None-Match");
            if (known != null && known.contains(tag)) {
                exchange.sendResponseHeaders(304, -1);
                return;
            }
            long size = channel.size();
            long start = 0;
            long end = size;
            int status = 200;
            String range = exchange.getRequestHeaders().getFirst("Range");
            String onlyIf = exchange.getRequestHeaders().getFirst("If-Range");
            Matcher matcher = RANGE.matcher(range == null ? "" : range.strip());
            if (matcher.matches() && (onlyIf == null || onlyIf.equals(tag))) {
                String first = matcher.group(1);
                String last = matcher.group(2);
                if (first.isEmpty() && !last.isEmpty()) {
                    start = Math.max(0, size - number(last));
                } else {
                    start = number(first);
                    end = last.isEmpty() ? size : Math.min(size, number(last) + 1);
                }
                if (start >= end) {
                    headers.set("Content-Range", "bytes */" + size);
                    throw new Problem(
                                    416,
                                    "range-not-satisfiable",
                                    "the file has " + size + " bytes; ask for some of them")
                            .exception();
                }
                headers.set("Content-Range", "bytes " + start + "-" + (end - 1) + "/" + size);
                status = 206;
            }
            send(exchange, channel, status, start, end);
        } catch (NoSuchFileException gone) {
            throw Problem.notFound("file").exception();
        }
    }

    private static void send(
            HttpExchange exchange, FileChannel channel, int status, long start, long end)
            throws IOException {
        long length = end - start;
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", String.valueOf(length));
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, length == 0 ? -1 : length);
        if (length == 0) {
            return;
        }
        try (OutputStream out = exchange.getResponseBody()) {
            ByteBuffer buffer = ByteBuffer.allocate(CHUNK_BYTES);
            long place = start;
            while (place < end) {
                buffer.clear().limit((int) Math.min(CHUNK_BYTES, end - place));
                int count = channel.read(buffer, place);
                if (count <= 0) {
                    throw new IOException("a file became shorter while it was sent");
                }
                out.write(buffer.array(), 0, count);
                place += count;
            }
        }
    }

    /** Digits only; more than a long holds is as good as the largest. */
    private static long number(String digits) {
        try {
            return digits.isEmpty() ? Long.MAX_VALUE - 1 : Long.parseLong(digits);
        } catch (NumberFormatException tooLong) {
            return Long.MAX_VALUE - 1;
        }
    }
}
