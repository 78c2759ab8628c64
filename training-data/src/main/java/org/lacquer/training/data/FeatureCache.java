// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.data;

import org.lacquer.training.corpus.Track.Split;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Base rows as one small file: gzip over big-endian records, figures as half floats (a step of at
 * most 0.03 below 64, far below what the features themselves are worth).
 */
public final class FeatureCache {
    private static final int MAGIC = 0x4c514643;

    private FeatureCache() {}

    public static void write(Path file, String featureSetVersion, List<BaseRow> rows)
            throws IOException {
        try (var out =
                new DataOutputStream(
                        new BufferedOutputStream(
                                new GZIPOutputStream(Files.newOutputStream(file), 1 << 16)))) {
            out.writeInt(MAGIC);
            out.writeUTF(featureSetVersion);
            out.writeInt(rows.size());
            for (BaseRow row : rows) {
                out.writeUTF(row.track());
                out.writeUTF(row.packageName());
                out.writeUTF(row.genre());
                out.writeByte(row.split().ordinal());
                out.writeByte(row.excerpt());
                out.writeByte(row.variant());
                writeHalves(out, row.features());
                writeHalves(out, row.midDb());
                writeHalves(out, row.sideDb());
            }
        }
    }

    /**
     * @throws IOException when the file was made with another feature set
     */
    public static List<BaseRow> read(Path file, String featureSetVersion) throws IOException {
        try (var in =
                new DataInputStream(
                        new BufferedInputStream(
                                new GZIPInputStream(Files.newInputStream(file), 1 << 16)))) {
            if (in.readInt() != MAGIC) {
                throw new IOException(file + " is not a feature cache");
            }
            String version = in.readUTF();
            if (!version.equals(featureSetVersion)) {
                throw new IOException(
                        file + " holds features " + version + ", not " + featureSetVersion);
            }
            int count = in.readInt();
            List<BaseRow> rows = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                rows.add(
                        new BaseRow(
                                in.readUTF(),
                                in.readUTF(),
                                in.readUTF(),
                                Split.values()[in.readByte()],
                                in.readByte(),
                                in.readByte(),
                                readHalves(in),
                                readHalves(in),
                                readHalves(in)));
            }
            return rows;
        }
    }

    private static void writeHalves(DataOutputStream out, float[] values) throws IOException {
        out.writeShort(values.length);
        for (float value : values) {
            out.writeShort(Float.floatToFloat16(value));
        }
    }

    private static float[] readHalves(DataInputStream in) throws IOException {
        float[] values = new float[in.readUnsignedShort()];
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.float16ToFloat(in.readShort());
        }
        return values;
    }
}
