// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps a stream so that it can be read many times: write it, {@link #finish()}, then open any
 * number of sources, on any threads, until {@link #close()}.
 *
 * <p>The first chunks lie in memory up to a limit, all later ones in one temporary file (in {@code
 * java.io.tmpdir}) that is mapped for reading. The file goes away with {@code close()} or with the
 * JVM. Samples come back bit for bit, NaN included. Writing is for one thread.
 */
public final class AudioSpool implements AudioSink, AutoCloseable {
    static final int CHUNK_FRAMES = 65_536;

    private static final ValueLayout.OfFloat FILE_FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final StreamFormat format;
    private final int chunksInMemory;
    private final List<float[][]> chunks = new ArrayList<>();
    private final Arena arena = Arena.ofShared();

    private long frames;
    private boolean finished;
    private boolean closed;
    private @Nullable Spill spill;
    private MemorySegment mapped = MemorySegment.NULL;

    /**
     * @param memoryLimitBytes bytes of samples that may lie in memory; 0 puts everything into the
     *     file
     */
    public AudioSpool(StreamFormat format, long memoryLimitBytes) {
        Require.that(
                memoryLimitBytes >= 0,
                "memoryLimitBytes must be at least 0, got " + memoryLimitBytes);
        this.format = format;
        this.chunksInMemory =
                (int) Math.min(Integer.MAX_VALUE, memoryLimitBytes / bytesOfChunk(format));
    }

    public StreamFormat format() {
        return format;
    }

    /** Frames written so far. */
    public long frames() {
        return frames;
    }

    /**
     * @throws FailureException when the temporary file cannot be written
     */
    @Override
    public void write(AudioBlock block) throws IOException {
        requireState(!finished && !closed, "spool is already finished");
        Require.that(
                block.channels() == format.channels(),
                "block must have " + format.channels() + " channels, got " + block.channels());
        int done = 0;
        while (done < block.frames()) {
            int at = (int) (frames % CHUNK_FRAMES);
            float[][] chunk = chunkToFill();
            int count = Math.min(block.frames() - done, CHUNK_FRAMES - at);
            for (int c = 0; c < chunk.length; c++) {
                System.arraycopy(block.channel(c), done, chunk[c], at, count);
            }
            done += count;
            frames += count;
            if (spill != null && at + count == CHUNK_FRAMES) {
                spill.write();
            }
        }
    }

    /**
     * Ends writing; from here on the spool can be read.
     *
     * @throws FailureException when the temporary file cannot be written
     */
    public void finish() throws IOException {
        requireState(!finished && !closed, "spool is already finished");
        if (spill != null) {
            if (frames % CHUNK_FRAMES != 0) {
                spill.write();
            }
            mapped = spill.map(arena);
        }
        finished = true;
    }

    /** A new, independent source from the first frame. */
    public AudioSource source() {
        return source(0, frames);
    }

    /** A new, independent source of frames {@code startFrame} to {@code endFrame}, exclusive. */
    public AudioSource source(long startFrame, long endFrame) {
        requireState(finished && !closed, "spool must be finished and open to be read");
        Require.that(
                startFrame >= 0 && startFrame <= endFrame && endFrame <= frames,
                "frames must lie within 0 to " + frames + ", got " + startFrame + "-" + endFrame);
        return new SpoolSource(startFrame, endFrame);
    }

    /** Frees the memory and deletes the file; open sources must not be read any more. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        chunks.clear();
        arena.close();
        if (spill != null) {
            spill.close();
        }
    }

    private float[][] chunkToFill() throws IOException {
        int index = Math.toIntExact(frames / CHUNK_FRAMES);
        if (index < chunksInMemory) {
            if (index == chunks.size()) {
                chunks.add(new float[format.channels()][CHUNK_FRAMES]);
            }
            return chunks.get(index);
        }
        if (spill == null) {
            spill = new Spill(format.channels());
        }
        return spill.chunk;
    }

    /** Copies frames of one chunk into a block. */
    private void copy(long frame, AudioBlock block, int at, int count) {
        int index = (int) (frame / CHUNK_FRAMES);
        int offset = (int) (frame % CHUNK_FRAMES);
        for (int c = 0; c < format.channels(); c++) {
            if (index < chunksInMemory) {
                System.arraycopy(chunks.get(index)[c], offset, block.channel(c), at, count);
            } else {
                long start =
                        (index - chunksInMemory) * bytesOfChunk(format)
                                + ((long) c * CHUNK_FRAMES + offset) * Float.BYTES;
                MemorySegment.copy(mapped, FILE_FLOAT, start, block.channel(c), at, count);
            }
        }
    }

    private static long bytesOfChunk(StreamFormat format) {
        return (long) CHUNK_FRAMES * format.channels() * Float.BYTES;
    }

    private static void requireState(boolean condition, String message) {
        if (!condition) {
            throw new IllegalStateException(message);
        }
    }

    /** The temporary file and the chunk that goes into it next; chunks are planar and whole. */
    private static final class Spill implements AutoCloseable {
        final float[][] chunk;

        private final ByteBuffer bytes;
        private final Path file;
        private final FileChannel channel;

        Spill(int channels) throws IOException {
            this.chunk = new float[channels][CHUNK_FRAMES];
            this.bytes =
                    ByteBuffer.allocateDirect(CHUNK_FRAMES * Float.BYTES)
                            .order(ByteOrder.LITTLE_ENDIAN);
            this.file = TemporaryFiles.make(Spill::createFile);
            this.channel =
                    FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        }

        private static Path createFile() throws IOException {
            try {
                Path file = Files.createTempFile("lacquer-", ".spool");
                TemporaryFiles.register(file);
                return file;
            } catch (IOException e) {
                Path folder = Path.of(System.getProperty("java.io.tmpdir"));
                throw new FailureException(
                        new Failure.UnwritableOutput(folder, "temporary file: " + e.getMessage()),
                        e);
            }
        }

        void write() throws IOException {
            try {
                for (float[] samples : chunk) {
                    bytes.clear();
                    bytes.asFloatBuffer().put(samples);
                    while (bytes.hasRemaining()) {
                        channel.write(bytes);
                    }
                }
            } catch (IOException e) {
                throw new FailureException(
                        new Failure.UnwritableOutput(file, "temporary file: " + e.getMessage()), e);
            }
        }

        MemorySegment map(Arena arena) throws IOException {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
        }

        @Override
        public void close() throws IOException {
            channel.close();
            TemporaryFiles.delete(file);
        }
    }

    private final class SpoolSource implements AudioSource {
        private final long end;
        private long position;

        SpoolSource(long start, long end) {
            this.position = start;
            this.end = end;
        }

        @Override
        public StreamFormat format() {
            return format;
        }

        @Override
        public int read(AudioBlock block) {
            requireState(!closed, "spool is closed");
            int wanted = (int) Math.min(block.capacity(), end - position);
            block.setFrames(wanted);
            int done = 0;
            while (done < wanted) {
                int left = CHUNK_FRAMES - (int) (position % CHUNK_FRAMES);
                int count = Math.min(wanted - done, left);
                copy(position, block, done, count);
                done += count;
                position += count;
            }
            return wanted;
        }

        @Override
        public void close() {}
    }
}
