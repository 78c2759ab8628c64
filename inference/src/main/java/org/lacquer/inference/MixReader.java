// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference;

import org.lacquer.analysis.Analysis;
import org.lacquer.analysis.Analyzer;
import org.lacquer.analysis.Figures;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioReader;
import org.lacquer.audio.AudioSink;
import org.lacquer.audio.AudioSource;
import org.lacquer.audio.AudioSpool;
import org.lacquer.audio.Failure;
import org.lacquer.audio.FailureException;
import org.lacquer.audio.Progress;
import org.lacquer.audio.SourceInfo;
import org.lacquer.audio.StreamFormat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Reads a file once: into a cache, into the meters, and into a hash; and refuses what cannot be
 * mastered.
 */
final class MixReader {
    /** One gating block of BS.1770. */
    static final double SHORTEST_SECONDS = 0.4;

    private MixReader() {}

    /**
     * A mix that can be mastered.
     *
     * @param sha256 of the decoded samples as little-endian floats, frame by frame
     * @param lent whether the audio stays after {@link #close()}
     */
    record Mix(SourceInfo info, Analysis figures, AudioSpool audio, String sha256, boolean lent)
            implements AutoCloseable {
        @Override
        public void close() throws IOException {
            if (!lent) {
                audio.close();
            }
        }
    }

    static Mix read(
            Path file,
            Optional<MasteringRequest.Excerpt> excerpt,
            long memoryLimitBytes,
            Figures figures,
            double longestSeconds,
            Progress progress)
            throws IOException {
        try (AudioReader reader = AudioReader.open(file)) {
            StreamFormat format = reader.format();
            if (format.secondsOf(reader.info().declaredFrames()) > longestSeconds) {
                throw new FailureException(new Failure.TooLongInput(file, longestSeconds));
            }
            if (format.channels() > 2) {
                throw new FailureException(
                        new Failure.UnsupportedInput(
                                file,
                                "it has "
                                        + format.channels()
                                        + " channels; mastering takes mono and stereo"));
            }
            AudioSpool spool = new AudioSpool(format, memoryLimitBytes);
            try {
                AudioSource source =
                        excerpt.isPresent() ? new ExcerptSource(reader, excerpt.get()) : reader;
                Fingerprint fingerprint = new Fingerprint();
                AudioSink kept =
                        block -> {
                            spool.write(block);
                            fingerprint.write(block);
                            // A header need not tell the truth.
                            if (format.secondsOf(spool.frames()) > longestSeconds) {
                                throw new FailureException(
                                        new Failure.TooLongInput(file, longestSeconds));
                            }
                        };
                Analysis analysis =
                        Analyzer.analyze(
                                source.heardBy(kept),
                                reader.info().declaredFrames(),
                                figures,
                                progress);
                spool.finish();
                requireMasterable(file, analysis);
                return new Mix(reader.info(), analysis, spool, fingerprint.sha256(), false);
            } catch (IOException | RuntimeException e) {
                spool.close();
                throw e;
            }
        }
    }

    private static void requireMasterable(Path file, Analysis analysis) throws FailureException {
        if (analysis.nonFiniteSamples() > 0) {
            throw new FailureException(
                    new Failure.NonFiniteInput(file, analysis.firstNonFiniteSeconds()));
        }
        if (analysis.durationSeconds() < SHORTEST_SECONDS) {
            throw new FailureException(
                    new Failure.TooShortInput(file, analysis.durationSeconds(), SHORTEST_SECONDS));
        }
        if (Double.isNaN(analysis.loudness().integratedLufs())) {
            throw new FailureException(new Failure.SilentInput(file));
        }
    }

    /** SHA-256 of samples. */
    private static final class Fingerprint implements AudioSink {
        /**
         * Bytes. The JVM compiles methods that are called often; only then the processor's own
         * instructions for the hash are used, four times as fast.
         */
        private static final int HASHED_AT_ONCE = 256;

        private final MessageDigest digest;
        private float[] samples = new float[0];
        private ByteBuffer bytes = ByteBuffer.allocate(0);

        Fingerprint() {
            try {
                this.digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }

        @Override
        public void write(AudioBlock block) {
            int count = block.frames() * block.channels();
            if (samples.length < count) {
                samples = new float[count];
                bytes = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            }
            for (int c = 0; c < block.channels(); c++) {
                interleave(block.channel(c), block.frames(), c, block.channels());
            }
            // As a whole: a call for each sample costs more than the hash.
            bytes.clear().asFloatBuffer().put(samples, 0, count);
            int end = count * Float.BYTES;
            for (int start = 0; start < end; start += HASHED_AT_ONCE) {
                digest.update(bytes.array(), start, Math.min(HASHED_AT_ONCE, end - start));
            }
        }

        private void interleave(float[] channel, int frames, int place, int channels) {
            for (int i = 0; i < frames; i++) {
                samples[i * channels + place] = channel[i];
            }
        }

        String sha256() {
            return HexFormat.of().formatHex(digest.digest());
        }
    }

    /** Frames from a start to an end; an end beyond the file is the file's. */
    private static final class ExcerptSource implements AudioSource {
        private final AudioSource source;
        private long toSkip;
        private long left;

        ExcerptSource(AudioSource source, MasteringRequest.Excerpt excerpt) {
            this.source = source;
            this.toSkip = source.format().framesOf(excerpt.startSeconds());
            this.left = source.format().framesOf(excerpt.endSeconds()) - toSkip;
        }

        @Override
        public StreamFormat format() {
            return source.format();
        }

        @Override
        public int read(AudioBlock block) throws IOException {
            while (left > 0 && source.read(block) > 0) {
                int skip = (int) Math.min(toSkip, block.frames());
                toSkip -= skip;
                int kept = (int) Math.min(left, block.frames() - skip);
                if (kept > 0) {
                    left -= kept;
                    for (int c = 0; c < block.channels(); c++) {
                        System.arraycopy(block.channel(c), skip, block.channel(c), 0, kept);
                    }
                    block.setFrames(kept);
                    return kept;
                }
            }
            block.setFrames(0);
            return 0;
        }

        @Override
        public void close() throws IOException {
            source.close();
        }
    }
}
