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

    /** Sample rates that this format is written with here; empty when it takes any. */
    public List<Integer> ratesHz() {
        return switch (this) {
            case WAV, AIFF, FLAC, ALAC -> List.of();
            // 320 kb/s exists in MPEG-1 only.
            case MP3 -> List.of(32_000, 44_100, 48_000);
            case AAC -> List.of(32_000, 44_100, 48_000, 64_000, 88_200, 96_000);
            case OPUS -> List.of(48_000);
        };
    }

    /**
     * The rate to write audio of {@code rateHz} with: the same where possible, else the highest
     * that divides it, else the next higher, else the highest.
     */
    public int nearestRateHz(int rateHz) {
        List<Integer> rates = ratesHz();
        if (rates.isEmpty() || rates.contains(rateHz)) {
            return rateHz;
        }
        return rates.stream()
                .filter(rate -> rateHz % rate == 0)
                .max(Integer::compare)
                .or(() -> rates.stream().filter(rate -> rate > rateHz).findFirst())
                .orElse(rates.getLast());
    }

    /** Channels that this format can hold. */
    public int maxChannels() {
        return this == MP3 ? 2 : 8;
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
