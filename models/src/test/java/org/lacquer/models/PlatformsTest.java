// SPDX-License-Identifier: Apache-2.0
package org.lacquer.models;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformsTest {
    @ParameterizedTest
    @CsvSource({
        "streaming,-14,-1", "spotify,-14,-1", "spotify-loud,-11,-2", "apple,-16,-1",
        "youtube,-14,-1", "youtube-music,-7,-1", "tidal,-14,-1", "amazon,-14,-2",
        "deezer,-15,-1", "soundcloud,-12,-1", "club,-9,-1", "cd,-10,-0.5",
        "podcast,-16,-1", "ebu-r128,-23,-1"
    })
    void platformHasItsPublishedFigures(String name, double loudnessLufs, double ceilingDbtp) {
        PlatformTarget platform = Platforms.named(name).orElseThrow();

        assertThat(platform.loudnessLufs()).hasValue(loudnessLufs);
        assertThat(platform.ceilingDbtp()).isEqualTo(ceilingDbtp);
    }

    @Test
    void onlyDiscAndBroadcastFixTheRate() {
        assertThat(Platforms.named("cd").orElseThrow().sampleRateHz()).hasValue(44_100);
        assertThat(Platforms.named("cd").orElseThrow().bitDepth()).hasValue(16);
        assertThat(Platforms.named("ebu-r128").orElseThrow().sampleRateHz()).hasValue(48_000);
        assertThat(Platforms.all().stream().filter(p -> p.sampleRateHz().isPresent())).hasSize(2);
    }

    @Test
    void nativeLeavesLoudnessToTheGenre() {
        assertThat(Platforms.named("native").orElseThrow().loudnessLufs()).isEmpty();
    }

    @Test
    void everyPlatformNamesItsSource() {
        assertThat(Platforms.all()).hasSize(15);
        assertThat(Platforms.all()).allSatisfy(p -> assertThat(p.source()).hasSizeGreaterThan(20));
    }

    @Test
    void namesAreFoundInAnyCaseAndUnknownOnesAreNot() {
        assertThat(Platforms.named(" SPOTIFY ")).isPresent();
        assertThat(Platforms.named("gramophone")).isEmpty();
    }
}
