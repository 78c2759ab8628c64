// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lacquer.app.studio.api.Studio;
import org.lacquer.app.studio.api.StudioSettings;
import org.lacquer.app.studio.base.Limits;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioWriter;
import org.lacquer.audio.BitDepth;
import org.lacquer.audio.FileFormat;
import org.lacquer.audio.OutputSpec;
import org.lacquer.audio.StreamFormat;
import org.lacquer.audio.Tags;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** What the studio refuses, with a clear message, and lives on. */
@Timeout(120)
class StudioSafetyTest {
    private static final long LARGEST_BYTES = 2L << 20;
    private static final double LONGEST_SECONDS = 30.0;
    private static final long ENDLESS_BYTES = 80L << 20;
    private static final long SEED = 20_261_123L;

    @TempDir private static Path folder;

    private static StudioClient client;

    @BeforeAll
    static void start() throws Exception {
        Limits limits =
                Limits.DEFAULT
                        .withFileBytes(LARGEST_BYTES)
                        .withDurationSeconds(LONGEST_SECONDS)
                        .withRequestsPerSecond(1_000);
        client = new StudioClient(folder.resolve("data"), limits, 1);
    }

    @AfterAll
    static void end() throws Exception {
        client.close();
    }

    @AfterEach
    void theServerLivesOn() throws Exception {
        assertThat(client.json("/health").path("status").asString()).isEqualTo("ok");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "null",
                "http://127.0.0.1",
                "https://127.0.0.1:PORT",
                "http://localhost:1",
                "http://127.0.0.1:PORT.evil.example"
            })
    void aForeignOriginIsRefused(String origin) throws Exception {
        HttpResponse<byte[]> response =
                client.send(
                        client.request("/projects")
                                .header("Origin", origin.replace("PORT", "" + client.port()))
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("{\"name\": \"x\"}"))
                                .build());
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(code(response)).isEqualTo("foreign-origin");
        assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void theOwnOriginIsWelcome() throws Exception {
        HttpResponse<byte[]> response =
                client.send(
                        client.request("/projects")
                                .header("Origin", "http://127.0.0.1:" + client.port())
                                .header("Sec-Fetch-Site", "same-origin")
                                .build());
        assertThat(response.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    void aPageElsewhereCannotEvenLoadPictures(String site) throws Exception {
        HttpResponse<byte[]> response =
                client.send(client.request("/health").header("Sec-Fetch-Site", site).build());
        assertThat(response.statusCode()).isEqualTo(403);
    }

    @Test
    void aFormCannotPost() throws Exception {
        HttpResponse<byte[]> response =
                client.send(
                        client.request("/projects")
                                .header("Content-Type", "text/plain")
                                .POST(BodyPublishers.ofString("{\"name\": \"x\"}"))
                                .build());
        assertThat(response.statusCode()).isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: evil.example",
                "Host: evil.example:PORT",
                "Host: 127.0.0.1",
                "Host: 127.0.0.1:1",
                "Host: 10.0.0.1:PORT",
                "Host: localhost.evil.example:PORT",
                "Host: 127.0.0.1:PORT\r\nHost: evil.example:PORT",
                "X-Nothing: there"
            })
    void aReboundHostIsRefused(String host) throws Exception {
        String answer =
                client.raw(
                        "GET /api/v1/health HTTP/1.1\r\n"
                                + host.replace("PORT", "" + client.port())
                                + "\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 421").contains("unknown-host");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../../../../etc/passwd",
                "/..%2f..%2f..%2fetc%2fpasswd",
                "/assets/../../../etc/passwd",
                "/assets/%2e%2e/%2e%2e/etc/passwd",
                "/assets/..%5c..%5cetc",
                "//etc/passwd",
                "/api/v1/projects/..%2f..%2fstudio.sqlite",
                "/api/v1/projects/%2e%2e/files/%2e%2e/audio",
                "/api/v1/monitors/..%2f..%2f/impulse",
                "/api/v1/%00"
            })
    void noPathLeadsOutside(String path) throws Exception {
        String answer =
                client.raw(
                        "GET "
                                + path
                                + " HTTP/1.1\r\nHost: 127.0.0.1:"
                                + client.port()
                                + "\r\nConnection: close\r\n\r\n");
        assertThat(answer).doesNotContain("root:").doesNotContain("SQLite format");
        assertThat(answer)
                .as("refused, or the page itself")
                .containsPattern("^HTTP/1.1 (400|404|200)");
        if (answer.startsWith("HTTP/1.1 200")) {
            assertThat(answer).contains("text/html");
        }
    }

    @Test
    void aNameIsNeverAPath() throws Exception {
        String project = client.newProject("Names");
        JsonNode file =
                client.upload(project, "..%2F..%2F..%2Fetc%2Fcron.d%2F%00evil.wav", wave(1.0));
        assertThat(file.path("name").asString()).isEqualTo("evil.wav");
    }

    @Test
    void aTooLargeUploadIsRefusedBeforeItIsRead() throws Exception {
        String project = client.newProject("Large");
        HttpResponse<byte[]> response =
                client.send(
                        client.request("/projects/" + project + "/files?name=large.wav")
                                .POST(BodyPublishers.ofByteArray(new byte[3 << 20]))
                                .build());
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(code(response)).isEqualTo("file-too-large");
        assertThat(StudioClient.tree(response).path("limit").asLong()).isEqualTo(LARGEST_BYTES);
        nothingIsLeft();
    }

    @Test
    void anEndlessUploadIsCut() throws Exception {
        String project = client.newProject("Endless");
        AtomicLong sent = new AtomicLong();
        InputStream endless =
                new InputStream() {
                    @Override
                    public int read() {
                        // An end after 80 MB, so that a server which reads on fails the test.
                        return sent.getAndIncrement() < ENDLESS_BYTES ? 'x' : -1;
                    }
                };
        try {
            HttpResponse<byte[]> response =
                    client.send(
                            client.request("/projects/" + project + "/files?name=endless.wav")
                                    .POST(BodyPublishers.ofInputStream(() -> endless))
                                    .build());
            assertThat(response.statusCode()).isEqualTo(413);
        } catch (IOException cut) {
            // Or the connection is closed.
        }
        assertThat(sent.get()).as("bytes taken").isLessThan(ENDLESS_BYTES);
        nothingIsLeft();
    }

    @Test
    void anUploadThatEndsEarlyLeavesNothing() throws Exception {
        String project = client.newProject("Early");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), client.port())) {
            socket.getOutputStream()
                    .write(
                            ascii(
                                    "POST /api/v1/projects/"
                                            + project
                                            + "/files?name=early.wav HTTP/1.1\r\nHost: 127.0.0.1:"
                                            + client.port()
                                            + "\r\nContent-Length: 100000\r\n\r\nRIFF"));
            for (int wait = 0; wait < 100 && uploads().isEmpty(); wait++) {
                Thread.sleep(20);
            }
            assertThat(uploads()).hasSize(1);
        }
        for (int wait = 0; wait < 100 && uploads().size() > 0; wait++) {
            Thread.sleep(50);
        }
        nothingIsLeft();
        assertThat(client.json("/projects/" + project).path("files").size()).isZero();
    }

    private static void nothingIsLeft() throws IOException {
        assertThat(uploads()).isEmpty();
    }

    private static List<Path> uploads() throws IOException {
        try (var files = Files.walk(folder.resolve("data/work"))) {
            return files.filter(file -> file.endsWith("upload")).toList();
        }
    }

    /** RF64: 64-bit sizes, so that even this fits into a header. */
    @Test
    void tenThousandHoursInAHeaderAreRefused() throws Exception {
        long frames = 10_000L * 3_600L * 8_000L;
        ByteBuffer bytes = ByteBuffer.allocate(4_096).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(ascii("RF64")).putInt(-1).put(ascii("WAVEds64")).putInt(28);
        bytes.putLong(frames + 72).putLong(frames).putLong(frames).putInt(0);
        bytes.put(ascii("fmt ")).putInt(16).putShort((short) 1).putShort((short) 1);
        bytes.putInt(8_000).putInt(8_000).putShort((short) 1).putShort((short) 8);
        bytes.put(ascii("data")).putInt(-1);
        JsonNode error = refused("hours.wav", bytes.array());
        assertThat(error.path("code").asString()).isEqualTo("too-long-input");
        assertThat(error.path("detail").asString())
                .contains("hours.wav is longer than the 30 s")
                .doesNotContain(folder.toString());
    }

    /** A header need not tell the truth: the samples themselves are counted. */
    @Test
    void moreSecondsThanAllowedAreRefused() throws Exception {
        Path file = folder.resolve("long.flac");
        Songs.flac(file, new float[(int) (31.0 * Songs.RATE_HZ)]);
        JsonNode error = refused("long.flac", Files.readAllBytes(file));
        assertThat(error.path("code").asString()).isEqualTo("too-long-input");
    }

    @Test
    void malformedMediaEndsItsJobAndNothingElse() throws Exception {
        List<byte[]> seeds = new ArrayList<>();
        for (FileFormat format :
                List.of(
                        FileFormat.WAV,
                        FileFormat.FLAC,
                        FileFormat.MP3,
                        FileFormat.AAC,
                        FileFormat.OPUS,
                        FileFormat.AIFF)) {
            seeds.add(encoded(format));
        }
        Random random = new Random(SEED);
        String project = client.newProject("Fuzz");
        List<String> jobs = new ArrayList<>();
        for (int round = 0; round < 36; round++) {
            byte[] bytes = mutated(seeds.get(round % seeds.size()), random);
            jobs.add(
                    client.upload(project, "fuzz-" + round + ".bin", bytes)
                            .path("analyseJob")
                            .asString());
        }
        for (String job : jobs) {
            JsonNode end = client.follow(job).getLast();
            assertThat(end.path("state").asString()).as("seed %d", SEED).isIn("done", "failed");
            if (end.path("state").asString().equals("failed")) {
                assertThat(end.path("error").path("code").asString())
                        .as("%s", end)
                        .isNotEqualTo("fault");
            }
        }
        goodSongsAreStillTaken(project);
    }

    /** As when a decoder runs into memory that is not its own. */
    @Test
    void aWorkerThatDiesTakesOneJobWithIt() throws Exception {
        String project = client.newProject("Crash");
        byte[] bytes = wave(10.0);
        String job = client.upload(project, "crash.wav", bytes).path("analyseJob").asString();
        while (client.json("/jobs/" + job).path("state").asString().equals("queued")) {
            Thread.sleep(5);
        }
        ProcessHandle.current()
                .descendants()
                .filter(StudioSafetyTest::isWorker)
                .forEach(ProcessHandle::destroyForcibly);
        JsonNode end = client.follow(job).getLast();
        if (end.path("state").asString().equals("failed")) {
            assertThat(end.path("error").path("code").asString()).isEqualTo("worker-crashed");
        }
        goodSongsAreStillTaken(project);
    }

    private static boolean isWorker(ProcessHandle process) {
        return process.info()
                .commandLine()
                .filter(line -> line.contains("StudioWorker"))
                .isPresent();
    }

    private static void goodSongsAreStillTaken(String project) throws Exception {
        String good = client.upload(project, "good.wav", wave(2.0)).path("analyseJob").asString();
        assertThat(client.follow(good).getLast().path("state").asString()).isEqualTo("done");
    }

    @Test
    void addressesThatOthersReachNeedAToken() throws Exception {
        assertThatThrownBy(
                        () ->
                                new StudioSettings(
                                        folder,
                                        InetAddress.getByName("0.0.0.0"),
                                        0,
                                        null,
                                        Set.of(),
                                        Limits.DEFAULT,
                                        1,
                                        512,
                                        "none",
                                        Set.of(),
                                        "test"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--token");
        Cli cli = Cli.run("serve", "--host", "0.0.0.0", "--no-open");
        assertThat(cli.exitCode()).isEqualTo(2);
        assertThat(cli.err()).contains("needs --token");
        Cli brief = Cli.run("serve", "--host", "0.0.0.0", "--token", "short", "--no-open");
        assertThat(brief.exitCode()).isEqualTo(2);
    }

    @Test
    void withATokenNothingIsToldWithoutIt() throws Exception {
        StudioSettings plain = StudioClient.settings(folder.resolve("guarded"), Limits.DEFAULT, 1);
        String token = "0123456789abcdef-secret";
        StudioSettings settings =
                new StudioSettings(
                        plain.data(),
                        InetAddress.getByName("127.0.0.1"),
                        0,
                        token,
                        Set.of(),
                        plain.limits(),
                        1,
                        512,
                        plain.workerClass(),
                        plain.adjustable(),
                        "test");
        try (Studio studio = new Studio(settings, System.err)) {
            studio.start();
            assertThat(status(studio, "/api/v1/projects", "")).isEqualTo(401);
            assertThat(status(studio, "/api/v1/projects", "Authorization: Bearer wrong\r\n"))
                    .isEqualTo(401);
            assertThat(status(studio, "/api/v1/health", "")).isEqualTo(200);
            assertThat(
                            status(
                                    studio,
                                    "/api/v1/projects",
                                    "Authorization: Bearer " + token + "\r\n"))
                    .isEqualTo(200);
            assertThat(status(studio, "/api/v1/projects", "Cookie: a=b; lacquer=" + token + "\r\n"))
                    .isEqualTo(200);
            assertThat(status(studio, "/?token=wrong", "")).isEqualTo(401);
            assertThat(status(studio, "/?token=" + token, "")).isEqualTo(303);
        }
    }

    private static int status(Studio studio, String path, String headers) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), studio.port())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream()
                    .write(
                            ascii(
                                    "GET "
                                            + path
                                            + " HTTP/1.1\r\nHost: 127.0.0.1:"
                                            + studio.port()
                                            + "\r\n"
                                            + headers
                                            + "Connection: close\r\n\r\n"));
            byte[] answer = socket.getInputStream().readNBytes(12);
            return Integer.parseInt(new String(answer, 9, 3, StandardCharsets.US_ASCII));
        }
    }

    @Test
    void aSecondServerDoesNotTakeTheSameFolder() {
        assertThatThrownBy(
                        () ->
                                new Studio(
                                        StudioClient.settings(
                                                folder.resolve("data"), Limits.DEFAULT, 1),
                                        System.err))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("another studio uses");
    }

    @Test
    void everyAnswerCarriesThePolicies() throws Exception {
        HttpResponse<byte[]> response = client.get("/health");
        assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'; script-src 'self'");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(response.headers().firstValue("X-Frame-Options")).contains("DENY");
        assertThat(response.headers().firstValue("Cross-Origin-Resource-Policy"))
                .contains("same-origin");
    }

    @Test
    void badRequestsSayWhatIsWrong() throws Exception {
        assertThat(code(client.send("POST", "/projects", "{\"name\": \"\"}")))
                .isEqualTo("bad-request");
        HttpResponse<byte[]> unknown =
                client.send("POST", "/projects", "{\"name\": \"x\", \"nmae\": 1}");
        assertThat(StudioClient.tree(unknown).path("field").asString()).isEqualTo("nmae");
        assertThat(code(client.send("POST", "/projects", "{"))).isEqualTo("bad-request");
        assertThat(code(client.send("POST", "/projects", "[" + "[".repeat(100_000))))
                .isEqualTo("bad-request");
        assertThat(code(client.send("POST", "/projects", "\"" + "x".repeat(2 << 20) + "\"")))
                .isEqualTo("body-too-large");
        assertThat(code(client.send("PUT", "/projects", "{}"))).isEqualTo("method-not-allowed");
        assertThat(code(client.get("/nothing"))).isEqualTo("not-found");
        String project = client.newProject("Requests");
        HttpResponse<byte[]> job =
                client.send("POST", "/projects/" + project + "/jobs", "{\"type\": \"dance\"}");
        assertThat(StudioClient.tree(job).path("field").asString()).isEqualTo("type");
    }

    /** Unfinished headers, uploads of a byte now and then, and audio that nobody reads. */
    @Test
    void slowClientsKeepNobodyWaiting() throws Exception {
        String project = client.newProject("Slow");
        JsonNode song = client.upload(project, "song.flac", coarseSong());
        client.follow(song.path("analyseJob").asString());
        String path = "/api/v1/projects/" + project + "/files";
        String host = " HTTP/1.1\r\nHost: 127.0.0.1:" + client.port() + "\r\n";
        String audio = "GET " + path + "/" + song.path("id").asString() + "/audio" + host + "\r\n";
        String upload =
                "POST " + path + "?name=slow.wav" + host + "Content-Length: 1000000\r\n\r\nRIFF";
        List<Socket> slow = new ArrayList<>();
        try {
            for (int k = 0; k < 20; k++) {
                slow.add(slowSocket("GET /api/v1/health" + host + "X-Slow: "));
                slow.add(slowSocket(audio));
                slow.add(slowSocket(upload));
            }
            double worstSeconds = 0.0;
            for (int asked = 0; asked < 40; asked++) {
                for (Socket socket : slow.subList(0, 10)) {
                    socket.getOutputStream().write('x');
                }
                long begin = System.nanoTime();
                assertThat(client.get("/health").statusCode()).isEqualTo(200);
                worstSeconds = Math.max(worstSeconds, (System.nanoTime() - begin) / 1e9);
                Thread.sleep(20);
            }
            // Who waits for one of them waits until it is closed for its silence, after 30 s.
            assertThat(worstSeconds).isLessThan(20.0);
            goodSongsAreStillTaken(project);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    private static Socket slowSocket(String begin) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(1_024);
        socket.connect(
                new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), client.port()));
        socket.getOutputStream().write(begin.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return socket;
    }

    /** A small file that becomes 7 MB of audio: more than a socket takes without a reader. */
    private static byte[] coarseSong() throws IOException {
        float[][] samples = Songs.beat(27.0);
        for (float[] channel : samples) {
            for (int i = 0; i < channel.length; i++) {
                channel[i] = Math.round(channel[i] * 64f) / 64f;
            }
        }
        return Files.readAllBytes(Songs.flac(folder.resolve("coarse.flac"), samples));
    }

    @Test
    void tooManyRequestsAreSlowedDown() throws Exception {
        Limits limits = Limits.DEFAULT.withRequestsPerSecond(2);
        try (StudioClient slow = new StudioClient(folder.resolve("slow"), limits, 1)) {
            int refused = 0;
            for (int i = 0; i < 12; i++) {
                HttpResponse<byte[]> response = slow.get("/projects");
                if (response.statusCode() == 429) {
                    assertThat(response.headers().firstValue("Retry-After")).contains("1");
                    refused++;
                }
            }
            assertThat(refused).isPositive();
        }
    }

    private JsonNode refused(String name, byte[] bytes) throws Exception {
        String project = client.newProject("Refused");
        JsonNode file = client.upload(project, name, bytes);
        JsonNode end = client.follow(file.path("analyseJob").asString()).getLast();
        assertThat(end.path("state").asString()).isEqualTo("failed");
        JsonNode seen =
                client.json("/projects/" + project + "/files/" + file.path("id").asString());
        assertThat(seen.path("state").asString()).isEqualTo("refused");
        assertThat(seen.path("error").path("code")).isEqualTo(end.path("error").path("code"));
        return end.path("error");
    }

    private static byte[] mutated(byte[] good, Random random) {
        byte[] bytes = good.clone();
        int kind = random.nextInt(3);
        if (kind == 0) {
            return java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length - 1) + 1);
        }
        // Most of what a decoder believes stands at the beginning.
        int range = kind == 1 ? Math.min(400, bytes.length) : bytes.length;
        for (int i = 0; i < 1 + random.nextInt(30); i++) {
            bytes[random.nextInt(range)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private static byte[] encoded(FileFormat format) throws IOException {
        Path file = folder.resolve("seed." + format.extensions().getFirst());
        float[][] samples = Songs.beat(1.0);
        int rate = format.nearestRateHz(Songs.RATE_HZ);
        BitDepth depth = format.lossy() ? BitDepth.FLOAT32 : BitDepth.INT16;
        OutputSpec spec = new OutputSpec(format, depth, new StreamFormat(rate, 2), Tags.NONE);
        try (AudioWriter writer = AudioWriter.create(file, spec, true)) {
            writer.write(AudioBlock.wrap(samples));
            writer.commit();
        }
        return Files.readAllBytes(file);
    }

    private static byte[] wave(double seconds) throws IOException {
        Path file = Files.createTempFile(folder, "wave", ".flac");
        Files.delete(file);
        return Files.readAllBytes(Songs.flac(file, Songs.beat(seconds)));
    }

    private static String code(HttpResponse<byte[]> response) {
        assertThat(response.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        return StudioClient.tree(response).path("code").asString();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
