// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.store;

import org.jspecify.annotations.Nullable;

/**
 * A job as the database knows it.
 *
 * @param number rises with every job
 * @param state queued, running, done, failed, cancelled or interrupted
 * @param request what was asked for, as JSON
 * @param error a problem as JSON
 * @param attempts how often it was begun
 */
public record JobRecord(
        long number,
        String id,
        String project,
        String type,
        String state,
        String createdAt,
        @Nullable String startedAt,
        @Nullable String endedAt,
        String request,
        @Nullable String file,
        @Nullable String version,
        @Nullable String export,
        @Nullable String comparison,
        @Nullable String error,
        int attempts) {
    /** The type of what nobody asked for: describing a version after it can be heard. */
    public static final String QUIET = "describe";

    /** Whether clients do not hear of it. */
    public boolean quiet() {
        return type.equals(QUIET);
    }

    /** Whether nothing more will happen to it. */
    public boolean ended() {
        return !state.equals("queued") && !state.equals("running");
    }
}
