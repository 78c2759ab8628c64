// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.audio.Failure;
import org.lacquer.audio.FailureException;
import org.lacquer.comparison.listening.Answer;
import org.lacquer.comparison.listening.ListeningSession;
import org.lacquer.comparison.listening.Stimulus;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what the listening page saves. */
final class ListeningFiles {
    private static final String TYPE = "lacquer-listening-session";
    private static final JsonMapper MAPPER = new JsonMapper();

    private ListeningFiles() {}

    /**
     * @throws FailureException for a file that is no session, or a damaged one
     */
    static ListeningSession read(Path file) throws IOException {
        JsonNode root;
        try {
            root = MAPPER.readTree(Files.readString(file, StandardCharsets.UTF_8));
        } catch (JacksonException e) {
            throw unusable(file, "it is not JSON");
        }
        if (!root.path("type").asString("").equals(TYPE)) {
            throw unusable(file, "it is no listening session of Lacquer");
        }
        if (root.path("schemaVersion").asInt(0) != 1) {
            throw unusable(file, "it is of another version");
        }
        try {
            return session(root);
        } catch (JacksonException | IllegalArgumentException e) {
            throw unusable(file, "it is damaged: " + e.getMessage());
        }
    }

    private static ListeningSession session(JsonNode root) {
        List<Stimulus> stimuli = new ArrayList<>();
        for (JsonNode one : root.required("stimuli")) {
            stimuli.add(new Stimulus(text(one, "name"), kind(text(one, "kind"))));
        }
        String method = text(root, "method");
        List<Answer> answers = new ArrayList<>();
        for (JsonNode trial : root.required("trials")) {
            answers.add(
                    switch (method) {
                        case "abx" -> abx(trial);
                        case "preference" -> preference(trial);
                        case "rating" -> rating(trial);
                        default -> throw new IllegalArgumentException("method " + method);
                    });
        }
        return new ListeningSession(
                text(root, "session"),
                text(root.required("test"), "id"),
                text(root.required("test"), "title"),
                text(root, "listener"),
                stimuli,
                answers);
    }

    private static Answer abx(JsonNode trial) {
        return new Answer.Abx(
                text(trial, "a"), text(trial, "b"), text(trial, "x"), text(trial, "answer"));
    }

    private static Answer preference(JsonNode trial) {
        JsonNode preferred = trial.required("preferred");
        return new Answer.Preference(
                text(trial, "first"),
                text(trial, "second"),
                preferred.isNull() ? Optional.empty() : Optional.of(preferred.asString()));
    }

    private static Answer rating(JsonNode trial) {
        Map<String, Double> ratings = new LinkedHashMap<>();
        trial.required("ratings")
                .forEachEntry((name, value) -> ratings.put(name, value.doubleValue()));
        return new Answer.Rating(ratings);
    }

    private static String text(JsonNode node, String key) {
        return node.required(key).asString();
    }

    private static Stimulus.Kind kind(String key) {
        return Arrays.stream(Stimulus.Kind.values())
                .filter(kind -> kind.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("kind " + key));
    }

    private static FailureException unusable(Path file, String reason) {
        return new FailureException(new Failure.UnsupportedInput(file, reason));
    }
}
