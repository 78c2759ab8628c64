// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Reads an audio file at its own rate: WAV (8 to 32 bits, float, double, RF64), AIFF, FLAC, ALAC,
 * MP3, AAC, Ogg Vorbis, Opus and more that FFmpeg's libraries know, 1 to 8 channels.
 *
 * <p>Integer samples are scaled exactly, code k of b bits to {@code k / 2^(b-1)}; encoder delay and
 * padding of lossy files are removed as the file says. Damage is an error, never silence: a file
 * that ends before the length in its header gives {@link Failure.TruncatedInput} at its end. Ogg
 * files carry no length in their header, so a cut one reads as a shorter one.
 *
 * <p>Not thread-safe; memory use does not grow with the length.
 */
public final class AudioReader implements AudioSource {
    private static final int MAX_CHANNELS = 8;

    /** Seconds that may be missing: lossless lengths are exact, lossy ones are in packets. */
    private static final double LOSSLESS_TOLERANCE_SECONDS = 0.02;

    private static final double LOSSY_TOLERANCE_SECONDS = 0.25;

    private final Path file;
    private final Decoder decoder;
    private final StreamFormat format;
    private final SourceInfo info;

    /** Where an edit list ends the audio; the last packet's padding follows it. */
    private final long end;

    /** Frames of the decoder's stretch that were already handed out. */
    private int used;

    private long framesRead;
    private boolean ended;
    private boolean closed;

    private AudioReader(Path file, Decoder decoder) throws IOException {
        this.file = file;
        this.decoder = decoder;
        this.ended = !next();
        this.format = formatOf(decoder);
        this.info =
                new SourceInfo(
                        decoder.containerName(),
                        decoder.codecName(),
                        decoder.bitDepth(),
                        decoder.lossy(),
                        decoder.declaredFrames(),
                        new Tags(TagRules.kept(decoder.metadata()), decoder.cover()));
        boolean edited = decoder.hasEditList() && info.declaredFrames() > 0;
        this.end = edited ? info.declaredFrames() : Long.MAX_VALUE;
        if (ended && decoder.lossy()) {
            throw unreadable("it contains no audio, or it is damaged");
        }
    }

    /**
     * @throws FailureException with {@link Failure.UnreadableInput} or {@link
     *     Failure.UnsupportedInput}
     */
    public static AudioReader open(Path file) throws IOException {
        requireReadable(file);
        Decoder decoder;
        try {
            decoder = Decoder.open(file);
        } catch (Decoder.DecodingException e) {
            throw new FailureException(new Failure.UnreadableInput(file, e.reason()), e);
        }
        boolean complete = false;
        try {
            var reader = new AudioReader(file, decoder);
            complete = true;
            return reader;
        } finally {
            if (!complete) {
                decoder.close();
            }
        }
    }

    /** What the file says of itself. */
    public SourceInfo info() {
        return info;
    }

    @Override
    public StreamFormat format() {
        return format;
    }

    @Override
    public int read(AudioBlock block) throws IOException {
        if (closed) {
            throw new IllegalStateException("reader is closed");
        }
        Require.that(
                block.channels() == format.channels(),
                "block must have " + format.channels() + " channels, got " + block.channels());
        block.setFrames(block.capacity());
        int wanted = (int) Math.min(block.capacity(), end - framesRead);
        int done = 0;
        while (done < wanted && (used < decoder.frames() || advance())) {
            int count = Math.min(wanted - done, decoder.frames() - used);
            for (int c = 0; c < block.channels(); c++) {
                System.arraycopy(decoder.samples()[c], used, block.channel(c), done, count);
            }
            used += count;
            done += count;
            framesRead += count;
        }
        block.setFrames(done);
        if (done == 0 && block.capacity() > 0) {
            requireWhole();
        }
        return done;
    }

    @Override
    public void close() {
        closed = true;
        decoder.close();
    }

    private static void requireReadable(Path file) throws IOException {
        String reason = null;
        if (Files.notExists(file)) {
            reason = "there is no such file";
        } else if (Files.isDirectory(file)) {
            reason = "it is a folder";
        } else if (!Files.isReadable(file)) {
            reason = "reading it is not permitted";
        } else if (Files.isRegularFile(file) && Files.size(file) == 0) {
            reason = "it is empty";
        }
        if (reason != null) {
            throw new FailureException(new Failure.UnreadableInput(file, reason));
        }
    }

    private StreamFormat formatOf(Decoder decoded) throws IOException {
        int rate = decoded.sampleRateHz();
        int channels = decoded.channels();
        if (rate < 1 || channels < 1) {
            throw unreadable("it contains no audio, or it is damaged");
        }
        if (rate < StreamFormat.MIN_RATE_HZ || rate > StreamFormat.MAX_RATE_HZ) {
            throw unsupported("its sample rate is " + rate + " Hz; 8000 to 384000 Hz can be read");
        }
        if (channels > MAX_CHANNELS) {
            throw unsupported("it has " + channels + " channels; up to 8 can be read");
        }
        return new StreamFormat(rate, channels);
    }

    /** Moves to the decoder's next stretch; a stream that changes half-way is refused. */
    private boolean advance() throws IOException {
        if (ended) {
            return false;
        }
        ended = !next();
        if (!ended
                && (decoder.channels() != format.channels()
                        || decoder.sampleRateHz() != format.sampleRateHz())) {
            throw unreadable("its sample rate or channel count changes at " + time());
        }
        return !ended;
    }

    private boolean next() throws IOException {
        try {
            used = 0;
            return decoder.next();
        } catch (Decoder.DecodingException e) {
            throw unreadable(e.reason() + " at " + time());
        }
    }

    private void requireWhole() throws IOException {
        long declared = info.declaredFrames();
        double tolerance = info.lossy() ? LOSSY_TOLERANCE_SECONDS : LOSSLESS_TOLERANCE_SECONDS;
        if (declared - framesRead > tolerance * format.sampleRateHz()) {
            throw new FailureException(
                    new Failure.TruncatedInput(
                            file, format.secondsOf(framesRead), format.secondsOf(declared)));
        }
    }

    /** Place of the next frame, for messages. */
    private String time() {
        double seconds = (double) framesRead / Math.max(1, decoder.sampleRateHz());
        int minutes = (int) (seconds / 60);
        return String.format(Locale.ROOT, "%d:%04.1f", minutes, seconds - 60 * minutes);
    }

    private FailureException unreadable(String reason) {
        return new FailureException(new Failure.UnreadableInput(file, reason));
    }

    private FailureException unsupported(String reason) {
        return new FailureException(new Failure.UnsupportedInput(file, reason));
    }
}
