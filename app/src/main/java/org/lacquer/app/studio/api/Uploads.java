// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.api;

import org.lacquer.app.studio.base.Durable;
import org.lacquer.app.studio.base.Limits;
import org.lacquer.app.studio.base.Problem;
import org.lacquer.app.studio.http.Request;
import org.lacquer.app.studio.store.Folders;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Semaphore;

/** Takes bodies of requests to disk, within their limits. */
final class Uploads {
    private static final int CHUNK_BYTES = 1 << 16;
    private static final long CHECK_BYTES = 16L << 20;

    private final Folders folders;
    private final Limits limits;
    private final Semaphore places;

    Uploads(Folders folders, Limits limits) {
        this.folders = folders;
        this.limits = limits;
        this.places = new Semaphore(limits.uploadsAtOnce());
    }

    /** What was received. The folder is the caller's. */
    record Received(Path folder, Path file, long bytes) {}

    Received receive(Request request) throws IOException {
        long declared = request.contentLength();
        if (declared > limits.fileBytes()) {
            throw tooLarge();
        }
        requireRoom(Math.max(0, declared));
        if (!places.tryAcquire()) {
            throw new Problem(
                            429,
                            "too-many-requests",
                            "too many uploads at once; wait for one to end")
                    .with("limit", limits.uploadsAtOnce())
                    .exception();
        }
        Path folder = folders.workFolder();
        boolean complete = false;
        try {
            Path file = folder.resolve("upload");
            long bytes = copy(request.body(), file);
            if (declared >= 0 && bytes != declared) {
                throw Problem.badRequest("the upload ended before its Content-Length").exception();
            }
            if (bytes == 0) {
                throw Problem.badRequest("the upload is empty; send the file as the body")
                        .exception();
            }
            complete = true;
            return new Received(folder, file, bytes);
        } finally {
            places.release();
            if (!complete) {
                Durable.deleteTree(folder);
            }
        }
    }

    /** Room used by everything. */
    long usedBytes() {
        return Durable.bytesIn(folders.root());
    }

    private long copy(InputStream body, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] chunk = new byte[CHUNK_BYTES];
            long bytes = 0;
            long check = CHECK_BYTES;
            int count;
            while ((count = body.read(chunk)) >= 0) {
                bytes += count;
                if (bytes > limits.fileBytes()) {
                    throw tooLarge();
                }
                if (bytes > check) {
                    requireDisk(0);
                    check += CHECK_BYTES;
                }
                out.write(chunk, 0, count);
            }
            return bytes;
        }
    }

    /** Refuses when the studio or the disk has no room for so many bytes more. */
    void requireRoom(long bytes) throws IOException {
        if (usedBytes() + bytes > limits.storageBytes()) {
            throw new Problem(
                            507,
                            "storage-full",
                            String.format(
                                    Locale.ROOT,
                                    "the studio's storage of %.0f GB is full; delete a project for"
                                            + " good",
                                    limits.storageBytes() / 1e9))
                    .with("limit", limits.storageBytes())
                    .exception();
        }
        requireDisk(bytes);
    }

    private void requireDisk(long bytes) throws IOException {
        if (folders.freeBytes() - bytes < limits.reserveBytes()) {
            throw new Problem(507, "storage-full", "the disk is nearly full; make room on it")
                    .exception();
        }
    }

    private RuntimeException tooLarge() {
        return new Problem(
                        413,
                        "file-too-large",
                        String.format(
                                Locale.ROOT,
                                "a file may have %.0f MB; send FLAC instead of WAV, or a shorter"
                                        + " file",
                                limits.fileBytes() / 1e6))
                .with("limit", limits.fileBytes())
                .exception();
    }
}
