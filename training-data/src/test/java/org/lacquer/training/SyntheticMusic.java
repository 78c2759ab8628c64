// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training;

import org.lacquer.analysis.Features;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.Fft;
import org.lacquer.training.corpus.Track.Split;
import org.lacquer.training.data.BaseRow;
import org.lacquer.training.data.FeatureMeasurer;
import org.lacquer.training.faults.Draws;
import org.lacquer.training.faults.DynamicsFault;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Audio that a test makes itself: shaped stereo noise with a beat. Every piece has nearly the same
 * spectrum, as finished records of one kind do, so that a wrong tone can be heard.
 */
public final class SyntheticMusic {
    public static final int RATE = 44_100;

    private SyntheticMusic() {}

    /** Left and right; the seed decides everything. */
    public static float[][] samples(String seed, double seconds) {
        Draws draws = Draws.of(seed);
        int frames = (int) (seconds * RATE);
        double tilt = draws.normal(-4.5, 0.25);
        double[] mid = noise(draws, frames, tilt);
        double[] side = noise(draws, frames, tilt + 0.5);
        double beatHz = draws.uniform(1.5, 3.0);
        double depth = draws.uniform(0.4, 0.9);
        float[][] out = new float[2][frames];
        for (int i = 0; i < frames; i++) {
            double phase = beatHz * i / RATE;
            double envelope = 1.0 - depth + depth * StrictMath.exp(-5.0 * (phase % 1.0));
            out[0][i] = (float) (0.1 * envelope * (mid[i] + 0.3 * side[i]));
            out[1][i] = (float) (0.1 * envelope * (mid[i] - 0.3 * side[i]));
        }
        return out;
    }

    /** Base rows of {@code packages} × {@code tracks} pieces, one render and one fault each. */
    public static List<BaseRow> rows(Split split, int packages, int tracks, double seconds)
            throws IOException {
        List<BaseRow> rows = new ArrayList<>();
        for (int p = 0; p < packages; p++) {
            for (int t = 0; t < tracks; t++) {
                String name = split + "-" + p;
                String key = name + "/" + t;
                float[][] clean = samples(key, seconds);
                rows.add(row(key, name, split, 0, clean));
                DynamicsFault fault = DynamicsFault.draw(Draws.of(key + "#fault"));
                rows.add(row(key, name, split, 1, fault.apply(clean, RATE)));
            }
        }
        return rows;
    }

    /** Base row of one clip. */
    public static BaseRow row(
            String track, String packageName, Split split, int variant, float[][] samples)
            throws IOException {
        Features features = FeatureMeasurer.features(new AudioClip(RATE, samples)).orElseThrow();
        return new BaseRow(
                track,
                packageName,
                "-",
                split,
                0,
                variant,
                floats(features.vector().values()),
                floats(features.midPowerDb().stream().mapToDouble(x -> x).toArray()),
                floats(features.sidePowerDb().stream().mapToDouble(x -> x).toArray()));
    }

    private static double[] noise(Draws draws, int frames, double tiltDbPerOctave) {
        int length = Integer.highestOneBit(frames) * 2;
        double[] data = new double[length];
        for (int i = 0; i < frames; i++) {
            data[i] = draws.normal(0.0, 1.0);
        }
        Fft fft = new Fft(length);
        fft.forward(data);
        for (int k = 1; k < length / 2; k++) {
            double hz = Math.max(30.0, (double) k * RATE / length);
            double octaves = StrictMath.log(hz / 200.0) / StrictMath.log(2.0);
            double gain = StrictMath.pow(10.0, tiltDbPerOctave * octaves / 20.0);
            data[2 * k] *= gain;
            data[2 * k + 1] *= gain;
        }
        data[0] = 0.0;
        data[1] = 0.0;
        fft.inverse(data);
        return data;
    }

    private static float[] floats(double[] values) {
        float[] out = new float[values.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) values[i];
        }
        return out;
    }
}
