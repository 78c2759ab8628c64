// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lacquer.app.studio.base.Limits;
import org.lacquer.audio.AudioReader;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.zip.ZipInputStream;

/** The studio as a script uses it, against a server that runs. */
@Timeout(120)
class StudioTest {
    private static final double SECONDS = 6.0;

    @TempDir private static Path folder;

    private static StudioClient client;
    private static byte[] song;
    private static String project;
    private static String file;
    private static String version;

    @BeforeAll
    static void masterASong() throws Exception {
        song = Files.readAllBytes(Songs.wav(folder.resolve("song.wav"), Songs.beat(SECONDS)));
        client = new StudioClient(folder.resolve("data"), Limits.DEFAULT, 1);
        project = client.newProject("First");
        JsonNode uploaded = client.upload(project, "First%20Song.wav", song);
        file = uploaded.path("id").asString();
        assertThat(uploaded.path("state").asString()).isEqualTo("waiting");
        assertThat(uploaded.path("name").asString()).isEqualTo("First Song.wav");
        List<JsonNode> told = client.follow(uploaded.path("analyseJob").asString());
        assertThat(told.getLast().path("state").asString()).isEqualTo("done");
        JsonNode job =
                client.done(
                        project,
                        "{\"type\": \"master\", \"file\": \""
                                + file
                                + "\", \"platform\": \"spotify\", \"genre\": \"electronic\"}");
        assertThat(job.path("state").asString()).as("%s", job).isEqualTo("done");
        version = job.path("version").asString();
    }

    @AfterAll
    static void end() throws Exception {
        client.close();
    }

    @Test
    void everyPathIsDescribedAndEveryDescriptionIsThere() {
        String yaml = new String(openapi(), StandardCharsets.UTF_8);
        Map<?, ?> description =
                (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(yaml);
        TreeSet<String> described = new TreeSet<>();
        ((Map<?, ?>) description.get("paths"))
                .forEach(
                        (path, methods) -> {
                            for (Object method : ((Map<?, ?>) methods).keySet()) {
                                String name = method.toString().toUpperCase(java.util.Locale.ROOT);
                                if (!name.equals("PARAMETERS")) {
                                    described.add(name + " " + path);
                                }
                            }
                        });
        TreeSet<String> there = new TreeSet<>();
        client.studio().routes().forEach(there::add);
        assertThat(there).isEqualTo(described);
    }

    private static byte[] openapi() {
        try {
            return client.get("/openapi.yaml").body();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void filesTellWhatWasMeasured() throws Exception {
        String path = "/projects/" + project + "/files/" + file;
        JsonNode analysis = client.json(path + "/analysis");
        assertThat(analysis.path("durationSeconds").asDouble()).isEqualTo(SECONDS);
        assertThat(analysis.path("spectrum").path("centresHz").size()).isGreaterThan(20);
        assertThat(client.json(path + "/findings").path("items").isArray()).isTrue();
        JsonNode series = client.json(path + "/series").path("momentaryLufs");
        assertThat(series.path("values").size() * series.path("stepSeconds").asDouble())
                .isCloseTo(SECONDS, within(0.6));
        JsonNode view = client.json(path);
        assertThat(view.path("state").asString()).isEqualTo("ready");
        assertThat(view.path("figures").path("integratedLufs").asDouble())
                .isEqualTo(analysis.path("integratedLufs").asDouble());
    }

    @Test
    void peaksAreThePeaksOfTheSong() throws Exception {
        float left = 0f;
        float[] samples = Songs.beat(SECONDS)[0];
        for (int i = 0; i < 1_024; i++) {
            left = Math.max(left, samples[i]);
        }
        ByteBuffer peaks =
                ByteBuffer.wrap(
                                client.get(
                                                "/projects/"
                                                        + project
                                                        + "/files/"
                                                        + file
                                                        + "/peaks?framesPerPeak=1024")
                                        .body())
                        .order(ByteOrder.LITTLE_ENDIAN);
        byte[] magic = new byte[4];
        peaks.get(magic);
        assertThat(new String(magic, StandardCharsets.US_ASCII)).isEqualTo("LPK1");
        assertThat(peaks.getInt()).isEqualTo(2);
        assertThat(peaks.getInt()).isEqualTo(44_100);
        assertThat(peaks.getInt()).isEqualTo(1_024);
        int count = peaks.getInt();
        assertThat(count).isEqualTo((samples.length + 1_023) / 1_024);
        assertThat(peaks.getInt()).isEqualTo(samples.length);
        assertThat(peaks.getShort()).isNegative();
        assertThat((int) peaks.getShort()).isEqualTo((int) Math.rint(left * 32_767.0));
        assertThat(peaks.remaining()).isEqualTo((count * 4 - 2) * 2);
    }

    @Test
    void versionMeetsItsPlatformAndExplainsItself() throws Exception {
        JsonNode detail = client.json("/projects/" + project + "/versions/" + version);
        assertThat(detail.path("output").path("integratedLufs").asDouble())
                .isCloseTo(-14.0, within(0.05));
        assertThat(detail.path("output").path("truePeakDbtp").asDouble()).isLessThan(-0.994);
        assertThat(detail.path("decisions").size()).isPositive();
        assertThat(detail.path("decisions").path(0).path("stage").asString()).isNotEmpty();
        assertThat(detail.path("reductions").has("limiter")).isTrue();
        JsonNode spectrum =
                client.json("/projects/" + project + "/versions/" + version + "/spectrum");
        int bands = spectrum.path("centresHz").size();
        assertThat(spectrum.path("mixDb").size()).isEqualTo(bands);
        assertThat(spectrum.path("masterDb").size()).isEqualTo(bands);
        assertThat(spectrum.path("corridor").path("lowDb").size()).isEqualTo(bands);
        JsonNode series = client.json("/projects/" + project + "/versions/" + version + "/series");
        JsonNode limiter = series.path("reductions").path("limiter").path(0);
        assertThat(limiter.path("values").size() * limiter.path("stepSeconds").asDouble())
                .isCloseTo(SECONDS, within(0.05));
        assertThat(
                        StudioClient.text(
                                client.get(
                                        "/projects/"
                                                + project
                                                + "/versions/"
                                                + version
                                                + "/report")))
                .contains("First Song");
    }

    @Test
    void projectMatchesLoudnessByTurningDown() throws Exception {
        JsonNode view = client.json("/projects/" + project);
        double matched = view.path("matchedLufs").asDouble();
        for (String kind : List.of("files", "versions")) {
            for (JsonNode one : view.path(kind)) {
                double gain = one.path("matchGainDb").asDouble();
                assertThat(gain).isLessThanOrEqualTo(0.0);
                if (one.path("figures").has("integratedLufs")) {
                    assertThat(one.path("figures").path("integratedLufs").asDouble() + gain)
                            .isCloseTo(matched, within(0.006));
                }
            }
        }
    }

    @Test
    void audioIsAlignedAndComesInRanges() throws Exception {
        String mix = "/projects/" + project + "/files/" + file + "/audio";
        HttpResponse<byte[]> whole = client.get(mix);
        assertThat(whole.headers().firstValue("Content-Type")).contains("audio/wav");
        String tag = whole.headers().firstValue("ETag").orElseThrow();
        HttpResponse<byte[]> part =
                client.send(client.request(mix).header("Range", "bytes=100-199").build());
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(java.util.Arrays.copyOfRange(whole.body(), 100, 200));
        assertThat(part.headers().firstValue("Content-Range"))
                .contains("bytes 100-199/" + whole.body().length);
        assertThat(client.send(client.request(mix).header("Range", "bytes=-5").build()).body())
                .hasSize(5);
        assertThat(
                        client.send(client.request(mix).header("Range", "bytes=999999999-").build())
                                .statusCode())
                .isEqualTo(416);
        assertThat(
                        client.send(client.request(mix).header("If-None-Match", tag).build())
                                .statusCode())
                .isEqualTo(304);
        Path master = folder.resolve("master.wav");
        Files.write(
                master,
                client.get("/projects/" + project + "/versions/" + version + "/audio").body());
        try (AudioReader reader = AudioReader.open(master)) {
            assertThat(reader.info().declaredFrames()).isEqualTo((long) (SECONDS * 44_100));
        }
    }

    @Test
    void codecPreviewIsAsLongAsTheMaster() throws Exception {
        String path = "/projects/" + project + "/versions/" + version + "/audio?codec=";
        Path decoded = folder.resolve("codec.wav");
        for (String codec : List.of("mp3-128", "opus-96")) {
            HttpResponse<byte[]> response = client.get(path + codec);
            assertThat(response.statusCode()).as(codec).isEqualTo(200);
            Files.write(decoded, response.body());
            try (AudioReader reader = AudioReader.open(decoded)) {
                assertThat(reader.info().declaredFrames()).isEqualTo((long) (SECONDS * 44_100));
            }
        }
        assertThat(client.get(path + "nonsense").statusCode()).isEqualTo(400);
    }

    @Test
    void previewIsAsLoudAsTheVersionAndHearsAChange() throws Exception {
        JsonNode plan = client.json("/projects/" + project + "/versions/" + version + "/plan");
        String request =
                "{\"file\": \""
                        + file
                        + "\", \"version\": \""
                        + version
                        + "\", \"startSeconds\": 1, \"endSeconds\": 5.5, \"plan\": ";
        HttpResponse<byte[]> response =
                client.send("POST", "/projects/" + project + "/preview", request + plan + "}");
        assertThat(response.statusCode()).as(StudioClient.text(response)).isEqualTo(200);
        JsonNode figures = preview(response);
        double same = figures.path("driveDb").asDouble();
        JsonNode stages = plan.path("stages");
        assertThat(same)
                .isCloseTo(stages.path(stages.size() - 1).path("driveDb").asDouble(), within(1e-6));
        Files.write(folder.resolve("preview.wav"), response.body());
        try (AudioReader reader = AudioReader.open(folder.resolve("preview.wav"))) {
            assertThat(reader.info().declaredFrames()).isEqualTo((long) (4.5 * 44_100));
        }
        // 6 dB more in front of everything take 6 dB of drive.
        String gain = "{\"stage\": \"gain\", \"gainDb\": 6}";
        ObjectNode louder = (ObjectNode) plan.deepCopy();
        louder.withArray("stages")
                .insert(0, tools.jackson.databind.json.JsonMapper.shared().readTree(gain));
        JsonNode changed =
                preview(
                        client.send(
                                "POST",
                                "/projects/" + project + "/preview",
                                request + louder + "}"));
        assertThat(changed.path("driveDb").asDouble()).isLessThan(same - 3.0);
        assertLimiterIsCompensated(request, plan);
        HttpResponse<byte[]> tooLong =
                client.send(
                        "POST",
                        "/projects/" + project + "/preview",
                        (request + plan + "}").replace("5.5", "300"));
        assertThat(StudioClient.tree(tooLong).path("code").asString())
                .isEqualTo("preview-too-long");
    }

    /** A switch between version and change shows the limiter, not its loudness. */
    private static void assertLimiterIsCompensated(String request, JsonNode plan) throws Exception {
        String path = "/projects/" + project + "/preview";
        JsonNode version = preview(client.send("POST", path, request + plan + "}"));
        ObjectNode lower = (ObjectNode) plan.deepCopy();
        ObjectNode limiter = (ObjectNode) lower.path("stages").path(plan.path("stages").size() - 1);
        limiter.put("ceilingDbtp", -5.0).put("releaseMs", 20.0);
        JsonNode solved = preview(client.send("POST", path, request + lower + "}"));
        assertThat(solved.path("integratedLufs").asDouble())
                .isCloseTo(version.path("integratedLufs").asDouble(), within(0.5));
        limiter.put("driveDb", version.path("driveDb").asDouble() - 4.0);
        JsonNode quieter =
                preview(client.send("POST", path, request + lower + ", \"keepLoudness\": false}"));
        assertThat(quieter.path("integratedLufs").asDouble())
                .isLessThan(version.path("integratedLufs").asDouble() - 2.0);
        for (JsonNode changed : List.of(solved, quieter)) {
            assertThat(heardLufs(changed)).isCloseTo(heardLufs(version), within(0.07));
        }
    }

    private static double heardLufs(JsonNode preview) {
        return preview.path("integratedLufs").asDouble() + preview.path("matchGainDb").asDouble();
    }

    private static JsonNode preview(HttpResponse<byte[]> response) {
        return tools.jackson.databind.json.JsonMapper.shared()
                .readTree(response.headers().firstValue("Lacquer-Preview").orElseThrow());
    }

    @Test
    void aChangedPlanBecomesAVersionBesideTheOther() throws Exception {
        JsonNode plan = client.json("/projects/" + project + "/versions/" + version + "/plan");
        ObjectNode quieter = (ObjectNode) plan.deepCopy();
        ((ObjectNode) quieter.path("delivery")).put("targetLufs", -18.0);
        JsonNode job =
                client.done(
                        project,
                        "{\"type\": \"render\", \"file\": \""
                                + file
                                + "\", \"parent\": \""
                                + version
                                + "\", \"name\": \"Quieter\", \"plan\": "
                                + quieter
                                + "}");
        assertThat(job.path("state").asString()).as("%s", job).isEqualTo("done");
        String id = job.path("version").asString();
        JsonNode made = client.json("/projects/" + project + "/versions/" + id);
        assertThat(made.path("figures").path("integratedLufs").asDouble())
                .isCloseTo(-18.0, within(0.05));
        assertThat(made.path("name").asString()).isEqualTo("Quieter");
        assertThat(made.path("parent").asString()).isEqualTo(version);
        client.sent("DELETE", "/projects/" + project + "/versions/" + id, "");
        assertThat(client.get("/projects/" + project + "/versions/" + id).statusCode())
                .isEqualTo(404);
        client.sent("POST", "/projects/" + project + "/versions/" + id + "/restore", "");
        assertThat(client.get("/projects/" + project + "/versions/" + id).statusCode())
                .isEqualTo(200);
    }

    @Test
    void exportMakesFilesAndAZipOfAll() throws Exception {
        JsonNode job =
                client.done(
                        project,
                        "{\"type\": \"export\", \"version\": \""
                                + version
                                + "\", \"files\": [{\"format\": \"flac\"}, {\"format\": \"mp3\","
                                + " \"platform\": \"apple\"}, {\"format\": \"wav\", \"platform\":"
                                + " \"cd\"}]}");
        assertThat(job.path("state").asString()).as("%s", job).isEqualTo("done");
        String path = "/projects/" + project + "/exports/" + job.path("export").asString();
        JsonNode export = client.json(path);
        assertThat(export.path("files").size()).isEqualTo(5);
        assertThat(export.path("files").path(1).path("figures").path("integratedLufs").asDouble())
                .isCloseTo(-16.0, within(0.2));
        assertThat(export.path("files").path(2).path("figures").path("integratedLufs").asDouble())
                .isCloseTo(-10.0, within(0.05));
        HttpResponse<byte[]> flac = client.get(path + "/files/0");
        assertThat(flac.headers().firstValue("Content-Disposition").orElseThrow())
                .contains("First Song - Version 1.flac");
        assertThat(new String(flac.body(), 0, 4, StandardCharsets.US_ASCII)).isEqualTo("fLaC");
        List<String> names = new ArrayList<>();
        try (ZipInputStream zip =
                new ZipInputStream(new ByteArrayInputStream(client.get(path + "/zip").body()))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
                zip.readAllBytes();
            }
        }
        assertThat(names)
                .containsExactly(
                        "First Song - Version 1.flac",
                        "First Song - Version 1 (apple).mp3",
                        "First Song - Version 1 (cd).wav",
                        "First Song - Version 1.html",
                        "First Song - Version 1.plan.yaml");
        assertThat(client.get(path + "/files/7").statusCode()).isEqualTo(404);
        client.sent("DELETE", path, "");
        assertThat(client.get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void lossyFilesTellTheirPeakAndStayBelowTheCeilingWhenAsked() throws Exception {
        String files =
                "{\"format\": \"aac\", \"platform\": \"club\"}, {\"format\": \"aac\","
                        + " \"platform\": \"club\", \"safePeaks\": true}";
        JsonNode job =
                client.done(
                        project,
                        "{\"type\": \"export\", \"report\": false, \"plan\": false, \"version\": \""
                                + version
                                + "\", \"files\": ["
                                + files
                                + "]}");
        assertThat(job.path("state").asString()).as("%s", job).isEqualTo("done");
        JsonNode made =
                client.json("/projects/" + project + "/exports/" + job.path("export").asString())
                        .path("files");
        JsonNode usual = made.path(0);
        JsonNode safe = made.path(1);
        assertThat(usual.path("lossy").asBoolean()).isTrue();
        assertThat(usual.path("ceilingDbtp").asDouble()).isEqualTo(-1.0);
        assertThat(usual.path("loweredDb").asDouble()).isZero();
        double peak = usual.path("figures").path("truePeakDbtp").asDouble();
        assertThat(peak).as("an encoder moves peaks").isGreaterThan(-0.95);
        assertThat(safe.path("ceilingDbtp").asDouble()).isEqualTo(-1.0);
        assertThat(safe.path("loweredDb").asDouble()).isGreaterThan(peak + 0.9);
        assertThat(safe.path("figures").path("truePeakDbtp").asDouble()).isLessThan(-0.95);
        assertThat(safe.path("figures").path("integratedLufs").asDouble())
                .isCloseTo(usual.path("figures").path("integratedLufs").asDouble(), within(0.3));
    }

    @Test
    void comparisonHoldsVersionAgainstMixAndExplainsOtherMasters() throws Exception {
        byte[] audio =
                client.get("/projects/" + project + "/versions/" + version + "/audio").body();
        JsonNode mine = client.upload(project, "Mine.wav&role=master", audio);
        client.follow(mine.path("analyseJob").asString());
        JsonNode job =
                client.done(
                        project,
                        "{\"type\": \"compare\", \"file\": \""
                                + file
                                + "\", \"genre\": \"electronic\", \"versions\": [\""
                                + version
                                + "\"], \"masters\": [\""
                                + mine.path("id").asString()
                                + "\"]}");
        assertThat(job.path("state").asString()).as("%s", job).isEqualTo("done");
        String path = "/projects/" + project + "/comparisons/" + job.path("comparison").asString();
        JsonNode comparison = client.json(path);
        assertThat(comparison.path("candidates").size()).isEqualTo(3);
        for (JsonNode candidate : comparison.path("candidates")) {
            assertThat(candidate.path("explanation").isObject())
                    .as(candidate.path("name").asString())
                    .isEqualTo(candidate.path("name").asString().equals("Mine"));
        }
        assertThat(comparison.toString()).doesNotContain(folder.toString());
        HttpResponse<byte[]> report = client.get(path + "/report");
        assertThat(report.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("sandbox");
        assertThat(StudioClient.text(report)).contains("Version 1").doesNotContain("/candidates/");
    }

    @Test
    void plansAreReadSavedAndRefusedWithTheLine() throws Exception {
        HttpResponse<byte[]> bad =
                client.send(
                        client.request("/plans/read")
                                .header("Content-Type", "application/yaml")
                                .POST(
                                        java.net.http.HttpRequest.BodyPublishers.ofString(
                                                "schemaVersion: 1\nstages:\n  - stage: gain\n"
                                                        + "    gainDb: 99\n"))
                                .build());
        assertThat(bad.statusCode()).isEqualTo(422);
        assertThat(StudioClient.tree(bad).path("line").asInt()).isEqualTo(4);
        JsonNode plan = client.json("/projects/" + project + "/versions/" + version + "/plan");
        JsonNode saved =
                client.sent("POST", "/plans", "{\"name\": \"Mine\", \"plan\": " + plan + "}");
        String id = saved.path("id").asString();
        assertThat(client.json("/plans/" + id)).isEqualTo(plan);
        client.sent("DELETE", "/plans/" + id, "");
        assertThat(client.get("/plans/" + id).statusCode()).isEqualTo(404);
        client.sent("POST", "/plans/" + id + "/restore", "");
        assertThat(client.json("/plans").path("items").size()).isEqualTo(1);
    }

    @Test
    void monitorsAreTheDevicesOfTheAnalysis() throws Exception {
        JsonNode options = client.json("/options");
        assertThat(options.path("monitors").size()).isEqualTo(10);
        ByteBuffer mono =
                ByteBuffer.wrap(client.get("/monitors/mono/impulse?rate=44100").body())
                        .order(ByteOrder.LITTLE_ENDIAN);
        assertThat(mono.getShort(22)).isEqualTo((short) 4);
        for (int path = 0; path < 4; path++) {
            assertThat(mono.getFloat(44 + 4 * path)).isCloseTo(0.5f, within(1e-6f));
            assertThat(mono.getFloat(44 + 16 + 4 * path)).isZero();
        }
        assertThat(client.get("/monitors/nothing/impulse").statusCode()).isEqualTo(404);
    }

    @Test
    void everySettingOfEveryStageIsAControl() throws Exception {
        JsonNode stages = client.json("/options").path("stages");
        assertThat(stages.size()).isEqualTo(12);
        JsonNode compressor = stages.path(7);
        assertThat(compressor.path("name").asString()).isEqualTo("compressor");
        JsonNode threshold = compressor.path("controls").path(0);
        assertThat(threshold.path("key").asString()).isEqualTo("thresholdDb");
        assertThat(threshold.path("title").asString()).isEqualTo("Threshold");
        assertThat(threshold.path("unit").asString()).isEqualTo("dB");
        assertThat(threshold.path("minimum").asDouble()).isEqualTo(-80.0);
        for (JsonNode stage : stages) {
            for (JsonNode control : stage.path("controls")) {
                assertThat(control.path("type").asString())
                        .as("%s of %s", control.path("key"), stage.path("name"))
                        .isIn("number", "integer", "choice", "boolean", "list", "numbers", "group");
                if (control.path("type").asString().equals("list")) {
                    assertThat(control.path("items").size()).isPositive();
                }
            }
        }
    }

    @Test
    void projectsAreFoundRenamedDeletedAndRestored() throws Exception {
        String id = client.newProject("Zürich 100% ÄÖ");
        assertThat(client.json("/projects?search=100%25").path("total").asInt()).isEqualTo(1);
        assertThat(client.json("/projects?search=_").path("total").asInt()).isZero();
        client.sent("PATCH", "/projects/" + id, "{\"name\": \"Basel\"}");
        assertThat(client.json("/projects?search=BASEL").path("total").asInt()).isEqualTo(1);
        client.sent("DELETE", "/projects/" + id, "");
        assertThat(client.get("/projects/" + id).statusCode()).isEqualTo(404);
        assertThat(client.json("/projects?deleted=true&search=basel").path("total").asInt())
                .isEqualTo(1);
        client.sent("POST", "/projects/" + id + "/restore", "");
        assertThat(client.json("/projects/" + id).path("name").asString()).isEqualTo("Basel");
        client.sent("DELETE", "/projects/" + id + "?permanent=true", "");
        assertThat(client.json("/projects?deleted=true&search=basel").path("total").asInt())
                .isZero();
    }

    @Test
    void whatWaitsForAProjectThatIsDeletedForGoodIsDroppedWithoutAWord() throws Exception {
        String other = client.newProject("Short-lived");
        String next = client.newProject("Next");
        String upload = client.upload(other, "song.wav", song).path("id").asString();
        JsonNode busy = client.upload(next, "song.wav", song);
        client.follow(busy.path("analyseJob").asString());
        String job =
                client.sent(
                                "POST",
                                "/projects/" + other + "/jobs",
                                "{\"type\": \"master\", \"file\": \"" + upload + "\"}")
                        .path("id")
                        .asString();
        String master = "{\"type\": \"master\", \"file\": \"" + busy.path("id").asString() + "\"}";
        String inFront =
                client.sent("POST", "/projects/" + next + "/jobs", master).path("id").asString();
        client.follow(job);
        client.sent("DELETE", "/projects/" + other + "?permanent=true", "");
        client.follow(inFront);
        client.done(next, master);
        assertThat(client.faults()).isEmpty();
        client.sent("DELETE", "/projects/" + next + "?permanent=true", "");
    }

    @Test
    void aCancelledJobEndsAndLeavesNothing() throws Exception {
        byte[] longer =
                Files.readAllBytes(Songs.wav(folder.resolve("longer.wav"), Songs.beat(30.0)));
        String other = client.newProject("Cancelled");
        JsonNode uploaded = client.upload(other, "longer.wav", longer);
        String job = uploaded.path("analyseJob").asString();
        JsonNode queued =
                client.sent(
                        "POST",
                        "/projects/" + other + "/jobs",
                        "{\"type\": \"master\", \"file\": \""
                                + uploaded.path("id").asString()
                                + "\"}");
        JsonNode cancelled = client.sent("DELETE", "/jobs/" + queued.path("id").asString(), "");
        assertThat(cancelled.path("state").asString()).isEqualTo("cancelled");
        client.sent("DELETE", "/jobs/" + job, "");
        assertThat(client.follow(job).getLast().path("state").asString()).isIn("cancelled", "done");
        assertThat(client.json("/projects/" + other).path("versions").size()).isZero();
    }
}
