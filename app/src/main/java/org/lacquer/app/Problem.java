// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.jspecify.annotations.Nullable;
import org.lacquer.audio.Failure;
import org.lacquer.audio.FailureException;

import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Why a command did not do its work, for people and for scripts.
 *
 * @param code stable name for scripts
 * @param exitCode of the process
 * @param message one line: what, where, what to do
 */
record Problem(String code, int exitCode, String message) {
    private static final String AUDIO_FILES = "WAV, AIFF, FLAC, ALAC, MP3, M4A, Ogg or Opus";

    Problem {
        message = message.replaceAll("\\s*[\\r\\n]+\\s*", " ").strip();
    }

    static Problem usage(String message) {
        return new Problem("usage", ExitCode.USAGE, message);
    }

    /** Finds words for whatever a command threw. */
    static Problem of(Throwable thrown) {
        if (thrown instanceof FailureException failure) {
            return of(failure.failure());
        }
        if (thrown instanceof UsageException) {
            return usage(text(thrown));
        }
        if (thrown.getClass() == IllegalArgumentException.class) {
            return usage(text(thrown));
        }
        if (thrown instanceof FileSystemException files) {
            return output(Path.of(String.valueOf(files.getFile())), reason(files));
        }
        if (thrown instanceof OutOfMemoryError) {
            return new Problem(
                    "out-of-memory",
                    ExitCode.FAULT,
                    "not enough memory; give Lacquer more, for instance LACQUER_JAVA_OPTS=-Xmx4g");
        }
        return new Problem(
                "fault",
                ExitCode.FAULT,
                "this is a fault of Lacquer "
                        + Version.NUMBER
                        + ", not yours: "
                        + thrown.getClass().getSimpleName()
                        + ": "
                        + text(thrown)
                        + "; set LACQUER_DEBUG=1, run it again, and report what it prints");
    }

    /** Every failure has its words and its exit code: a new one does not compile without. */
    static Problem of(Failure failure) {
        return switch (failure) {
            case Failure.UnreadableInput(Path file, String reason) ->
                    input("unreadable-input", file + " cannot be read: " + reason + hint(file));
            case Failure.TruncatedInput(Path file, double decoded, double declared) ->
                    input(
                            "truncated-input",
                            "%s is cut off: %.1f of %.1f s are there; copy or export it again",
                            file,
                            decoded,
                            declared);
            case Failure.UnsupportedInput(Path file, String reason) ->
                    input("unsupported-input", file + " cannot be used: " + reason);
            case Failure.SilentInput(Path file) ->
                    input(
                            "silent-input",
                            file
                                    + " cannot be mastered: it is silent (nothing above -70 LUFS);"
                                    + " check the export");
            case Failure.TooShortInput(Path file, double seconds, double minimum) ->
                    input(
                            "too-short-input",
                            "%s cannot be mastered: it lasts %.2f s, loudness needs at least %.1f"
                                    + " s; give a longer file or excerpt",
                            file,
                            seconds,
                            minimum);
            case Failure.TooLongInput(Path file, double longest) ->
                    input(
                            "too-long-input",
                            "%s is longer than the %.0f s that may be read; cut it into parts",
                            file,
                            longest);
            case Failure.NonFiniteInput(Path file, double seconds) ->
                    input(
                            "non-finite-input",
                            "%s cannot be mastered: at %.3f s a sample is not a number; look for a"
                                    + " broken plug-in there and export again",
                            file,
                            seconds);
            case Failure.OutputExists(Path file) ->
                    new Problem(
                            "output-exists",
                            ExitCode.OUTPUT,
                            file + " exists; give another name, or --force to replace it");
            case Failure.OutputIsInput(Path file) ->
                    new Problem(
                            "output-is-input",
                            ExitCode.OUTPUT,
                            file + " is the input, which is never overwritten; give another name");
            case Failure.UnwritableOutput(Path file, String reason) -> output(file, reason);
            case Failure.UnreachableDelivery(
                            Path file,
                            double wanted,
                            double ceiling,
                            double reachable,
                            String reason) ->
                    new Problem(
                            "unreachable-delivery",
                            ExitCode.DELIVERY,
                            unreachable(file, wanted, ceiling, reachable, reason));
            case Failure.InvalidDocument(Path file, int line, String reason) ->
                    input(
                            "invalid-document",
                            file
                                    + (line > 0 ? ", line " + line : "")
                                    + ": "
                                    + reason
                                    + "; correct it and check with: lacquer plan validate");
            case Failure.UnusableModel(String reason) ->
                    new Problem(
                            "unusable-model",
                            ExitCode.FAULT,
                            "the model cannot be used: "
                                    + reason
                                    + "; reinstall Lacquer, then run: lacquer doctor");
        };
    }

    private static Problem input(String code, String message) {
        return new Problem(code, ExitCode.INPUT, message);
    }

    private static Problem input(String code, String format, Object... values) {
        return input(code, String.format(Locale.ROOT, format, values));
    }

    private static Problem output(Path file, String reason) {
        String hint = reason.contains(";") ? "" : "; choose another place";
        return new Problem(
                "unwritable-output",
                ExitCode.OUTPUT,
                file + " cannot be written: " + reason + hint);
    }

    private static String unreachable(
            Path file, double wanted, double ceiling, double reachable, String reason) {
        String what =
                Double.isNaN(wanted)
                        ? String.format(Locale.ROOT, "%s cannot meet %.1f dBTP", file, ceiling)
                        : String.format(
                                Locale.ROOT,
                                "%s cannot meet %.1f LUFS under %.1f dBTP",
                                file,
                                wanted,
                                ceiling);
        String where =
                Double.isNaN(reachable)
                        ? "; ask for less loudness"
                        : String.format(Locale.ROOT, "; ask for %.1f LUFS or less", reachable);
        return what + ": " + reason + where + "; nothing was written";
    }

    private static String hint(Path file) {
        if (Files.isDirectory(file)) {
            return "; name one file in it";
        }
        if (Files.notExists(file)) {
            return "; check its name";
        }
        return "; give a whole " + AUDIO_FILES + " file";
    }

    private static String reason(FileSystemException e) {
        String reason = e.getReason();
        return reason == null ? e.getClass().getSimpleName() : reason;
    }

    private static String text(Throwable thrown) {
        @Nullable String message = thrown.getMessage();
        return message == null || message.isBlank() ? "no details" : message;
    }
}
