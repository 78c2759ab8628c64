// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.corpus;

import org.lacquer.training.corpus.CorpusManifest.DebianPackage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Archives of packages: downloaded with apt, unpacked without being installed. */
public final class DebianArchive {
    private DebianArchive() {}

    /** The archive of a package in a folder, downloaded when it is not there. */
    static Path download(DebianPackage wanted, Path debs, Consumer<String> notes)
            throws IOException, InterruptedException {
        List<Path> present = matching(debs, wanted);
        if (present.isEmpty()) {
            notes.accept("downloading " + wanted.name() + " " + wanted.version());
            run(
                    new ProcessBuilder(
                                    "apt-get", "download", wanted.name() + "=" + wanted.version())
                            .directory(debs.toFile()));
            present = matching(debs, wanted);
        }
        if (present.isEmpty()) {
            throw new IOException("apt-get download left no file for " + wanted.name());
        }
        return present.getFirst();
    }

    /**
     * The folder of a package's files below {@code work/unpacked}, made when it is not there.
     *
     * @throws IOException when the archive is not the one of the manifest
     */
    public static Path unpacked(DebianPackage wanted, Path work, Consumer<String> notes)
            throws IOException, InterruptedException {
        Path target = work.resolve("unpacked").resolve(wanted.name());
        if (Files.isDirectory(target)) {
            return target;
        }
        Path deb = download(wanted, Files.createDirectories(work.resolve("debs")), notes);
        if (!CorpusFetcher.sha256(deb).equals(wanted.sha256())) {
            throw new IOException(deb + " differs from the manifest");
        }
        Path partial = Files.createTempDirectory(work, "unpacking");
        run(new ProcessBuilder("dpkg-deb", "-x", deb.toString(), partial.toString()));
        Files.createDirectories(target.getParent());
        Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
        return target;
    }

    private static List<Path> matching(Path debs, DebianPackage wanted) throws IOException {
        try (Stream<Path> files = Files.list(debs)) {
            return files.filter(f -> f.getFileName().toString().startsWith(wanted.name() + "_"))
                    .toList();
        }
    }

    private static void run(ProcessBuilder command) throws IOException, InterruptedException {
        if (command.inheritIO().start().waitFor() != 0) {
            throw new IOException(String.join(" ", command.command()) + " failed");
        }
    }
}
