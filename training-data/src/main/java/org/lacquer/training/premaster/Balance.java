// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.premaster;

import org.lacquer.audio.Decibels;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * From rendered parts to the stems of a good mix: each at its role's loudness and place, with a
 * little room. Parts of the role {@link Role#OTHER} keep what their author gave them.
 */
final class Balance {
    private static final double NO_ROOM_DB = -60.0;
    private static final Room ROOM = new Room(0.9, 12.0, 42L);

    private Balance() {}

    /**
     * @param authored whether the parts have their author's levels and places already
     */
    static List<Stem> of(List<Stem> parts, boolean authored) {
        Map<Role, Integer> counts = new EnumMap<>(Role.class);
        parts.forEach(part -> counts.merge(part.role(), 1, Integer::sum));
        Map<Role, Integer> turns = new EnumMap<>(Role.class);
        List<Stem> stems = new ArrayList<>();
        for (Stem part : parts) {
            Role role = part.role();
            int turn = turns.merge(role, 1, Integer::sum);
            Stem placed = authored ? part : placed(part, turn, counts.getOrDefault(role, 1));
            stems.add(role.roomDb() <= NO_ROOM_DB ? placed : inRoom(placed));
        }
        return stems;
    }

    /** Several parts of a role share its loudness. */
    private static Stem placed(Stem part, int turn, int count) {
        double lufs = Clips.integratedLufs(part.samples());
        if (!Double.isFinite(lufs)) {
            return part;
        }
        double wanted =
                PremasterBuilder.LOUDNESS_LUFS
                        + part.role().loudnessLu()
                        - Decibels.fromPower(count);
        double pan = part.role().pan() * (turn % 2 == 0 ? 1.0 : -1.0);
        StemFault place =
                new StemFault(
                        wanted - lufs, StemEq.NONE, StemDynamics.NONE, 0.0, pan, NO_ROOM_DB, 1.0);
        return part.with(place.apply(part.samples(), 0L));
    }

    private static Stem inRoom(Stem stem) {
        float[][] tail = ROOM.tail(stem.samples(), stem.role().roomDb());
        return stem.with(Clips.added(stem.samples(), tail));
    }

    /** What brings a clip to the loudness of all good mixes without passing the peak, linear. */
    static double busGain(float[][] mix, double lufs, double peak) {
        double is = Clips.integratedLufs(mix);
        double gain = Double.isFinite(is) ? Decibels.toGain(lufs - is) : 1.0;
        return Math.min(gain, peak / Math.max(Clips.peak(mix), 1e-9));
    }
}
