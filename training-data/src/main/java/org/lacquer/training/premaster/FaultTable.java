// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.premaster;

import org.lacquer.audio.Decibels;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The labels of a song's faulty mixes as tab-separated lines. */
final class FaultTable {
    /** Columns; bells are {@code hz:dB:octaves}, with commas between. */
    static final String HEADER =
            "# mix\ttaste\tbusDb\tstem\trole\tlevelDb\ttiltDbPerOctave\tbells\tslope\tthresholdDb"
                    + "\tattackMs\treleaseMs\tsideDb\tpan\treverbDb\tdecaySeconds";

    private FaultTable() {}

    static List<String> lines(int number, MixFault fault, List<Stem> stems, double busGain) {
        List<String> lines = new ArrayList<>();
        for (int s = 0; s < stems.size(); s++) {
            StemFault one = fault.stems().get(s);
            String bells =
                    one.eq().bells().stream()
                            .map(
                                    bell ->
                                            text(bell.centreHz())
                                                    + ":"
                                                    + text(bell.gainDb())
                                                    + ":"
                                                    + text(bell.widthOctaves()))
                            .collect(Collectors.joining(","));
            lines.add(
                    String.join(
                            "\t",
                            Integer.toString(number),
                            fault.taste().name().toLowerCase(Locale.ROOT),
                            text(Decibels.fromGain(busGain)),
                            stems.get(s).name(),
                            stems.get(s).role().name().toLowerCase(Locale.ROOT),
                            text(one.levelDb()),
                            text(one.eq().tiltDbPerOctave()),
                            bells.isEmpty() ? "-" : bells,
                            text(one.dynamics().slope()),
                            text(one.dynamics().thresholdDb()),
                            text(one.dynamics().attackMs()),
                            text(one.dynamics().releaseMs()),
                            text(one.sideDb()),
                            text(one.pan()),
                            text(one.reverbDb()),
                            text(one.decaySeconds())));
        }
        return lines;
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
