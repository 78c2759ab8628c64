// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A plan in lines for people: what each stage does, with units, and what file it delivers. */
public final class PlanText {
    private PlanText() {}

    /** One line a stage, or one a band where a stage has several, and one for the delivery. */
    public static List<String> lines(MasteringPlan plan) {
        List<String> lines = new ArrayList<>();
        for (int k = 0; k < plan.stages().size(); k++) {
            StageSettings stage = plan.stages().get(k);
            String head = (k + 1) + ". " + stage.stageName();
            lines.add(stage.neutral() ? head + " (changes nothing)" : head);
            lines.addAll(settings((Record) stage));
        }
        lines.add("delivery");
        lines.addAll(settings(plan.delivery()));
        return lines;
    }

    /** Settings by the record that holds them: its own first, then one line for each nested one. */
    private static List<String> settings(Record record) {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        for (PlanSettings.Setting setting : PlanSettings.of(record)) {
            int end = setting.path().length() - setting.key().length();
            String place = end == 0 ? "" : setting.path().substring(0, end - 1);
            groups.computeIfAbsent(place, unused -> new ArrayList<>())
                    .add(SettingName.of(setting.key()).label() + " " + setting.text());
        }
        List<String> lines = new ArrayList<>();
        groups.forEach(
                (place, texts) ->
                        lines.add(
                                "   "
                                        + (place.isEmpty() ? "" : place + ": ")
                                        + String.join(", ", texts)));
        return lines;
    }
}
