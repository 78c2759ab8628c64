// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.store;

import org.jspecify.annotations.Nullable;

/**
 * An uploaded file.
 *
 * @param role mix, reference, master or stem
 * @param state waiting, ready or refused
 * @param job the analysis that is told of
 * @param error a problem as JSON, where it was refused
 * @param detail what is known of it, as JSON, once it is ready
 * @param stems of a mix that is made here: files, gains and mutes as JSON; null for an upload
 */
public record SongFile(
        String id,
        String project,
        String name,
        String role,
        long bytes,
        String createdAt,
        @Nullable String deletedAt,
        String state,
        @Nullable String job,
        @Nullable String error,
        @Nullable String detail,
        @Nullable String stems) {}
