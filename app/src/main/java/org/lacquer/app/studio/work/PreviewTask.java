// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.work;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioSink;
import org.lacquer.audio.AudioSpool;
import org.lacquer.audio.AudioWriter;
import org.lacquer.audio.BitDepth;
import org.lacquer.audio.DitherKind;
import org.lacquer.audio.FileFormat;
import org.lacquer.audio.OutputSpec;
import org.lacquer.audio.Quantizer;
import org.lacquer.audio.Tags;
import org.lacquer.engine.MasteringPlan;
import org.lacquer.engine.PlanYaml;
import org.lacquer.engine.Rendered;
import org.lacquer.engine.Stretch;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A stretch through a plan, into the file {@code out}, as loud as {@link PreviewLoudness} says. */
final class PreviewTask implements Task {
    /** What a changed limiter may leave to the gain of playing: each correction costs time. */
    private static final double NEAR_LU = 0.2;

    private static final int CORRECTIONS = 2;

    /** Loudness for drive; less means that hardly more can be had. */
    private static final double LEAST_SLOPE = 0.25;

    @Override
    public Map<String, Object> run(JsonNode request, Desk desk) throws IOException {
        long begin = System.nanoTime();
        AudioSpool mix = desk.previews().song(request.path("song"), desk.ticker());
        MasteringPlan plan = PlanYaml.parse(request.path("plan").asString());
        PreviewLoudness loudness =
                new PreviewLoudness(request, mix, plan, desk.previews().loudness());
        Path out = Path.of(request.path("out").asString());
        try (Stretch stretch = PreviewLoudness.stretch(request, mix, plan)) {
            desk.ticker().stage("solve").at(0.4);
            double driveDb = loudness.driveDb(stretch);
            desk.ticker().stage("render").at(0.6);
            Rendered rendered = write(stretch, driveDb, out);
            double wanted = loudness.wantedLufs();
            double slope = 1.0;
            for (int correction = 0; correction < CORRECTIONS; correction++) {
                double missing = wanted - rendered.integratedLufs();
                if (!(Math.abs(missing) > NEAR_LU)) {
                    break;
                }
                desk.ticker().stage("render").at(0.7 + 0.1 * correction);
                double next = PreviewLoudness.bounded(driveDb + missing / slope);
                Rendered again = write(stretch, next, out);
                double gained = again.integratedLufs() - rendered.integratedLufs();
                // The more a limiter takes, the less comes of more drive.
                slope = Math.clamp(gained / (next - driveDb), LEAST_SLOPE, 1.0);
                driveDb = next;
                rendered = again;
            }
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("seconds", Math.rint((System.nanoTime() - begin) / 1e6) / 1e3);
            result.put("integratedLufs", rendered.integratedLufs());
            result.put("truePeakDbtp", rendered.truePeakDbtp());
            result.put("driveDb", driveDb);
            result.put("versionLufs", loudness.baseLufs());
            result.put("reductions", VersionFolder.reductions(rendered));
            return result;
        }
    }

    private static Rendered write(Stretch stretch, double driveDb, Path out) throws IOException {
        Quantizer quantizer = new Quantizer(BitDepth.INT24, DitherKind.NONE, 1, stretch.format());
        OutputSpec spec =
                new OutputSpec(FileFormat.WAV, BitDepth.INT24, stretch.format(), Tags.NONE);
        try (AudioWriter writer = AudioWriter.create(out, spec, true)) {
            AudioSink sink =
                    (AudioBlock block) -> {
                        quantizer.process(block);
                        writer.write(block);
                    };
            Rendered rendered = stretch.play(driveDb, sink);
            writer.commit();
            return rendered;
        }
    }
}
