// SPDX-License-Identifier: Apache-2.0

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Bundles the studio's page: {@code java Web.java SOURCES LIBRARIES OUT}. TypeScript, styles and
 * npm libraries become one script and one style sheet with hashed names beside the index; esbuild
 * does it, a native program, so no Node is needed. LIBRARIES/webjars holds unpacked WebJars,
 * esbuild among them; they are laid out again as LIBRARIES/node_modules, where esbuild and editors
 * look. Does nothing when OUT is newer than everything it is made of.
 */
public final class Web {
    /** Maven Central has no esbuild for this platform; this is npm's, with npm's own checksum. */
    private static final String ARM_LINUX =
            "https://registry.npmjs.org/@esbuild/linux-arm64/-/linux-arm64-0.28.2.tgz";

    private static final String ARM_LINUX_SHA512 =
            "pW4AC0P3it8c7do9MVM4p51FzHzdM/TZrerurgRcHJ2WTa1VQ1CIq18xncfpBJw4ojkiZZrKW2yIBWBP92j6Ug==";

    private Web() {}

    public static void main(String[] arguments) throws Exception {
        Path sources = Path.of(arguments[0]);
        Path libraries = Path.of(arguments[1]);
        Path out = Path.of(arguments[2]);
        Path index = out.resolve("index.html");
        Path webjars = libraries.resolve("webjars/META-INF/resources/webjars");
        if (Files.exists(index) && !newest(sources, webjars).isAfter(modified(index))) {
            return;
        }
        deleteTree(out);
        Path modules = libraries.resolve("node_modules");
        layOut(webjars, modules);
        Path assets = Files.createDirectories(out.resolve("assets"));
        bundle(esbuild(libraries, modules), sources, modules, assets);
        copyTree(sources.resolve("public"), out);
        String page = Files.readString(sources.resolve("index.html"));
        page = page.replace("src/main.tsx", "assets/" + named(assets, "studio-.*\\.js"));
        page = page.replace("src/styles/studio.css", "assets/" + named(assets, "studio-.*\\.css"));
        Files.writeString(index, page);
    }

    private static void bundle(Path esbuild, Path sources, Path modules, Path assets)
            throws Exception {
        var builder =
                new ProcessBuilder(
                        esbuild.toString(),
                        "studio=" + sources.resolve("src/main.tsx"),
                        "--bundle",
                        "--minify",
                        "--format=esm",
                        "--target=es2022",
                        "--jsx=automatic",
                        "--jsx-import-source=preact",
                        "--charset=utf8",
                        "--legal-comments=linked",
                        "--loader:.woff2=file",
                        "--entry-names=[name]-[hash]",
                        "--asset-names=[name]-[hash]",
                        "--outdir=" + assets,
                        "--log-level=warning");
        builder.environment().put("NODE_PATH", modules.toString());
        int status = builder.inheritIO().start().waitFor();
        if (status != 0) {
            throw new IOException("esbuild ended with status " + status);
        }
    }

    /** WebJars keep a library under its name and version; modules are found under the name. */
    private static void layOut(Path webjars, Path modules) throws IOException {
        deleteTree(modules);
        try (Stream<Path> libraries = Files.list(webjars)) {
            for (Path library : libraries.toList()) {
                try (Stream<Path> versions = Files.list(library)) {
                    Path version =
                            versions.max(Comparator.comparing(Web::lastModified)).orElseThrow();
                    copyTree(version, modules.resolve(library.getFileName().toString()));
                }
            }
        }
    }

    private static Path esbuild(Path libraries, Path modules) throws Exception {
        if (isArmLinux()) {
            return armEsbuild(libraries);
        }
        try (Stream<Path> files = Files.walk(modules)) {
            Path program =
                    files.filter(file -> file.getFileName().toString().matches("esbuild(\\.exe)?"))
                            .filter(Files::isRegularFile)
                            .findFirst()
                            .orElseThrow(() -> new IOException("no esbuild in " + modules));
            // Archives of Maven carry no permissions.
            program.toFile().setExecutable(true);
            return program;
        }
    }

    private static boolean isArmLinux() {
        return System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("aarch64");
    }

    private static Path armEsbuild(Path libraries) throws Exception {
        Path program = libraries.resolve("esbuild-linux-arm64");
        if (Files.exists(program)) {
            return program;
        }
        byte[] archive;
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(ARM_LINUX)).build();
            archive = client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
        }
        byte[] hash = MessageDigest.getInstance("SHA-512").digest(archive);
        if (!Base64.getEncoder().encodeToString(hash).equals(ARM_LINUX_SHA512)) {
            throw new IOException(ARM_LINUX + " is not the file that it was");
        }
        Files.write(program, fromTar(archive, "package/bin/esbuild"));
        program.toFile().setExecutable(true);
        return program;
    }

    /** One file of a gzipped tar archive: headers of 512 bytes, contents in multiples of that. */
    private static byte[] fromTar(byte[] archive, String name) throws IOException {
        try (InputStream tar = new GZIPInputStream(new ByteArrayInputStream(archive))) {
            while (true) {
                byte[] header = tar.readNBytes(512);
                if (header.length < 512 || header[0] == 0) {
                    throw new IOException("no " + name + " in the archive");
                }
                int size = Integer.parseInt(text(header, 124, 12), 8);
                byte[] content = tar.readNBytes(size);
                tar.skipNBytes((512 - size % 512) % 512);
                if (text(header, 0, 100).equals(name)) {
                    return content;
                }
            }
        }
    }

    private static String text(byte[] header, int offset, int length) {
        return new String(header, offset, length, StandardCharsets.US_ASCII)
                .replaceAll("[\0 ].*", "");
    }

    private static String named(Path folder, String pattern) throws IOException {
        Matcher matcher = Pattern.compile(pattern).matcher("");
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> matcher.reset(name).matches())
                    .findFirst()
                    .orElseThrow(() -> new IOException("esbuild wrote no " + pattern));
        }
    }

    private static Instant newest(Path... roots) throws IOException {
        List<Path> all = new ArrayList<>();
        for (Path root : roots) {
            try (Stream<Path> files = Files.walk(root)) {
                files.forEach(all::add);
            }
        }
        Instant newest = Instant.EPOCH;
        for (Path file : all) {
            Instant instant = modified(file);
            newest = instant.isAfter(newest) ? instant : newest;
        }
        return newest;
    }

    private static Instant modified(Path file) throws IOException {
        return Files.getLastModifiedTime(file).toInstant();
    }

    private static long lastModified(Path file) {
        return file.toFile().lastModified();
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }

    private static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
