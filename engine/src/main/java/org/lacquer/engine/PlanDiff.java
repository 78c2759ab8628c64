// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What differs between two plans, by stage and setting. Stages of the same kind are compared in
 * their order: the first equaliser with the first, and so on; entries of lists by their position.
 * Provenance is left out, since it has no influence on the sound.
 */
public final class PlanDiff {
    /** Value of a setting, or of a stage, that a plan does not have. */
    public static final String ABSENT = "absent";

    private static final String DELIVERY = "delivery";

    private PlanDiff() {}

    /**
     * One difference.
     *
     * @param place a stage, with its number when there are several of its kind, or {@code
     *     delivery}, or {@code stages} when their order differs
     * @param path key of the setting within the place, for instance {@code bands[2].gainDb}; empty
     *     when a whole stage is added or removed, or moved
     * @param from value in the first plan
     * @param to value in the second plan
     * @param unit of both, empty when there is none
     */
    public record Change(String place, String path, String from, String to, String unit) {
        /** For people: {@code limiter ceilingDbtp: -1 -> -2 dBTP}. */
        public String text() {
            if (path.isEmpty() && to.equals(ABSENT)) {
                return place + ": only in the first plan";
            }
            if (path.isEmpty() && from.equals(ABSENT)) {
                return place + ": only in the second plan";
            }
            String setting = path.isEmpty() ? "" : " " + path;
            return place + setting + ": " + from + " -> " + to + (unit.isEmpty() ? "" : " " + unit);
        }
    }

    /** Differences in the order of the first plan; empty when both sound the same. */
    public static List<Change> between(MasteringPlan first, MasteringPlan second) {
        Map<String, Record> a = places(first);
        Map<String, Record> b = places(second);
        List<Change> changes = new ArrayList<>();
        List<String> common = new ArrayList<>(a.keySet());
        common.retainAll(b.keySet());
        List<String> moved = new ArrayList<>(b.keySet());
        moved.retainAll(a.keySet());
        common.remove(DELIVERY);
        moved.remove(DELIVERY);
        if (!common.equals(moved)) {
            changes.add(
                    new Change(
                            "stages", "", String.join(", ", common), String.join(", ", moved), ""));
        }
        Set<String> places = new LinkedHashSet<>(a.keySet());
        places.addAll(b.keySet());
        for (String place : places) {
            Record from = a.get(place);
            Record to = b.get(place);
            if (from != null && to != null) {
                changes.addAll(settings(place, from, to));
            } else {
                changes.add(
                        new Change(
                                place,
                                "",
                                from == null ? ABSENT : "present",
                                to == null ? ABSENT : "present",
                                ""));
            }
        }
        return changes;
    }

    private static Map<String, Record> places(MasteringPlan plan) {
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

    private static List<Change> settings(String place, Record first, Record second) {
        Map<String, PlanSettings.Setting> a = byPath(first);
        Map<String, PlanSettings.Setting> b = byPath(second);
        Set<String> paths = new LinkedHashSet<>(a.keySet());
        paths.addAll(b.keySet());
        // An empty list says "none"; the entries of the other plan's list say it better.
        paths.removeIf(path -> a.containsKey(path) != b.containsKey(path) && isList(path, a, b));
        List<Change> changes = new ArrayList<>();
        for (String path : paths) {
            PlanSettings.Setting from = a.get(path);
            PlanSettings.Setting to = b.get(path);
            String before = from == null ? ABSENT : from.value();
            String after = to == null ? ABSENT : to.value();
            if (!before.equals(after)) {
                String key = path.substring(path.lastIndexOf('.') + 1);
                changes.add(new Change(place, path, before, after, SettingName.of(key).unit()));
            }
        }
        return changes;
    }

    private static boolean isList(
            String path,
            Map<String, PlanSettings.Setting> first,
            Map<String, PlanSettings.Setting> second) {
        return Stream.concat(first.keySet().stream(), second.keySet().stream())
                .anyMatch(other -> other.startsWith(path + "["));
    }

    private static Map<String, PlanSettings.Setting> byPath(Record record) {
        Map<String, PlanSettings.Setting> settings = new LinkedHashMap<>();
        PlanSettings.of(record).forEach(setting -> settings.put(setting.path(), setting));
        return settings;
    }
}
