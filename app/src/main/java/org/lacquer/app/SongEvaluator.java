// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.jspecify.annotations.Nullable;
import org.lacquer.comparison.Candidate;
import org.lacquer.comparison.CandidateKind;
import org.lacquer.comparison.Comparer;
import org.lacquer.comparison.Comparison;
import org.lacquer.comparison.ComparisonProgress;
import org.lacquer.comparison.ComparisonRequest;
import org.lacquer.comparison.Criterion;
import org.lacquer.comparison.evaluation.SongFigures;
import org.lacquer.comparison.evaluation.SongFolder;
import org.lacquer.inference.MasteringRequest;
import org.lacquer.models.ModelManifest;

import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One song of an evaluation after the other. A song's figures are kept as {@code
 * songs/NAME/figures.json} with a hash over everything that they depend on: its files, the
 * platform, the model and the version. While that is the same they are not computed again.
 */
final class SongEvaluator {
    private static final String FIGURES = "figures.json";
    private static final String KEY = "key";
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Comparer comparer;
    private final String platform;
    private final Path out;
    private final boolean keepRenders;

    SongEvaluator(Comparer comparer, String platform, Path out, boolean keepRenders) {
        this.comparer = comparer;
        this.platform = platform;
        this.out = out;
        this.keepRenders = keepRenders;
    }

    /** The song's object, fresh or kept. */
    Map<String, Object> evaluate(Path folder, ComparisonProgress progress) throws IOException {
        SongFolder song = SongFolder.read(folder);
        progress.at("reading", 0.0);
        String key = key(song);
        Path own = out.resolve("songs").resolve(Formats.nameOf(folder));
        Path file = own.resolve(FIGURES);
        @Nullable Map<String, Object> kept = kept(file);
        if (kept != null && key.equals(kept.get(KEY))) {
            return kept;
        }
        String genre = Names.genre(song.genre().orElse(MasteringRequest.AUTO));
        Comparison comparison =
                comparer.compare(
                        new ComparisonRequest(
                                song.mix(),
                                song.candidates(),
                                MasteringRequest.DEFAULT.withGenre(genre).withPlatform(platform),
                                own,
                                true),
                        progress);
        String line = Json.line(object(song, key, comparison));
        SideFile.write(file, (line + "\n").getBytes(StandardCharsets.UTF_8), true);
        if (!keepRenders) {
            for (Candidate candidate : comparison.candidates()) {
                if (candidate.kind() == CandidateKind.AI
                        || candidate.kind() == CandidateKind.PLAN) {
                    Files.deleteIfExists(candidate.file());
                }
            }
        }
        return read(line);
    }

    private static Map<String, Object> object(SongFolder song, String key, Comparison comparison) {
        Map<String, Object> object = Json.object(song.folder());
        object.put(KEY, key);
        object.put("song", Formats.nameOf(song.folder()));
        object.put("genre", song.genre().orElse(SongFigures.NO_GENRE));
        object.put("target", comparison.target().name());
        Map<String, Object> candidates = new LinkedHashMap<>();
        for (Candidate candidate : comparison.candidates()) {
            Map<String, Object> figures = new LinkedHashMap<>();
            for (Criterion criterion : Criterion.values()) {
                figures.put(criterion.key(), Figure.rounded(criterion.of(candidate)));
            }
            candidates.put(candidate.name(), figures);
        }
        object.put("candidates", candidates);
        return object;
    }

    /** The figures of a song's object. */
    static SongFigures figures(Map<String, Object> object) {
        Map<String, Map<Criterion, Double>> candidates = new LinkedHashMap<>();
        ((Map<?, ?>) object.getOrDefault("candidates", Map.of()))
                .forEach(
                        (name, figures) -> {
                            Map<Criterion, Double> own = new EnumMap<>(Criterion.class);
                            for (Criterion criterion : Criterion.values()) {
                                if (((Map<?, ?>) figures).get(criterion.key())
                                        instanceof Number number) {
                                    own.put(criterion, number.doubleValue());
                                }
                            }
                            candidates.put(name.toString(), own);
                        });
        return new SongFigures(
                object.getOrDefault("song", "").toString(),
                object.getOrDefault("genre", SongFigures.NO_GENRE).toString(),
                candidates);
    }

    /** Null where there is none, or none that can be read. */
    private static @Nullable Map<String, Object> kept(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return null;
        }
        try {
            return read(Files.readString(file, StandardCharsets.UTF_8));
        } catch (JacksonException cutOff) {
            return null;
        }
    }

    private static Map<String, Object> read(String line) {
        return MAPPER.readValue(line, new TypeReference<LinkedHashMap<String, Object>>() {});
    }

    private String key(SongFolder song) throws IOException {
        MessageDigest digest = sha256();
        for (String fact : List.of(Version.NUMBER, ModelManifest.shipped().sha256(), platform)) {
            digest.update((fact + "\n").getBytes(StandardCharsets.UTF_8));
        }
        for (Path file : song.files()) {
            digest.update((Formats.nameOf(file) + "\n").getBytes(StandardCharsets.UTF_8));
            digest.update(hash(file));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static byte[] hash(Path file) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream stream = new DigestInputStream(Files.newInputStream(file), digest)) {
            stream.transferTo(OutputStream.nullOutputStream());
        }
        return digest.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
