// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.AudioReader;
import org.lacquer.audio.AudioSource;
import org.lacquer.audio.AudioSpool;
import org.lacquer.audio.BitDepth;
import org.lacquer.audio.DitherKind;
import org.lacquer.audio.FileFormat;
import org.lacquer.audio.Processor;
import org.lacquer.audio.Progress;
import org.lacquer.audio.Quantizer;
import org.lacquer.engine.TestSignals.Collector;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The engine gives the same samples today as when the hashes were written: on every machine, thread
 * and block size.
 *
 * <p>The input is the first ten seconds of the example song, read from its FLAC file, since a
 * signal made here with {@code Math.sin} could itself differ between machines. A hash covers the
 * bits of all samples, little-endian, channel after channel.
 *
 * <p>A change that is meant to alter the audio writes the hashes anew, and its changelog entry says
 * what differs and by how much:
 *
 * <pre>
 * ./mvnw -q test -pl engine -am -Dtest=GoldenRenderTest -Dsurefire.failIfNoSpecifiedTests=false -Dlacquer.golden.update=true
 * </pre>
 *
 * Only that command writes them. A change that is not meant to alter the audio leaves them alone.
 */
final class GoldenRenderTest {
    private static final Path SONG = Path.of("..", "examples", "demo-mix.flac");
    private static final int SECONDS = 10;
    private static final int EXCERPT_FRAMES = 4_410;
    private static final String RESOURCE = "golden-renders.properties";
    private static final boolean UPDATE = Boolean.getBoolean("lacquer.golden.update");
    private static final CompressorBand BAND =
            new CompressorBand(-28.0, 2.0, 6.0, 12.0, 140.0, 1.0);
    private static final Map<Golden, String> MEASURED = new EnumMap<>(Golden.class);

    private static AudioClip song;
    private static Properties golden;

    private enum Golden {
        TONE(
                List.of(
                        new HighPassSettings(28.0, 18),
                        new ParametricEqSettings(
                                List.of(
                                        new EqBand(EqBand.Shape.LOW_SHELF, 70.0, -2.0, 0.7),
                                        new EqBand(EqBand.Shape.BELL, 300.0, -3.0, 0.9),
                                        new EqBand(EqBand.Shape.BELL, 3_200.0, 1.5, 0.9),
                                        new EqBand(EqBand.Shape.HIGH_SHELF, 12_000.0, 3.0, 0.7))),
                        LimiterSettings.DEFAULT),
                Delivery.DEFAULT.withTargetLufs(-14.0)),
        DYNAMICS_AND_WIDTH(
                List.of(
                        new GainSettings(1.5),
                        new MultibandCompressorSettings(
                                List.of(180.0, 3_200.0), List.of(BAND, BAND, BAND)),
                        new StereoWidthSettings(1.2, 110.0),
                        LimiterSettings.DEFAULT.withDriveDb(5.0)),
                Delivery.DEFAULT),
        LOUD(
                List.of(LimiterSettings.DEFAULT.withCeilingDbtp(-0.5)),
                Delivery.DEFAULT.withTargetLufs(-7.5)),
        OTHER_RATE_16_BIT(
                List.of(
                        new StereoWidthSettings(-3.0, 0.0),
                        new LimiterSettings(OptionalDouble.of(4.0), -1.0, 2.0, 1.5, 5.0, 60.0)),
                new Delivery(
                        OptionalDouble.empty(),
                        OptionalInt.of(48_000),
                        FileFormat.WAV,
                        BitDepth.INT16,
                        DitherKind.TPDF,
                        7)),
        FLOAT_WITHOUT_LIMITER(
                List.of(
                        new ParametricEqSettings(
                                List.of(new EqBand(EqBand.Shape.BELL, 7_000.0, -6.0, 0.9))),
                        new MultibandCompressorSettings(
                                List.of(90.0, 400.0, 2_000.0, 7_000.0),
                                List.of(BAND, BAND, BAND, BAND, BAND))),
                new Delivery(
                        OptionalDouble.empty(),
                        OptionalInt.empty(),
                        FileFormat.WAV,
                        BitDepth.FLOAT32,
                        DitherKind.NONE,
                        1)),
        BEST_QUALITY(
                """
                schemaVersion: 1
                stages:
                  - {stage: limiter, quality: best}
                delivery: {targetLufs: -10}
                """),
        CLIPPED_AND_UNLINKED(
                """
                schemaVersion: 1
                stages:
                  - {stage: limiter, driveDb: 9, character: punchy, linkPercent: 40, clipDb: 2}
                delivery: {bitDepth: 16, dither: lipshitz-5, ditherSeed: 3}
                """),
        COLOUR(
                """
                schemaVersion: 1
                stages:
                  - stage: compressor
                    thresholdDb: -24
                    release: auto
                    lookaheadMs: 5
                    routing: mid-side
                    sideChain: {highPassHz: 90, peakPercent: 50}
                  - stage: transient-shaper
                    crossoversHz: [300]
                    bands:
                      - {attackDb: 3}
                      - {attackDb: -2, sustainDb: 2}
                  - stage: saturation
                    crossoversHz: [200, 4000]
                    bands:
                      - {curve: transformer, driveDb: 4}
                      - {curve: tube, driveDb: 3, mixPercent: 50}
                      - {curve: tape, driveDb: 6}
                  - {stage: limiter, character: loud}
                delivery: {targetLufs: -11}
                """),
        LINEAR_PHASE_AND_FADES(
                """
                schemaVersion: 1
                stages:
                  - stage: parametric-eq
                    phase: mixed
                    bands:
                      - {shape: tilt, frequencyHz: 900, gainDb: 1, q: 0.4}
                      - {shape: bell, frequencyHz: 2500, gainDb: -2, placement: side}
                  - stage: dynamic-eq
                    bands:
                      - {shape: bell, frequencyHz: 3500, q: 2, thresholdDb: -40, ratio: 3, rangeDb: -6}
                  - {stage: stereo-width, sideGainDb: 3, monoGuard: gate}
                  - {stage: limiter, driveDb: 2}
                delivery:
                  edits:
                    - {kind: trim-start, seconds: 0.5}
                    - {kind: fade-out, seconds: 2}
                """);

        private final MasteringPlan plan;

        Golden(List<StageSettings> stages, Delivery delivery) {
            this.plan = MasteringPlan.of(stages, delivery, Provenance.DEFAULT);
        }

        Golden(String yaml) {
            this.plan = PlanYaml.parse(yaml);
        }
    }

    @BeforeAll
    static void readSongAndHashes() throws IOException {
        try (AudioReader reader = AudioReader.open(SONG)) {
            int frames = SECONDS * reader.format().sampleRateHz();
            float[][] samples = new float[reader.format().channels()][frames];
            AudioBlock block = new AudioBlock(samples.length, 4_096);
            int done = 0;
            while (done < frames && reader.read(block) > 0) {
                int count = Math.min(block.frames(), frames - done);
                for (int c = 0; c < samples.length; c++) {
                    System.arraycopy(block.channel(c), 0, samples[c], done, count);
                }
                done += count;
            }
            assertThat(done).isEqualTo(frames);
            song = new AudioClip(reader.format().sampleRateHz(), samples);
        }
        golden = new Properties();
        try (InputStream in = GoldenRenderTest.class.getResourceAsStream(RESOURCE)) {
            if (in != null) {
                golden.load(in);
            }
        }
    }

    @AfterAll
    static void writeHashes() throws IOException {
        if (!UPDATE) {
            return;
        }
        StringBuilder text =
                new StringBuilder(
                        "# Generated by GoldenRenderTest with -Dlacquer.golden.update=true; do not"
                                + " edit.\n");
        MEASURED.forEach((name, hash) -> text.append(name).append('=').append(hash).append('\n'));
        Path file = Path.of("src", "test", "resources", "org", "lacquer", "engine", RESOURCE);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @EnumSource(Golden.class)
    void samplesAreTheGoldenOnes(Golden name) throws IOException {
        String hash = render(name.plan).hash();
        MEASURED.put(name, hash);
        if (!UPDATE) {
            assertThat(hash).as("see the class comment").isEqualTo(golden.getProperty(name.name()));
        }
    }

    /** At the same time on two other threads. */
    @ParameterizedTest
    @EnumSource(Golden.class)
    void everyThreadGivesTheSameSamples(Golden name) throws IOException, InterruptedException {
        Callable<String> again = () -> render(name.plan).hash();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (var hash : threads.invokeAll(List.of(again, again))) {
                assertThat(hash.get()).isEqualTo(expected(name));
            }
        } catch (ExecutionException e) {
            fail(e);
        }
    }

    /** The solved plan played by its processors alone, in blocks of other sizes. */
    @ParameterizedTest
    @EnumSource(
            value = Golden.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"OTHER_RATE_16_BIT", "LINEAR_PHASE_AND_FADES"})
    void everyBlockSizeGivesTheSameSamples(Golden name) throws IOException {
        Render whole = render(name.plan);
        for (int blockFrames : new int[] {64, 1_021, 65_536}) {
            assertThat(play(whole.plan(), blockFrames)).isEqualTo(whole.hash());
        }
    }

    private static String expected(Golden name) throws IOException {
        return UPDATE ? render(name.plan).hash() : golden.getProperty(name.name());
    }

    /** With the meters on the calling thread instead of a second one. */
    @ParameterizedTest
    @EnumSource(Golden.class)
    void oneThreadGivesTheSameSamples(Golden name) throws IOException {
        Collector out = new Collector();
        try (AudioSpool mix = TestSignals.spool(song)) {
            new Renderer(SONG, Long.MAX_VALUE, Progress.NONE, true).render(mix, name.plan, out);
        }
        assertThat(hash(out)).isEqualTo(expected(name));
    }

    /** What C2 makes of the loops is what they say: the interpreter plays a short excerpt. */
    @Test
    void interpreterGivesTheSameSamples() throws IOException, InterruptedException {
        List<String> interpreted = new ArrayList<>();
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xint",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                GoldenRenderTest.class.getName())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(interpreted::add);
        }
        assertThat(process.waitFor()).isZero();
        List<String> compiled = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            compiled = excerptHashes();
        }
        assertThat(interpreted).isEqualTo(compiled);
    }

    /** Prints what {@link #interpreterGivesTheSameSamples} compares. */
    static void main() throws IOException {
        excerptHashes().forEach(System.out::println);
    }

    /** Of every plan with a drive, for a fraction of a second of a made signal. */
    private static List<String> excerptHashes() throws IOException {
        List<String> hashes = new ArrayList<>();
        for (Golden name : Golden.values()) {
            MasteringPlan plan = name.plan;
            if (plan.limiter().isPresent() && plan.limiter().get().driveDb().isEmpty()) {
                plan = plan.withLimiter(plan.limiter().get().withDriveDb(6.0));
            }
            plan = plan.withDelivery(plan.delivery().withEdits(List.of()));
            Collector out = new Collector();
            try (AudioSpool mix = TestSignals.spool(excerpt())) {
                new Renderer(SONG, Long.MAX_VALUE, Progress.NONE).render(mix, plan, out);
            }
            hashes.add(name + " " + hash(out));
        }
        return hashes;
    }

    /** Noise over bass, from integers alone. */
    private static AudioClip excerpt() {
        float[][] samples = new float[2][EXCERPT_FRAMES];
        Random random = new Random(5);
        for (int i = 0; i < EXCERPT_FRAMES; i++) {
            float bass = 0.5f * (i / 300 % 2 == 0 ? i % 300 : 300 - i % 300) / 300f;
            for (float[] channel : samples) {
                channel[i] = bass + (i / 900 % 2 == 0 ? 0.4f : 0.1f) * (random.nextFloat() - 0.5f);
            }
        }
        return new AudioClip(44_100, samples);
    }

    private record Render(MasteringPlan plan, String hash) {}

    private static Render render(MasteringPlan plan) throws IOException {
        Collector out = new Collector();
        try (AudioSpool mix = TestSignals.spool(song)) {
            Rendered rendered =
                    new Renderer(SONG, Long.MAX_VALUE, Progress.NONE).render(mix, plan, out);
            return new Render(rendered.plan(), hash(out));
        }
    }

    private static String play(MasteringPlan plan, int blockFrames) throws IOException {
        // As the renderer does, with the latency of each part taken out behind it: the dither
        // begins at the first frame of the song.
        List<Processor> stages = new ArrayList<>();
        for (StageSettings stage : plan.stagesBeforeLimiter()) {
            stages.add(stage.prepare(song.format()));
        }
        List<Processor> processors = new ArrayList<>();
        plan.limiter().ifPresent(limiter -> processors.add(limiter.prepare(song.format())));
        Delivery delivery = plan.delivery();
        processors.add(
                new Quantizer(
                        delivery.bitDepth(),
                        delivery.dither(),
                        delivery.ditherSeed(),
                        song.format()));
        Collector out = new Collector();
        var sink = out.begin();
        AudioBlock block = new AudioBlock(song.format().channels(), blockFrames);
        try (AudioSource source =
                new ProcessedSource(new ProcessedSource(song.source(), stages), processors)) {
            while (source.read(block) > 0) {
                sink.write(block);
            }
        }
        return hash(out);
    }

    private static String hash(Collector out) {
        return hash(List.of(out.channel(0), out.channel(1)));
    }

    private static String hash(List<float[]> channels) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (float[] channel : channels) {
                ByteBuffer bytes =
                        ByteBuffer.allocate(channel.length * Float.BYTES)
                                .order(ByteOrder.LITTLE_ENDIAN);
                for (float sample : channel) {
                    bytes.putFloat(sample);
                }
                digest.update(bytes.flip());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
