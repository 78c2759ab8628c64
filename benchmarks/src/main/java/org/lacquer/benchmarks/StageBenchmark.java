// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.AudioSource;
import org.lacquer.audio.Processor;
import org.lacquer.engine.CompressorBand;
import org.lacquer.engine.CompressorSettings;
import org.lacquer.engine.DynamicEqBand;
import org.lacquer.engine.DynamicEqSettings;
import org.lacquer.engine.EqBand;
import org.lacquer.engine.EqPhase;
import org.lacquer.engine.GainSettings;
import org.lacquer.engine.HighPassSettings;
import org.lacquer.engine.LimiterSettings;
import org.lacquer.engine.LowPassSettings;
import org.lacquer.engine.MatchingEqSettings;
import org.lacquer.engine.MultibandCompressorSettings;
import org.lacquer.engine.ParametricEqSettings;
import org.lacquer.engine.SaturationBand;
import org.lacquer.engine.SaturationCurve;
import org.lacquer.engine.SaturationSettings;
import org.lacquer.engine.SideChain;
import org.lacquer.engine.StageSettings;
import org.lacquer.engine.StereoWidthSettings;
import org.lacquer.engine.TransientBand;
import org.lacquer.engine.TransientShaperSettings;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import java.io.IOException;
import java.util.List;

/** Each stage of the engine by block length; copying the audio into the block is included. */
@State(Scope.Benchmark)
public class StageBenchmark {
    /** Stages as a plan that was inferred holds them. */
    public enum Stage {
        GAIN(new GainSettings(1.0)),
        HIGH_PASS(new HighPassSettings(25.0, 24)),
        EQ_8_BANDS(new ParametricEqSettings(eqBands())),
        LOW_PASS(new LowPassSettings(18_000.0, 24)),
        EQ_8_BANDS_LINEAR(new ParametricEqSettings(eqBands(), EqPhase.LINEAR)),
        MATCHING_EQ(
                new MatchingEqSettings(
                        List.of(30.0, 100.0, 400.0, 1_500.0, 6_000.0, 16_000.0),
                        List.of(2.0, -1.0, 0.5, -0.5, 1.0, 3.0),
                        List.of(),
                        6.0,
                        0.33,
                        EqPhase.MINIMUM)),
        DYNAMIC_EQ_1_BAND(new DynamicEqSettings(List.of(DynamicEqBand.DEFAULT))),
        COMPRESSOR_3_BANDS(
                new MultibandCompressorSettings(
                        List.of(180.0, 3_200.0), List.of(band(), band(), band()))),
        COMPRESSOR(CompressorSettings.of(-24.0, 2.0, 6.0)),
        COMPRESSOR_SIDE_CHAIN(
                CompressorSettings.of(-24.0, 2.0, 6.0)
                        .withLookaheadMs(2.0)
                        .withSideChain(new SideChain(50.0, 100.0, 3.0, 50.0))
                        .withRouting(CompressorSettings.Routing.MID_SIDE)),
        TRANSIENTS(TransientShaperSettings.of(4.0, -2.0)),
        TRANSIENTS_3_BANDS(
                new TransientShaperSettings(
                        List.of(180.0, 3_200.0),
                        List.of(
                                new TransientBand(3.0, 0.0),
                                new TransientBand(4.0, 0.0),
                                new TransientBand(2.0, -2.0)))),
        SATURATION_TAPE(saturation(SaturationCurve.TAPE)),
        SATURATION_TUBE(saturation(SaturationCurve.TUBE)),
        SATURATION_TRANSFORMER(saturation(SaturationCurve.TRANSFORMER)),
        SATURATION_SOFT_CLIP(saturation(SaturationCurve.SOFT_CLIP)),
        WIDTH(new StereoWidthSettings(1.0, 120.0)),
        WIDTH_3_BANDS(
                new StereoWidthSettings(0.0, 120.0)
                        .withBands(List.of(300.0, 4_000.0), List.of(-2.0, 0.0, 2.0))),
        WIDTH_GUARDED(
                new StereoWidthSettings(1.0, 120.0)
                        .withMonoGuard(StereoWidthSettings.MonoGuard.GATE)),
        LIMITER_IDLE(LimiterSettings.DEFAULT.withDriveDb(-12.0)),
        LIMITER_BUSY(LimiterSettings.DEFAULT.withDriveDb(9.0)),
        LIMITER_FAST(LimiterSettings.DEFAULT.withDriveDb(12.0).withFastDb(3.0));

        private final StageSettings settings;

        Stage(StageSettings settings) {
            this.settings = settings;
        }

        StageSettings settings() {
            return settings;
        }

        private static SaturationSettings saturation(SaturationCurve curve) {
            return SaturationSettings.of(new SaturationBand(curve, 3.0, 50.0, 0.0));
        }

        private static CompressorBand band() {
            return new CompressorBand(-30.0, 1.8, 6.0, 12.0, 140.0, 1.0);
        }

        private static List<EqBand> eqBands() {
            return List.of(
                    new EqBand(EqBand.Shape.LOW_SHELF, 70.0, 1.5, 0.7),
                    new EqBand(EqBand.Shape.BELL, 140.0, -2.0, 0.9),
                    new EqBand(EqBand.Shape.BELL, 300.0, -1.5, 0.9),
                    new EqBand(EqBand.Shape.BELL, 650.0, 0.5, 0.9),
                    new EqBand(EqBand.Shape.BELL, 1_500.0, 0.7, 0.9),
                    new EqBand(EqBand.Shape.BELL, 3_200.0, 1.0, 0.9),
                    new EqBand(EqBand.Shape.BELL, 7_000.0, 2.0, 0.9),
                    new EqBand(EqBand.Shape.HIGH_SHELF, 12_000.0, 3.0, 0.7));
        }
    }

    @Param public Stage stage = Stage.GAIN;

    @Param({"512", "8192"})
    public int blockFrames;

    private final AudioClip clip = BenchmarkSignal.stereo();
    private Processor processor = stage.settings.prepare(clip.format());
    private AudioBlock block = new AudioBlock(clip.format().channels(), 1);

    @Setup
    public void prepare() {
        processor = stage.settings.prepare(clip.format());
        block = new AudioBlock(clip.format().channels(), blockFrames);
    }

    @Benchmark
    @OperationsPerInvocation(BenchmarkSignal.SECONDS)
    public float process() throws IOException {
        try (AudioSource source = clip.source()) {
            while (source.read(block) > 0) {
                processor.process(block);
            }
        }
        return block.channel(0)[0];
    }
}
