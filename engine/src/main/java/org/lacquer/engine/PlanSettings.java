// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Looks into settings records by their components, for everything that tells or compares plans. */
final class PlanSettings {
    private PlanSettings() {}

    /**
     * One setting of a record, nested ones included.
     *
     * @param path keys and positions from the record down, for instance {@code bands[2].gainDb}
     * @param key the last key of the path
     * @param value for people, without its unit: numbers to six decimals, {@code none} for what is
     *     not set
     */
    record Setting(String path, String key, String value) {
        /** The value with its unit. */
        String text() {
            String unit = SettingName.of(key).unit();
            return unit.isEmpty() || value.equals("none") ? value : value + " " + unit;
        }
    }

    /** All settings of a record in the order of its components. */
    static List<Setting> of(Record record) {
        List<Setting> settings = new ArrayList<>();
        add(settings, "", record);
        return settings;
    }

    private static void add(List<Setting> settings, String prefix, Record record) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            String key = component.getName();
            String path = prefix.isEmpty() ? key : prefix + "." + key;
            Object value = RecordYaml.value(record, component);
            if (value instanceof Record nested) {
                add(settings, path, nested);
            } else if (value instanceof List<?> list
                    && !list.isEmpty()
                    && list.getFirst() instanceof Record) {
                for (int k = 0; k < list.size(); k++) {
                    add(settings, path + "[" + (k + 1) + "]", (Record) list.get(k));
                }
            } else {
                settings.add(new Setting(path, key, text(value)));
            }
        }
    }

    private static String text(Object value) {
        return switch (value) {
            case OptionalDouble number ->
                    number.isPresent() ? number(number.getAsDouble()) : "none";
            case OptionalInt number ->
                    number.isPresent() ? String.valueOf(number.getAsInt()) : "none";
            case Double number -> number(number);
            case Enum<?> constant -> RecordYaml.nameOf(constant);
            case List<?> list when list.isEmpty() -> "none";
            case List<?> list -> String.join(", ", list.stream().map(PlanSettings::text).toList());
            default -> String.valueOf(value);
        };
    }

    /** The shortest decimal text of a number, to six decimals. */
    private static String number(double value) {
        BigDecimal decimal =
                BigDecimal.valueOf(value).setScale(6, RoundingMode.HALF_EVEN).stripTrailingZeros();
        return decimal.signum() == 0 ? "0" : decimal.toPlainString();
    }
}
