// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** An npm package on the class path of the tests. */
final class WebJar {
    private WebJar() {}

    /** A file of a package as text. */
    static String text(String name, String file) throws IOException {
        try (FileSystem jar = open(name)) {
            return Files.readString(root(jar, name).resolve(file), StandardCharsets.UTF_8);
        }
    }

    /** Copies a package into a folder, unless that was done before. */
    static Path unpack(String name, Path folder) throws IOException {
        Path done = folder.resolve("package.json");
        if (Files.exists(done)) {
            return folder;
        }
        try (FileSystem jar = open(name);
                Stream<Path> files = Files.walk(root(jar, name))) {
            Path root = root(jar, name);
            files.filter(Files::isRegularFile)
                    .sorted((one, other) -> Boolean.compare(isLast(one), isLast(other)))
                    .forEach(file -> copy(file, folder.resolve(root.relativize(file).toString())));
        }
        return folder;
    }

    /** Its presence says that all is there. */
    private static boolean isLast(Path file) {
        return file.endsWith("package.json");
    }

    private static void copy(Path from, Path to) {
        try {
            Files.createDirectories(to.getParent());
            Files.write(to, Files.readAllBytes(from));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileSystem open(String name) throws IOException {
        URL marker =
                WebJar.class.getResource("/META-INF/maven/org.webjars.npm/" + name + "/pom.xml");
        if (marker == null) {
            throw new IOException(name + " is not on the class path");
        }
        try {
            return FileSystems.newFileSystem(jarOf(marker.toURI()), Map.of());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    private static URI jarOf(URI entry) {
        return URI.create(entry.toString().replaceFirst("!.*", "!/"));
    }

    private static Path root(FileSystem jar, String name) throws IOException {
        try (Stream<Path> versions =
                Files.list(jar.getPath("META-INF", "resources", "webjars", name))) {
            return versions.findFirst().orElseThrow();
        }
    }
}
