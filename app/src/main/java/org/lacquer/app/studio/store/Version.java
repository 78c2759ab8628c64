// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.store;

import org.jspecify.annotations.Nullable;

/**
 * A master of a song.
 *
 * @param file the mix
 * @param parent the version whose plan was changed
 * @param kind mastered or rendered
 * @param detail what a list shows of it, as JSON
 */
public record Version(
        String id,
        String project,
        String name,
        String file,
        @Nullable String parent,
        String kind,
        String createdAt,
        @Nullable String deletedAt,
        String detail) {}
