// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.Decibels;
import org.lacquer.audio.Processor;
import org.lacquer.audio.StreamFormat;
import org.lacquer.engine.StageSettings;

/** Signals in, what a stage makes of them out, and readings of it. */
final class Probe {
    private static final int BLOCK = 8_192;

    private Probe() {}

    /** Runs a stage; the result has the input's length and lies in line with it. */
    static float[][] run(StageSettings stage, int rateHz, float[]... in) {
        Processor processor = stage.prepare(new StreamFormat(rateHz, in.length));
        int frames = in[0].length;
        int late = processor.latencyFrames();
        float[][] out = new float[in.length][frames];
        AudioBlock block = new AudioBlock(in.length, BLOCK);
        for (int start = 0; start < frames + late; start += BLOCK) {
            int count = Math.min(BLOCK, frames + late - start);
            block.setFrames(count);
            block.clear();
            for (int c = 0; c < in.length; c++) {
                int given = Math.max(0, Math.min(count, frames - start));
                System.arraycopy(in[c], Math.min(start, frames), block.channel(c), 0, given);
            }
            processor.process(block);
            int skip = Math.max(0, Math.min(count, late - start));
            for (int c = 0; c < in.length; c++) {
                int to = Math.max(0, start - late);
                System.arraycopy(block.channel(c), skip, out[c], to, count - skip);
            }
        }
        return out;
    }

    static float[] sine(double hz, double dbfs, double seconds, int rateHz) {
        return tones(seconds, rateHz, new double[] {hz}, new double[] {Decibels.toGain(dbfs)});
    }

    /** Sum of sines of given amplitudes. */
    static float[] tones(double seconds, int rateHz, double[] hz, double[] amplitudes) {
        float[] x = new float[(int) Math.round(seconds * rateHz)];
        for (int i = 0; i < x.length; i++) {
            double sum = 0.0;
            for (int k = 0; k < hz.length; k++) {
                double turns = hz[k] * i / rateHz;
                double phase = 2.0 * StrictMath.PI * (turns - Math.floor(turns));
                sum += amplitudes[k] * StrictMath.sin(phase);
            }
            x[i] = (float) sum;
        }
        return x;
    }

    /** What a stage makes of a click on one channel. */
    static float[] impulseResponse(StageSettings stage, double height, int frames, int rateHz) {
        float[] in = new float[frames];
        in[0] = (float) height;
        return run(stage, rateHz, in)[0];
    }

    /** Magnitudes in dB at frequencies, by the sum that defines the Fourier transform. */
    static double[] magnitudesDb(float[] response, double height, double[] hz, int rateHz) {
        double[] db = new double[hz.length];
        for (int k = 0; k < hz.length; k++) {
            double[] value = transform(response, hz[k], rateHz);
            double power = value[0] * value[0] + value[1] * value[1];
            db[k] = Decibels.fromPower(power / ((double) (float) height * (float) height));
        }
        return db;
    }

    /** Real and imaginary part of the Fourier transform at one frequency. */
    private static double[] transform(float[] x, double hz, int rateHz) {
        double angle = 2.0 * StrictMath.PI * hz / rateHz;
        double stepRe = StrictMath.cos(angle);
        double stepIm = -StrictMath.sin(angle);
        double re = 1.0;
        double im = 0.0;
        double sumRe = 0.0;
        double sumIm = 0.0;
        for (float sample : x) {
            sumRe += sample * re;
            sumIm += sample * im;
            double next = re * stepRe - im * stepIm;
            im = re * stepIm + im * stepRe;
            re = next;
        }
        return new double[] {sumRe, sumIm};
    }

    /** Level of {@code out} over that of {@code in} from a frame on, in dB. */
    static double gainDb(float[] in, float[] out, int from, int to) {
        double before = 0.0;
        double after = 0.0;
        for (int i = from; i < to; i++) {
            before += (double) in[i] * in[i];
            after += (double) out[i] * out[i];
        }
        return Decibels.fromPower(after / before);
    }
}
