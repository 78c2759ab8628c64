// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioSink;
import org.lacquer.audio.StreamFormat;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * The meter that many programs use, libebur128, as the machine has it: {@code libebur128.so.1} of
 * the package libebur128-1 in Debian and Ubuntu. Measures integrated, momentary and short-term
 * loudness, loudness range, sample peaks and true peaks of one stream.
 *
 * <p>Momentary and short-term loudness are those of the last 0.4 and 3 s heard, so that a caller
 * who wants maxima asks after every block. Not thread-safe. Functions and values after ebur128.h of
 * version 1.2.6.
 */
public final class Libebur128 implements AudioSink, AutoCloseable {
    private static final String LIBRARY = "libebur128.so.1";

    private static final int MODE_MOMENTARY = 1;
    private static final int MODE_SHORT_TERM = 1 << 1;
    private static final int MODE_INTEGRATED = 1 << 2;
    private static final int MODE_RANGE = 1 << 3;
    private static final int MODE_SAMPLE_PEAK = 1 << 4;
    private static final int MODE_TRUE_PEAK = 1 << 5;

    /** EBUR128_MODE_I | M | S | LRA | SAMPLE_PEAK | TRUE_PEAK. */
    private static final int MODE =
            MODE_MOMENTARY
                    | MODE_SHORT_TERM
                    | MODE_INTEGRATED
                    | MODE_RANGE
                    | MODE_SAMPLE_PEAK
                    | MODE_TRUE_PEAK;

    private static final Optional<Functions> FUNCTIONS = Functions.find();

    private final Functions functions;
    private final StreamFormat format;
    private final Arena arena = Arena.ofConfined();

    /** Bound to the arena: no call can use it once the meter is closed. */
    private final MemorySegment state;

    private final MemorySegment result = arena.allocate(ValueLayout.JAVA_DOUBLE);
    private MemorySegment interleaved = MemorySegment.NULL;

    /**
     * @throws IllegalStateException when the machine has no libebur128; see {@link #version()}
     */
    public Libebur128(StreamFormat format) {
        this.functions =
                FUNCTIONS.orElseThrow(() -> new IllegalStateException("there is no " + LIBRARY));
        this.format = format;
        this.state = functions.init(format, arena);
    }

    /** Version of the library, for instance {@code 1.2.6}; empty when the machine has none. */
    public static Optional<String> version() {
        return FUNCTIONS.map(Functions::version);
    }

    /** Takes all frames of a block, from a copy in the library's order. */
    @Override
    public void write(AudioBlock block) {
        int channels = format.channels();
        long bytes = (long) block.frames() * channels * Float.BYTES;
        if (interleaved.byteSize() < bytes) {
            interleaved = arena.allocate(bytes, Float.BYTES);
        }
        for (int c = 0; c < channels; c++) {
            float[] samples = block.channel(c);
            for (int i = 0; i < block.frames(); i++) {
                interleaved.setAtIndex(ValueLayout.JAVA_FLOAT, (long) i * channels + c, samples[i]);
            }
        }
        write(interleaved, block.frames());
    }

    /** Takes frames of native memory without a copy: the channels of a frame lie together. */
    public void write(MemorySegment samples, long frames) {
        requireDone("ebur128_add_frames_float", functions.addFrames(state, samples, frames));
    }

    /** LUFS, minus infinity for silence. */
    public double integratedLufs() {
        return ask("ebur128_loudness_global", functions.global);
    }

    /** LU. */
    public double loudnessRangeLu() {
        return ask("ebur128_loudness_range", functions.range);
    }

    /** LUFS of the last 400 ms. */
    public double momentaryLufs() {
        return ask("ebur128_loudness_momentary", functions.momentary);
    }

    /** LUFS of the last 3 s. */
    public double shortTermLufs() {
        return ask("ebur128_loudness_shortterm", functions.shortTerm);
    }

    /** Largest sample of a channel, linear. */
    public double samplePeak(int channel) {
        return ask("ebur128_sample_peak", functions.samplePeak, channel);
    }

    /** Largest interpolated magnitude of a channel, linear: four points a frame below 96 kHz. */
    public double truePeak(int channel) {
        return ask("ebur128_true_peak", functions.truePeak, channel);
    }

    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }

    private double ask(String name, MethodHandle function) {
        try {
            requireDone(name, (int) function.invokeExact(state, result));
        } catch (Throwable thrown) {
            throw Functions.broken(thrown);
        }
        return result.get(ValueLayout.JAVA_DOUBLE, 0);
    }

    private double ask(String name, MethodHandle function, int channel) {
        try {
            requireDone(name, (int) function.invokeExact(state, channel, result));
        } catch (Throwable thrown) {
            throw Functions.broken(thrown);
        }
        return result.get(ValueLayout.JAVA_DOUBLE, 0);
    }

    private static void requireDone(String name, int error) {
        if (error != 0) {
            throw new IllegalStateException(name + " returned " + error);
        }
    }

    /** Entries of the library. */
    private record Functions(
            MethodHandle getVersion,
            MethodHandle create,
            MethodHandle free,
            MethodHandle add,
            MethodHandle global,
            MethodHandle range,
            MethodHandle momentary,
            MethodHandle shortTerm,
            MethodHandle samplePeak,
            MethodHandle truePeak) {

        @SuppressWarnings("restricted")
        static Optional<Functions> find() {
            SymbolLookup library;
            try {
                library = SymbolLookup.libraryLookup(LIBRARY, Arena.global());
            } catch (IllegalArgumentException absent) {
                return Optional.empty();
            }
            var pointer = ValueLayout.ADDRESS;
            var number = ValueLayout.JAVA_INT;
            // unsigned long and size_t of the 64-bit Unix systems.
            var count = ValueLayout.JAVA_LONG;
            FunctionDescriptor figure = FunctionDescriptor.of(number, pointer, pointer);
            FunctionDescriptor ofChannel = FunctionDescriptor.of(number, pointer, number, pointer);
            return Optional.of(
                    new Functions(
                            entry(
                                    library,
                                    "ebur128_get_version",
                                    FunctionDescriptor.ofVoid(pointer, pointer, pointer)),
                            entry(
                                    library,
                                    "ebur128_init",
                                    FunctionDescriptor.of(pointer, number, count, number)),
                            entry(library, "ebur128_destroy", FunctionDescriptor.ofVoid(pointer)),
                            entry(
                                    library,
                                    "ebur128_add_frames_float",
                                    FunctionDescriptor.of(number, pointer, pointer, count)),
                            entry(library, "ebur128_loudness_global", figure),
                            entry(library, "ebur128_loudness_range", figure),
                            entry(library, "ebur128_loudness_momentary", figure),
                            entry(library, "ebur128_loudness_shortterm", figure),
                            entry(library, "ebur128_sample_peak", ofChannel),
                            entry(library, "ebur128_true_peak", ofChannel)));
        }

        String version() {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment parts = arena.allocate(ValueLayout.JAVA_INT, 3);
                getVersion.invokeExact(parts, parts.asSlice(4), parts.asSlice(8));
                return parts.getAtIndex(ValueLayout.JAVA_INT, 0)
                        + "."
                        + parts.getAtIndex(ValueLayout.JAVA_INT, 1)
                        + "."
                        + parts.getAtIndex(ValueLayout.JAVA_INT, 2);
            } catch (Throwable thrown) {
                throw broken(thrown);
            }
        }

        /** A new state that is destroyed with the arena. */
        @SuppressWarnings("restricted")
        MemorySegment init(StreamFormat format, Arena arena) {
            MemorySegment state;
            try {
                state =
                        (MemorySegment)
                                create.invokeExact(
                                        format.channels(), (long) format.sampleRateHz(), MODE);
            } catch (Throwable thrown) {
                throw broken(thrown);
            }
            if (state.equals(MemorySegment.NULL)) {
                throw new IllegalArgumentException("libebur128 does not measure " + format);
            }
            return state.reinterpret(arena, this::destroy);
        }

        int addFrames(MemorySegment state, MemorySegment samples, long frames) {
            try {
                return (int) add.invokeExact(state, samples, frames);
            } catch (Throwable thrown) {
                throw broken(thrown);
            }
        }

        /** The library takes the address of the pointer, and sets it to null. */
        private void destroy(MemorySegment state) {
            try (Arena arena = Arena.ofConfined()) {
                free.invokeExact(arena.allocateFrom(ValueLayout.ADDRESS, state));
            } catch (Throwable thrown) {
                throw broken(thrown);
            }
        }

        /** What the calls of C declare and never throw. */
        static RuntimeException broken(Throwable thrown) {
            if (thrown instanceof RuntimeException plain) {
                return plain;
            }
            if (thrown instanceof Error error) {
                throw error;
            }
            return new IllegalStateException(thrown);
        }

        @SuppressWarnings("restricted")
        private static MethodHandle entry(
                SymbolLookup library, String name, FunctionDescriptor descriptor) {
            return Linker.nativeLinker().downcallHandle(library.findOrThrow(name), descriptor);
        }
    }
}
