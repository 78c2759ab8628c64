// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.listening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class ListeningSummaryTest {
    private static final List<Stimulus> STIMULI =
            List.of(
                    new Stimulus("mix", Stimulus.Kind.REFERENCE),
                    new Stimulus("ai", Stimulus.Kind.CANDIDATE),
                    new Stimulus("human", Stimulus.Kind.CANDIDATE),
                    new Stimulus("low", Stimulus.Kind.LOW_ANCHOR),
                    new Stimulus("mid", Stimulus.Kind.MID_ANCHOR));

    private static ListeningSession session(String id, String listener, List<Answer> answers) {
        return new ListeningSession(id, "test", "song", listener, STIMULI, answers);
    }

    private static List<Answer> abx(int correct, int trials) {
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < trials; i++) {
            String x = i % 2 == 0 ? "ai" : "human";
            String other = i % 2 == 0 ? "human" : "ai";
            answers.add(new Answer.Abx("human", "ai", x, i < correct ? x : other));
        }
        return answers;
    }

    private static Answer rating(double mix, double ai, double human, double mid) {
        return new Answer.Rating(
                Map.of("mix", mix, "ai", ai, "human", human, "low", 10.0, "mid", mid));
    }

    @Test
    void abxOfSeveralListenersIsPooledAndASessionCountsOnce() {
        ListeningSession ada = session("1", "Ada", abx(12, 16));
        ListeningSummary summary =
                ListeningSummary.of(List.of(ada, session("2", "Ben", abx(8, 16)), ada));
        assertThat(summary.sessions()).isEqualTo(2);
        AbxPair pair = summary.abx().getFirst();
        assertThat(pair.first()).isEqualTo("ai");
        assertThat(pair.score().correct().count()).isEqualTo(20);
        // P(at least 20 of 32), scipy.stats.binom.sf(19, 32, 0.5)
        assertThat(pair.score().pValue()).isCloseTo(0.10766, within(1e-5));
        assertThat(pair.listeners())
                .extracting(AbxPair.Listener::name)
                .containsExactly("Ada", "Ben");
        assertThat(pair.listeners().getFirst().correctedP()).isCloseTo(0.0768127, within(1e-6));
    }

    @Test
    void preferencesAreCountedByPairWhoeverCameFirst() {
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            answers.add(new Answer.Preference("human", "ai", Optional.of("human")));
            answers.add(new Answer.Preference("ai", "human", Optional.of(i < 6 ? "human" : "ai")));
        }
        answers.add(new Answer.Preference("ai", "human", Optional.empty()));
        ListeningSummary summary = ListeningSummary.of(List.of(session("1", "Ada", answers)));
        PreferencePair pair = summary.preferences().getFirst();
        assertThat(pair.firstPreferred().count()).isEqualTo(2);
        assertThat(pair.firstPreferred().total()).isEqualTo(16);
        assertThat(pair.undecided()).isEqualTo(1);
        // 2 (1 + 16 + 120) / 65,536
        assertThat(pair.pValue()).isCloseTo(274.0 / 65_536.0, within(1e-12));
        assertThat(summary.wins().getFirst().name()).isEqualTo("human");
        assertThat(summary.wins().getFirst().won()).isEqualTo(14.5);
        assertThat(summary.wins().getFirst().total()).isEqualTo(17);
    }

    @Test
    void whoDoesNotFindTheReferenceIsLeftOut() {
        List<Answer> good = new ArrayList<>();
        List<Answer> deaf = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            // One in ten is allowed, two are not.
            good.add(rating(i < 1 ? 80 : 100, 60 + i, 40 + 2 * i, 30));
            deaf.add(rating(i < 2 ? 89 : 95, 0, 100, 30));
        }
        ListeningSummary summary =
                ListeningSummary.of(List.of(session("1", "Ada", good), session("2", "Ben", deaf)));
        assertThat(summary.screening())
                .extracting(ScreenedListener::excluded)
                .containsExactly(false, true);
        assertThat(summary.screening().getLast().referenceLow()).isEqualTo(2);
        RatedStimulus ai =
                summary.ratings().stream()
                        .filter(one -> one.stimulus().name().equals("ai"))
                        .findFirst()
                        .orElseThrow();
        assertThat(ai.ratings().count()).isEqualTo(10);
        assertThat(ai.ratings().median()).isEqualTo(64.5);
        assertThat(ai.ratings().lowerQuartile()).isEqualTo(62.25);
        assertThat(summary.ratings().getFirst().stimulus().name()).isEqualTo("mix");
        RatedDifference difference = summary.differences().getFirst();
        assertThat(difference.first()).isEqualTo("ai");
        // 20, 19, ..., 11: all positive, so p = 2 / 2^10.
        assertThat(difference.difference().spread().mean()).isEqualTo(15.5);
        assertThat(difference.correctedP()).isEqualTo(2.0 / 1_024.0);
    }

    @Test
    void whoRatesTheMiddleAnchorHighIsLeftOut() {
        List<Answer> answers = List.of(rating(100, 60, 60, 91), rating(100, 60, 60, 20));
        assertThat(ListeningSummary.of(List.of(session("1", "Ada", answers))).screening())
                .containsExactly(new ScreenedListener("Ada", 2, 0, 1, true));
    }

    @Test
    void nothingGivesNothing() {
        ListeningSummary summary = ListeningSummary.of(List.of());
        assertThat(summary.sessions()).isZero();
        assertThat(summary.abx()).isEmpty();
        assertThat(summary.wins()).isEmpty();
    }
}
