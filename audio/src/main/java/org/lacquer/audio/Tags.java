// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

import java.util.Map;
import java.util.Optional;

/** Descriptive data that travels from the mix to the master: text tags and the cover picture. */
public record Tags(Map<String, String> values, Optional<Cover> cover) {
    public static final Tags NONE = new Tags(Map.of(), Optional.empty());

    public Tags {
        values = Map.copyOf(values);
    }

    /** A picture as stored in the file. */
    public record Cover(String mimeType, byte[] data) {
        public Cover {
            data = data.clone();
        }

        @Override
        public byte[] data() {
            return data.clone();
        }
    }
}
