// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.work;

import org.jspecify.annotations.Nullable;
import org.lacquer.analysis.Figures;
import org.lacquer.app.studio.base.Problem;
import org.lacquer.app.studio.base.ProblemException;
import org.lacquer.app.studio.base.StudioJson;
import org.lacquer.inference.Mastered;
import org.lacquer.inference.Masterer;

import tools.jackson.databind.JsonNode;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The other side of a {@link WorkerProcess}: takes one task a line from standard input, tells
 * progress and the result on standard output, and ends with its input.
 *
 * <p>Everything that comes from outside is decoded here, so that a decoder that crashes or runs
 * wild takes one job with it and never the server.
 */
public final class Worker {
    private static final String END = "";

    /** Masters that are remembered until they are described. */
    private static final int REMEMBERED = 4;

    private static final Map<String, Task> TASKS =
            Map.of(
                    "analyse", new AnalyseTask(),
                    "master", new MasterTask(),
                    "preview", new PreviewTask(),
                    "export", new ExportTask(),
                    "codec", new CodecTask(),
                    "compare", new CompareTask(),
                    "describe", new DescribeTask());

    private final BufferedReader in;
    private final OutputStream out;
    private final Reports reports;
    private final double longestSeconds;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Map<String, Mastered> made =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Mastered> eldest) {
                    return size() > REMEMBERED;
                }
            };
    private volatile @Nullable Ticker running;

    private Worker(InputStream in, OutputStream out, Reports reports, double longestSeconds) {
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.out = out;
        this.reports = reports;
        this.longestSeconds = longestSeconds;
    }

    /** Works until the input ends. */
    public static void run(InputStream in, OutputStream out, Reports reports, double longestSeconds)
            throws IOException {
        Worker worker = new Worker(in, out, reports, longestSeconds);
        Thread.ofPlatform().daemon().name("lacquer-tasks").start(worker::listen);
        worker.work();
    }

    /** A cancellation must be heard while a task runs. */
    private void listen() {
        try {
            String line;
            while ((line = in.readLine()) != null) {
                if (line.equals("cancel")) {
                    Ticker ticker = running;
                    if (ticker != null) {
                        ticker.cancel();
                    }
                } else {
                    lines.add(line);
                }
            }
        } catch (IOException serverWentAway) {
            return;
        } finally {
            lines.add(END);
            Ticker ticker = running;
            if (ticker != null) {
                ticker.cancel();
            }
        }
    }

    private void work() throws IOException {
        try (Masterer masterer = new Masterer(Figures.MASTER, longestSeconds);
                Songs songs = new Songs();
                Previews previews = new Previews()) {
            masterer.prepare();
            tell(Map.of("ready", true));
            String line;
            while (!(line = lines.take()).equals(END)) {
                JsonNode request = StudioJson.tree(line);
                Ticker ticker = new Ticker(this::progress);
                running = ticker;
                Desk desk =
                        new Desk(reports, masterer, songs, previews, longestSeconds, made, ticker);
                Map<String, Object> answer = answer(request, desk);
                running = null;
                answer.put("songs", songs.ids());
                tell(answer);
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<String, Object> answer(JsonNode request, Desk desk) {
        Map<String, Object> answer = new LinkedHashMap<>();
        try {
            String name = request.path("task").asString();
            Task task = TASKS.get(name);
            if (task == null) {
                throw new IllegalArgumentException("there is no task " + name);
            }
            answer.put("done", task.run(request, desk));
        } catch (Ticker.CancelledException cancelled) {
            answer.put("cancelled", true);
        } catch (ProblemException refused) {
            answer.put("failed", refused.problem().json(null));
        } catch (IOException | RuntimeException | Error thrown) {
            if (desk.ticker().cancelled()) {
                answer.put("cancelled", true);
                return answer;
            }
            if (System.getenv("LACQUER_DEBUG") != null) {
                thrown.printStackTrace();
            }
            Problem problem = reports.problem(thrown, names(request));
            answer.put("failed", problem.json(null));
            if (thrown instanceof Error) {
                answer.put("broken", true);
            }
        }
        return answer;
    }

    /** What people call the files of a request. */
    private static Map<Path, String> names(JsonNode request) {
        Map<Path, String> names = new HashMap<>();
        JsonNode song = request.path("song");
        if (song.isObject()) {
            names.put(Path.of(song.path("file").asString()), song.path("name").asString());
        }
        request.path("names")
                .properties()
                .forEach(entry -> names.put(Path.of(entry.getKey()), entry.getValue().asString()));
        return names;
    }

    private void progress(String stage, double fraction) {
        try {
            tell(Map.of("stage", stage, "fraction", fraction));
        } catch (IOException serverWentAway) {
            throw new UncheckedIOException(serverWentAway);
        }
    }

    private synchronized void tell(Map<String, Object> message) throws IOException {
        out.write((StudioJson.text(message) + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
