// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import javax.imageio.ImageIO;

/** Tags that a real song carries. */
final class TestTags {
    static final List<Tags.Cover> COVERS =
            List.of(
                    new Tags.Cover("image/png", picture("png")),
                    new Tags.Cover("image/jpeg", picture("jpg")));

    static final Tags FULL =
            new Tags(
                    Map.ofEntries(
                            Map.entry("title", "Föhn über Zürich – 東京"),
                            Map.entry("artist", "Ana & die Übrigen"),
                            Map.entry("album_artist", "Various"),
                            Map.entry("album", "Zwischenräume"),
                            Map.entry("composer", "A. Beispiel"),
                            Map.entry("date", "2026"),
                            Map.entry("genre", "Ambient"),
                            Map.entry("track", "3/12"),
                            Map.entry("disc", "1/2"),
                            Map.entry("comment", "premaster"),
                            Map.entry("copyright", "2026 Ana"),
                            Map.entry("isrc", "DEA000000001"),
                            Map.entry("bpm", "96"),
                            Map.entry("barcode", "4006381333931")),
                    Optional.of(COVERS.getFirst()));

    private TestTags() {}

    private static byte[] picture(String format) {
        var image = new BufferedImage(20, 10, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < 20; x++) {
            image.setRGB(x, x / 2, 0xFF8000 + x);
        }
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
