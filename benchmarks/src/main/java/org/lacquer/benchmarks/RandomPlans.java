// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

import org.lacquer.audio.BitDepth;
import org.lacquer.audio.DitherKind;
import org.lacquer.audio.FileFormat;
import org.lacquer.engine.ChannelPlacement;
import org.lacquer.engine.CompressorBand;
import org.lacquer.engine.CompressorSettings;
import org.lacquer.engine.Delivery;
import org.lacquer.engine.EqBand;
import org.lacquer.engine.GainSettings;
import org.lacquer.engine.HighPassSettings;
import org.lacquer.engine.LimiterSettings;
import org.lacquer.engine.MasteringPlan;
import org.lacquer.engine.MultibandCompressorSettings;
import org.lacquer.engine.ParametricEqSettings;
import org.lacquer.engine.Provenance;
import org.lacquer.engine.SaturationBand;
import org.lacquer.engine.SaturationCurve;
import org.lacquer.engine.SaturationSettings;
import org.lacquer.engine.StageSettings;
import org.lacquer.engine.StereoWidthSettings;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/**
 * Plans as people write them, drawn at random: each stage is there or not, and each setting lies in
 * the range that mastering uses.
 */
final class RandomPlans {
    /** Level at which thresholds and drives mean the same for every song. */
    private static final double WORKING_LUFS = -20.0;

    private final SplittableRandom random;

    RandomPlans(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /**
     * @param mixLufs of the song that it will be played on
     */
    MasteringPlan next(double mixLufs) {
        List<StageSettings> stages = new ArrayList<>();
        stages.add(new GainSettings(hundredth(WORKING_LUFS - mixLufs)));
        if (random.nextDouble() < 0.4) {
            stages.add(
                    new HighPassSettings(
                            Math.rint(between(25.0, 50.0)), random.nextBoolean() ? 12 : 24));
        }
        if (random.nextDouble() < 0.8) {
            stages.add(tone());
        }
        double dynamics = random.nextDouble();
        if (dynamics < 0.35) {
            stages.add(bands());
        } else if (dynamics < 0.7) {
            stages.add(broad());
        }
        if (random.nextDouble() < 0.4) {
            stages.add(saturation());
        }
        if (random.nextDouble() < 0.6) {
            stages.add(width());
        }
        LimiterSettings.Character[] characters = LimiterSettings.Character.values();
        stages.add(
                LimiterSettings.DEFAULT
                        .withCeilingDbtp(hundredth(between(-1.5, -0.3)))
                        .withCharacter(characters[random.nextInt(characters.length)]));
        Delivery delivery =
                new Delivery(
                        OptionalDouble.of(hundredth(between(-16.0, -9.0))),
                        OptionalInt.empty(),
                        FileFormat.WAV,
                        random.nextBoolean() ? BitDepth.INT24 : BitDepth.INT16,
                        DitherKind.TPDF,
                        1);
        return MasteringPlan.of(stages, delivery, Provenance.DEFAULT);
    }

    private ParametricEqSettings tone() {
        List<EqBand> bands = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int k = 0; k < count; k++) {
            double gain = signed(0.8, 4.0);
            bands.add(
                    switch (random.nextInt(4)) {
                        case 0 ->
                                new EqBand(
                                        EqBand.Shape.LOW_SHELF,
                                        logarithmic(60.0, 250.0),
                                        gain,
                                        0.7,
                                        ChannelPlacement.STEREO);
                        case 1 ->
                                new EqBand(
                                        EqBand.Shape.HIGH_SHELF,
                                        logarithmic(3_000.0, 10_000.0),
                                        gain,
                                        0.7,
                                        ChannelPlacement.STEREO);
                        default ->
                                new EqBand(
                                        EqBand.Shape.BELL,
                                        logarithmic(60.0, 12_000.0),
                                        gain,
                                        hundredth(between(0.5, 2.5)),
                                        ChannelPlacement.STEREO);
                    });
        }
        return new ParametricEqSettings(bands);
    }

    private MultibandCompressorSettings bands() {
        // Music falls by about 4 dB an octave: the thresholds follow.
        return new MultibandCompressorSettings(
                List.of(logarithmic(110.0, 260.0), logarithmic(2_000.0, 5_000.0)),
                List.of(band(-26.0), band(-26.0), band(-38.0)));
    }

    private CompressorBand band(double thresholdDb) {
        return new CompressorBand(
                hundredth(thresholdDb + between(-5.0, 3.0)),
                hundredth(between(1.4, 3.5)),
                6.0,
                hundredth(logarithmic(4.0, 40.0)),
                Math.rint(logarithmic(60.0, 400.0)),
                hundredth(between(0.0, 1.5)));
    }

    private CompressorSettings broad() {
        return CompressorSettings.of(
                        hundredth(between(-26.0, -19.0)), hundredth(between(1.4, 4.0)), 6.0)
                .withTimes(
                        hundredth(logarithmic(5.0, 40.0)),
                        Math.rint(logarithmic(60.0, 400.0)),
                        random.nextBoolean()
                                ? CompressorSettings.Release.AUTO
                                : CompressorSettings.Release.FIXED);
    }

    private SaturationSettings saturation() {
        SaturationCurve[] curves = SaturationCurve.values();
        SaturationCurve curve = curves[random.nextInt(curves.length)];
        // The straighter curves need more drive to be heard.
        boolean straight =
                curve == SaturationCurve.SOFT_CLIP || curve == SaturationCurve.TRANSFORMER;
        double drive = straight ? between(6.0, 12.0) : between(3.0, 10.0);
        return SaturationSettings.of(
                        new SaturationBand(
                                curve, hundredth(drive), Math.rint(between(25.0, 80.0)), 0.0))
                .withLevelLufs(WORKING_LUFS);
    }

    private StereoWidthSettings width() {
        double bassMono = random.nextDouble() < 0.4 ? Math.rint(between(70.0, 150.0)) : 0.0;
        return new StereoWidthSettings(hundredth(signed(0.8, 3.0)), bassMono);
    }

    private double between(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    private double signed(double low, double high) {
        double size = between(low, high);
        return hundredth(random.nextBoolean() ? size : -size);
    }

    private double logarithmic(double low, double high) {
        return hundredth(low * StrictMath.pow(high / low, random.nextDouble()));
    }

    private static double hundredth(double value) {
        return Math.rint(100.0 * value) / 100.0;
    }
}
