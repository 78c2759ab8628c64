// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Writes an audio file that appears under its name only when it is complete: all audio goes into a
 * hidden temporary file in the same folder, {@link #commit} moves it into place in one step, and
 * {@link #close} without a commit, an error or the end of the JVM leaves nothing behind.
 *
 * <p>Integer depths take samples that a {@link Quantizer} has put on the grid; others are rounded
 * and limited. The same samples and tags give the same bytes for lossless formats. WAV becomes RF64
 * above 4 GiB. MP3 is 320 kb/s, AAC 256 kb/s, Opus 192 kb/s; {@link FileFormat#ratesHz} names the
 * rates they take.
 *
 * <p>Not thread-safe.
 */
public final class AudioWriter implements AudioSink, AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Of the target's name in the temporary file's: together they stay within 255 bytes. */
    private static final int NAME_LENGTH = 50;

    private final Path target;
    private final Path temporary;
    private final OutputSpec spec;
    private final boolean overwrite;
    private final Encoder encoder;
    private boolean broken;
    private boolean closed;

    private AudioWriter(
            Path target, Path temporary, OutputSpec spec, boolean overwrite, Encoder encoder) {
        this.target = target;
        this.temporary = temporary;
        this.spec = spec;
        this.overwrite = overwrite;
        this.encoder = encoder;
    }

    /**
     * @param overwrite whether a file of that name may be replaced
     * @throws FailureException with {@link Failure.OutputExists} or {@link
     *     Failure.UnwritableOutput}
     * @throws IllegalArgumentException for a rate or channel count that the format does not have
     */
    public static AudioWriter create(Path target, OutputSpec spec, boolean overwrite)
            throws IOException {
        requireFits(spec);
        Path absolute = target.toAbsolutePath().normalize();
        requireWritable(target, absolute, overwrite);
        Path temporary = createTemporary(target, absolute);
        boolean complete = false;
        try {
            // An encoder that is opened after a deletion would make the file again.
            Encoder encoder = TemporaryFiles.make(() -> Encoder.open(temporary, spec));
            complete = true;
            return new AudioWriter(target, temporary, spec, overwrite, encoder);
        } catch (Encoder.EncodingException e) {
            throw unwritable(target, e.reason(), e);
        } finally {
            if (!complete) {
                TemporaryFiles.delete(temporary);
            }
        }
    }

    /**
     * @throws FailureException with {@link Failure.UnwritableOutput}, for instance when the disk is
     *     full
     */
    @Override
    public void write(AudioBlock block) throws IOException {
        requireOpen();
        Require.that(
                block.channels() == spec.streamFormat().channels(),
                "block must have "
                        + spec.streamFormat().channels()
                        + " channels, got "
                        + block.channels());
        try {
            encoder.write(block);
        } catch (Encoder.EncodingException e) {
            broken = true;
            throw unwritable(target, e.reason(), e);
        }
    }

    /**
     * Completes the file, waits until the disk has it, and moves it into place. Without permission
     * to overwrite, a file that has appeared under that name meanwhile is left alone; where the
     * file system has no hard links (FAT), that check and the move are two steps, and a file made
     * in between would be lost.
     *
     * @throws FailureException with {@link Failure.OutputExists} or {@link
     *     Failure.UnwritableOutput}
     */
    public void commit() throws IOException {
        requireOpen();
        try {
            encoder.finish();
            Mp4Tags.complete(temporary, spec);
            try (FileChannel file = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                file.force(true);
            }
            moveIntoPlace();
        } catch (Encoder.EncodingException e) {
            throw unwritable(target, e.reason(), e);
        } catch (FileAlreadyExistsException e) {
            throw new FailureException(new Failure.OutputExists(target), e);
        } catch (FailureException e) {
            throw e;
        } catch (IOException e) {
            throw unwritable(target, reasonOf(e), e);
        } finally {
            close();
        }
    }

    /** Ends writing; without a commit nothing remains. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        encoder.close();
        TemporaryFiles.delete(temporary);
    }

    private void moveIntoPlace() throws IOException {
        if (overwrite) {
            Files.move(
                    temporary,
                    target,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            return;
        }
        try {
            // A link never replaces anything; the temporary name goes away in close().
            Files.createLink(target, temporary);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException e) {
            Files.move(temporary, target);
        }
    }

    private void requireOpen() {
        if (closed || broken) {
            throw new IllegalStateException("writer is closed or has failed");
        }
    }

    private static void requireFits(OutputSpec spec) {
        FileFormat format = spec.fileFormat();
        int rate = spec.streamFormat().sampleRateHz();
        Require.that(
                format.nearestRateHz(rate) == rate,
                "sample rate of "
                        + format
                        + " must be one of "
                        + format.ratesHz()
                        + " Hz, got "
                        + rate);
        Require.that(
                spec.streamFormat().channels() <= format.maxChannels(),
                "channels of "
                        + format
                        + " must be at most "
                        + format.maxChannels()
                        + ", got "
                        + spec.streamFormat().channels());
    }

    private static void requireWritable(Path target, Path absolute, boolean overwrite)
            throws IOException {
        Path folder = absolute.getParent();
        if (Files.isDirectory(absolute) || folder == null) {
            throw unwritable(target, "it is a folder", null);
        }
        if (!Files.isDirectory(folder)) {
            throw unwritable(target, "there is no folder " + folder, null);
        }
        if (!overwrite && Files.exists(absolute, LinkOption.NOFOLLOW_LINKS)) {
            throw new FailureException(new Failure.OutputExists(target));
        }
    }

    private static Path createTemporary(Path target, Path absolute) throws IOException {
        byte[] random = new byte[6];
        RANDOM.nextBytes(random);
        String name = absolute.getFileName().toString();
        Path temporary =
                absolute.resolveSibling(
                        "."
                                + name.substring(0, Math.min(NAME_LENGTH, name.length()))
                                + ".lacquer-"
                                + HexFormat.of().formatHex(random)
                                + ".tmp");
        TemporaryFiles.register(temporary);
        try {
            return Files.createFile(temporary);
        } catch (IOException e) {
            TemporaryFiles.release(temporary);
            throw unwritable(target, reasonOf(e), e);
        }
    }

    private static String reasonOf(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "writing there is not permitted";
        }
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    private static FailureException unwritable(
            Path target, String reason, @Nullable Exception cause) {
        var failure = new Failure.UnwritableOutput(target, reason);
        return cause == null ? new FailureException(failure) : new FailureException(failure, cause);
    }
}
