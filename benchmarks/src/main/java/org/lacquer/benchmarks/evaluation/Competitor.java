// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks.evaluation;

import java.util.EnumSet;
import java.util.Set;

/** A way to master. */
enum Competitor {
    NOTHING("loudness only"),
    FIXED("fixed hand chain"),
    GENRE_CHAIN("hand chain of the genre"),
    FULL_MATCH("full match to another track of the album"),
    RIDGE("ridge only"),
    AUTO("**Lacquer, no target named**"),
    UNCHECKED("Lacquer, no target named, never backing off"),
    GENRE("**Lacquer, genre named**"),
    REFERENCE("**Lacquer, another track of the album as reference**"),
    REFERENCES("**Lacquer, four tracks of the album as references**"),
    ORIGINAL("**Lacquer, the hidden original as reference, match 100**");

    /** References of {@link #REFERENCES}. */
    static final int MANY = 4;

    private final String words;

    Competitor(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    /** Who plays a family, with so many other tracks on the album. */
    static Set<Competitor> of(Family family, int mates) {
        return switch (family) {
            case TRAINED, FINISHED -> EnumSet.complementOf(EnumSet.of(REFERENCES));
            case PREMASTER ->
                    EnumSet.of(NOTHING, FIXED, GENRE_CHAIN, RIDGE, AUTO, UNCHECKED, GENRE);
            case BOOMY, TILTED -> EnumSet.of(NOTHING, FIXED, RIDGE, AUTO, UNCHECKED, GENRE);
            case STYLED ->
                    mates >= MANY
                            ? EnumSet.of(NOTHING, FULL_MATCH, AUTO, REFERENCE, REFERENCES)
                            : EnumSet.of(NOTHING, FULL_MATCH, AUTO, REFERENCE);
        };
    }
}
