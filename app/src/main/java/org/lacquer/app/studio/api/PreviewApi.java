// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.api;

import org.jspecify.annotations.Nullable;
import org.lacquer.app.studio.base.Durable;
import org.lacquer.app.studio.base.Limits;
import org.lacquer.app.studio.base.Plans;
import org.lacquer.app.studio.base.Problem;
import org.lacquer.app.studio.base.StudioJson;
import org.lacquer.app.studio.http.Request;
import org.lacquer.app.studio.http.Response;
import org.lacquer.app.studio.http.Router;
import org.lacquer.app.studio.store.Project;
import org.lacquer.app.studio.store.SongFile;
import org.lacquer.app.studio.store.Store;
import org.lacquer.app.studio.store.Version;
import org.lacquer.app.studio.work.WorkerProcess;
import org.lacquer.app.studio.work.WorkerProcess.Outcome;
import org.lacquer.engine.MasteringPlan;
import org.lacquer.engine.PlanYaml;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * {@code /projects/P/preview}: by a worker of its own that waits for nothing else, one at a time; a
 * newer preview of a project ends an older one.
 */
final class PreviewApi {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Takes the place of a project while nobody waits for the result. */
    private static final String NOBODY = "";

    private static final double REHEARSED_SECONDS = 10.0;
    private static final int REHEARSALS = 4;

    private final Store store;
    private final Views views;
    private final WorkerProcess worker;
    private final Limits limits;
    private final ReentrantLock turn = new ReentrantLock(true);
    private final Map<String, Long> latest = new HashMap<>();
    private final Set<String> rehearsed = ConcurrentHashMap.newKeySet();
    private @Nullable String running;

    /**
     * Whether the worker's code is compiled; a song of its own is then all that a rehearsal brings.
     */
    private volatile boolean warm;

    PreviewApi(Store store, Views views, WorkerProcess worker, Limits limits) {
        this.store = store;
        this.views = views;
        this.worker = worker;
        this.limits = limits;
    }

    void addTo(Router router) {
        router.post("/projects/{project}/preview", this::preview);
    }

    private Response preview(Request request) throws IOException {
        Project project = store.projects().get(request.path("project"));
        JsonNode body =
                request.json(
                        List.of(
                                "file",
                                "plan",
                                "version",
                                "startSeconds",
                                "endSeconds",
                                "keepLoudness"));
        SongFile file = store.files().ready(project.id(), body.path("file").asString(""));
        if (!body.path("plan").isObject()) {
            throw Problem.badField("plan", "plan must be a plan as JSON").exception();
        }
        MasteringPlan plan = Plans.read(body.path("plan").toString());
        double start = Fields.number(body, "startSeconds");
        double end = Fields.number(body, "endSeconds");
        requireStretch(start, end, file);
        Map<String, Object> task = new LinkedHashMap<>();
        task.put("task", "preview");
        task.put("song", song(file));
        task.put("plan", PlanYaml.write(plan));
        task.put("startSeconds", start);
        task.put("endSeconds", end);
        task.put("keepLoudness", body.path("keepLoudness").asBoolean(true));
        task.put("playRateHz", Objects.requireNonNull(project.playRateHz()));
        task.put("songLufs", Views.detail(file.detail()).path("figures").path("integratedLufs"));
        double lufs = Double.NaN;
        if (body.has("version")) {
            var version = store.versions().get(project.id(), body.path("version").asString(""));
            Path folder = store.folders().version(project.id(), version.id());
            task.put("base", Files.readString(folder.resolve("plan.yaml")));
            lufs =
                    Views.detail(version.detail())
                            .path("figures")
                            .path("integratedLufs")
                            .asDouble(Double.NaN);
        }
        double heard = plan.delivery().targetLufs().orElse(lufs);
        double matched = views.matchedLufs(project.id());
        double gain = Views.gain(Math.min(matched, heard), heard);
        return run(project.id(), task, gain, Views.gain(matched, lufs));
    }

    /**
     * Decodes a version's song and plays a stretch of it to nobody, once: the first preview that
     * somebody waits for is then as quick as the later ones.
     */
    void rehearse(Version version, Project project, SongFile file) {
        Integer rate = project.playRateHz();
        if (rate != null && rehearsed.add(version.id())) {
            int rateHz = rate;
            Thread.ofVirtual().start(() -> rehearse(version, rateHz, file));
        }
    }

    private void rehearse(Version version, int rate, SongFile file) {
        if (!turn.tryLock()) {
            return;
        }
        try {
            Path folder = store.folders().workFolder();
            try {
                synchronized (latest) {
                    running = NOBODY;
                }
                Path plan = store.folders().version(version.project(), version.id());
                Map<String, Object> task = new LinkedHashMap<>();
                task.put("task", "preview");
                task.put("song", song(file));
                task.put("plan", Files.readString(plan.resolve("plan.yaml")));
                task.put("startSeconds", 0.0);
                task.put("endSeconds", REHEARSED_SECONDS);
                task.put("keepLoudness", true);
                task.put("playRateHz", rate);
                for (int k = 0; k < (warm ? 1 : REHEARSALS); k++) {
                    task.put("out", folder.resolve(k + ".wav").toString());
                    Outcome outcome = worker.run(task, (stage, fraction) -> {}, LIMIT);
                    if (!(outcome instanceof Outcome.Done)) {
                        return;
                    }
                }
                warm = true;
            } finally {
                synchronized (latest) {
                    running = null;
                }
                Durable.deleteTree(folder);
            }
        } catch (IOException | RuntimeException notRehearsed) {
            // The preview itself will tell, if it matters.
            rehearsed.remove(version.id());
        } finally {
            turn.unlock();
        }
    }

    private Map<String, Object> song(SongFile file) {
        return Map.of(
                "id",
                file.id(),
                "file",
                store.folders().upload(file.project(), file.id()).toString(),
                "name",
                file.name());
    }

    private void requireStretch(double start, double end, SongFile file) {
        double duration =
                Views.detail(file.detail()).path("figures").path("durationSeconds").asDouble(0.0);
        if (!(start >= 0.0 && start < end && start < duration)) {
            throw Problem.badField(
                            "startSeconds",
                            "the stretch must start within the song, which lasts "
                                    + duration
                                    + " s, and end after its start")
                    .exception();
        }
        if (end - start > limits.previewSeconds()) {
            throw new Problem(
                            400,
                            "preview-too-long",
                            "a preview lasts at most " + limits.previewSeconds() + " s")
                    .with("limit", limits.previewSeconds())
                    .exception();
        }
    }

    /**
     * @param gain that brings the song to the common loudness if it becomes as loud as is asked for
     * @param versionGain that brings the version there
     */
    private Response run(String project, Map<String, Object> task, double gain, double versionGain)
            throws IOException {
        long number;
        synchronized (latest) {
            number = latest.merge(project, 1L, Long::sum);
            if (project.equals(running) || NOBODY.equals(running)) {
                worker.cancel();
            }
        }
        turn.lock();
        Path folder = store.folders().workFolder();
        try {
            synchronized (latest) {
                if (number != latest.getOrDefault(project, 0L)) {
                    throw superseded();
                }
                running = project;
            }
            Path out = folder.resolve("preview.wav");
            task.put("out", out.toString());
            Outcome outcome = worker.run(task, (stage, fraction) -> {}, LIMIT);
            return switch (outcome) {
                case Outcome.Done(JsonNode result) -> {
                    Map<String, Object> figures = new LinkedHashMap<>(StudioJson.map(result));
                    figures.put("matchGainDb", matchGain(result, gain, versionGain));
                    yield Response.bytes(200, "audio/wav", Files.readAllBytes(out))
                            .header("Lacquer-Preview", StudioJson.text(figures));
                }
                case Outcome.Failed(Problem problem) -> throw problem.exception();
                case Outcome.Cancelled() -> throw superseded();
            };
        } finally {
            synchronized (latest) {
                running = null;
            }
            turn.unlock();
            Durable.deleteTree(folder);
        }
    }

    /**
     * Where the loudness of the song is not known before it is rendered, the stretch is brought to
     * that of the version, as far as its peaks allow.
     */
    private static double matchGain(JsonNode result, double gain, double versionGain) {
        double change =
                result.path("versionLufs").asDouble(Double.NaN)
                        - result.path("integratedLufs").asDouble(Double.NaN);
        if (!Double.isFinite(versionGain + change)) {
            return gain;
        }
        double highest = Math.max(0.0, -result.path("truePeakDbtp").asDouble(0.0));
        return Math.rint(Math.min(versionGain + change, highest) * 100.0) / 100.0;
    }

    private static RuntimeException superseded() {
        return new Problem(409, "superseded", "a newer preview of this project was asked for")
                .exception();
    }
}
