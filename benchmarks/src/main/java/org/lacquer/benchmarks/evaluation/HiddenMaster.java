// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks.evaluation;

import org.lacquer.audio.AudioClip;
import org.lacquer.audio.Decibels;
import org.lacquer.training.corpus.Track;
import org.lacquer.training.corpus.Track.Split;
import org.lacquer.training.data.FileDecoder;
import org.lacquer.training.faults.AudioFault;
import org.lacquer.training.faults.Draws;
import org.lacquer.training.faults.ToneFault;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The loudest stretch of a test track, turned down where its true peak passes the ceiling: what a
 * perfect master of the case would be.
 *
 * @param portrait what masters are compared with
 */
record HiddenMaster(Track track, AudioClip clip, Distances.Portrait portrait) {
    static final double CEILING_DBTP = -1.0;
    static final int SECONDS = 20;
    private static final double MAX_SECONDS = 480.0;

    /**
     * Tracks of the test split, package by package in turns; the order within a package is drawn
     * once for all. Packages with a single track are left out: there is nothing to refer to.
     */
    static List<Track> choose(List<Track> tracks, int count) {
        Map<String, List<Track>> packages = new TreeMap<>();
        tracks.stream()
                .filter(track -> track.split() == Split.TEST && track.usable())
                .sorted(
                        Comparator.comparingInt(
                                track -> Draws.of("choose/" + track.key()).index(1 << 30)))
                .forEach(
                        track ->
                                packages.computeIfAbsent(
                                                track.packageName(), name -> new ArrayList<>())
                                        .add(track));
        packages.values().removeIf(list -> list.size() < 2);
        List<Track> chosen = new ArrayList<>();
        for (int turn = 0; chosen.size() < count; turn++) {
            int before = chosen.size();
            for (List<Track> list : packages.values()) {
                if (turn < list.size() && chosen.size() < count) {
                    chosen.add(list.get(turn));
                }
            }
            if (chosen.size() == before) {
                break;
            }
        }
        return chosen;
    }

    static HiddenMaster of(Track track, Path root) throws IOException {
        AudioClip whole = new FileDecoder().decode(track.under(root), MAX_SECONDS);
        int rate = whole.format().sampleRateHz();
        int length = Math.min(whole.frames(), SECONDS * rate);
        int start = loudestStart(whole, length);
        float[][] samples = new float[2][length];
        for (int c = 0; c < 2; c++) {
            System.arraycopy(whole.channel(c), start, samples[c], 0, length);
        }
        return underCeiling(track, samples, rate);
    }

    /** The same master with a tone that belongs to a record, rendered by code of its own. */
    HiddenMaster styled(ToneFault style) {
        int rate = clip.format().sampleRateHz();
        float[][] plain = {clip.channel(0), clip.channel(1)};
        return underCeiling(track, AudioFault.tone(plain, style, rate), rate);
    }

    /** A little below the ceiling, so that no limiter has to act on the hidden master itself. */
    static HiddenMaster underCeiling(Track track, float[][] samples, int rate) {
        AudioClip clip = new AudioClip(rate, samples);
        Distances.Portrait portrait = new Distances.Portrait(clip);
        double excess = portrait.truePeakDbtp - (CEILING_DBTP - 0.1);
        if (excess > 0.0) {
            double gain = Decibels.toGain(-excess);
            for (float[] channel : samples) {
                for (int i = 0; i < channel.length; i++) {
                    channel[i] *= (float) gain;
                }
            }
            clip = new AudioClip(rate, samples);
            portrait = new Distances.Portrait(clip);
        }
        return new HiddenMaster(track, clip, portrait);
    }

    static int loudestStart(AudioClip clip, int length) {
        int hop = clip.format().sampleRateHz();
        double best = -1.0;
        int start = 0;
        for (int from = 0; from + length <= clip.frames(); from += hop) {
            double sum = 0.0;
            for (int c = 0; c < 2; c++) {
                float[] channel = clip.channel(c);
                for (int i = from; i < from + length; i += 16) {
                    sum += (double) channel[i] * channel[i];
                }
            }
            if (sum > best) {
                best = sum;
                start = from;
            }
        }
        return start;
    }
}
