// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

import java.nio.file.Path;

/**
 * What the world can do to us: facts only. The app turns each into one line and an exit code with
 * one exhaustive switch, so a new kind does not compile until it is handled.
 */
public sealed interface Failure {
    /** The file is missing, a folder, forbidden, not audio, or damaged. */
    record UnreadableInput(Path file, String reason) implements Failure {}

    /** Decoding ended before the length that the file declares. */
    record TruncatedInput(Path file, double decodedSeconds, double declaredSeconds)
            implements Failure {}

    /** Readable audio that mastering does not take. */
    record UnsupportedInput(Path file, String reason) implements Failure {}

    /** Nothing above the absolute gate of BS.1770. */
    record SilentInput(Path file) implements Failure {}

    /** Shorter than one gating block. */
    record TooShortInput(Path file, double seconds, double minimumSeconds) implements Failure {}

    /** Longer than the caller is ready to read. */
    record TooLongInput(Path file, double longestSeconds) implements Failure {}

    /** A sample that is not a number, or infinite. */
    record NonFiniteInput(Path file, double seconds) implements Failure {}

    /** A file of that name exists and overwriting was not asked for. */
    record OutputExists(Path file) implements Failure {}

    /** Output and input are the same file. */
    record OutputIsInput(Path file) implements Failure {}

    /** The output cannot be created or written. */
    record UnwritableOutput(Path file, String reason) implements Failure {}

    /**
     * Loudness and ceiling cannot be met together; {@code reachableLufs} is the nearest that can.
     */
    record UnreachableDelivery(
            Path file, double wantedLufs, double ceilingDbtp, double reachableLufs, String reason)
            implements Failure {}

    /** A plan or target file that does not hold what it should; line 0 when unknown. */
    record InvalidDocument(Path file, int line, String reason) implements Failure {}

    /** The shipped model does not load or does not fit this version. */
    record UnusableModel(String reason) implements Failure {}
}
