// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.work;

import org.lacquer.analysis.Analysis;
import org.lacquer.analysis.Analyzer;
import org.lacquer.analysis.Figures;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioReader;
import org.lacquer.audio.AudioWriter;
import org.lacquer.audio.BitDepth;
import org.lacquer.audio.DitherKind;
import org.lacquer.audio.FileFormat;
import org.lacquer.audio.OutputSpec;
import org.lacquer.audio.Progress;
import org.lacquer.engine.Delivery;
import org.lacquer.engine.LimiterSettings;
import org.lacquer.engine.MasteringPlan;
import org.lacquer.engine.PlanYaml;
import org.lacquer.inference.Mastered;
import org.lacquer.inference.Song;
import org.lacquer.models.PlatformTarget;
import org.lacquer.models.Platforms;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Files to take away. What differs from the version in nothing but its container has the version's
 * own samples; everything else is rendered for what it is.
 */
final class ExportTask implements Task {
    private static final int BLOCK = 8_192;

    /** Renderings of a file whose peaks must stay below the ceiling. */
    private static final int ATTEMPTS = 4;

    /**
     * An encoder may leave this much above the ceiling, and the next attempt aims this far below.
     */
    private static final double ABOVE_DB = 0.05;

    private static final double MARGIN_DB = 0.1;

    @Override
    public Map<String, Object> run(JsonNode request, Desk desk) throws IOException {
        Path out = Path.of(request.path("out").asString());
        MasteringPlan plan = PlanYaml.parse(request.path("plan").asString());
        int count = request.path("files").size();
        desk.ticker().part(0.0, count == 0 ? 1.0 : 0.05);
        Song song = desk.song(request);
        List<Map<String, Object>> made = new ArrayList<>();
        int number = 0;
        for (JsonNode wanted : request.path("files")) {
            desk.ticker().part(0.05 + 0.95 * number / count, 0.05 + 0.95 * (number + 1) / count);
            desk.ticker().measuredBefore();
            FileFormat format =
                    FileFormat.valueOf(wanted.path("format").asString().toUpperCase(Locale.ROOT));
            Path file = out.resolve(number + "." + format.extensions().getFirst());
            MasteringPlan delivered = delivered(plan, wanted, format, song);
            Made one =
                    sameSamples(plan, delivered, wanted)
                            ? new Made(copied(request, song, delivered, file, desk.ticker()), 0.0)
                            : wanted.path("safePeaks").asBoolean(false)
                                    ? safe(song, delivered, file, desk)
                                    : new Made(rendered(song, delivered, file, desk), 0.0);
            made.add(json(one, delivered, file, desk));
            number++;
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("files", made);
        return result;
    }

    /**
     * A file that was written.
     *
     * @param figures of what it decodes to
     * @param loweredDb how far its limiter's ceiling was lowered for the sake of that
     */
    private record Made(Analysis figures, double loweredDb) {}

    private static Map<String, Object> json(Made made, MasteringPlan plan, Path file, Desk desk)
            throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("file", String.valueOf(file.getFileName()));
        object.put("bytes", Files.size(file));
        object.put("lossy", plan.delivery().fileFormat().lossy());
        object.put("figures", desk.reports().figures(made.figures()));
        object.put("ceilingDbtp", plan.limiter().map(LimiterSettings::ceilingDbtp));
        object.put("loweredDb", made.loweredDb());
        return object;
    }

    /** The version's plan for another file. */
    private static MasteringPlan delivered(
            MasteringPlan plan, JsonNode wanted, FileFormat format, Song song) {
        Delivery delivery = plan.delivery();
        int mixRate = song.figures().sampleRateHz();
        int planRate = delivery.sampleRateHz().orElse(mixRate);
        MasteringPlan changed = plan;
        int rate = planRate;
        BitDepth depth = delivery.bitDepth();
        if (wanted.path("platform").isString()) {
            PlatformTarget platform =
                    Platforms.named(wanted.path("platform").asString()).orElseThrow();
            rate = platform.sampleRateHz().orElse(mixRate);
            depth =
                    platform.bitDepth().isPresent()
                            ? BitDepth.ofLabel(String.valueOf(platform.bitDepth().getAsInt()))
                            : BitDepth.INT24;
            if (platform.loudnessLufs().isPresent() && plan.limiter().isPresent()) {
                LimiterSettings limiter =
                        plan.limiter().get().withCeilingDbtp(platform.ceilingDbtp());
                changed =
                        plan.withDelivery(
                                        delivery.withTargetLufs(
                                                platform.loudnessLufs().getAsDouble()))
                                .withLimiter(limiter.withoutDrive());
            }
        }
        rate = format.nearestRateHz(wanted.path("sampleRateHz").asInt(rate));
        if (wanted.path("bitDepth").isString()) {
            depth = BitDepth.ofLabel(wanted.path("bitDepth").asString());
        }
        if (format.lossy()) {
            depth = BitDepth.FLOAT32;
        } else if (!depth.integer() && !format.holdsFloat()) {
            depth = BitDepth.INT24;
        }
        boolean moved = rate != planRate && changed.delivery().targetLufs().isPresent();
        if (moved && changed.limiter().isPresent()) {
            // Conversion moves peaks, so the drive is found again.
            changed = changed.withLimiter(changed.limiter().get().withoutDrive());
        }
        Delivery file =
                changed.delivery()
                        .withSampleRateHz(rate)
                        .withFile(format, depth)
                        .withDither(depth.integer() ? dither(delivery) : DitherKind.NONE);
        return changed.withDelivery(file);
    }

    private static DitherKind dither(Delivery delivery) {
        return delivery.dither() == DitherKind.NONE ? DitherKind.TPDF : delivery.dither();
    }

    private static boolean sameSamples(MasteringPlan version, MasteringPlan file, JsonNode wanted) {
        return !file.delivery().fileFormat().lossy()
                && !wanted.path("platform").isString()
                && file.solved()
                && file.delivery().bitDepth() == version.delivery().bitDepth()
                && file.delivery().sampleRateHz().equals(version.delivery().sampleRateHz());
    }

    private static Analysis copied(
            JsonNode request, Song song, MasteringPlan plan, Path file, Ticker ticker)
            throws IOException {
        Progress progress = ticker.stage("encode");
        try (AudioReader reader = AudioReader.open(Path.of(request.path("master").asString()))) {
            OutputSpec spec =
                    new OutputSpec(
                            plan.delivery().fileFormat(),
                            plan.delivery().bitDepth(),
                            reader.format(),
                            song.info().tags());
            try (AudioWriter writer = AudioWriter.create(file, spec, false)) {
                AudioBlock block = new AudioBlock(reader.format().channels(), BLOCK);
                long done = 0;
                while (reader.read(block) > 0) {
                    writer.write(block);
                    done += block.frames();
                    progress.at(0.7 * done / Math.max(done, reader.info().declaredFrames()));
                }
                writer.commit();
            }
        }
        try (AudioReader reader = AudioReader.open(file)) {
            return Analyzer.analyze(reader, Figures.MASTER, Progress.NONE);
        }
    }

    /** Encoders move peaks: the ceiling is lowered until it holds for what the file decodes to. */
    private static Made safe(Song song, MasteringPlan plan, Path file, Desk desk)
            throws IOException {
        double loweredDb = 0.0;
        MasteringPlan tried = plan;
        for (int attempt = 1; ; attempt++) {
            Analysis figures = rendered(song, tried, file, desk);
            if (plan.limiter().isEmpty() || attempt == ATTEMPTS) {
                return new Made(figures, loweredDb);
            }
            LimiterSettings limiter = plan.limiter().get();
            double overDb = figures.peaks().truePeakDbtp() - limiter.ceilingDbtp();
            if (!(overDb > ABOVE_DB)) {
                return new Made(figures, loweredDb);
            }
            loweredDb += overDb + MARGIN_DB;
            LimiterSettings lower =
                    limiter.withCeilingDbtp(Math.max(-24.0, limiter.ceilingDbtp() - loweredDb));
            boolean solvable = plan.delivery().targetLufs().isPresent();
            tried = plan.withLimiter(solvable ? lower.withoutDrive() : lower);
        }
    }

    private static Analysis rendered(Song song, MasteringPlan plan, Path file, Desk desk)
            throws IOException {
        Mastered mastered = desk.masterer().render(song, plan, file, true, desk.ticker());
        return mastered.outputFigures().orElseThrow();
    }
}
