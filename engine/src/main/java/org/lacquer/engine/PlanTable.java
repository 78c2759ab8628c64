// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Settings of several plans side by side: a row for every setting that any of them has. Stages of
 * the same kind are put together in their order, the first equaliser with the first, and so on;
 * entries of lists by their position. Provenance is left out, since it has no influence on the
 * sound.
 */
public final class PlanTable {
    /** What stands for a setting that a plan does not have. */
    public static final String ABSENT = "absent";

    static final String DELIVERY = "delivery";

    private PlanTable() {}

    /**
     * One setting.
     *
     * @param place a stage, with its number when there are several of its kind, or {@code delivery}
     * @param path key of the setting within the place, for instance {@code bands[2].gainDb}
     * @param unit empty when there is none
     * @param values one a plan, without the unit
     */
    public record Row(String place, String path, String unit, List<String> values) {
        public Row {
            values = List.copyOf(values);
        }

        /** Whether not all plans agree. */
        public boolean differs() {
            return values.stream().distinct().count() > 1;
        }
    }

    /** All rows, in the order in which the plans have them. */
    public static List<Row> of(List<MasteringPlan> plans) {
        List<Map<String, Record>> places = plans.stream().map(PlanTable::places).toList();
        Set<String> names = new LinkedHashSet<>();
        places.forEach(plan -> names.addAll(plan.keySet()));
        // Whatever the plans' stages are, delivery comes last.
        names.remove(DELIVERY);
        names.add(DELIVERY);
        List<Row> rows = new ArrayList<>();
        for (String name : names) {
            List<Map<String, String>> settings =
                    places.stream().map(plan -> settings(plan, name)).toList();
            rows.addAll(rows(name, settings));
        }
        return rows;
    }

    /** Stages and delivery by name, in order. */
    static Map<String, Record> places(MasteringPlan plan) {
        Map<String, Record> places = new LinkedHashMap<>();
        for (StageSettings stage : plan.stages()) {
            String name = stage.stageName();
            int number = 2;
            while (places.containsKey(name)) {
                name = stage.stageName() + " " + number++;
            }
            places.put(name, (Record) stage);
        }
        places.put(DELIVERY, plan.delivery());
        return places;
    }

    private static Map<String, String> settings(Map<String, Record> places, String name) {
        Map<String, String> settings = new LinkedHashMap<>();
        Record record = places.get(name);
        if (record != null) {
            PlanSettings.of(record)
                    .forEach(setting -> settings.put(setting.path(), setting.value()));
        }
        return settings;
    }

    private static List<Row> rows(String place, List<Map<String, String>> settings) {
        Set<String> paths = new LinkedHashSet<>();
        settings.forEach(plan -> paths.addAll(plan.keySet()));
        // An empty list says "none"; the entries of another plan's list say it better.
        Set<String> lists = new LinkedHashSet<>();
        for (String path : paths) {
            if (paths.stream().anyMatch(other -> other.startsWith(path + "["))) {
                lists.add(path);
            }
        }
        paths.removeAll(lists);
        List<Row> rows = new ArrayList<>();
        for (String path : paths) {
            String key = path.substring(path.lastIndexOf('.') + 1);
            List<String> values =
                    settings.stream().map(plan -> plan.getOrDefault(path, ABSENT)).toList();
            rows.add(new Row(place, path, SettingName.of(key).unit(), values));
        }
        return rows;
    }
}
