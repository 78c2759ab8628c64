// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.store;

import org.lacquer.app.studio.base.Durable;
import org.lacquer.app.studio.base.Ids;
import org.lacquer.app.studio.base.Problem;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * Where everything lies on disk. Paths are made of ids that were made here, never of what a client
 * sent.
 *
 * <p>{@code projects/P/files/F}, {@code .../versions/V}, {@code .../exports/E}, {@code
 * .../comparisons/C} hold finished things; {@code work} holds what is being made and is emptied at
 * every start.
 */
public final class Folders implements AutoCloseable {
    private final Path root;
    private final FileChannel lockFile;
    private final FileLock lock;

    /**
     * Makes what is missing, and keeps others out.
     *
     * @throws IOException also when another server uses the folder
     */
    public Folders(Path root) throws IOException {
        this.root = root.toAbsolutePath();
        createPrivate(this.root);
        lockFile =
                FileChannel.open(
                        this.root.resolve("lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        lock = lock();
        Durable.deleteTree(work());
        Files.createDirectories(work());
        Files.createDirectories(this.root.resolve("projects"));
    }

    /** {@code LACQUER_HOME/studio}, or where this system keeps data of programs. */
    public static Path usual(Map<String, String> environment) {
        String home = environment.getOrDefault("LACQUER_HOME", "");
        if (!home.isEmpty()) {
            return Path.of(home, "studio");
        }
        String data = environment.getOrDefault("XDG_DATA_HOME", "");
        Path base =
                data.isEmpty()
                        ? Path.of(System.getProperty("user.home"), ".local", "share")
                        : Path.of(data);
        return base.resolve("lacquer").resolve("studio");
    }

    public Path root() {
        return root;
    }

    public Path database() {
        return root.resolve("studio.sqlite");
    }

    /** What is being made. */
    public Path work() {
        return root.resolve("work");
    }

    /** A new, empty folder in {@link #work()}. */
    public Path workFolder() throws IOException {
        return Files.createDirectories(work().resolve(Ids.next()));
    }

    public Path project(String id) {
        return root.resolve("projects").resolve(checked(id));
    }

    public Path file(String project, String id) {
        return project(project).resolve("files").resolve(checked(id));
    }

    /** The bytes that were uploaded. */
    public Path upload(String project, String id) {
        return file(project, id).resolve("upload");
    }

    /** What was measured of a file, in a folder that appears as a whole. */
    public Path measured(String project, String id) {
        return file(project, id).resolve("measured");
    }

    public Path version(String project, String id) {
        return project(project).resolve("versions").resolve(checked(id));
    }

    public Path export(String project, String id) {
        return project(project).resolve("exports").resolve(checked(id));
    }

    public Path comparison(String project, String id) {
        return project(project).resolve("comparisons").resolve(checked(id));
    }

    /** Bytes free on the disk. */
    public long freeBytes() throws IOException {
        return Files.getFileStore(root).getUsableSpace();
    }

    @Override
    public void close() throws IOException {
        lock.close();
        lockFile.close();
    }

    private FileLock lock() throws IOException {
        FileLock taken;
        try {
            taken = lockFile.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            taken = null;
        }
        if (taken == null) {
            lockFile.close();
            throw new IOException(
                    "another studio uses " + root + "; use that one, or choose another --data");
        }
        return taken;
    }

    private static String checked(String id) {
        if (!Ids.valid(id)) {
            throw Problem.notFound("id").exception();
        }
        return id;
    }

    /** Songs that are not published yet are nobody else's business. */
    private static void createPrivate(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        Files.createDirectories(folder);
        if (posix) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }
}
