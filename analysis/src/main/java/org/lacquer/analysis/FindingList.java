// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Findings while they are gathered. */
final class FindingList {
    private static final Pattern NEGATIVE_ZERO =
            Pattern.compile("(?<![0-9.])-(0(?:\\.0+)?)(?![0-9.]*[0-9])");

    private final List<Finding> findings = new ArrayList<>();

    void add(Finding finding) {
        findings.add(finding);
    }

    /** A finding about the whole stream. */
    void add(Severity severity, String code, double value, String unit, String message) {
        findings.add(new Finding(severity, code, message, value, unit, Double.NaN));
    }

    /** A finding about one place. */
    void addAt(
            double seconds,
            Severity severity,
            String code,
            double value,
            String unit,
            String message) {
        findings.add(new Finding(severity, code, message, value, unit, seconds));
    }

    /** The gravest first, else in the order in which they came. */
    List<Finding> sorted() {
        findings.sort((a, b) -> b.severity().compareTo(a.severity()));
        return List.copyOf(findings);
    }

    /** Formats in plain English; what is rounded to zero has no sign. */
    static String text(String format, Object... values) {
        return NEGATIVE_ZERO.matcher(String.format(Locale.ROOT, format, values)).replaceAll("$1");
    }

    /** Minutes and seconds. */
    static String time(double seconds) {
        double tenths = Math.rint(10.0 * Math.max(0.0, seconds));
        return text("%d:%04.1f", (int) (tenths / 600.0), tenths % 600.0 / 10.0);
    }
}
