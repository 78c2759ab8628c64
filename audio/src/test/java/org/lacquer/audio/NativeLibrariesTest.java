// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class NativeLibrariesTest {
    private static final String LIST = "lacquer.natives";
    private static final String FINDING = "org.bytedeco.javacpp.loadlibraries";

    @TempDir private Path folder;

    @AfterEach
    void forget() {
        System.clearProperty(LIST);
        System.clearProperty(FINDING);
    }

    @Test
    void writesWhereTheLibrariesAreAndLoadsThemFromThere() throws IOException {
        Path list = folder.resolve("natives.list");
        System.setProperty(LIST, list.toString());
        NativeLibraries.load();
        List<String> paths = Files.readAllLines(list);
        assertThat(paths).allMatch(path -> Files.isRegularFile(Path.of(path)));
        assertThat(paths).anyMatch(path -> path.contains("jniavformat"));
        // Each after what it needs.
        assertThat(place(paths, "avutil")).isLessThan(place(paths, "avcodec"));
        assertThat(place(paths, "avcodec")).isLessThan(place(paths, "jniavcodec"));
        assertThat(System.getProperty(FINDING)).isNull();

        NativeLibraries.load();
        assertThat(System.getProperty(FINDING)).isEqualTo("false");
        assertThat(avutil.avutil_version()).isPositive();
        assertThat(Files.list(folder)).containsExactly(list);
    }

    @Test
    void aListThatDoesNotHoldIsWrittenAnew() throws IOException {
        Path list = folder.resolve("natives.list");
        Files.write(list, List.of(folder.resolve("libavutil.so").toString()));
        System.setProperty(LIST, list.toString());
        NativeLibraries.load();
        assertThat(Files.readAllLines(list)).hasSizeGreaterThan(4);
        assertThat(System.getProperty(FINDING)).isNull();
    }

    @Test
    void aFolderThatDoesNotExistIsNoError() {
        System.setProperty(LIST, folder.resolve("no/natives.list").toString());
        NativeLibraries.load();
        assertThat(avutil.avutil_version()).isPositive();
    }

    private static int place(List<String> paths, String name) {
        for (int i = 0; i < paths.size(); i++) {
            String file = Path.of(paths.get(i)).getFileName().toString();
            if (file.matches("(lib)?" + name + "[.-].*")) {
                return i;
            }
        }
        throw new AssertionError(name + " is not in " + paths);
    }
}
