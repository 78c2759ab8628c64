// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.api;

import org.lacquer.app.studio.base.Ids;
import org.lacquer.app.studio.base.Problem;
import org.lacquer.app.studio.base.StudioJson;
import org.lacquer.app.studio.jobs.Events.Subscription;
import org.lacquer.app.studio.jobs.Job;
import org.lacquer.app.studio.jobs.Jobs;
import org.lacquer.app.studio.store.JobRecord;
import org.lacquer.app.studio.store.Store;
import org.lacquer.app.studio.store.Version;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Versions as an encoder leaves them: made when they are first asked for. */
final class Codecs {
    private static final Map<String, String> TITLES = titles();
    private static final long WAIT_MILLIS = 100_000;

    private final Store store;
    private final Jobs jobs;

    Codecs(Store store, Jobs jobs) {
        this.store = store;
        this.jobs = jobs;
    }

    /** Names and titles for a choice. */
    static List<Map<String, Object>> all() {
        return TITLES.entrySet().stream()
                .map(
                        codec ->
                                Map.<String, Object>of(
                                        "name", codec.getKey(), "title", codec.getValue()))
                .toList();
    }

    /** The file, after waiting for it if need be. */
    Path audio(Version version, String codec) {
        if (!TITLES.containsKey(codec)) {
            throw Problem.badField(
                            "codec", "codec must be none, " + String.join(", ", TITLES.keySet()))
                    .exception();
        }
        Path file =
                store.folders()
                        .version(version.project(), version.id())
                        .resolve("codec-" + codec + ".wav");
        if (!Files.exists(file)) {
            await(job(version, codec));
        }
        return file;
    }

    private synchronized String job(Version version, String codec) {
        Map<String, Object> asked = new LinkedHashMap<>();
        asked.put("type", "codec");
        asked.put("version", version.id());
        asked.put("codec", codec);
        String request = StudioJson.text(asked);
        Optional<JobRecord> running = store.jobs().unfinished("codec", version.id(), request);
        return running.isPresent()
                ? running.get().id()
                : jobs.submit(Ids.next(), version.project(), "codec", request, null, version.id())
                        .record()
                        .id();
    }

    private void await(String id) {
        long end = System.nanoTime() + WAIT_MILLIS * 1_000_000;
        try (Subscription subscription = jobs.events().subscribe(null, id)) {
            Job job = jobs.job(id);
            while (!job.record().ended()) {
                if (System.nanoTime() - end > 0) {
                    throw Problem.notReady("the encoder is still at work; ask again").exception();
                }
                Job changed = subscription.next(1_000);
                job = changed == null ? jobs.job(id) : changed;
            }
            if (!job.record().state().equals("done")) {
                throw Problem.conflict("the codec preview was not made; see job " + id).exception();
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw Problem.notReady("the server is ending").exception();
        }
    }

    private static Map<String, String> titles() {
        Map<String, String> titles = new LinkedHashMap<>();
        titles.put("mp3-320", "MP3, 320 kb/s");
        titles.put("mp3-128", "MP3, 128 kb/s");
        titles.put("aac-256", "AAC, 256 kb/s");
        titles.put("aac-128", "AAC, 128 kb/s");
        titles.put("opus-96", "Opus, 96 kb/s");
        return titles;
    }
}
