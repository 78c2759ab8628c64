// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Formats that Lacquer writes. It reads these, Ogg Vorbis, and more that FFmpeg's libraries decode.
 */
public enum FileFormat {
    /** RIFF WAVE; becomes RF64 above 4 GiB. */
    WAV(false, true, "wav", "wave"),
    AIFF(false, true, "aiff", "aif"),
    FLAC(false, false, "flac"),
    /**
     * Apple Lossless in an MPEG-4 file; {@code .m4a} is AAC unless this is asked for by {@code
     * .alac}.
     */
    ALAC(false, false, "alac"),
    MP3(true, false, "mp3"),
    AAC(true, false, "m4a", "aac"),
    OPUS(true, false, "opus");

    private final boolean lossy;
    private final boolean holdsFloat;
    private final List<String> extensions;

    FileFormat(boolean lossy, boolean holdsFloat, String... extensions) {
        this.lossy = lossy;
        this.holdsFloat = holdsFloat;
        this.extensions = List.of(extensions);
    }

    /** Whether decoding gives other samples than were encoded. */
    public boolean lossy() {
        return lossy;
    }

    /** Whether 32-bit float samples can be stored. */
    public boolean holdsFloat() {
        return holdsFloat;
    }

    /** Lower-case file name extensions, the usual one first. */
    public List<String> extensions() {
        return extensions;
    }

    /** The format that a file name asks for, empty when its extension is unknown. */
    public static Optional<FileFormat> ofName(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        String extension = name.substring(name.lastIndexOf('.') + 1);
        for (FileFormat format : values()) {
            if (format.extensions.contains(extension)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }
}
