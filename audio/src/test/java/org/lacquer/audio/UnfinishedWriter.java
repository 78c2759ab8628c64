// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

import java.nio.file.Path;

/** Writes without end until somebody ends the process. */
final class UnfinishedWriter {
    private UnfinishedWriter() {}

    public static void main(String[] arguments) throws Exception {
        var spec =
                new OutputSpec(
                        FileFormat.FLAC, BitDepth.INT16, new StreamFormat(44_100, 1), Tags.NONE);
        try (var writer = AudioWriter.create(Path.of(arguments[0]), spec, false)) {
            writer.write(AudioBlock.wrap(Signals.noise(1, 0.5, 100_000)));
            System.out.println("writing");
            Thread.sleep(60_000);
        }
    }
}
