// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.AudioClip;
import org.lacquer.audio.Fft;
import org.lacquer.audio.Processor;
import org.lacquer.audio.StreamFormat;

import java.util.Arrays;

/** Magnitude responses of processors, measured with an impulse. */
final class Responses {
    /** Long enough for every filter here to fall below the resolution of float. */
    private static final int LENGTH = 1 << 17;

    private Responses() {}

    /** What a stage does to an impulse on one channel. */
    static Response mono(StageSettings stage, int rate, float impulse) {
        Processor processor = stage.prepare(new StreamFormat(rate, 1));
        // With latency, the impulse response may reach to both sides of it.
        int start = Math.max(0, processor.latencyFrames() - LENGTH / 2);
        float[] in = new float[start + LENGTH];
        in[0] = impulse;
        float[] out = TestSignals.run(processor, new AudioClip(rate, in), null)[0];
        return Response.of(Arrays.copyOfRange(out, start, start + LENGTH), impulse, rate);
    }

    /**
     * @param powers squared magnitude by bin
     */
    record Response(double[] powers, int rate) {
        static Response of(float[] impulseResponse, float impulse, int rate) {
            double[] data = new double[LENGTH];
            for (int i = 0; i < LENGTH; i++) {
                data[i] = impulseResponse[i] / (double) impulse;
            }
            Fft fft = new Fft(LENGTH);
            fft.forward(data);
            double[] powers = new double[LENGTH / 2 + 1];
            fft.powers(data, powers);
            return new Response(powers, rate);
        }

        int binOf(double frequencyHz) {
            return (int) Math.round(frequencyHz * LENGTH / rate);
        }

        double frequencyHz(int bin) {
            return (double) bin * rate / LENGTH;
        }

        double db(int bin) {
            return 10.0 * Math.log10(powers[bin]);
        }
    }
}
