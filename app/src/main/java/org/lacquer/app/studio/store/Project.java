// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.store;

import org.jspecify.annotations.Nullable;

/**
 * A song that is worked on.
 *
 * @param deletedAt null while it is there
 * @param playRateHz of all its audio for listening; null until a file is known
 */
public record Project(
        String id,
        String name,
        String createdAt,
        String changedAt,
        @Nullable String deletedAt,
        @Nullable Integer playRateHz) {}
