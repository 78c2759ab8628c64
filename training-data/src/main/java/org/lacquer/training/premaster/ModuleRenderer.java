// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.premaster;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Tracker modules channel by channel: libopenmpt plays the module once for each channel, with all
 * others muted through its "interactive" interface (libopenmpt_ext.h of libopenmpt 0.6). Its mixing
 * is linear, so the sum of channels is the module. Channels keep their author's levels; stereo is
 * narrowed to 60 %, since old modules are panned hard.
 */
final class ModuleRenderer implements SongRenderer {
    private static final String LIBRARY = "libopenmpt.so.0";

    /** {@code set_channel_mute_status} in the structure of functions, and the structure's size. */
    private static final int MUTE_SLOT = 10;

    private static final int SLOTS = 16;

    /** {@code OPENMPT_MODULE_RENDER_STEREOSEPARATION_PERCENT}. */
    private static final int SEPARATION = 2;

    private static final int SEPARATION_PERCENT = 60;
    private static final int BLOCK = 4_096;

    @Override
    public List<Stem> render(PremasterSong song, Path files, Path scratch) throws IOException {
        byte[] file = Files.readAllBytes(files.resolve(song.source()));
        List<Stem> stems = new ArrayList<>();
        try (Arena arena = Arena.ofConfined()) {
            Library library = Library.open(arena);
            int channels = 1;
            for (int c = 0; c < channels; c++) {
                try (Module module = library.load(file, arena)) {
                    channels = module.channels();
                    for (int other = 0; other < channels; other++) {
                        if (other != c) {
                            module.mute(other);
                        }
                    }
                    stems.add(new Stem("channel-" + (c + 1), Role.OTHER, module.play()));
                }
            }
        }
        return SongRenderer.trimmed(stems);
    }

    /** The functions that are used of the library. */
    private record Library(
            MethodHandle create,
            MethodHandle destroy,
            MethodHandle moduleOf,
            MethodHandle interfaceOf,
            MethodHandle channels,
            MethodHandle parameter,
            MethodHandle read,
            MethodHandle mute) {

        // Native code is the point of this class; it is named at start-up with
        // --enable-native-access.
        @SuppressWarnings("restricted")
        static Library open(Arena arena) throws IOException {
            SymbolLookup symbols;
            try {
                symbols = SymbolLookup.libraryLookup(LIBRARY, arena);
            } catch (IllegalArgumentException missing) {
                throw new IOException(
                        LIBRARY + " is missing; install it: apt-get install libopenmpt0", missing);
            }
            Linker linker = Linker.nativeLinker();
            FunctionDescriptor create =
                    FunctionDescriptor.of(
                            ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS, ADDRESS, ADDRESS,
                            ADDRESS, ADDRESS, ADDRESS);
            FunctionDescriptor interfaceOf =
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG);
            FunctionDescriptor read =
                    FunctionDescriptor.of(JAVA_LONG, ADDRESS, JAVA_INT, JAVA_LONG, ADDRESS);
            FunctionDescriptor three = FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
            return new Library(
                    linker.downcallHandle(
                            found(symbols, "openmpt_module_ext_create_from_memory"), create),
                    linker.downcallHandle(
                            found(symbols, "openmpt_module_ext_destroy"),
                            FunctionDescriptor.ofVoid(ADDRESS)),
                    linker.downcallHandle(
                            found(symbols, "openmpt_module_ext_get_module"),
                            FunctionDescriptor.of(ADDRESS, ADDRESS)),
                    linker.downcallHandle(
                            found(symbols, "openmpt_module_ext_get_interface"), interfaceOf),
                    linker.downcallHandle(
                            found(symbols, "openmpt_module_get_num_channels"),
                            FunctionDescriptor.of(JAVA_INT, ADDRESS)),
                    linker.downcallHandle(found(symbols, "openmpt_module_set_render_param"), three),
                    linker.downcallHandle(
                            found(symbols, "openmpt_module_read_interleaved_float_stereo"), read),
                    linker.downcallHandle(three));
        }

        private static MemorySegment found(SymbolLookup symbols, String name) {
            return symbols.find(name)
                    .orElseThrow(
                            () -> new IllegalStateException(LIBRARY + " has no function " + name));
        }

        Module load(byte[] file, Arena arena) throws IOException {
            MemorySegment data = arena.allocate(file.length);
            MemorySegment.copy(
                    file, 0, data, java.lang.foreign.ValueLayout.JAVA_BYTE, 0, file.length);
            MemorySegment none = MemorySegment.NULL;
            try {
                MemorySegment extended =
                        (MemorySegment)
                                create.invokeExact(
                                        data,
                                        (long) file.length,
                                        none,
                                        none,
                                        none,
                                        none,
                                        none,
                                        none,
                                        none);
                if (extended.equals(none)) {
                    throw new IOException("libopenmpt cannot read the module");
                }
                MemorySegment functions =
                        arena.allocate(MemoryLayout.sequenceLayout(SLOTS, ADDRESS));
                int known =
                        (int)
                                interfaceOf.invokeExact(
                                        extended,
                                        arena.allocateFrom("interactive"),
                                        functions,
                                        functions.byteSize());
                if (known == 0) {
                    throw new IOException("libopenmpt has no interactive interface");
                }
                MemorySegment module = (MemorySegment) moduleOf.invokeExact(extended);
                int set = (int) parameter.invokeExact(module, SEPARATION, SEPARATION_PERCENT);
                if (set == 0) {
                    throw new IOException("libopenmpt refuses the stereo separation");
                }
                return new Module(
                        this, extended, module, functions.getAtIndex(ADDRESS, MUTE_SLOT), arena);
            } catch (IOException | RuntimeException | Error known) {
                throw known;
            } catch (Throwable impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    /** One loaded module. */
    private record Module(
            Library library,
            MemorySegment extended,
            MemorySegment module,
            MemorySegment muteFunction,
            Arena arena)
            implements AutoCloseable {

        int channels() {
            return (int) call(() -> (int) library.channels().invokeExact(module));
        }

        void mute(int channel) {
            call(() -> (int) library.mute().invokeExact(muteFunction, extended, channel, 1));
        }

        /** From the start to the end, or as long as a song is. */
        float[][] play() {
            int limit = (int) ((SECONDS + 3.0) * Stem.RATE_HZ);
            float[][] out = new float[2][limit];
            MemorySegment block = arena.allocate(JAVA_FLOAT, 2L * BLOCK);
            int frames = 0;
            while (frames < limit) {
                int wanted = Math.min(BLOCK, limit - frames);
                long count =
                        call(
                                () ->
                                        (long)
                                                library.read()
                                                        .invokeExact(
                                                                module,
                                                                Stem.RATE_HZ,
                                                                (long) wanted,
                                                                block));
                if (count == 0) {
                    break;
                }
                for (int i = 0; i < count; i++) {
                    out[0][frames + i] = block.getAtIndex(JAVA_FLOAT, 2L * i);
                    out[1][frames + i] = block.getAtIndex(JAVA_FLOAT, 2L * i + 1);
                }
                frames += (int) count;
            }
            return Clips.cut(out, 0, frames);
        }

        @Override
        public void close() {
            call(
                    () -> {
                        library.destroy().invokeExact(extended);
                        return 0L;
                    });
        }

        private static long call(Native function) {
            try {
                return function.call();
            } catch (RuntimeException | Error known) {
                throw known;
            } catch (Throwable impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    /** A call into the library; method handles declare every exception. */
    @FunctionalInterface
    private interface Native {
        long call() throws Throwable;
    }
}
