// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.AudioReader;
import org.lacquer.audio.AudioSink;
import org.lacquer.audio.AudioSource;
import org.lacquer.audio.AudioSpool;
import org.lacquer.audio.AudioWriter;
import org.lacquer.audio.BitDepth;
import org.lacquer.audio.FileFormat;
import org.lacquer.audio.OutputSpec;
import org.lacquer.audio.Progress;
import org.lacquer.audio.Resampler;
import org.lacquer.audio.Tags;
import org.lacquer.engine.Delivery;
import org.lacquer.engine.LimiterSettings;
import org.lacquer.engine.MasteringPlan;
import org.lacquer.engine.Provenance;
import org.lacquer.engine.Rendered;
import org.lacquer.engine.Renderer;
import org.lacquer.engine.StageSettings;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A whole rendering with its loudness solved, sample rate conversion, and decoding a file. */
@State(Scope.Benchmark)
public class ChainBenchmark {
    private static final int BLOCK = 8_192;

    private final AudioClip clip = BenchmarkSignal.stereo();
    private final AudioSpool mix = new AudioSpool(clip.format(), Long.MAX_VALUE);
    private final MasteringPlan plan = wholeChain();
    private Path file = Path.of("");

    /** The stages that inference uses. */
    private static MasteringPlan wholeChain() {
        List<StageSettings> stages = new ArrayList<>();
        for (StageBenchmark.Stage stage :
                List.of(
                        StageBenchmark.Stage.GAIN,
                        StageBenchmark.Stage.HIGH_PASS,
                        StageBenchmark.Stage.EQ_8_BANDS,
                        StageBenchmark.Stage.COMPRESSOR_3_BANDS,
                        StageBenchmark.Stage.WIDTH)) {
            stages.add(stage.settings());
        }
        stages.add(LimiterSettings.DEFAULT);
        return MasteringPlan.of(stages, Delivery.DEFAULT.withTargetLufs(-14.0), Provenance.DEFAULT);
    }

    @Setup
    public void writeFile() throws IOException {
        copy(clip.source(), mix);
        mix.finish();
        file = Files.createTempDirectory("lacquer-benchmark").resolve("signal.flac");
        OutputSpec spec = new OutputSpec(FileFormat.FLAC, BitDepth.INT24, clip.format(), Tags.NONE);
        try (AudioWriter writer = AudioWriter.create(file, spec, false)) {
            copy(clip.source(), writer);
            writer.commit();
        }
    }

    @TearDown
    public void deleteFile() throws IOException {
        mix.close();
        Files.delete(file);
        Files.delete(file.getParent());
    }

    @Benchmark
    @OperationsPerInvocation(BenchmarkSignal.SECONDS)
    public Rendered renderAndSolve() throws IOException {
        return new Renderer(file, Long.MAX_VALUE, Progress.NONE)
                .render(mix, plan, () -> block -> {});
    }

    @Benchmark
    @OperationsPerInvocation(BenchmarkSignal.SECONDS)
    public float resample44To48() throws IOException {
        return drain(Resampler.resample(clip.source(), 48_000));
    }

    @Benchmark
    @OperationsPerInvocation(BenchmarkSignal.SECONDS)
    public float decodeFlac() throws IOException {
        return drain(AudioReader.open(file));
    }

    private static float drain(AudioSource source) throws IOException {
        AudioBlock block = new AudioBlock(source.format().channels(), BLOCK);
        float last = 0f;
        try (source) {
            while (source.read(block) > 0) {
                last += block.channel(0)[0];
            }
        }
        return last;
    }

    private static void copy(AudioSource source, AudioSink sink) throws IOException {
        AudioBlock block = new AudioBlock(source.format().channels(), BLOCK);
        try (source) {
            while (source.read(block) > 0) {
                sink.write(block);
            }
        }
    }
}
