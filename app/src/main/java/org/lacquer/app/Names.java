// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.models.GenreTarget;
import org.lacquer.models.GenreTargets;
import org.lacquer.models.PlatformTarget;
import org.lacquer.models.Platforms;

import java.util.stream.Collectors;

/** Genres and platforms as people type them. */
final class Names {
    private Names() {}

    /**
     * @throws UsageException when there is no such genre
     */
    static String genre(String name) {
        if (name.equals("auto") || GenreTargets.named(name).isPresent()) {
            return name;
        }
        throw new UsageException(
                "--genre "
                        + name
                        + ": no such genre; genres are auto, "
                        + GenreTargets.all().stream()
                                .map(GenreTarget::name)
                                .collect(Collectors.joining(", ")));
    }

    /**
     * @throws UsageException when there is no such platform
     */
    static String platform(String name) {
        if (Platforms.named(name).isPresent()) {
            return name;
        }
        throw new UsageException(
                "--platform "
                        + name
                        + ": no such platform; platforms are "
                        + Platforms.all().stream()
                                .map(PlatformTarget::name)
                                .collect(Collectors.joining(", ")));
    }
}
