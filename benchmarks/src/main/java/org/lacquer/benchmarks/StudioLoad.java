// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that upload and master at once, against a studio that runs: {@code ADDRESS SONG CLIENTS
 * MINUTES PID}. Each makes a project, uploads the song, masters it, fetches the audio, deletes the
 * project for good, and begins again. Meanwhile health is asked for every 50 ms.
 */
public final class StudioLoad {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final String api;
    private final byte[] song;
    private final long endNanos;
    private final AtomicInteger mastered = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicInteger backwards = new AtomicInteger();
    private final List<Double> healthMs = Collections.synchronizedList(new ArrayList<>());
    private final List<Double> roundSeconds = Collections.synchronizedList(new ArrayList<>());

    private StudioLoad(String address, byte[] song, double minutes) {
        this.api = address + "api/v1";
        this.song = song;
        this.endNanos = System.nanoTime() + (long) (minutes * 60e9);
    }

    public static void main(String[] arguments) throws Exception {
        StudioLoad load =
                new StudioLoad(
                        arguments[0],
                        Files.readAllBytes(Path.of(arguments[1])),
                        Double.parseDouble(arguments[3]));
        int clients = Integer.parseInt(arguments[2]);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            threads.add(Thread.ofVirtual().start(load::client));
        }
        long pid = Long.parseLong(arguments[4]);
        long largest = load.watch(pid);
        for (Thread thread : threads) {
            thread.join();
        }
        load.tell(clients, largest);
    }

    /** Asks for health until the end; returns the most memory of the server and its workers. */
    private long watch(long pid) throws InterruptedException {
        long largest = 0;
        while (System.nanoTime() - endNanos < 0) {
            long start = System.nanoTime();
            try {
                int status = send(request("/health").build()).statusCode();
                healthMs.add((System.nanoTime() - start) / 1e6);
                if (status != 200) {
                    lost.incrementAndGet();
                }
            } catch (IOException refused) {
                lost.incrementAndGet();
            }
            largest = Math.max(largest, residentBytes(pid));
            Thread.sleep(50);
        }
        return largest;
    }

    private void client() {
        while (System.nanoTime() - endNanos < 0) {
            long start = System.nanoTime();
            try {
                round();
                mastered.incrementAndGet();
                roundSeconds.add((System.nanoTime() - start) / 1e9);
            } catch (IOException | IllegalStateException failed) {
                System.err.println(failed);
                lost.incrementAndGet();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void round() throws IOException, InterruptedException {
        String project = json(post("/projects", "{\"name\": \"Load\"}")).path("id").asString();
        JsonNode file =
                json(
                        send(
                                request("/projects/" + project + "/files?name=song.flac")
                                        .POST(BodyPublishers.ofByteArray(song))
                                        .build()));
        JsonNode job =
                json(
                        post(
                                "/projects/" + project + "/jobs",
                                "{\"type\": \"master\", \"file\": \""
                                        + file.path("id").asString()
                                        + "\"}"));
        double fraction = 0.0;
        String id = job.path("id").asString();
        while (!job.path("state").asString().equals("done")) {
            if (!List.of("queued", "running").contains(job.path("state").asString())) {
                throw new IllegalStateException("a job ended as " + job);
            }
            Thread.sleep(250);
            job = json(send(request("/jobs/" + id).build()));
            if (job.path("fraction").asDouble() < fraction) {
                backwards.incrementAndGet();
            }
            fraction = job.path("fraction").asDouble();
        }
        HttpResponse<byte[]> audio =
                send(
                        request(
                                        "/projects/"
                                                + project
                                                + "/versions/"
                                                + job.path("version").asString()
                                                + "/audio")
                                .build());
        if (audio.statusCode() != 200 || audio.body().length < 1_000_000) {
            throw new IllegalStateException("a master is not there");
        }
        send(request("/projects/" + project + "?permanent=true").DELETE().build());
    }

    private void tell(int clients, long largest) {
        List<Double> health = new ArrayList<>(healthMs);
        List<Double> rounds = new ArrayList<>(roundSeconds);
        Collections.sort(health);
        Collections.sort(rounds);
        System.out.printf(
                Locale.ROOT,
                "clients %d, mastered %d, lost %d, progress that fell %d%n"
                        + "health ms: median %.1f, p99 %.1f, worst %.1f (%d asked)%n"
                        + "a round s: median %.1f, worst %.1f%n"
                        + "memory of server and workers: %d MB at most%n",
                clients,
                mastered.get(),
                lost.get(),
                backwards.get(),
                at(health, 0.5),
                at(health, 0.99),
                at(health, 1.0),
                health.size(),
                at(rounds, 0.5),
                at(rounds, 1.0),
                largest >> 20);
    }

    private static double at(List<Double> sorted, double share) {
        return sorted.isEmpty()
                ? Double.NaN
                : sorted.get((int) Math.min(sorted.size() - 1, share * sorted.size()));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(api + path));
    }

    private HttpResponse<byte[]> post(String path, String json)
            throws IOException, InterruptedException {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json))
                        .build());
    }

    private HttpResponse<byte[]> send(HttpRequest request)
            throws IOException, InterruptedException {
        return http.send(request, BodyHandlers.ofByteArray());
    }

    private static JsonNode json(HttpResponse<byte[]> response) {
        if (response.statusCode() >= 300) {
            throw new IllegalStateException(
                    response.statusCode()
                            + " "
                            + new String(response.body(), java.nio.charset.StandardCharsets.UTF_8));
        }
        return JSON.readTree(response.body());
    }

    /** Of a process and all that it has started. */
    private static long residentBytes(long pid) {
        return ProcessHandle.of(pid).stream()
                .flatMap(
                        one ->
                                java.util.stream.Stream.concat(
                                        java.util.stream.Stream.of(one), one.descendants()))
                .mapToLong(one -> resident(one.pid()))
                .sum();
    }

    private static long resident(long pid) {
        try {
            String[] pages = Files.readString(Path.of("/proc/" + pid + "/statm")).split(" ");
            return Long.parseLong(pages[1]) * 4_096L;
        } catch (IOException gone) {
            return 0;
        }
    }
}
