// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.listening;

/**
 * Something to listen to.
 *
 * @param name unique within a test
 */
public record Stimulus(String name, Kind kind) {
    /** Its part in a test. */
    public enum Kind {
        /** The untouched mix, openly and hidden. */
        REFERENCE("reference"),
        CANDIDATE("candidate"),
        /** The reference without anything above 3.5 kHz. */
        LOW_ANCHOR("low-anchor"),
        /** The reference without anything above 7 kHz. */
        MID_ANCHOR("mid-anchor");

        private final String key;

        Kind(String key) {
            this.key = key;
        }

        /** As in files. */
        public String key() {
            return key;
        }
    }
}
