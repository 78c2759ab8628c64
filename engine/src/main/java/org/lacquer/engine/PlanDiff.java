// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What differs between two plans, by stage and setting; see {@link PlanTable} for what is compared.
 */
public final class PlanDiff {
    private PlanDiff() {}

    /**
     * One difference.
     *
     * @param place a stage, with its number when there are several of its kind, or {@code
     *     delivery}, or {@code stages} when their order differs
     * @param path key of the setting within the place, for instance {@code bands[2].gainDb}; empty
     *     when a whole stage is added or removed, or moved
     * @param from value in the first plan, {@link PlanTable#ABSENT} when it has none
     * @param to value in the second plan, {@link PlanTable#ABSENT} when it has none
     * @param unit of both, empty when there is none
     */
    public record Change(String place, String path, String from, String to, String unit) {
        /** For people: {@code limiter ceilingDbtp: -1 -> -2 dBTP}. */
        public String text() {
            if (path.isEmpty() && to.equals(PlanTable.ABSENT)) {
                return place + ": only in the first plan";
            }
            if (path.isEmpty() && from.equals(PlanTable.ABSENT)) {
                return place + ": only in the second plan";
            }
            String setting = path.isEmpty() ? "" : " " + path;
            return place + setting + ": " + from + " -> " + to + (unit.isEmpty() ? "" : " " + unit);
        }
    }

    /** Differences in the order of the plans; empty when both sound the same. */
    public static List<Change> between(MasteringPlan first, MasteringPlan second) {
        Map<String, Record> a = PlanTable.places(first);
        Map<String, Record> b = PlanTable.places(second);
        List<Change> changes = new ArrayList<>(order(a, b));
        String last = "";
        for (PlanTable.Row row : PlanTable.of(List.of(first, second))) {
            String place = row.place();
            if (a.containsKey(place) && b.containsKey(place)) {
                if (row.differs()) {
                    changes.add(
                            new Change(
                                    place,
                                    row.path(),
                                    row.values().getFirst(),
                                    row.values().getLast(),
                                    row.unit()));
                }
            } else if (!place.equals(last)) {
                String from = a.containsKey(place) ? "present" : PlanTable.ABSENT;
                String to = b.containsKey(place) ? "present" : PlanTable.ABSENT;
                changes.add(new Change(place, "", from, to, ""));
            }
            last = place;
        }
        return changes;
    }

    private static List<Change> order(Map<String, Record> first, Map<String, Record> second) {
        List<String> before = new ArrayList<>(first.keySet());
        before.retainAll(second.keySet());
        before.remove(PlanTable.DELIVERY);
        List<String> after = new ArrayList<>(second.keySet());
        after.retainAll(first.keySet());
        after.remove(PlanTable.DELIVERY);
        return before.equals(after)
                ? List.of()
                : List.of(
                        new Change(
                                "stages",
                                "",
                                String.join(", ", before),
                                String.join(", ", after),
                                ""));
    }
}
