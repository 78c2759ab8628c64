// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.listening;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One answer of a listener, with what was behind it. */
public sealed interface Answer {
    /**
     * ABX.
     *
     * @param first A
     * @param second B
     * @param x what X was, one of the two
     * @param answer what the listener took it for
     */
    record Abx(String first, String second, String x, String answer) implements Answer {
        boolean correct() {
            return x.equals(answer);
        }
    }

    /**
     * Paired preference.
     *
     * @param preferred one of the two; empty for no preference
     */
    record Preference(String first, String second, Optional<String> preferred) implements Answer {}

    /**
     * One trial of rating.
     *
     * @param ratings 0 to 100, by name of the stimulus
     */
    record Rating(Map<String, Double> ratings) implements Answer {
        public Rating {
            ratings = Collections.unmodifiableMap(new LinkedHashMap<>(ratings));
        }
    }
}
