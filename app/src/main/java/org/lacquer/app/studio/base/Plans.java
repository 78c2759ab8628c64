// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.base;

import org.lacquer.audio.BitDepth;
import org.lacquer.audio.FileFormat;
import org.lacquer.engine.Delivery;
import org.lacquer.engine.MasteringPlan;
import org.lacquer.engine.PlanYaml;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Plans as they come and go: as YAML, or as JSON with the same keys. */
public final class Plans {
    private static final Pattern LINE = Pattern.compile("line (\\d+): (.*)", Pattern.DOTALL);

    private Plans() {}

    /**
     * Reads YAML or JSON.
     *
     * @throws ProblemException where it is no plan, with the line
     */
    public static MasteringPlan read(String text) {
        try {
            return PlanYaml.parse(text);
        } catch (IllegalArgumentException e) {
            String reason = String.valueOf(e.getMessage());
            Problem problem = new Problem(422, "invalid-plan", "this is no plan: " + reason);
            Matcher matcher = LINE.matcher(reason);
            throw matcher.matches()
                    ? problem.with("line", Integer.parseInt(matcher.group(1))).exception()
                    : problem.exception();
        }
    }

    /** With the keys of the YAML. */
    public static Object json(MasteringPlan plan) {
        return new Load(LoadSettings.builder().build()).loadFromString(PlanYaml.write(plan));
    }

    /** For a version: a WAV file, and the limiter's drive to be solved if asked for. */
    public static MasteringPlan forVersion(MasteringPlan plan, boolean keepLoudness) {
        Delivery delivery = plan.delivery();
        BitDepth depth = delivery.fileFormat().lossy() ? BitDepth.INT24 : delivery.bitDepth();
        MasteringPlan wave = plan.withDelivery(delivery.withFile(FileFormat.WAV, depth));
        boolean solvable = delivery.targetLufs().isPresent() && wave.limiter().isPresent();
        if (keepLoudness && solvable) {
            wave = wave.withLimiter(wave.limiter().orElseThrow().withoutDrive());
        }
        if (!wave.solved() && !solvable) {
            throw new Problem(
                            422,
                            "invalid-plan",
                            "the limiter has no driveDb, so the delivery needs targetLufs")
                    .with("field", "delivery.targetLufs")
                    .exception();
        }
        return wave;
    }
}
