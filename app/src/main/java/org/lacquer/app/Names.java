// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.inference.MasteringRequest;
import org.lacquer.inference.UserTargets;
import org.lacquer.models.GenreTargets;
import org.lacquer.models.PlatformTarget;
import org.lacquer.models.Platforms;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Genres and platforms as people type them. */
final class Names {
    private Names() {}

    /**
     * A shipped genre, or a target of the user's own.
     *
     * @throws UsageException when there is no such genre
     */
    static String genre(String name) throws IOException {
        UserTargets own = UserTargets.ofUser();
        if (name.equals(MasteringRequest.AUTO)
                || GenreTargets.named(name).isPresent()
                || own.named(name).isPresent()) {
            return name;
        }
        List<String> names = new ArrayList<>(List.of(MasteringRequest.AUTO));
        GenreTargets.all().forEach(genre -> names.add(genre.name()));
        names.addAll(own.names());
        throw new UsageException(
                "--genre " + name + ": no such genre; genres are " + String.join(", ", names));
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
