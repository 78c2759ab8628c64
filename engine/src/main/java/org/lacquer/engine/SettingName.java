// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A setting's key in words: {@code releaseMs} is a "release" in "ms".
 *
 * @param label words in lower case, without the unit
 * @param unit empty when the key names none
 */
record SettingName(String label, String unit) {
    /** Endings of keys, the longer before those that they end in. */
    private static final Map<String, String> UNITS = new LinkedHashMap<>();

    static {
        UNITS.put("DbPerOctave", "dB/oct");
        UNITS.put("Percent", "%");
        UNITS.put("Seconds", "s");
        UNITS.put("Lufs", "LUFS");
        UNITS.put("Dbtp", "dBTP");
        UNITS.put("Dbfs", "dBFS");
        UNITS.put("Db", "dB");
        UNITS.put("Lu", "LU");
        UNITS.put("Hz", "Hz");
        UNITS.put("Ms", "ms");
    }

    static SettingName of(String key) {
        for (Map.Entry<String, String> unit : UNITS.entrySet()) {
            if (key.endsWith(unit.getKey()) && key.length() > unit.getKey().length()) {
                String stem = key.substring(0, key.length() - unit.getKey().length());
                return new SettingName(words(stem), unit.getValue());
            }
        }
        return new SettingName(words(key), "");
    }

    private static String words(String camelCase) {
        return camelCase.replaceAll("([a-z0-9])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
    }
}
