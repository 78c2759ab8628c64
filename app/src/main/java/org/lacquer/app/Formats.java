// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.audio.Failure;
import org.lacquer.audio.FailureException;
import org.lacquer.audio.FileFormat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Output names: what they ask for and what they are when nobody says. */
final class Formats {
    private Formats() {}

    /** {@code song.flac} becomes {@code song.master.wav} in the same folder. */
    static Path besideMix(Path mix) {
        String name = nameOf(mix);
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        return mix.resolveSibling(stem + ".master.wav");
    }

    /**
     * @throws UsageException when the extension names no format that can be written
     * @throws FailureException when it is a folder
     */
    static void requireWritten(Path output) throws FailureException {
        if (Files.isDirectory(output)) {
            throw new FailureException(new Failure.UnwritableOutput(output, "it is a folder"));
        }
        if (FileFormat.ofName(output).isEmpty()) {
            throw new UsageException(
                    output + ": unknown extension; these can be written: " + extensions());
        }
    }

    static String extensions() {
        return Arrays.stream(FileFormat.values())
                .flatMap(format -> format.extensions().stream())
                .collect(Collectors.joining(", "));
    }

    /** A rate for people: {@code 44.1 kHz}. */
    static String kilohertz(int rateHz) {
        return plain(rateHz / 1_000.0) + " kHz";
    }

    /** Three decimals at most, and none that is zero. */
    static String plain(double value) {
        String text = Figure.text(value, 3);
        return text.replaceAll("(\\.\\d*?)0+$", "$1").replaceAll("\\.$", "");
    }

    /** A time for people: {@code 3:07}. */
    static String clock(double seconds) {
        long whole = Math.round(seconds);
        return String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
    }

    static String nameOf(Path file) {
        Path name = file.getFileName();
        return name == null ? file.toString() : name.toString();
    }
}
