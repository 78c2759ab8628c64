// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.listening;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Whether a listener who rated can be relied on: ITU-R BS.1534-3 leaves out who rates the hidden
 * reference below {@value #RATING} in more than 15 % of all trials, or the 7 kHz anchor above
 * {@value #RATING} in more than 15 %.
 *
 * @param referenceLow trials in which the hidden reference was rated below {@value #RATING}
 * @param anchorHigh trials in which the 7 kHz anchor was rated above {@value #RATING}
 */
public record ScreenedListener(
        String listener, int trials, int referenceLow, int anchorHigh, boolean excluded) {
    private static final double RATING = 90.0;
    private static final double SHARE = 0.15;

    static List<ScreenedListener> screen(Collection<ListeningSession> sessions) {
        Map<String, int[]> counts = new TreeMap<>();
        for (ListeningSession session : sessions) {
            for (Answer answer : session.answers()) {
                if (answer instanceof Answer.Rating trial) {
                    int[] count = counts.computeIfAbsent(session.listener(), name -> new int[3]);
                    count[0]++;
                    trial.ratings().forEach((name, value) -> count(session, name, value, count));
                }
            }
        }
        return counts.entrySet().stream()
                .map(entry -> of(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static void count(ListeningSession session, String name, double value, int[] count) {
        Optional<Stimulus.Kind> kind = session.kindOf(name);
        if (kind.filter(one -> one == Stimulus.Kind.REFERENCE).isPresent() && value < RATING) {
            count[1]++;
        }
        if (kind.filter(one -> one == Stimulus.Kind.MID_ANCHOR).isPresent() && value > RATING) {
            count[2]++;
        }
    }

    private static ScreenedListener of(String listener, int[] count) {
        boolean excluded = count[1] > SHARE * count[0] || count[2] > SHARE * count[0];
        return new ScreenedListener(listener, count[0], count[1], count[2], excluded);
    }
}
