// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.listening;

import java.util.List;
import java.util.Optional;

/**
 * What one listener answered in one sitting.
 *
 * @param id unique
 * @param testId of the recordings that were heard
 * @param title of the song
 * @param listener name or code; sessions under one name are one listener's
 */
public record ListeningSession(
        String id,
        String testId,
        String title,
        String listener,
        List<Stimulus> stimuli,
        List<Answer> answers) {
    public ListeningSession {
        stimuli = List.copyOf(stimuli);
        answers = List.copyOf(answers);
    }

    Optional<Stimulus.Kind> kindOf(String name) {
        return stimuli.stream()
                .filter(stimulus -> stimulus.name().equals(name))
                .map(Stimulus::kind)
                .findFirst();
    }
}
