// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;

class TagRulesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "REPLAYGAIN_TRACK_PEAK",
                "replaygain_reference_loudness",
                "R128_ALBUM_GAIN",
                "iTunNORM",
                "iTunSMPB",
                "iTunes_CDDB_1",
                "SoundCheck",
                "Sound Check",
                "peak",
                "Peak Level",
                "album_peak",
                "MP3GAIN_MINMAX",
                "loudness_range",
                "max_true_peak_level",
                "encoder",
                "ENCODED_BY",
                "encoding settings",
                "TSSE",
                "id3v2_priv.PeakValue",
                "creation_time",
                "time_reference",
                "TLEN"
            })
    void whatDescribesTheOldSamplesIsDropped(String name) {
        assertThat(TagRules.kept(Map.of(name, "1"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "TITLE, title",
        "TSRC, isrc",
        "TBPM, bpm",
        "tmpo, bpm",
        "ALBUMARTIST, album_artist",
        "YEAR, date",
        "speaker, speaker",
        "ITUNESADVISORY, itunesadvisory",
        "MusicBrainz Track Id, musicbrainz track id"
    })
    void everythingElseIsKeptUnderOneName(String name, String expected) {
        assertThat(TagRules.kept(Map.of(name, "1"))).containsExactly(Map.entry(expected, "1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "und"})
    void emptyValuesAreDropped(String value) {
        assertThat(TagRules.kept(Map.of("language", value))).isEmpty();
    }
}
