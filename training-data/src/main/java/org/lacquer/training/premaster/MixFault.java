// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.premaster;

import org.lacquer.training.faults.Draws;

import java.util.ArrayList;
import java.util.List;

/**
 * A faulty mix of a song: one fault for each stem. A mix has one taste, as its maker has: dynamics
 * go wrong the same way on every stem that they go wrong on.
 *
 * @param severity factor of the level errors
 */
public record MixFault(Taste taste, double severity, List<StemFault> stems) {
    /** Which way the dynamics of a mix are wrong. */
    public enum Taste {
        SQUASHED,
        NEUTRAL,
        LIVELY
    }

    public MixFault {
        stems = List.copyOf(stems);
    }

    /**
     * The fault of one mix of a song; the same for ever.
     *
     * @param song its key
     * @param number of the mix, from 1
     */
    public static MixFault of(String song, int number, List<Role> roles) {
        Draws draws = draws(song, number);
        Taste taste = taste(draws);
        double severity = draws.pick(0.5, 1.0, 1.5);
        List<StemFault> stems = new ArrayList<>();
        for (Role role : roles) {
            stems.add(StemFault.draw(role, taste, severity, draws));
        }
        return new MixFault(taste, severity, stems);
    }

    /** The taste of {@link #of}, without the stems. */
    public static Taste tasteOf(String song, int number) {
        return taste(draws(song, number));
    }

    /** The stems with their faults, in the same order. */
    List<Stem> apply(String song, List<Stem> good) {
        List<Stem> faulty = new ArrayList<>();
        for (int s = 0; s < good.size(); s++) {
            Stem stem = good.get(s);
            long seed = song.hashCode() * 31L + s;
            faulty.add(stem.with(stems.get(s).apply(stem.samples(), seed)));
        }
        return faulty;
    }

    private static Draws draws(String song, int number) {
        return Draws.of(song + "#mix-" + number);
    }

    private static Taste taste(Draws draws) {
        return Taste.values()[draws.index(Taste.values().length)];
    }
}
