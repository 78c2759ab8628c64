// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What GPL code reaches: training and benchmarks, never the program that is shipped. Reads the
 * dependency tree that the build writes in front of the tests; it names what an artifact brings
 * once and the artifact itself wherever it is asked for.
 */
final class DependenciesTest {
    private static final Path TREE = Path.of("target", "dependency-tree.txt");

    /** Start of a node: three characters for each level above it. */
    private static final Pattern NODE =
            Pattern.compile("((?:[| ]  )*(?:\\+-|\\\\-) )?\\(?([^:]+:[^:]+):.*");

    private static final Map<String, Set<String>> children = new HashMap<>();

    @BeforeAll
    static void readTree() throws IOException {
        List<String> path = new ArrayList<>();
        for (String line : Files.readAllLines(TREE)) {
            Matcher node = NODE.matcher(line);
            assertThat(node.matches()).as(line).isTrue();
            int depth = node.group(1) == null ? 0 : node.group(1).length() / 3;
            path.subList(depth, path.size()).clear();
            if (depth > 0) {
                children.computeIfAbsent(path.getLast(), parent -> new TreeSet<>())
                        .add(node.group(2));
            }
            path.add(node.group(2));
        }
    }

    @Test
    void smileIsOnTheClassPathOfBenchmarks() {
        assertThatCode(() -> Class.forName("smile.regression.RandomForest"))
                .doesNotThrowAnyException();
        assertThat(broughtBy("lacquer-training-data"))
                .anyMatch(name -> name.endsWith(":smile-core"));
    }

    @Test
    void theProgramBringsNeitherSmileNorTheTrainer() {
        assertThat(broughtBy("lacquer-app"))
                .contains("org.lacquer:lacquer-engine", "com.microsoft.onnxruntime:onnxruntime")
                .noneMatch(name -> name.contains("haifengl"))
                .noneMatch(name -> name.contains("pytorch"))
                .noneMatch(name -> name.contains("jmh"))
                .doesNotContain(
                        "org.lacquer:lacquer-training-data", "org.lacquer:lacquer-benchmarks");
    }

    /** All libraries that an artifact brings, by {@code group:artifact}. */
    private static Set<String> broughtBy(String artifact) {
        Set<String> found = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(List.of("org.lacquer:" + artifact));
        while (!open.isEmpty()) {
            for (String child : children.getOrDefault(open.pop(), Set.of())) {
                if (found.add(child)) {
                    open.push(child);
                }
            }
        }
        assertThat(found).as("libraries below %s in %s", artifact, TREE).isNotEmpty();
        return found;
    }
}
