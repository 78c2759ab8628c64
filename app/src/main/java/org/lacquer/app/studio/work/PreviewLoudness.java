// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.work;

import org.jspecify.annotations.Nullable;
import org.lacquer.audio.AudioSpool;
import org.lacquer.engine.LimiterSettings;
import org.lacquer.engine.MasteringPlan;
import org.lacquer.engine.PlanYaml;
import org.lacquer.engine.Stretch;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How hard a stretch must be driven into the limiter to be as loud as the whole song would be.
 *
 * <p>The drive of the version that was changed ({@code base}) is carried over, plus what the change
 * of settings took from the loudness of this stretch in front of the limiter, plus the change of
 * the target. When the limiter itself was changed, the stretch is compared with what the version
 * sounds like there.
 */
final class PreviewLoudness {
    private static final long MEMORY_BYTES = 256L << 20;

    /** Range of the setting. */
    private static final double MOST_DRIVE_DB = 60.0;

    private final JsonNode request;
    private final AudioSpool mix;
    private final MasteringPlan plan;
    private final Map<String, Double> known;
    private final @Nullable MasteringPlan base;
    private final boolean keep;

    /**
     * @param known loudness by plan and stretch, kept from one preview to the next
     */
    PreviewLoudness(
            JsonNode request, AudioSpool mix, MasteringPlan plan, Map<String, Double> known) {
        this.request = request;
        this.mix = mix;
        this.plan = plan;
        this.known = known;
        this.base =
                request.path("base").isString()
                        ? PlanYaml.parse(request.path("base").asString())
                        : null;
        this.keep = request.path("keepLoudness").asBoolean(true);
    }

    /** Drive into the limiter; 0 without one. */
    double driveDb(Stretch stretch) throws IOException {
        Optional<LimiterSettings> limiter = plan.limiter();
        if (limiter.isEmpty()) {
            return 0.0;
        }
        if (!keep && limiter.get().driveDb().isPresent()) {
            return limiter.get().driveDb().getAsDouble();
        }
        double now = stretch.linearLufs();
        double target = plan.delivery().targetLufs().orElse(Double.NaN);
        if (base != null) {
            if (base.stagesBeforeLimiter().equals(plan.stagesBeforeLimiter())) {
                known.put(key("linear", base), now);
            }
            double carried = drive(base.limiter()) + (linear(base) - now) + targetChange();
            if (Double.isFinite(carried)) {
                return bounded(carried);
            }
        }
        // The stretch beside the song stays what it is in the mix.
        double song = request.path("songLufs").asDouble(Double.NaN);
        MasteringPlan nothing = MasteringPlan.of(List.of(), plan.delivery(), plan.provenance());
        double estimate = target - (song + now - linear(nothing));
        double own = drive(limiter);
        return bounded(Double.isFinite(estimate) ? estimate : Double.isFinite(own) ? own : 0.0);
    }

    /** How loud the stretch must become behind a limiter that was changed; NaN elsewhere. */
    double wantedLufs() throws IOException {
        boolean solved = keep && plan.limiter().isPresent();
        return solved ? baseLufs() + targetChange() : Double.NaN;
    }

    /**
     * Loudness of the version in this stretch, where the preview's need not follow from it; NaN
     * elsewhere.
     */
    double baseLufs() throws IOException {
        if (base == null || keep && !limiterChanged()) {
            return Double.NaN;
        }
        double drive = drive(base.limiter());
        return measured(
                "played",
                base,
                stretch ->
                        stretch.play(Double.isFinite(drive) ? drive : 0.0, block -> {})
                                .integratedLufs());
    }

    static double bounded(double driveDb) {
        return Math.max(-MOST_DRIVE_DB, Math.min(MOST_DRIVE_DB, driveDb));
    }

    private boolean limiterChanged() {
        return base != null
                && !base.limiter()
                        .map(LimiterSettings::withoutDrive)
                        .equals(plan.limiter().map(LimiterSettings::withoutDrive));
    }

    private double targetChange() {
        if (base == null || plan.delivery().targetLufs().isEmpty()) {
            return 0.0;
        }
        double target = plan.delivery().targetLufs().getAsDouble();
        return target - base.delivery().targetLufs().orElse(target);
    }

    private static double drive(Optional<LimiterSettings> limiter) {
        return limiter.map(settings -> settings.driveDb().orElse(Double.NaN)).orElse(Double.NaN);
    }

    /** Loudness of the stretch in front of the limiter. */
    private double linear(MasteringPlan of) throws IOException {
        return measured("linear", of, Stretch::linearLufs);
    }

    /** Something that is measured on a stretch. */
    @FunctionalInterface
    private interface Figure {
        double of(Stretch stretch) throws IOException;
    }

    private String key(String what, MasteringPlan of) {
        return what
                + '\n'
                + PlanYaml.write(of)
                + '\n'
                + request.path("song").path("id").asString()
                + ' '
                + request.path("startSeconds").asDouble()
                + ' '
                + request.path("endSeconds").asDouble()
                + ' '
                + request.path("playRateHz").asInt();
    }

    private double measured(String what, MasteringPlan of, Figure figure) throws IOException {
        String key = key(what, of);
        Double before = known.get(key);
        if (before != null) {
            return before;
        }
        try (Stretch stretch = stretch(request, mix, of)) {
            double value = figure.of(stretch);
            known.put(key, value);
            return value;
        }
    }

    /** The stretch that a request is about. */
    static Stretch stretch(JsonNode request, AudioSpool mix, MasteringPlan plan)
            throws IOException {
        return new Stretch(
                mix,
                plan,
                request.path("startSeconds").asDouble(),
                request.path("endSeconds").asDouble(),
                request.path("playRateHz").asInt(),
                MEMORY_BYTES);
    }
}
