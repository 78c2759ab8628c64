// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import static org.lacquer.app.HtmlPage.escape;

import org.lacquer.analysis.DeviceTranslation;
import org.lacquer.analysis.Verdict;
import org.lacquer.comparison.Candidate;
import org.lacquer.comparison.Comparison;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What arrives of each candidate on a phone, in a car, and so on. */
final class DeviceTable {
    /** Losses that differ by less are alike. */
    private static final double REPEATABILITY_LU = 0.1;

    private DeviceTable() {}

    /** Nothing when translation was not measured. */
    static String html(Comparison comparison) {
        List<Candidate> candidates = comparison.candidates();
        List<DeviceTranslation> first = candidates.getFirst().aligned().translation().devices();
        if (first.isEmpty()) {
            return "";
        }
        StringBuilder page =
                new StringBuilder(
                        "<h2>On other devices</h2>\n<p class=\"muted\">Loudness that a model of the"
                                + " device loses against full range, in LU, and how well the song"
                                + " holds up; the reason stands behind a mark that is not"
                                + " green.</p>\n<div class=\"wide\">\n<table>\n<tr><th></th>");
        for (Candidate candidate : candidates) {
            page.append("<th class=\"n\">").append(escape(candidate.name())).append("</th>");
        }
        page.append("</tr>\n");
        for (DeviceTranslation device : first) {
            String name = device.model().name();
            double least =
                    candidates.stream()
                            .mapToDouble(candidate -> of(candidate, name).lossLu())
                            .filter(Double::isFinite)
                            .min()
                            .orElse(Double.NaN);
            boolean tied =
                    candidates.stream()
                            .mapToDouble(candidate -> of(candidate, name).lossLu())
                            .allMatch(loss -> loss - least <= REPEATABILITY_LU);
            page.append("<tr><td>").append(escape(label(device))).append("</td>");
            for (Candidate candidate : candidates) {
                DeviceTranslation here = of(candidate, name);
                boolean best = !tied && here.lossLu() - least <= REPEATABILITY_LU;
                page.append(best ? "<td class=\"n best\">" : "<td class=\"n\">")
                        .append(mark(here))
                        .append(Figure.text(here.lossLu(), 1))
                        .append(best ? "<span class=\"sr\"> least</span>" : "")
                        .append("</td>");
            }
            page.append("</tr>\n");
        }
        return page.append("</table>\n</div>\n").toString();
    }

    private static String label(DeviceTranslation device) {
        String words = device.model().title().replaceFirst("^(a|one) ", "");
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private static DeviceTranslation of(Candidate candidate, String device) {
        return candidate.aligned().translation().device(device);
    }

    private static String mark(DeviceTranslation device) {
        String verdict = device.verdict().name().toLowerCase(Locale.ROOT);
        String reason = device.verdict() == Verdict.GOOD ? verdict : device.reason();
        return "<span class=\"mark "
                + verdict
                + "\" title=\""
                + escape(reason)
                + "\"></span><span class=\"sr\">"
                + escape(verdict)
                + " </span>";
    }

    /** The same for scripts. */
    static List<Map<String, Object>> json(Candidate candidate) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (DeviceTranslation device : candidate.aligned().translation().devices()) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("device", device.model().name());
            object.put("verdict", device.verdict().name().toLowerCase(Locale.ROOT));
            object.put("reason", device.reason());
            object.put("lossLu", Figure.rounded(device.lossLu()));
            object.put("worstLossLu", Figure.rounded(device.worstLossLu()));
            object.put("worstSeconds", Figure.rounded(device.worstSeconds()));
            list.add(object);
        }
        return list;
    }
}
