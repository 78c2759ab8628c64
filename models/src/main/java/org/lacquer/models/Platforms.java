// SPDX-License-Identifier: Apache-2.0
package org.lacquer.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** The shipped delivery targets, in the order of {@code platforms.tsv}. */
public final class Platforms {
    /** The platform used when the user names none. */
    public static final String DEFAULT = "streaming";

    private static final List<PlatformTarget> ALL = load();

    private Platforms() {}

    public static List<PlatformTarget> all() {
        return ALL;
    }

    /** The platform of that name, in any case of letters. */
    public static Optional<PlatformTarget> named(String name) {
        String wanted = name.strip().toLowerCase(Locale.ROOT);
        return ALL.stream().filter(platform -> platform.name().equals(wanted)).findFirst();
    }

    private static List<PlatformTarget> load() {
        List<PlatformTarget> platforms = new ArrayList<>();
        for (String[] row : Resources.rows("platforms.tsv")) {
            platforms.add(
                    new PlatformTarget(
                            row[0],
                            row[1].equals("-")
                                    ? OptionalDouble.empty()
                                    : OptionalDouble.of(Double.parseDouble(row[1])),
                            Double.parseDouble(row[2]),
                            optionalInt(row[3]),
                            optionalInt(row[4]),
                            row[5]));
        }
        return List.copyOf(platforms);
    }

    private static OptionalInt optionalInt(String cell) {
        return cell.equals("-") ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(cell));
    }
}
