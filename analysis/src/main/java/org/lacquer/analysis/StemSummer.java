// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.jspecify.annotations.Nullable;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioSource;
import org.lacquer.audio.Decibels;
import org.lacquer.audio.Progress;
import org.lacquer.audio.Require;
import org.lacquer.audio.StreamFormat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Plays stems together, block by block in bounded memory, and compares them with each other and
 * with the mix. Mono stems play on both channels; shorter ones end in silence.
 */
public final class StemSummer {
    /** 40 dB: of two copies nothing more is left. */
    private static final double COPY_REST = 1e-4;

    private static final int CHANNELS = 2;

    private final List<Voice> voices = new ArrayList<>();
    private final double[][] products;
    private final TruePeakMeter peaks;
    private final CrossCorrelation correlation;
    private final AudioBlock sum;
    private long frames;

    private StemSummer(List<AudioSource> stems) {
        StreamFormat format = new StreamFormat(stems.getFirst().format().sampleRateHz(), CHANNELS);
        this.correlation = new CrossCorrelation(format.sampleRateHz(), CHANNELS);
        for (AudioSource stem : stems) {
            voices.add(new Voice(stem, correlation.blockFrames()));
        }
        this.products = new double[stems.size()][stems.size()];
        this.peaks = new TruePeakMeter(format);
        this.sum = new AudioBlock(CHANNELS, correlation.blockFrames());
    }

    /**
     * Reads all sources to their end and leaves closing to the caller.
     *
     * @param stems at least one; mono or stereo, all of one rate
     * @param mix of the same rate, mono or stereo; null when there is none
     * @param expectedFrames length for the progress, -1 when unknown
     */
    public static StemSum sum(
            List<AudioSource> stems,
            @Nullable AudioSource mix,
            long expectedFrames,
            Progress progress)
            throws IOException {
        Require.that(!stems.isEmpty(), "stems must not be empty");
        List<AudioSource> all = new ArrayList<>(stems);
        if (mix != null) {
            all.add(mix);
        }
        int rate = stems.getFirst().format().sampleRateHz();
        for (AudioSource source : all) {
            Require.inRange("channels", source.format().channels(), 1, CHANNELS, "");
            Require.that(source.format().sampleRateHz() == rate, "rates must be equal");
        }
        var summer = new StemSummer(stems);
        Voice mixVoice = mix == null ? null : new Voice(mix, summer.correlation.blockFrames());
        while (summer.step(mixVoice)) {
            if (expectedFrames > 0) {
                progress.at(Math.min(1.0, (double) summer.frames / expectedFrames));
            }
        }
        progress.at(1.0);
        return summer.result(mixVoice != null);
    }

    /** Whether anything was left. */
    private boolean step(@Nullable Voice mix) throws IOException {
        int most = mix == null ? 0 : mix.read();
        for (Voice voice : voices) {
            most = Math.max(most, voice.read());
        }
        if (most == 0) {
            return false;
        }
        sum.setFrames(sum.capacity());
        sum.clear();
        for (Voice voice : voices) {
            for (int c = 0; c < CHANNELS; c++) {
                float[] total = sum.channel(c);
                for (int i = 0; i < total.length; i++) {
                    total[i] += voice.samples[c][i];
                }
            }
        }
        for (int a = 0; a < voices.size(); a++) {
            for (int b = 0; b <= a; b++) {
                products[a][b] += product(voices.get(a).samples, voices.get(b).samples);
            }
        }
        if (mix != null) {
            correlation.write(new float[][] {sum.channel(0), sum.channel(1)}, mix.samples);
        }
        sum.setFrames(most);
        peaks.write(sum);
        frames += most;
        return true;
    }

    private StemSum result(boolean matched) {
        peaks.finish();
        return new StemSum(
                peaks.truePeakDbtp(),
                peaks.peakSeconds(),
                copies(),
                matched ? correlation.match() : StemSum.Match.NONE);
    }

    private List<StemSum.Copy> copies() {
        List<StemSum.Copy> copies = new ArrayList<>();
        for (int b = 0; b < products.length; b++) {
            for (int a = b + 1; a < products.length; a++) {
                double energies = products[a][a] * products[b][b];
                double product = products[a][b];
                if (energies > 0.0 && 1.0 - product * product / energies < COPY_REST) {
                    double gain = Decibels.fromPower(products[a][a] / products[b][b]);
                    copies.add(new StemSum.Copy(b, a, gain, product < 0.0));
                }
            }
        }
        return copies;
    }

    private static double product(float[][] first, float[][] second) {
        double sum = 0.0;
        for (int c = 0; c < CHANNELS; c++) {
            float[] x = first[c];
            float[] y = second[c];
            for (int i = 0; i < x.length; i++) {
                sum += (double) x[i] * y[i];
            }
        }
        return sum;
    }

    /** A source in full stretches on two channels, silence after its end. */
    private static final class Voice {
        private final AudioSource source;
        private final AudioBlock block;
        private boolean ended;
        private final float[][] samples;

        Voice(AudioSource source, int frames) {
            this.source = source;
            this.block = new AudioBlock(source.format().channels(), frames);
            this.samples = new float[CHANNELS][frames];
        }

        /** Frames before the silence. */
        int read() throws IOException {
            int length = samples[0].length;
            int filled = 0;
            while (!ended && filled < length) {
                AudioBlock part = filled == 0 ? block : rest(length - filled);
                int count = source.read(part);
                ended = count == 0;
                AudioBlock finite = FiniteSamples.of(part);
                for (int c = 0; c < CHANNELS; c++) {
                    float[] from = finite.channel(Math.min(c, finite.channels() - 1));
                    System.arraycopy(from, 0, samples[c], filled, count);
                }
                filled += count;
            }
            for (float[] channel : samples) {
                Arrays.fill(channel, filled, length, 0f);
            }
            return filled;
        }

        private AudioBlock rest(int frames) {
            return new AudioBlock(source.format().channels(), frames);
        }
    }
}
