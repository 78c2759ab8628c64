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
import org.lacquer.engine.LimiterSettings;
import org.lacquer.engine.MasteringPlan;
import org.lacquer.engine.PlanYaml;
import org.lacquer.engine.Rendered;
import org.lacquer.engine.Stretch;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A stretch through a plan, into the file {@code out}.
 *
 * <p>To be as loud as the whole song would be, the limiter's drive is not solved but carried over:
 * the drive of the version that was changed ({@code base}), plus what the change of settings took
 * from the loudness of this stretch in front of the limiter, plus the change of the target.
 */
final class PreviewTask implements Task {
    private static final long MEMORY_BYTES = 256L << 20;

    @Override
    public Map<String, Object> run(JsonNode request, Desk desk) throws IOException {
        long begin = System.nanoTime();
        AudioSpool mix = desk.previews().song(request.path("song"), desk.ticker());
        MasteringPlan plan = PlanYaml.parse(request.path("plan").asString());
        double start = request.path("startSeconds").asDouble();
        double end = request.path("endSeconds").asDouble();
        int rate = request.path("playRateHz").asInt();
        try (Stretch stretch = new Stretch(mix, plan, start, end, rate, MEMORY_BYTES)) {
            desk.ticker().stage("solve").at(0.4);
            double driveDb = driveDb(request, desk, mix, plan, stretch);
            desk.ticker().stage("render").at(0.6);
            Rendered rendered = write(stretch, driveDb, Path.of(request.path("out").asString()));
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("seconds", Math.rint((System.nanoTime() - begin) / 1e6) / 1e3);
            result.put("integratedLufs", rendered.integratedLufs());
            result.put("truePeakDbtp", rendered.truePeakDbtp());
            result.put("driveDb", driveDb);
            result.put("reductions", VersionFolder.reductions(rendered));
            return result;
        }
    }

    private static Rendered write(Stretch stretch, double driveDb, Path out) throws IOException {
        Quantizer quantizer = new Quantizer(BitDepth.INT24, DitherKind.NONE, 1, stretch.format());
        OutputSpec spec =
                new OutputSpec(FileFormat.WAV, BitDepth.INT24, stretch.format(), Tags.NONE);
        try (AudioWriter writer = AudioWriter.create(out, spec, false)) {
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

    private static double driveDb(
            JsonNode request, Desk desk, AudioSpool mix, MasteringPlan plan, Stretch stretch)
            throws IOException {
        Optional<LimiterSettings> limiter = plan.limiter();
        if (limiter.isEmpty()) {
            return 0.0;
        }
        boolean keep = request.path("keepLoudness").asBoolean(true);
        if (!keep && limiter.get().driveDb().isPresent()) {
            return limiter.get().driveDb().getAsDouble();
        }
        double now = stretch.linearLufs();
        double target = plan.delivery().targetLufs().orElse(Double.NaN);
        if (request.path("base").isString()) {
            String text = request.path("base").asString();
            MasteringPlan base = PlanYaml.parse(text);
            double before = before(request, desk, mix, base, text);
            double change = base.delivery().targetLufs().orElse(target);
            double drive = base.limiter().flatMap(PreviewTask::drive).orElse(Double.NaN);
            double carried =
                    drive + (before - now) + (Double.isNaN(target) ? 0.0 : target - change);
            if (Double.isFinite(carried)) {
                return bounded(carried);
            }
        }
        // The stretch beside the song stays what it is in the mix.
        double song = request.path("songLufs").asDouble(Double.NaN);
        double raw = raw(request, desk, mix, plan);
        double estimate = target - (song + now - raw);
        if (Double.isFinite(estimate)) {
            return bounded(estimate);
        }
        return limiter.flatMap(PreviewTask::drive).orElse(0.0);
    }

    private static Optional<Double> drive(LimiterSettings limiter) {
        return limiter.driveDb().isPresent()
                ? Optional.of(limiter.driveDb().getAsDouble())
                : Optional.empty();
    }

    /** Range of the setting. */
    private static double bounded(double driveDb) {
        return Math.max(-60.0, Math.min(60.0, driveDb));
    }

    private static double before(
            JsonNode request, Desk desk, AudioSpool mix, MasteringPlan base, String text)
            throws IOException {
        String key = text + stretchKey(request);
        Double known = desk.previews().linearLufs().get(key);
        if (known != null) {
            return known;
        }
        double measured = linearLufs(request, mix, base);
        desk.previews().linearLufs().put(key, measured);
        return measured;
    }

    /** Loudness of the stretch in the mix. */
    private static double raw(JsonNode request, Desk desk, AudioSpool mix, MasteringPlan plan)
            throws IOException {
        MasteringPlan nothing =
                MasteringPlan.of(java.util.List.of(), plan.delivery(), plan.provenance());
        return before(request, desk, mix, nothing, "");
    }

    private static double linearLufs(JsonNode request, AudioSpool mix, MasteringPlan plan)
            throws IOException {
        try (Stretch stretch =
                new Stretch(
                        mix,
                        plan,
                        request.path("startSeconds").asDouble(),
                        request.path("endSeconds").asDouble(),
                        request.path("playRateHz").asInt(),
                        MEMORY_BYTES)) {
            return stretch.linearLufs();
        }
    }

    private static String stretchKey(JsonNode request) {
        return "\n"
                + request.path("song").path("id").asString()
                + ' '
                + request.path("startSeconds").asDouble()
                + ' '
                + request.path("endSeconds").asDouble()
                + ' '
                + request.path("playRateHz").asInt();
    }
}
