// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.analysis.Analysis;
import org.lacquer.analysis.Analyzer;
import org.lacquer.analysis.Figures;
import org.lacquer.analysis.Finding;
import org.lacquer.analysis.Preflight;
import org.lacquer.audio.AudioReader;
import org.lacquer.audio.Progress;
import org.lacquer.audio.SourceInfo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A file and its figures. */
record Measured(Path file, SourceInfo info, Analysis figures, List<Finding> findings) {

    static Measured read(Path file, Figures wanted, Progress progress) throws IOException {
        try (AudioReader reader = AudioReader.open(file)) {
            SourceInfo info = reader.info();
            Analysis figures = Analyzer.analyze(reader, info.declaredFrames(), wanted, progress);
            List<Finding> findings =
                    wanted == Figures.ALL ? Preflight.check(figures, info) : List.of();
            return new Measured(file, info, figures, findings);
        }
    }

    /** What the file is, for people. */
    String kind() {
        String depth = info.bitDepth() > 0 ? " " + info.bitDepth() + " bit" : "";
        String channels =
                switch (figures.channels()) {
                    case 1 -> "mono";
                    case 2 -> "stereo";
                    default -> figures.channels() + " channels";
                };
        // FFmpeg names plain samples by their layout; people name the file.
        String format = info.codec().startsWith("pcm_") ? info.container() : info.codec();
        return format.toUpperCase(Locale.ROOT)
                + depth
                + ", "
                + Formats.kilohertz(figures.sampleRateHz())
                + ", "
                + channels
                + ", "
                + Formats.clock(figures.durationSeconds());
    }

    /** What the file is, for scripts. */
    Map<String, Object> source() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("container", info.container());
        object.put("codec", info.codec());
        object.put("bitDepth", info.bitDepth());
        object.put("lossy", info.lossy());
        return object;
    }
}
