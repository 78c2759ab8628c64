// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lacquer.analysis.Analysis;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioWriter;
import org.lacquer.audio.BitDepth;
import org.lacquer.audio.Failure;
import org.lacquer.audio.FailureException;
import org.lacquer.audio.FileFormat;
import org.lacquer.audio.OutputSpec;
import org.lacquer.audio.StreamFormat;
import org.lacquer.audio.Tags;
import org.lacquer.engine.EqBand;
import org.lacquer.engine.GainSettings;
import org.lacquer.engine.HighPassSettings;
import org.lacquer.engine.LimiterSettings;
import org.lacquer.engine.MasteringPlan;
import org.lacquer.engine.ParametricEqSettings;
import org.lacquer.engine.PlanYaml;
import org.lacquer.engine.StageSettings;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The way from a file to a master, with the shipped model and real files. */
final class MastererTest {
    @TempDir static Path folder;

    private static Path song;
    private static Masterer masterer;

    @BeforeAll
    static void writeSong() throws IOException {
        song = folder.resolve("song.wav");
        writeSong(song, 14.0, 1.0);
        masterer = new Masterer();
    }

    @AfterAll
    static void close() {
        masterer.close();
    }

    /** A part of the example song; {@code bright} scales what lies above 2 kHz. */
    private static void writeSong(Path file, double seconds, double bright) throws IOException {
        float[][] x = ExampleSong.excerpt(20.0, seconds);
        double pole = 1.0 - Math.exp(-2.0 * Math.PI * 2_000.0 / ExampleSong.RATE_HZ);
        for (float[] channel : x) {
            double low = 0.0;
            for (int i = 0; i < channel.length; i++) {
                low += pole * (channel[i] - low);
                channel[i] = (float) (0.5 * (low + bright * (channel[i] - low)));
            }
        }
        write(file, ExampleSong.RATE_HZ, x);
    }

    private static void write(Path file, int rate, float[]... channels) throws IOException {
        OutputSpec spec =
                new OutputSpec(
                        FileFormat.WAV,
                        BitDepth.FLOAT32,
                        new StreamFormat(rate, channels.length),
                        Tags.NONE);
        try (AudioWriter writer = AudioWriter.create(file, spec, true)) {
            writer.write(AudioBlock.wrap(channels));
            writer.commit();
        }
    }

    private static Mastered dryRun(MasteringRequest request) throws IOException {
        return masterer.master(song, Optional.empty(), request, false, MasteringProgress.NONE);
    }

    private static MasteringRequest request(
            int intensity,
            Map<String, Integer> amounts,
            Set<String> bypass,
            List<Path> references) {
        return new MasteringRequest(
                "metal",
                references,
                "streaming",
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                intensity,
                0,
                amounts,
                bypass,
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty());
    }

    @Test
    void masterMeetsItsDeliveryAndItsPlanGivesTheSameBytes() throws IOException {
        Path first = folder.resolve("first.flac");
        Path second = folder.resolve("second.flac");
        Mastered mastered =
                masterer.master(
                        song,
                        Optional.of(first),
                        MasteringRequest.DEFAULT,
                        false,
                        MasteringProgress.NONE);
        assertThat(mastered.outputFigures().orElseThrow().loudness().integratedLufs())
                .isCloseTo(-14.0, within(0.05));
        assertThat(mastered.outputFigures().orElseThrow().peaks().truePeakDbtp())
                .isLessThanOrEqualTo(-1.0);
        MasteringPlan plan = PlanYaml.parse(PlanYaml.write(mastered.plan()));
        masterer.render(song, plan, second, false, MasteringProgress.NONE);
        assertThat(second).hasSameBinaryContentAs(first);
    }

    @Test
    void explainedValuesAreThoseOfThePlan() throws IOException {
        Path out = folder.resolve("explained.wav");
        for (String genre : List.of("metal", "auto")) {
            Mastered mastered =
                    masterer.master(
                            song,
                            Optional.of(out),
                            MasteringRequest.DEFAULT.withGenre(genre),
                            true,
                            MasteringProgress.NONE);
            assertThat(mastered.decisions()).hasSizeGreaterThan(4);
            requireExplained(mastered);
        }
    }

    private static void requireExplained(Mastered mastered) {
        for (Decision decision : mastered.decisions()) {
            assertThat(valueAt(mastered.plan(), decision.setting()))
                    .as(decision.setting())
                    .isEqualTo(decision.value());
            assertThat(decision.because()).isNotBlank();
        }
    }

    /** What the model answered comes with its doubt, its causes, the gate and the bound. */
    @Test
    void predictedSettingsCarryIntervalCausesAndGate() throws IOException {
        Mastered mastered = dryRun(request(100, Map.of(), Set.of(), List.of()));
        List<Decision> tone =
                mastered.decisions().stream()
                        .filter(decision -> decision.setting().startsWith("parametric-eq."))
                        .toList();
        assertThat(tone).hasSizeGreaterThan(2);
        for (Decision decision : tone) {
            double model = decision.evidence().get("modelDb");
            double sigma = decision.evidence().get("sigmaDb");
            Decision.Interval interval = decision.interval().orElseThrow();
            assertThat(interval.low()).isCloseTo(model - 1.645 * sigma, within(0.02));
            assertThat(interval.high()).isCloseTo(model + 1.645 * sigma, within(0.02));
            assertThat(decision.gate().orElseThrow()).isBetween(0.0, 1.0);
            assertThat(decision.causes()).hasSizeBetween(1, 3);
            double last = Double.POSITIVE_INFINITY;
            for (Decision.Cause cause : decision.causes()) {
                assertThat(Math.abs(cause.amount())).isLessThanOrEqualTo(last);
                last = Math.abs(cause.amount());
            }
        }
        assertThat(dryRun(request(100, Map.of(), Set.of(), List.of())).decisions())
                .isEqualTo(mastered.decisions());
        assertThat(mastered.decisions())
                .filteredOn(decision -> decision.setting().startsWith("limiter."))
                .allMatch(decision -> decision.interval().isEmpty());
    }

    /** Metal masters are brighter and leaner than ambient ones; plans for them differ that way. */
    @Test
    void genresPullTheirOwnWay() throws IOException {
        Mastered metal = dryRun(MasteringRequest.DEFAULT.withGenre("metal"));
        Mastered ambient = dryRun(MasteringRequest.DEFAULT.withGenre("ambient"));
        assertThat(eqDb(metal, 7_000.0)).isGreaterThan(eqDb(ambient, 7_000.0) + 0.3);
        assertThat(eqDb(metal, 70.0)).isLessThan(eqDb(ambient, 70.0) - 0.3);
        assertThat(metal.decisions())
                .anySatisfy(
                        decision -> {
                            assertThat(decision.because()).contains("the metal target moves this");
                            assertThat(decision.evidence().get("movedByTargetDb")).isNotZero();
                        });
    }

    @Test
    void intensityScalesTheMoveAndZeroChangesLoudnessOnly() throws IOException {
        Mastered none = dryRun(request(0, Map.of(), Set.of(), List.of()));
        assertThat(none.plan().stages())
                .hasSize(2)
                .satisfies(
                        stages -> {
                            assertThat(stages.getFirst()).isInstanceOf(GainSettings.class);
                            assertThat(stages.getLast()).isInstanceOf(LimiterSettings.class);
                        });
        double half = sizeDb(dryRun(request(25, Map.of(), Set.of(), List.of())));
        double full = sizeDb(dryRun(request(50, Map.of(), Set.of(), List.of())));
        double bold = sizeDb(dryRun(request(100, Map.of(), Set.of(), List.of())));
        assertThat(half).isBetween(0.3 * full, 0.7 * full);
        assertThat(bold).isGreaterThan(full);
    }

    @Test
    void stagesCanBeWeakenedAndLeftOut() throws IOException {
        double full = eqDb(dryRun(request(50, Map.of(), Set.of(), List.of())), 12_000.0);
        double half =
                eqDb(
                        dryRun(request(50, Map.of("parametric-eq", 50), Set.of(), List.of())),
                        12_000.0);
        assertThat(half).isCloseTo(full / 2.0, within(0.02));
        assertThat(
                        dryRun(request(50, Map.of(), Set.of("parametric-eq"), List.of()))
                                .plan()
                                .stages())
                .noneMatch(ParametricEqSettings.class::isInstance);
        assertThatThrownBy(() -> dryRun(request(50, Map.of(), Set.of("limiter"), List.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be bypassed");
    }

    /** A brighter reference never makes the master darker. */
    @Test
    void referencesReplaceTheGenre() throws IOException {
        Path bright = folder.resolve("bright.wav");
        Path dull = folder.resolve("dull.wav");
        writeSong(bright, 8.0, 4.0);
        writeSong(dull, 8.0, 0.25);
        Mastered toBright = dryRun(request(50, Map.of(), Set.of(), List.of(bright)));
        Mastered toDull = dryRun(request(50, Map.of(), Set.of(), List.of(dull)));
        assertThat(toBright.target().orElseThrow().name()).isEqualTo("bright.wav");
        assertThat(eqDb(toBright, 7_000.0)).isGreaterThan(eqDb(toDull, 7_000.0));
    }

    /** Matched fully to itself with a known change, the plan undoes the change. */
    @Test
    void fullMatchFollowsTheReferencesSpectrum() throws IOException {
        Path bright = folder.resolve("matched.wav");
        writeSong(bright, 14.0, 2.0);
        MasteringRequest inferred = request(50, Map.of(), Set.of(), List.of(bright));
        MasteringRequest full =
                new MasteringRequest(
                        inferred.genre(),
                        inferred.references(),
                        inferred.platform(),
                        inferred.loudnessLufs(),
                        inferred.ceilingDbtp(),
                        50,
                        100,
                        Map.of(),
                        Set.of(),
                        Optional.empty(),
                        OptionalInt.empty(),
                        Optional.empty());
        assertThat(distanceDb(bright, full)).isLessThan(0.3 * distanceDb(bright, inferred));
        Mastered matched = dryRun(full);
        requireExplained(matched);
        assertThat(matched.decisions())
                .anyMatch(decision -> decision.setting().startsWith("matching-eq."));
        assertThat(matched.findings()).anyMatch(f -> f.code().equals("follows-references"));
    }

    /**
     * Mean difference between the spectra of the master and of a reference from 100 Hz to 12.5 kHz.
     */
    private static double distanceDb(Path reference, MasteringRequest request) throws IOException {
        Path out = folder.resolve("distance.wav");
        Mastered mastered =
                masterer.master(song, Optional.of(out), request, true, MasteringProgress.NONE);
        double[] master = features(mastered.outputFigures().orElseThrow());
        double[] wanted =
                features(
                        masterer.master(
                                        reference,
                                        Optional.empty(),
                                        MasteringRequest.DEFAULT,
                                        false,
                                        MasteringProgress.NONE)
                                .inputFigures());
        double sum = 0.0;
        for (int b = 6; b < 28; b++) {
            sum += Math.abs(master[b] - wanted[b]) / 22.0;
        }
        return sum;
    }

    private static double[] features(Analysis analysis) {
        return Objects.requireNonNull(analysis.features()).vector().values();
    }

    @Test
    void automaticGenreIsABlendThatAddsUp() throws IOException {
        Target target = dryRun(MasteringRequest.DEFAULT).target().orElseThrow();
        assertThat(target.weights().values().stream().mapToDouble(Double::doubleValue).sum())
                .isCloseTo(1.0, within(1e-9));
    }

    @Test
    void referencesOfOneNameAreToldApart() throws IOException {
        Path bright = Files.createDirectories(folder.resolve("bright")).resolve("mix.wav");
        Path dull = Files.createDirectories(folder.resolve("dull")).resolve("mix.wav");
        writeSong(bright, 8.0, 2.0);
        writeSong(dull, 8.0, 0.5);
        Target target =
                dryRun(request(50, Map.of(), Set.of(), List.of(bright, dull)))
                        .target()
                        .orElseThrow();
        assertThat(target.weights())
                .containsOnly(Map.entry(bright.toString(), 0.5), Map.entry(dull.toString(), 0.5));
    }

    @Test
    void referenceThatIsTooShortIsRefused() throws IOException {
        Path brief = folder.resolve("brief.wav");
        writeSong(brief, 2.0, 1.0);
        assertThatThrownBy(() -> dryRun(request(50, Map.of(), Set.of(), List.of(brief))))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("brief.wav")
                .hasMessageContaining("3 s of sound");
    }

    @Test
    void amountOfZeroLeavesTheHighPassOut() throws IOException {
        Path offset = folder.resolve("offset.wav");
        float[][] x = ExampleSong.excerpt(20.0, 8.0);
        for (float[] channel : x) {
            for (int i = 0; i < channel.length; i++) {
                channel[i] += 0.05f;
            }
        }
        write(offset, ExampleSong.RATE_HZ, x);
        for (int amount : new int[] {0, 100}) {
            MasteringRequest request =
                    request(50, Map.of("high-pass", amount), Set.of(), List.of());
            assertThat(
                            masterer.master(
                                            offset,
                                            Optional.empty(),
                                            request,
                                            false,
                                            MasteringProgress.NONE)
                                    .plan()
                                    .stages())
                    .filteredOn(HighPassSettings.class::isInstance)
                    .hasSize(amount / 100);
        }
    }

    @Test
    void whatCannotBeMasteredLeavesNothingBehind() throws IOException {
        Path silence = folder.resolve("silence.wav");
        Path tiny = folder.resolve("tiny.wav");
        Path broken = folder.resolve("broken.wav");
        Path surround = folder.resolve("surround.wav");
        write(silence, 44_100, new float[44_100], new float[44_100]);
        write(tiny, 44_100, new float[8_820], new float[8_820]);
        float[] nan = new float[44_100];
        nan[30_000] = Float.NaN;
        write(broken, 44_100, nan, new float[44_100]);
        float[] channel = new float[44_100];
        write(surround, 44_100, channel, channel, channel, channel, channel, channel);
        expect(silence, Failure.SilentInput.class);
        expect(tiny, Failure.TooShortInput.class);
        expect(broken, Failure.NonFiniteInput.class);
        expect(surround, Failure.UnsupportedInput.class);
        expect(folder, Failure.UnreadableInput.class);
        expect(folder.resolve("missing.wav"), Failure.UnreadableInput.class);
    }

    private static void expect(Path mix, Class<? extends Failure> kind) throws IOException {
        Path out = folder.resolve("nothing.wav");
        long before = files();
        assertThatThrownBy(
                        () ->
                                masterer.master(
                                        mix,
                                        Optional.of(out),
                                        MasteringRequest.DEFAULT,
                                        false,
                                        MasteringProgress.NONE))
                .isInstanceOfSatisfying(
                        FailureException.class, e -> assertThat(e.failure()).isInstanceOf(kind));
        assertThat(files()).isEqualTo(before);
    }

    private static long files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    /** Sum of the sizes of all EQ gains. */
    private static double sizeDb(Mastered mastered) {
        double sum = 0.0;
        for (StageSettings stage : mastered.plan().stages()) {
            if (stage instanceof ParametricEqSettings eq) {
                sum += eq.bands().stream().mapToDouble(band -> Math.abs(band.gainDb())).sum();
            }
        }
        return sum;
    }

    private static double eqDb(Mastered mastered, double frequencyHz) {
        for (StageSettings stage : mastered.plan().stages()) {
            if (stage instanceof ParametricEqSettings eq) {
                return eq.bands().stream()
                        .filter(band -> band.frequencyHz() == frequencyHz)
                        .mapToDouble(EqBand::gainDb)
                        .sum();
            }
        }
        return 0.0;
    }

    /**
     * Follows a path such as {@code parametric-eq.bands[2].gainDb} through the records of a plan.
     */
    private static double valueAt(MasteringPlan plan, String path) {
        String[] parts = path.split("\\.");
        Object at =
                parts[0].equals("delivery")
                        ? plan.delivery()
                        : plan.stages().stream()
                                .filter(stage -> stage.stageName().equals(parts[0]))
                                .findFirst()
                                .orElseThrow();
        for (int k = 1; k < parts.length; k++) {
            Matcher matcher = Pattern.compile("(\\w+)(?:\\[(\\d+)])?").matcher(parts[k]);
            assertThat(matcher.matches()).isTrue();
            at = component(at, matcher.group(1));
            if (matcher.group(2) != null) {
                at = ((List<?>) at).get(Integer.parseInt(matcher.group(2)));
            }
        }
        return at instanceof OptionalDouble optional
                ? optional.orElseThrow()
                : ((Number) at).doubleValue();
    }

    private static Object component(Object record, String name) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            if (component.getName().equals(name)) {
                try {
                    return component.getAccessor().invoke(record);
                } catch (ReflectiveOperationException e) {
                    throw new AssertionError(e);
                }
            }
        }
        throw new AssertionError(record.getClass() + " has no " + name);
    }
}
