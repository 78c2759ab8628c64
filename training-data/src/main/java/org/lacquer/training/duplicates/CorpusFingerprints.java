// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.duplicates;

import org.lacquer.training.corpus.CorpusFetcher;
import org.lacquer.training.corpus.Track;
import org.lacquer.training.data.ExcerptRenderer;
import org.lacquer.training.data.TrackDecoder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Fingerprints of the tracks of the work folder, kept in {@code fingerprints/} under the hash of
 * the file, so that a run that was stopped goes on where it was.
 */
final class CorpusFingerprints {
    private final Path root;
    private final Path kept;
    private final TrackDecoder decoder;

    CorpusFingerprints(Path work, TrackDecoder decoder) throws IOException {
        this.root = work.resolve("root");
        this.kept = Files.createDirectories(work.resolve("fingerprints"));
        this.decoder = decoder;
    }

    /** Made now or found on disk. */
    Fingerprint of(Track track) throws IOException {
        Path source = track.under(root);
        String hash = CorpusFetcher.sha256(source).substring(0, 24);
        Path file = kept.resolve(hash + "-" + Fingerprint.VERSION + ".bin");
        if (Files.exists(file)) {
            return Fingerprint.ofBytes(Files.readAllBytes(file));
        }
        Fingerprint made = Fingerprint.of(decoder.decode(source, ExcerptRenderer.MAX_SECONDS));
        Path partial = file.resolveSibling(file.getFileName() + ".part");
        Files.write(partial, made.toBytes());
        Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
        return made;
    }
}
