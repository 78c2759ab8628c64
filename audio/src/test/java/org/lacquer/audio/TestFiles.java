// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

import java.io.IOException;
import java.nio.file.Path;

/** Writes short files for tests. */
final class TestFiles {
    private TestFiles() {}

    static void write(
            Path file, FileFormat format, BitDepth depth, int rate, Tags tags, float[]... samples)
            throws IOException {
        var spec = new OutputSpec(format, depth, new StreamFormat(rate, samples.length), tags);
        try (var writer = AudioWriter.create(file, spec, true)) {
            Signals.writeAll(writer, 1_777, samples);
            writer.commit();
        }
    }
}
