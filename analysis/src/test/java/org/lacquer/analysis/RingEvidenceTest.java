// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What speaks for a ring and what for a note, from a peak that is one in a track with a ring. */
class RingEvidenceTest {
    private static final RingEvidence RING =
            new RingEvidence(9.0, 13.0, 3.0, 0.5, 0.0, 4.0, 3.0, 8.0, 2.0, 0.25);

    @Test
    void steadyPeakWithoutOctaveIsARing() {
        assertThat(RING.ring()).isTrue();
    }

    @Test
    void whatIsMuchHigherWhileItSoundsIsANote() {
        assertThat(withMiddle(19.0).ring()).isFalse();
        assertThat(withMiddle(14.0).logOdds()).isBetween(withMiddle(19.0).logOdds(), logOdds());
    }

    @Test
    void whatBringsItsOctaveIsANote() {
        assertThat(withOctave(14.0).ring()).isFalse();
        assertThat(withOctave(5.0).logOdds()).isBetween(withOctave(14.0).logOdds(), logOdds());
    }

    @Test
    void whatVanishesInLoudSurroundingsIsLessLikelyARing() {
        assertThat(withLoudContrast(-10.0).logOdds()).isLessThan(logOdds() - 1.0);
        assertThat(withLoudContrast(0.0).logOdds())
                .isBetween(withLoudContrast(-10.0).logOdds(), logOdds());
    }

    @Test
    void lowPeaksAreNotRings() {
        assertThat(withSteady(3.5).ring()).isFalse();
        assertThat(withSteady(5.0).logOdds()).isBetween(withSteady(3.5).logOdds(), logOdds());
    }

    @Test
    void whatIsInTuneIsMoreLikelyANote() {
        RingEvidence tuned = new RingEvidence(9.0, 13.0, 3.0, 0.5, 0.0, 4.0, 3.0, 8.0, 2.0, 0.0);
        assertThat(tuned.logOdds()).isLessThan(logOdds() - 1.0);
    }

    /** Beyond four spreads a figure says no more. */
    @Test
    void absurdFiguresAreBounded() {
        assertThat(withOctave(1e9).logOdds()).isEqualTo(withOctave(1e6).logOdds());
    }

    private static double logOdds() {
        return RING.logOdds();
    }

    private static RingEvidence withMiddle(double middleDb) {
        return new RingEvidence(middleDb, 13.0, 3.0, 0.5, 0.0, 4.0, 3.0, 8.0, 2.0, 0.25);
    }

    private static RingEvidence withOctave(double octaveDb) {
        return new RingEvidence(9.0, 13.0, 3.0, 0.5, octaveDb, 4.0, 3.0, 8.0, 2.0, 0.25);
    }

    private static RingEvidence withLoudContrast(double loudContrastDb) {
        return new RingEvidence(9.0, 13.0, 3.0, 0.5, 0.0, 4.0, loudContrastDb, 8.0, 2.0, 0.25);
    }

    private static RingEvidence withSteady(double steadyDb) {
        return new RingEvidence(9.0, 13.0, 3.0, 0.5, 0.0, 4.0, 3.0, steadyDb, 2.0, 0.25);
    }
}
