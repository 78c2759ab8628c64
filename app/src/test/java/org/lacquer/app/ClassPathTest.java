// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.File;
import java.util.Arrays;
import java.util.List;

/** The command ships under Apache-2.0: nothing that is GPL may be on its class path. */
class ClassPathTest {
    private static final List<String> ENTRIES =
            Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator));

    @Test
    void classPathIsTheRealOne() {
        assertThat(ENTRIES).anyMatch(entry -> entry.contains("picocli"));
        assertThat(ENTRIES).anyMatch(entry -> entry.contains("onnxruntime"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"smile", "training-data", "benchmarks", "jmh", "pytorch", "-gpl", "fftw"})
    void nothingThatMayNotBeShipped(String name) {
        assertThat(ENTRIES)
                .map(entry -> new File(entry).getPath())
                .noneMatch(entry -> entry.matches(".*[/\\\\][^/\\\\]*" + name + "[^/\\\\]*\\.jar"));
        assertThat(ENTRIES).noneMatch(entry -> entry.contains(name + File.separator + "target"));
    }
}
