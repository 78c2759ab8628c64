// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

import org.lacquer.analysis.GatedLoudness;
import org.lacquer.analysis.KWeightedPower;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioReader;
import org.lacquer.audio.Decibels;
import org.lacquer.audio.Processor;
import org.lacquer.audio.StreamFormat;
import org.lacquer.engine.BelowThreshold;
import org.lacquer.engine.CompressorBand;
import org.lacquer.engine.CompressorSettings;
import org.lacquer.engine.MultibandCompressorSettings;
import org.lacquer.engine.SaturationBand;
import org.lacquer.engine.SaturationCurve;
import org.lacquer.engine.SaturationSettings;
import org.lacquer.engine.SideChain;
import org.lacquer.engine.StageSettings;
import org.lacquer.engine.StereoWidthSettings;
import org.lacquer.engine.TransientBand;
import org.lacquer.engine.TransientShaperSettings;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the stages of dynamics, saturation and width do to songs, at moderate settings: changes of
 * loudness, of crest and of the loss in mono, and what is left of the output when the best single
 * gain of the input is taken away. Each song is heard for half a minute from its second 30 on, at
 * {@value #LEVEL_LUFS} LUFS. Songs must have two channels.
 */
public final class StageFigures {
    private static final double LEVEL_LUFS = -16.0;
    private static final int SKIP_SECONDS = 30;
    private static final int SECONDS = 30;

    private StageFigures() {}

    /**
     * @param arguments audio files
     */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Map<String, StageSettings> stages = stages();
        Map<String, List<double[]>> figures = new LinkedHashMap<>();
        for (String file : arguments) {
            Song song = Song.read(Path.of(file));
            for (var stage : stages.entrySet()) {
                double[] row = compare(song, stage.getValue());
                figures.computeIfAbsent(stage.getKey(), key -> new ArrayList<>()).add(row);
            }
        }
        out.println("| Stage | loudness LU | crest dB | residual dB | loss in mono LU |");
        out.println("|---|---|---|---|---|");
        figures.forEach(
                (name, rows) -> {
                    StringBuilder line = new StringBuilder("| " + name);
                    for (int k = 0; k < rows.getFirst().length; k++) {
                        int column = k;
                        List<Double> values =
                                rows.stream().map(row -> row[column]).sorted().toList();
                        line.append(
                                String.format(
                                        Locale.ROOT,
                                        " | %+.2f (%+.2f … %+.2f)",
                                        values.get(values.size() / 2),
                                        Collections.min(values),
                                        Collections.max(values)));
                    }
                    out.println(line.append(" |"));
                });
    }

    private static Map<String, StageSettings> stages() {
        CompressorBand band = new CompressorBand(-28.0, 2.0, 6.0, 20.0, 150.0, 0.0);
        Map<String, StageSettings> stages = new LinkedHashMap<>();
        stages.put("compressor −20 dB 2:1, 20/150 ms auto", CompressorSettings.of(-20.0, 2.0, 6.0));
        stages.put(
                "the same, peak, 100 Hz side chain, 2 ms ahead",
                CompressorSettings.of(-20.0, 2.0, 6.0)
                        .withLookaheadMs(2.0)
                        .withSideChain(new SideChain(100.0, 100.0, 0.0, 100.0)));
        stages.put(
                "compressor −32 dB 4:1, 30 % parallel",
                CompressorSettings.of(-32.0, 4.0, 6.0).withMixPercent(30.0));
        stages.put(
                "multiband, 3 bands −28 dB 2:1",
                new MultibandCompressorSettings(
                        List.of(180.0, 3_200.0), List.of(band, band, band)));
        stages.put(
                "upward below −40 dB 2:1, 4 dB at most",
                new MultibandCompressorSettings(
                        List.of(),
                        List.of(
                                new CompressorBand(0.0, 1.0, 6.0, 20.0, 150.0, 0.0)
                                        .withBelow(new BelowThreshold(-40.0, 2.0, 6.0, 4.0)))));
        stages.put("transient shaper +4 / 0 dB", TransientShaperSettings.of(4.0, 0.0));
        stages.put("transient shaper −3 / +2 dB", TransientShaperSettings.of(-3.0, 2.0));
        stages.put(
                "transient shaper, 3 bands +4 / 0 dB",
                new TransientShaperSettings(
                        List.of(180.0, 3_200.0),
                        Collections.nCopies(3, new TransientBand(4.0, 0.0))));
        for (SaturationCurve curve : SaturationCurve.values()) {
            String name = curve.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            stages.put(
                    "saturation " + name + ", +3 dB, 25 %",
                    SaturationSettings.of(new SaturationBand(curve, 3.0, 25.0, 0.0)));
            stages.put(
                    "saturation " + name + ", +6 dB, 100 %",
                    SaturationSettings.of(new SaturationBand(curve, 6.0, 100.0, 0.0)));
        }
        stages.put(
                "saturation, 3 bands, +6 dB, 50 %",
                new SaturationSettings(
                        List.of(200.0, 4_000.0),
                        List.of(
                                new SaturationBand(SaturationCurve.TRANSFORMER, 6.0, 50.0, 0.0),
                                new SaturationBand(SaturationCurve.TUBE, 6.0, 50.0, 0.0),
                                new SaturationBand(SaturationCurve.TAPE, 6.0, 50.0, 0.0)),
                        LEVEL_LUFS));
        stages.put("mono bass 120 Hz", new StereoWidthSettings(0.0, 120.0));
        stages.put(
                "width −3 / 0 / +2 dB at 300 and 4000 Hz",
                new StereoWidthSettings(0.0, 0.0)
                        .withBands(List.of(300.0, 4_000.0), List.of(-3.0, 0.0, 2.0)));
        stages.put("width +4 dB", new StereoWidthSettings(4.0, 0.0));
        stages.put(
                "width +4 dB, guarded",
                new StereoWidthSettings(4.0, 0.0)
                        .withMonoGuard(StereoWidthSettings.MonoGuard.GATE));
        return stages;
    }

    /** In the order of the table's columns. */
    private static double[] compare(Song song, StageSettings stage) {
        Song after = song.through(stage);
        return new double[] {
            after.lufs - song.lufs,
            after.crestDb - song.crestDb,
            after.residualDb(song),
            after.monoLossLu - song.monoLossLu
        };
    }

    /** A stretch of stereo. */
    private static final class Song {
        private final StreamFormat format;
        private final float[][] samples;
        private final double lufs;
        private final double crestDb;

        /** The mean of both channels on both loudspeakers, against stereo; negative is a loss. */
        private final double monoLossLu;

        Song(StreamFormat format, float[][] samples) {
            this.format = format;
            this.samples = samples;
            this.lufs = lufs(format, samples);
            this.crestDb = crestDb(samples);
            float[] mid = new float[samples[0].length];
            for (int i = 0; i < mid.length; i++) {
                mid[i] = 0.5f * (samples[0][i] + samples[1][i]);
            }
            this.monoLossLu = lufs(format, new float[][] {mid, mid}) - lufs;
        }

        static Song read(Path file) throws IOException {
            try (AudioReader reader = AudioReader.open(file)) {
                StreamFormat format = reader.format();
                int rate = format.sampleRateHz();
                float[][] samples = new float[format.channels()][SECONDS * rate];
                AudioBlock block = new AudioBlock(format.channels(), 4_096);
                int position = -SKIP_SECONDS * rate;
                while (position < samples[0].length && reader.read(block) > 0) {
                    for (int i = 0; i < block.frames(); i++, position++) {
                        for (int c = 0; c < samples.length; c++) {
                            if (position >= 0 && position < samples[c].length) {
                                samples[c][position] = block.channel(c)[i];
                            }
                        }
                    }
                }
                float gain = (float) Decibels.toGain(LEVEL_LUFS - lufs(format, samples));
                for (float[] channel : samples) {
                    for (int i = 0; i < channel.length; i++) {
                        channel[i] *= gain;
                    }
                }
                return new Song(format, samples);
            }
        }

        /** With latency taken out. */
        Song through(StageSettings stage) {
            Processor processor = stage.prepare(format);
            int latency = processor.latencyFrames();
            int frames = samples[0].length;
            float[][] out = new float[samples.length][frames];
            AudioBlock block = new AudioBlock(samples.length, 4_096);
            for (int start = 0; start < frames + latency; start += block.frames()) {
                block.setFrames(Math.min(block.capacity(), frames + latency - start));
                for (int c = 0; c < samples.length; c++) {
                    for (int i = 0; i < block.frames(); i++) {
                        block.channel(c)[i] = start + i < frames ? samples[c][start + i] : 0f;
                    }
                }
                processor.process(block);
                for (int c = 0; c < samples.length; c++) {
                    for (int i = 0; i < block.frames(); i++) {
                        if (start + i >= latency) {
                            out[c][start + i - latency] = block.channel(c)[i];
                        }
                    }
                }
            }
            return new Song(format, out);
        }

        private static double lufs(StreamFormat format, float[][] samples) {
            KWeightedPower power = new KWeightedPower(format);
            power.write(AudioBlock.wrap(samples));
            return GatedLoudness.integratedLufs(power.hopEnergies(), format);
        }

        /** Sample peak over the root of the mean square. */
        private static double crestDb(float[][] samples) {
            double power = 0.0;
            double peak = 0.0;
            for (float[] channel : samples) {
                for (float sample : channel) {
                    power += (double) sample * sample;
                    peak = Math.max(peak, Math.abs(sample));
                }
            }
            return Decibels.fromGain(peak)
                    - Decibels.fromPower(power / samples.length / samples[0].length);
        }

        /** What no gain of the other explains, over what it does. */
        double residualDb(Song other) {
            double cross = 0.0;
            double before = 0.0;
            double after = 0.0;
            for (int c = 0; c < samples.length; c++) {
                for (int i = 0; i < samples[c].length; i++) {
                    double x = other.samples[c][i];
                    double y = samples[c][i];
                    cross += x * y;
                    before += x * x;
                    after += y * y;
                }
            }
            double explained = cross * cross / before;
            return Decibels.fromPower((after - explained) / explained);
        }
    }
}
