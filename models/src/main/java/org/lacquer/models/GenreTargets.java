// SPDX-License-Identifier: Apache-2.0
package org.lacquer.models;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The shipped genre targets, one file each under {@code genres/}. */
public final class GenreTargets {
    /** The target of all music: no genre asked for, none recognised. */
    public static final String NEUTRAL = "neutral";

    private static final List<GenreTarget> ALL =
            Resources.rows("genres/index.tsv").stream().map(row -> read(row[0])).toList();

    private GenreTargets() {}

    public static List<GenreTarget> all() {
        return ALL;
    }

    /** The target of that name or alias, in any case of letters. */
    public static Optional<GenreTarget> named(String nameOrAlias) {
        String wanted = nameOrAlias.strip().toLowerCase(Locale.ROOT);
        return ALL.stream()
                .filter(genre -> genre.name().equals(wanted) || genre.aliases().contains(wanted))
                .findFirst();
    }

    private static GenreTarget read(String name) {
        byte[] text = Resources.bytes("genres/" + name + ".tsv");
        return GenreTargetFile.parse(new String(text, StandardCharsets.UTF_8));
    }
}
