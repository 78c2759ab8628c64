// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The length that a WAV file declares, in its {@code data} chunk or, for RF64 and BW64, in {@code
 * ds64} (EBU Tech 3306, ITU-R BS.2088). libavformat reports what is there instead, which hides that
 * a file was cut.
 */
final class WaveHeader {
    /** Chunks looked at before giving up; files have a dozen at most. */
    private static final int MAX_CHUNKS = 1_000;

    private WaveHeader() {}

    /** Bytes of samples, -1 when the file does not say; writers to pipes put in a huge number. */
    static long declaredBytes(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            long size64 = -1;
            long at = 12;
            for (int i = 0; i < MAX_CHUNKS; i++) {
                ByteBuffer chunk = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
                if (channel.read(chunk, at) < 8) {
                    return -1;
                }
                String id = new String(chunk.array(), 0, 4, StandardCharsets.US_ASCII);
                long size = chunk.getInt(4) & 0xFFFFFFFFL;
                if (id.equals("ds64")) {
                    size64 = chunk.getLong(16);
                }
                if (id.equals("data")) {
                    return size64 >= 0 && size == 0xFFFFFFFFL ? size64 : known(size);
                }
                // Chunks are padded to an even size.
                at += 8 + size + (size & 1);
            }
        }
        return -1;
    }

    private static long known(long size) {
        boolean signedLimit = size >= 0x7FFF_0000L && size <= 0x8000_0000L;
        return size == 0 || size >= 0xFFFF_0000L || signedLimit ? -1 : size;
    }
}
