// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** WAV files byte by byte, independent of the writer: Microsoft's RIFF layout, EBU Tech 3306. */
final class WaveBytes {
    static final int PCM = 1;
    static final int IEEE_FLOAT = 3;

    private WaveBytes() {}

    static void write(Path file, int tag, int bits, int rate, int channels, ByteBuffer data)
            throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(44 + data.limit()).order(ByteOrder.LITTLE_ENDIAN);
        id(bytes, "RIFF").putInt(36 + data.limit());
        id(bytes, "WAVE");
        format(bytes, tag, bits, rate, channels);
        id(bytes, "data").putInt(data.limit()).put(data.array(), 0, data.limit());
        Files.write(file, bytes.array());
    }

    /** The 64-bit variant with its sizes in a {@code ds64} chunk. */
    static void writeRf64(Path file, int bits, int rate, int channels, ByteBuffer data)
            throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(80 + data.limit()).order(ByteOrder.LITTLE_ENDIAN);
        id(bytes, "RF64").putInt(-1);
        id(bytes, "WAVE");
        id(bytes, "ds64").putInt(28).putLong(72 + data.limit()).putLong(data.limit());
        bytes.putLong(data.limit() * 8L / bits / channels).putInt(0);
        format(bytes, PCM, bits, rate, channels);
        id(bytes, "data").putInt(-1).put(data.array(), 0, data.limit());
        Files.write(file, bytes.array());
    }

    static ByteBuffer data(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void format(ByteBuffer bytes, int tag, int bits, int rate, int channels) {
        int frameBytes = bits / 8 * channels;
        id(bytes, "fmt ").putInt(16).putShort((short) tag).putShort((short) channels);
        bytes.putInt(rate).putInt(rate * frameBytes);
        bytes.putShort((short) frameBytes).putShort((short) bits);
    }

    private static ByteBuffer id(ByteBuffer bytes, String id) {
        return bytes.put(id.getBytes(StandardCharsets.US_ASCII));
    }
}
