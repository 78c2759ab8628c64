// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Kind and size of a cover picture, read from its own header. */
record CoverImage(String mimeType, int width, int height) {
    private static final int FRONT_COVER = 3;
    private static final int JPEG_START = 0xFFD8;
    private static final long PNG_START = 0x89504E470D0A1A0AL;

    /** The picture with its true type; empty for what is neither JPEG nor PNG. */
    static Optional<Tags.Cover> of(byte[] data) {
        return inspect(data).map(image -> new Tags.Cover(image.mimeType, data));
    }

    /** Empty for what is neither JPEG nor PNG, or damaged. */
    static Optional<CoverImage> inspect(byte[] data) {
        ByteBuffer bytes = ByteBuffer.wrap(data);
        try {
            if (data.length > 24 && bytes.getLong(0) == PNG_START) {
                return Optional.of(new CoverImage("image/png", bytes.getInt(16), bytes.getInt(20)));
            }
            if (data.length > 4 && (bytes.getShort(0) & 0xFFFF) == JPEG_START) {
                return inspectJpeg(bytes.position(2));
            }
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    /** Walks the segments to the frame header, ITU-T T.81, B.1.1.3 and B.2.2. */
    private static Optional<CoverImage> inspectJpeg(ByteBuffer bytes) {
        while (true) {
            int marker = bytes.getShort() & 0xFFFF;
            int start = bytes.position();
            int length = bytes.getShort() & 0xFFFF;
            int kind = marker & 0xFF;
            boolean frame = kind >= 0xC0 && kind <= 0xCF;
            if (frame && kind != 0xC4 && kind != 0xC8 && kind != 0xCC) {
                bytes.get();
                int height = bytes.getShort() & 0xFFFF;
                int width = bytes.getShort() & 0xFFFF;
                return Optional.of(new CoverImage("image/jpeg", width, height));
            }
            if (marker >>> 8 != 0xFF || length < 2) {
                return Optional.empty();
            }
            bytes.position(start + length);
        }
    }

    /** The picture as Ogg holds it: a FLAC picture block (RFC 9639, 8.8) in Base64. */
    String oggBlock(byte[] data) {
        byte[] mime = mimeType.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer block = ByteBuffer.allocate(32 + mime.length + data.length);
        block.putInt(FRONT_COVER).putInt(mime.length).put(mime);
        // No description; then size, and 0 for unknown depth and palette.
        block.putInt(0).putInt(width).putInt(height).putInt(0).putInt(0);
        block.putInt(data.length).put(data);
        return Base64.getEncoder().encodeToString(block.array());
    }
}
