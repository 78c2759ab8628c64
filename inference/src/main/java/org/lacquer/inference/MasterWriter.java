// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference;

import org.lacquer.analysis.Analysis;
import org.lacquer.analysis.Analyzer;
import org.lacquer.analysis.Figures;
import org.lacquer.audio.AudioReader;
import org.lacquer.audio.AudioSink;
import org.lacquer.audio.OutputSpec;
import org.lacquer.audio.StreamFormat;
import org.lacquer.engine.Delivery;
import org.lacquer.engine.MasteringPlan;
import org.lacquer.engine.Rendered;
import org.lacquer.engine.Renderer;
import org.lacquer.inference.MasteringProgress.Step;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Renders one mix into one file and measures what was written. The file is there when it is
 * complete, or not at all.
 *
 * @param figures what is measured on the written master
 */
record MasterWriter(
        Path mix,
        MixReader.Mix read,
        Path output,
        boolean overwrite,
        Figures figures,
        long memoryLimitBytes,
        MasteringProgress progress) {
    /** What was written and what it measures. */
    record Written(Rendered rendered, Analysis figures) {}

    /** Says whether a rendering is kept. */
    @FunctionalInterface
    private interface Verdict {
        boolean keep() throws IOException;
    }

    Written write(MasteringPlan plan) throws IOException {
        try (MasterFile file = begin(plan)) {
            return render(plan, file, file, () -> true).orElseThrow();
        }
    }

    /**
     * Writes nothing when the tone of the master moved away from where the model wants it.
     *
     * @param wantedDb change of each third octave that the model wants; empty to keep any
     */
    Optional<Written> writeUnlessWorse(MasteringPlan plan, double[] wantedDb) throws IOException {
        if (wantedDb.length == 0) {
            return Optional.of(write(plan));
        }
        double startSeconds = ToneProbe.loudest(read.figures().loudness().shortTermLufs());
        ToneProbe master = new ToneProbe(format(plan), startSeconds);
        try (MasterFile file = begin(plan)) {
            return render(
                    plan,
                    file,
                    heardBy(master, file),
                    () -> {
                        ToneProbe before = ToneProbe.of(read.audio(), startSeconds);
                        return !BackOff.worse(before.levelsDb(), master.levelsDb(), wantedDb);
                    });
        }
    }

    private StreamFormat format(MasteringPlan plan) {
        StreamFormat format = read.audio().format();
        return format.withSampleRateHz(
                plan.delivery().sampleRateHz().orElse(format.sampleRateHz()));
    }

    private MasterFile begin(MasteringPlan plan) throws IOException {
        Delivery delivery = plan.delivery();
        OutputSpec spec =
                new OutputSpec(
                        delivery.fileFormat(),
                        delivery.bitDepth(),
                        format(plan),
                        read.info().tags());
        return new MasterFile(output, spec, overwrite);
    }

    private Optional<Written> render(
            MasteringPlan plan, MasterFile file, Renderer.Attempts attempts, Verdict verdict)
            throws IOException {
        Renderer renderer = new Renderer(mix, memoryLimitBytes, progress.within(Step.RENDER));
        Rendered rendered = renderer.render(read.audio(), plan, attempts);
        if (!verdict.keep()) {
            return Optional.empty();
        }
        file.commit();
        progress.at(Step.VERIFY, 0.0);
        try (AudioReader reader = AudioReader.open(output)) {
            return Optional.of(
                    new Written(
                            rendered,
                            Analyzer.analyze(
                                    reader,
                                    rendered.frames(),
                                    figures,
                                    progress.within(Step.VERIFY))));
        }
    }

    private static Renderer.Attempts heardBy(ToneProbe probe, MasterFile file) {
        return () -> {
            AudioSink sink = file.begin();
            probe.restart();
            return block -> {
                probe.write(block);
                sink.write(block);
            };
        };
    }
}
