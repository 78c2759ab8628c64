// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks.evaluation;

import org.lacquer.audio.AudioClip;
import org.lacquer.audio.Decibels;
import org.lacquer.training.faults.AudioFault;
import org.lacquer.training.faults.Draws;
import org.lacquer.training.faults.DynamicsFault;
import org.lacquer.training.faults.ToneFault;

/** A way to spoil a hidden master, rendered by code that shares nothing with the engine. */
enum Family {
    /** Faults as in training, with saturation and over-limiting that training lacks. */
    TRAINED("faults as in training"),
    /** Nothing but another level. */
    FINISHED("a finished master"),
    /** Too much bass, too little treble; not a family of training. */
    BOOMY("boomy and dull"),
    /** A tilt alone; not a family of training. */
    TILTED("tilted"),
    /** Trained faults; the hidden master and the references share a tone that the mix lacks. */
    STYLED("faults as in training, and a style that only references tell"),
    /** Made elsewhere, on stems; see {@link Premasters}. Here only the level changes. */
    PREMASTER("premasters: faults in the stems");

    private static final double LOUDEST_PEAK = 0.966;

    private final String words;

    Family(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    /** A faulty mix of a master, which stays as it is. */
    AudioClip spoil(AudioClip master, Draws draws) {
        int rate = master.format().sampleRateHz();
        float[][] x = {master.channel(0).clone(), master.channel(1).clone()};
        boolean crushed = false;
        switch (this) {
            case TRAINED, STYLED -> {
                if (draws.chance(0.75)) {
                    x = DynamicsFault.draw(draws).apply(x, rate);
                }
                x = AudioFault.tone(x, ToneFault.draw(draws), rate);
                if (draws.chance(0.10)) {
                    x = AudioFault.saturate(atLufs(x, rate, -18.0), draws.uniform(3.0, 9.0));
                }
                crushed = draws.chance(0.15);
            }
            case BOOMY -> x = AudioFault.tone(x, ToneFault.drawBoomyAndDull(draws), rate);
            case TILTED -> x = AudioFault.tone(x, ToneFault.drawTilt(draws), rate);
            case FINISHED, PREMASTER -> {}
        }
        if (crushed) {
            x = AudioFault.saturate(atLufs(x, rate, draws.uniform(-14.0, -9.0)), 0.0);
        } else {
            x = atLufs(x, rate, draws.uniform(-28.0, -14.0));
        }
        float peak = 0.0f;
        for (float[] channel : x) {
            for (float sample : channel) {
                peak = Math.max(peak, Math.abs(sample));
            }
        }
        return new AudioClip(rate, scaled(x, Math.min(1.0, LOUDEST_PEAK / peak)));
    }

    private static float[][] atLufs(float[][] clip, int rate, double lufs) {
        double is = new Distances.Portrait(new AudioClip(rate, clip)).integratedLufs;
        return scaled(clip, Decibels.toGain(lufs - is));
    }

    private static float[][] scaled(float[][] clip, double gain) {
        float[][] out = new float[clip.length][];
        for (int c = 0; c < clip.length; c++) {
            out[c] = new float[clip[c].length];
            for (int i = 0; i < out[c].length; i++) {
                out[c][i] = (float) (gain * clip[c][i]);
            }
        }
        return out;
    }
}
