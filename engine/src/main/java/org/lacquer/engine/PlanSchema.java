// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The JSON Schema (draft 2020-12) of plan files, with which editors complete keys and mark mistakes
 * while a plan is written. It tells keys, types, units, defaults and ranges; rules that tie several
 * settings together (a band count and its crossovers, say) are left to {@link PlanYaml}.
 */
public final class PlanSchema {
    static final String RESOURCE = "plan.schema.json";

    private PlanSchema() {}

    /** The schema as JSON text. */
    public static String json() {
        try (InputStream resource = PlanSchema.class.getResourceAsStream(RESOURCE)) {
            byte[] bytes = Objects.requireNonNull(resource, RESOURCE).readAllBytes();
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
