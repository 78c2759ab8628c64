// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.corpus;

import org.lacquer.training.corpus.CorpusManifest.DebianPackage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Downloads the packages of the manifest with apt, checks their hashes and unpacks the listed
 * tracks. Nothing is installed and no maintainer script runs.
 *
 * <p>Layout of the work folder: {@code debs/*.deb}, {@code root/PACKAGE/usr/...}; a file inside an
 * archive lands in {@code ARCHIVE.d/}.
 */
public final class CorpusFetcher {
    private final Path work;
    private final Consumer<String> notes;

    public CorpusFetcher(Path work, Consumer<String> notes) {
        this.work = work;
        this.notes = notes;
    }

    /** Fetches everything that is not there yet; returns the number of tracks on disk. */
    public int fetch() throws IOException, InterruptedException {
        Path debs = Files.createDirectories(work.resolve("debs"));
        List<Track> tracks = CorpusManifest.tracks();
        for (DebianPackage wanted : CorpusManifest.packages()) {
            List<Track> own =
                    tracks.stream().filter(t -> t.packageName().equals(wanted.name())).toList();
            if (own.stream().allMatch(t -> Files.isRegularFile(t.under(root())))) {
                continue;
            }
            Path deb = DebianArchive.download(wanted, debs, notes);
            if (!sha256(deb).equals(wanted.sha256())) {
                notes.accept(wanted.name() + ": hash differs from the manifest, skipped");
                continue;
            }
            unpack(wanted, deb, own);
        }
        return (int) tracks.stream().filter(t -> Files.isRegularFile(t.under(root()))).count();
    }

    public Path root() {
        return work.resolve("root");
    }

    private void unpack(DebianPackage wanted, Path deb, List<Track> tracks)
            throws IOException, InterruptedException {
        Path target = Files.createDirectories(root().resolve(wanted.name()));
        Set<String> files =
                tracks.stream()
                        .map(Track::packagedFile)
                        .collect(Collectors.toCollection(TreeSet::new));
        Path list = Files.createTempFile("tracks", ".txt");
        try {
            Files.write(list, files.stream().map(f -> "./" + f).toList());
            List<Process> pipeline =
                    ProcessBuilder.startPipeline(
                            List.of(
                                    new ProcessBuilder("dpkg-deb", "--fsys-tarfile", deb.toString())
                                            .redirectError(ProcessBuilder.Redirect.INHERIT),
                                    new ProcessBuilder(
                                                    "tar",
                                                    "-x",
                                                    "--no-same-owner",
                                                    "-C",
                                                    target.toString(),
                                                    "-T",
                                                    list.toString(),
                                                    "-f",
                                                    "-")
                                            .redirectError(ProcessBuilder.Redirect.INHERIT)));
            if (pipeline.getLast().waitFor() != 0) {
                throw new IOException("unpacking " + deb + " failed");
            }
        } finally {
            Files.delete(list);
        }
        for (String file : files) {
            if (file.endsWith(".zip") || file.endsWith(".pk3")) {
                unzip(target.resolve(file), tracks);
            }
        }
    }

    private void unzip(Path archive, List<Track> tracks) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            for (Track track : tracks) {
                Path target = track.under(root());
                String inside = track.file().substring(track.file().indexOf("!/") + 2);
                ZipEntry entry = zip.getEntry(inside);
                if (!target.startsWith(archive + ".d") || entry == null) {
                    continue;
                }
                Files.createDirectories(target.getParent());
                try (InputStream in = zip.getInputStream(entry)) {
                    Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    /** SHA-256 of a file, in hex. */
    public static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
