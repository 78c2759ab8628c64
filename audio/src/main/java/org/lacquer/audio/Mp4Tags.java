// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * Adds the tags that libavformat's MPEG-4 writer leaves out (ISRC, label and whatever else has no
 * atom of its own) as iTunes free-form atoms, {@code moov/udta/meta/ilst/----}.
 *
 * <p>Box layout: ISO/IEC 14496-12:2015, 4.2. The metadata is the last box of such a file, so
 * nothing that it points to moves.
 */
final class Mp4Tags {
    private static final int HEADER_BYTES = 8;

    private Mp4Tags() {}

    /** Completes a finished file; does nothing for other formats. */
    static void complete(Path file, OutputSpec spec) throws IOException {
        if (spec.fileFormat() != FileFormat.AAC && spec.fileFormat() != FileFormat.ALAC) {
            return;
        }
        Map<String, String> missing = TagRules.withoutMp4Atom(spec.tags());
        if (missing.isEmpty()) {
            return;
        }
        var items = new ByteArrayOutputStream();
        missing.forEach((name, value) -> items.writeBytes(freeForm(name, value)));
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long start = findLastBox(channel);
            ByteBuffer movie = ByteBuffer.allocate(Math.toIntExact(channel.size() - start));
            readFully(channel, movie, start);
            ByteBuffer longer = ByteBuffer.wrap(insert(movie.array(), items.toByteArray()));
            while (longer.hasRemaining()) {
                channel.write(longer, start + longer.position());
            }
        }
    }

    /** Offset of the {@code moov} box, which must be the last. */
    private static long findLastBox(FileChannel channel) throws IOException {
        long at = 0;
        while (true) {
            ByteBuffer header = ByteBuffer.allocate(16);
            readFully(channel, header.limit(HEADER_BYTES), at);
            long size = header.getInt(0) & 0xFFFFFFFFL;
            if (size == 1) {
                readFully(channel, header.limit(16), at + HEADER_BYTES);
                size = header.getLong(HEADER_BYTES);
            }
            boolean last = at + size == channel.size();
            if (last && type(header, 0).equals("moov")) {
                return at;
            }
            if (last || size < HEADER_BYTES) {
                throw new IOException("MPEG-4 file does not end with its metadata");
            }
            at += size;
        }
    }

    /** Puts items at the end of the item list and lengthens the boxes around it. */
    private static byte[] insert(byte[] movie, byte[] items) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(movie);
        int userData = find(bytes, HEADER_BYTES, movie.length, "udta");
        if (userData < 0) {
            byte[] list = box("ilst", items);
            return grown(bytes, movie.length, box("udta", metadata(list)), 0);
        }
        int metadata = find(bytes, userData + HEADER_BYTES, end(bytes, userData), "meta");
        if (metadata < 0) {
            byte[] added = metadata(box("ilst", items));
            return grown(bytes, end(bytes, userData), added, 0, userData);
        }
        // "meta" is a full box: version and flags come first.
        int list = find(bytes, metadata + HEADER_BYTES + 4, end(bytes, metadata), "ilst");
        if (list < 0) {
            byte[] added = box("ilst", items);
            return grown(bytes, end(bytes, metadata), added, 0, userData, metadata);
        }
        return grown(bytes, end(bytes, list), items, 0, userData, metadata, list);
    }

    private static byte[] grown(ByteBuffer bytes, int at, byte[] added, int... around) {
        for (int box : around) {
            bytes.putInt(box, bytes.getInt(box) + added.length);
        }
        var result = new ByteArrayOutputStream();
        result.write(bytes.array(), 0, at);
        result.writeBytes(added);
        result.write(bytes.array(), at, bytes.array().length - at);
        return result.toByteArray();
    }

    private static int find(ByteBuffer bytes, int from, int to, String type) throws IOException {
        int at = from;
        while (at + HEADER_BYTES <= to) {
            if (type(bytes, at).equals(type)) {
                return at;
            }
            if (bytes.getInt(at) < HEADER_BYTES) {
                throw new IOException("MPEG-4 file has a box without a size");
            }
            at = end(bytes, at);
        }
        return -1;
    }

    private static int end(ByteBuffer bytes, int box) {
        return box + bytes.getInt(box);
    }

    private static String type(ByteBuffer bytes, int box) {
        return StandardCharsets.ISO_8859_1
                .decode(bytes.duplicate().limit(box + HEADER_BYTES).position(box + 4))
                .toString();
    }

    private static byte[] metadata(byte[] list) {
        byte[] handler = fullBox("hdlr", text("\0\0\0\0mdirappl\0\0\0\0\0\0\0\0\0"));
        return fullBox("meta", join(handler, list));
    }

    private static byte[] freeForm(String name, String value) {
        byte[] mean = fullBox("mean", text("com.apple.iTunes"));
        byte[] key = fullBox("name", text(name));
        // Type 1 is UTF-8; four bytes of locale follow it.
        byte[] data = box("data", join(new byte[] {0, 0, 0, 1, 0, 0, 0, 0}, text(value)));
        return box("----", join(mean, key, data));
    }

    private static byte[] fullBox(String type, byte[] content) {
        return box(type, join(new byte[4], content));
    }

    private static byte[] box(String type, byte[] content) {
        byte[] size = ByteBuffer.allocate(4).putInt(HEADER_BYTES + content.length).array();
        return join(size, text(type), content);
    }

    private static byte[] text(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] join(byte[]... parts) {
        var result = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            result.writeBytes(part);
        }
        return result.toByteArray();
    }

    private static void readFully(FileChannel channel, ByteBuffer to, long from)
            throws IOException {
        long at = from;
        while (to.hasRemaining()) {
            int count = channel.read(to, at);
            if (count < 0) {
                throw new IOException("MPEG-4 file ends early");
            }
            at += count;
        }
    }
}
