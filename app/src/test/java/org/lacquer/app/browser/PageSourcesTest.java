// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lacquer.engine.ChannelPlacement;
import org.lacquer.engine.EqBand;
import org.lacquer.engine.EqBand.Shape;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The page's TypeScript: types, and the functions that need no browser. */
@Timeout(180)
final class PageSourcesTest {
    private static final Path SOURCES = Path.of("src", "main", "web").toAbsolutePath();
    private static final Path TESTS = Path.of("src", "test", "web").toAbsolutePath();
    private static final Path LIBRARIES = Path.of("target", "web").toAbsolutePath();

    private static Path node;

    @BeforeAll
    static void findNode() {
        if (Chromium.node().isEmpty()) {
            Chromium.skip("checks of the page's sources need Node 18 or later; not found");
        }
        node = Chromium.node().orElseThrow();
    }

    @Test
    void typesAreStrict() throws Exception {
        Path compiler = WebJar.unpack("typescript", LIBRARIES.resolve("typescript"));
        run(Map.of(), node, compiler.resolve("lib/tsc.js"), "-p", SOURCES);
    }

    @Test
    void everySourceNamesItsLicence() throws IOException {
        try (Stream<Path> files =
                Stream.concat(Files.walk(SOURCES.resolve("src")), Files.walk(TESTS))) {
            List<Path> sources =
                    files.filter(file -> file.toString().matches(".*\\.(ts|tsx|css)")).toList();
            assertThat(sources).hasSizeGreaterThan(40);
            for (Path source : sources) {
                assertThat(Files.readString(source))
                        .as(source.toString())
                        .containsPattern("\\A(//|/\\*) SPDX-License-Identifier: Apache-2.0");
            }
        }
    }

    @Test
    void functionsKeepTheirPromises() throws Exception {
        Path bundles = Files.createDirectories(LIBRARIES.resolve("tests"));
        Path reference = bundles.resolve("eq-reference.json");
        Files.writeString(reference, new JsonMapper().writeValueAsString(eqReference()));
        List<Object> command = new ArrayList<>(List.of(node, "--test"));
        try (Stream<Path> tests = Files.list(TESTS)) {
            for (Path test :
                    tests.filter(file -> file.toString().endsWith(".test.ts")).sorted().toList()) {
                Path bundle = bundles.resolve(test.getFileName().toString().replace(".ts", ".mjs"));
                run(
                        Map.of("NODE_PATH", LIBRARIES.resolve("node_modules").toString()),
                        esbuild(),
                        test,
                        "--bundle",
                        "--platform=node",
                        "--format=esm",
                        "--log-level=warning",
                        "--outfile=" + bundle);
                command.add(bundle);
            }
        }
        String out = run(Map.of("LACQUER_EQ_REFERENCE", reference.toString()), command.toArray());
        assertThat(out)
                .containsPattern("(?m)^\\S* ?pass [1-9]\\d")
                .containsPattern("(?m)^\\S* ?fail 0");
    }

    /** Bands of every shape with the response that the engine itself states. */
    private static List<Map<String, Object>> eqReference() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Shape shape : Shape.values()) {
            for (double frequencyHz : new double[] {45.0, 900.0, 7_000.0, 15_000.0}) {
                for (double gainDb : new double[] {-9.0, 2.5}) {
                    double q = shape == Shape.BELL ? 1.7 : 0.7;
                    var band = new EqBand(shape, frequencyHz, gainDb, q, ChannelPlacement.STEREO);
                    all.add(reference(band, 44_100));
                    all.add(reference(band, 48_000));
                }
            }
        }
        return all;
    }

    private static Map<String, Object> reference(EqBand band, int sampleRateHz) {
        List<List<Double>> points = new ArrayList<>();
        for (double hz = 20.0; hz < 20_000.0; hz *= 1.3) {
            points.add(List.of(hz, band.responseDb(hz, sampleRateHz)));
        }
        String shape = band.shape().name().toLowerCase(Locale.ROOT).replace('_', '-');
        Map<String, Object> item =
                Map.of(
                        "shape", shape,
                        "frequencyHz", band.frequencyHz(),
                        "gainDb", band.gainDb(),
                        "q", band.q());
        return Map.of(
                "sampleRateHz", sampleRateHz,
                "stage", Map.of("stage", "parametric-eq", "bands", List.of(item)),
                "points", points);
    }

    private static Path esbuild() throws IOException {
        try (Stream<Path> files = Files.walk(LIBRARIES, 4)) {
            return files.filter(file -> file.getFileName().toString().startsWith("esbuild"))
                    .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String run(Map<String, String> environment, Object... command) throws Exception {
        var builder = new ProcessBuilder(Stream.of(command).map(Object::toString).toList());
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out;
    }
}
