// SPDX-License-Identifier: Apache-2.0
package org.lacquer.models;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.HashSet;

class GenreTargetsTest {
    @Test
    void allSeventeenGenresLoad() {
        assertThat(GenreTargets.all())
                .extracting(GenreTarget::name)
                .containsExactlyInAnyOrder(
                        "pop",
                        "rock",
                        "metal",
                        "hip-hop",
                        "rnb",
                        "electronic",
                        "ambient",
                        "folk",
                        "jazz",
                        "classical",
                        "cinematic",
                        "lo-fi",
                        "reggae",
                        "country",
                        "blues",
                        "speech",
                        "neutral");
    }

    @ParameterizedTest
    @CsvSource({
        "edm,electronic", "dance,electronic", "techno,electronic", "house,electronic",
        "chiptune,electronic", "trap,hip-hop", "rap,hip-hop", "soul,rnb",
        "acoustic,folk", "orchestral,classical", "soundtrack,cinematic", "lofi,lo-fi"
    })
    void aliasLeadsToItsGenre(String alias, String genre) {
        assertThat(GenreTargets.named(alias).orElseThrow().name()).isEqualTo(genre);
    }

    @Test
    void namesAndAliasesAreUnique() {
        var seen = new HashSet<String>();
        for (GenreTarget genre : GenreTargets.all()) {
            assertThat(seen.add(genre.name())).as(genre.name()).isTrue();
            assertThat(genre.aliases()).allSatisfy(a -> assertThat(seen.add(a)).as(a).isTrue());
        }
    }

    @Test
    void everyTargetIsCompleteAndFinite() {
        var names = GenreTargets.all().getFirst().featureNames();
        assertThat(names).hasSize(76).doesNotHaveDuplicates();
        for (GenreTarget genre : GenreTargets.all()) {
            assertThat(genre.featureNames()).as(genre.name()).isEqualTo(names);
            assertThat(Arrays.stream(genre.mean()).allMatch(Double::isFinite)).isTrue();
            assertThat(Arrays.stream(genre.sd()).allMatch(sd -> sd > 0.0 && sd < 100.0)).isTrue();
            assertThat(genre.loudnessLufs()).isBetween(-24.0, -6.0);
            assertThat(genre.plrDb()).isBetween(6.0, 20.0);
            assertThat(genre.effectiveTracks()).isGreaterThanOrEqualTo(1.0);
            assertThat(genre.provenance()).isNotBlank();
        }
    }

    @Test
    void labelFollowsTheMusicBehindIt() {
        for (GenreTarget genre : GenreTargets.all()) {
            if (genre.tracks() < 3) {
                assertThat(genre.label()).as(genre.name()).isEqualTo(GenreTarget.Label.ANECDOTAL);
            }
            if (genre.label() == GenreTarget.Label.SOLID) {
                assertThat(genre.tracks()).as(genre.name()).isGreaterThanOrEqualTo(20);
                assertThat(genre.albums()).as(genre.name()).isGreaterThanOrEqualTo(5);
            }
        }
    }

    @Test
    void metalIsBrighterDenserAndLouderThanAmbient() {
        GenreTarget metal = GenreTargets.named("metal").orElseThrow();
        GenreTarget ambient = GenreTargets.named("ambient").orElseThrow();

        assertThat(presenceOverBodyDb(metal)).isGreaterThan(presenceOverBodyDb(ambient) + 2.0);
        assertThat(metal.plrDb()).isLessThan(ambient.plrDb() - 2.0);
        assertThat(metal.loudnessLufs()).isGreaterThan(ambient.loudnessLufs() + 4.0);
    }

    @Test
    void classicalIsQuieterAndDarkerThanPop() {
        GenreTarget classical = GenreTargets.named("classical").orElseThrow();
        GenreTarget pop = GenreTargets.named("pop").orElseThrow();

        assertThat(presenceOverBodyDb(classical)).isLessThan(presenceOverBodyDb(pop) - 1.0);
        assertThat(classical.loudnessLufs()).isLessThan(pop.loudnessLufs() - 5.0);
        assertThat(classical.loudnessRangeLu()).isGreaterThan(pop.loudnessRangeLu());
    }

    @Test
    void arraysOfATargetCannotBeChangedFromOutside() {
        GenreTarget metal = GenreTargets.named("metal").orElseThrow();
        metal.mean()[0] = 1_000.0;

        assertThat(metal.mean()[0]).isLessThan(100.0);
    }

    /** Mean third-octave level of 2.5 to 8 kHz over that of 200 to 800 Hz. */
    private static double presenceOverBodyDb(GenreTarget genre) {
        double[] mean = genre.mean();
        return Arrays.stream(mean, 20, 26).average().orElseThrow()
                - Arrays.stream(mean, 9, 16).average().orElseThrow();
    }
}
