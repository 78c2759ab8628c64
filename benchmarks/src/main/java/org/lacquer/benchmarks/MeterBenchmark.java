// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

import org.lacquer.analysis.Analysis;
import org.lacquer.analysis.Analyzer;
import org.lacquer.analysis.Figures;
import org.lacquer.analysis.LoudnessMeter;
import org.lacquer.analysis.TruePeakMeter;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.AudioSink;
import org.lacquer.audio.AudioSource;
import org.lacquer.audio.Progress;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

import java.io.IOException;

/** Meters over the whole signal in blocks of 8192 frames. */
@State(Scope.Benchmark)
public class MeterBenchmark {
    private static final int BLOCK = 8_192;

    private final AudioClip clip = BenchmarkSignal.stereo();

    @Benchmark
    @OperationsPerInvocation(BenchmarkSignal.SECONDS)
    public double loudness() throws IOException {
        LoudnessMeter meter = new LoudnessMeter(clip.format());
        feed(meter);
        return meter.loudness().integratedLufs();
    }

    @Benchmark
    @OperationsPerInvocation(BenchmarkSignal.SECONDS)
    public double truePeak() throws IOException {
        TruePeakMeter meter = new TruePeakMeter(clip.format());
        feed(meter);
        meter.finish();
        return meter.truePeakDbtp();
    }

    /** The peak search as it was; see {@link RetiredPeakSearch}. */
    @Benchmark
    @OperationsPerInvocation(BenchmarkSignal.SECONDS)
    public float truePeakRetired() throws IOException {
        RetiredPeakSearch left = new RetiredPeakSearch(clip.format().sampleRateHz());
        RetiredPeakSearch right = new RetiredPeakSearch(clip.format().sampleRateHz());
        feed(
                block -> {
                    left.write(block.channel(0), block.frames());
                    right.write(block.channel(1), block.frames());
                });
        left.finish();
        right.finish();
        return Math.max(left.peak(), right.peak());
    }

    /** Integrated, momentary and short-term loudness, range, true peak: as {@link Libebur128}. */
    @Benchmark
    @OperationsPerInvocation(BenchmarkSignal.SECONDS)
    public double meters() throws IOException {
        LoudnessMeter loudness = new LoudnessMeter(clip.format());
        TruePeakMeter peaks = new TruePeakMeter(clip.format());
        feed(
                block -> {
                    loudness.write(block);
                    peaks.write(block);
                });
        peaks.finish();
        return loudness.loudness().integratedLufs() + peaks.truePeakDbtp();
    }

    @Benchmark
    @OperationsPerInvocation(BenchmarkSignal.SECONDS)
    public Analysis analyzeLoudness() throws IOException {
        return analyze(Figures.LOUDNESS);
    }

    @Benchmark
    @OperationsPerInvocation(BenchmarkSignal.SECONDS)
    public Analysis analyzeAll() throws IOException {
        return analyze(Figures.ALL);
    }

    private Analysis analyze(Figures figures) throws IOException {
        try (AudioSource source = clip.source()) {
            return Analyzer.analyze(source, figures, Progress.NONE);
        }
    }

    private void feed(AudioSink meter) throws IOException {
        AudioBlock block = new AudioBlock(clip.format().channels(), BLOCK);
        try (AudioSource source = clip.source()) {
            while (source.read(block) > 0) {
                meter.write(block);
            }
        }
    }
}
