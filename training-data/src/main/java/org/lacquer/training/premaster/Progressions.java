// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.premaster;

import java.util.List;
import java.util.Map;

/** Chord progressions, one chord for each bar, in C or A minor: ours, and common property. */
final class Progressions {
    private static final Map<String, String> ALL =
            Map.ofEntries(
                    Map.entry("blues", "C7 F7 C7 C7 F7 F7 C7 C7 G7 F7 C7 G7"),
                    Map.entry("minorblues", "Am7 Dm7 Am7 Am7 Dm7 Dm7 Am7 Am7 F7 E7 Am7 E7"),
                    Map.entry(
                            "turnaround",
                            "CM7 Am7 Dm7 G7 Em7 A7 Dm7 G7 Gm7 C7 FM7 Fm7 Em7 A7 Dm7 G7"),
                    Map.entry("minorjazz", "Am7 Am7 Dm7 G7 CM7 FM7 Dm7 E7 Am7 Gm7 C7 FM7 Dm7 E7"),
                    Map.entry("bossa", "CM7 CM7 D7 D7 Dm7 G7 CM7 A7 Dm7 Fm7 Em7 A7 Dm7 G7 CM7 G7"),
                    Map.entry("country", "C C F C C C G G C C7 F F C G C C"),
                    Map.entry("reggae", "Am Am G G F G Am Am"),
                    Map.entry("reggaemajor", "C C F G C Am F G"),
                    Map.entry("folk", "C G Am F C F G G Am F C G F C G C"),
                    Map.entry("folkminor", "Am G F E7 Am G F E7 C G Am Em F C G E7"),
                    Map.entry("cadence", "C F G C Am Dm G7 C Em Am D7 G F C G7 C"));

    private Progressions() {}

    static List<String> named(String name) {
        String chords = ALL.get(name);
        if (chords == null) {
            throw new IllegalArgumentException("no progression is called " + name);
        }
        return List.of(chords.split(" ", -1));
    }
}
