// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.javacpp.Loader;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;

/**
 * Loads FFmpeg's libraries.
 *
 * <p>JavaCPP looks for every library in every jar of the class path before it finds that it has
 * unpacked them all at an earlier start; that costs a third of a second of processor time. A
 * program that owns the folder they are unpacked to can name a file in the system property {@code
 * lacquer.natives}: the first start writes their paths there, later ones load them by these paths.
 * A list that does not hold any more is written anew. Whoever changes the libraries removes it.
 */
final class NativeLibraries {
    private static final String LIST_PROPERTY = "lacquer.natives";

    /** JavaCPP's own switch: whether it finds and loads libraries itself. */
    private static final String FINDING_PROPERTY = "org.bytedeco.javacpp.loadlibraries";

    /** Each needs those before it; whatever else a platform brings needs none of them. */
    private static final List<String> ORDER =
            List.of(
                    "drm",
                    "va",
                    "va-drm",
                    "avutil",
                    "swresample",
                    "avcodec",
                    "avformat",
                    "jnijavacpp",
                    "jniavutil",
                    "jniswresample",
                    "jniavcodec",
                    "jniavformat");

    private NativeLibraries() {}

    static void load() {
        String property = System.getProperty(LIST_PROPERTY, "");
        if (property.isEmpty()) {
            Loader.load(avformat.class);
            return;
        }
        Path list = Path.of(property);
        if (!loadListed(list)) {
            Loader.load(avformat.class);
            write(list);
        }
    }

    @SuppressWarnings("restricted")
    private static boolean loadListed(Path list) {
        // Before the first one: they initialise JavaCPP's classes, which would start to search.
        System.setProperty(FINDING_PROPERTY, "false");
        try {
            List<String> paths = Files.readAllLines(list, StandardCharsets.UTF_8);
            for (String path : paths) {
                System.load(path);
            }
            if (!paths.isEmpty()) {
                return true;
            }
        } catch (IOException | UnsatisfiedLinkError notThere) {
            // As without a list.
        }
        System.clearProperty(FINDING_PROPERTY);
        return false;
    }

    /** Complete or not at all; without a list the next start takes as long as this one. */
    private static void write(Path list) {
        List<String> paths =
                Loader.getLoadedLibraries().values().stream()
                        .distinct()
                        .sorted(
                                Comparator.comparingInt(NativeLibraries::place)
                                        .thenComparing(path -> path))
                        .toList();
        Path part = list.resolveSibling(list.getFileName() + "." + ProcessHandle.current().pid());
        try {
            Files.write(part, paths, StandardCharsets.UTF_8);
            Files.move(part, list, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException notWritable) {
            part.toFile().delete();
        }
    }

    private static int place(String path) {
        String file = Path.of(path).getFileName().toString();
        String name = file.startsWith("lib") ? file.substring(3) : file;
        return ORDER.indexOf(name.split("[.]")[0]);
    }
}
