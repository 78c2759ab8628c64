// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.AudioSink;

import java.math.BigInteger;
import java.util.Arrays;

/** Test signals and ways to play them. */
final class Signals {
    /** Rates at which every compliance case must pass. */
    static final int[] RATES_HZ = {44_100, 48_000, 88_200, 96_000, 192_000};

    private Signals() {}

    /** A stretch of a tone. {@code peakDbfs} negative infinity is silence. */
    record Part(double seconds, double peakDbfs) {}

    static Part silence(double seconds) {
        return new Part(seconds, Double.NEGATIVE_INFINITY);
    }

    static Part tone(double seconds, double peakDbfs) {
        return new Part(seconds, peakDbfs);
    }

    /** One oscillator that runs on across the parts, as EBU Tech 3341 has it. */
    static float[] tones(int sampleRateHz, double frequencyHz, Part... parts) {
        int frames = 0;
        for (Part part : parts) {
            frames += (int) Math.round(part.seconds() * sampleRateHz);
        }
        double[] cycle = cycle(sampleRateHz, frequencyHz, frames);
        float[] samples = new float[frames];
        int position = 0;
        for (Part part : parts) {
            double gain = Math.pow(10.0, part.peakDbfs() / 20.0);
            int count = (int) Math.round(part.seconds() * sampleRateHz);
            for (int i = 0; i < count; i++, position++) {
                samples[position] = (float) (gain * cycle[position % cycle.length]);
            }
        }
        return samples;
    }

    /** A sine until it repeats itself to the bit, or for {@code frames}. */
    private static double[] cycle(int sampleRateHz, double frequencyHz, int frames) {
        int length = frames;
        if (frequencyHz == Math.rint(frequencyHz)) {
            int common =
                    BigInteger.valueOf(sampleRateHz)
                            .gcd(BigInteger.valueOf((long) frequencyHz))
                            .intValue();
            length = Math.min(frames, sampleRateHz / common);
        }
        double[] cycle = new double[Math.max(length, 1)];
        for (int i = 0; i < length; i++) {
            double turns = frequencyHz * i / sampleRateHz;
            cycle[i] = Math.sin(2.0 * Math.PI * (turns % 1.0));
        }
        return cycle;
    }

    /** The same 1 kHz tone on both channels. */
    static AudioClip stereoTone(int sampleRateHz, Part... parts) {
        float[] samples = tones(sampleRateHz, 1000.0, parts);
        return new AudioClip(sampleRateHz, samples, samples);
    }

    static Part[] repeat(int times, Part... parts) {
        Part[] all = new Part[times * parts.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = parts[i % parts.length];
        }
        return all;
    }

    /** White noise from a fixed generator, uniform within ±amplitude. */
    static float[] noise(int frames, double amplitude, long seed) {
        var random = new java.util.SplittableRandom(seed);
        float[] samples = new float[frames];
        for (int i = 0; i < frames; i++) {
            samples[i] = (float) (amplitude * (2.0 * random.nextDouble() - 1.0));
        }
        return samples;
    }

    /** Something like music: decaying noise bursts and a few tones, different in both channels. */
    static AudioClip musicLike(int sampleRateHz, double seconds, long seed) {
        int frames = (int) (seconds * sampleRateHz);
        float[] left = noise(frames, 1.0, seed);
        float[] right = noise(frames, 1.0, seed + 1);
        double low = 0.0;
        double lowRight = 0.0;
        for (int i = 0; i < frames; i++) {
            double time = (double) i / sampleRateHz;
            double beat = Math.exp(-8.0 * (time % 0.5));
            double bass = 0.25 * Math.sin(2.0 * Math.PI * 55.0 * time) * (0.4 + beat);
            double chord =
                    0.08 * Math.sin(2.0 * Math.PI * 440.0 * time)
                            + 0.06 * Math.sin(2.0 * Math.PI * 1318.5 * time);
            double section = time % 4.0 < 2.0 ? 1.0 : 0.4;
            low += 0.15 * (left[i] - low);
            lowRight += 0.15 * (right[i] - lowRight);
            left[i] = (float) (section * (bass + chord + 0.3 * beat * low + 0.02 * left[i]));
            right[i] =
                    (float)
                            (section
                                    * (bass
                                            + 0.7 * chord
                                            + 0.2 * beat * low
                                            + 0.15 * beat * lowRight
                                            + 0.02 * right[i]));
        }
        return new AudioClip(sampleRateHz, left, right);
    }

    static AudioClip scaled(AudioClip clip, double gain) {
        float[][] samples = new float[clip.format().channels()][];
        for (int c = 0; c < samples.length; c++) {
            samples[c] = clip.channel(c).clone();
            for (int i = 0; i < samples[c].length; i++) {
                samples[c][i] = (float) (gain * samples[c][i]);
            }
        }
        return new AudioClip(clip.format().sampleRateHz(), samples);
    }

    static AudioClip swapped(AudioClip clip) {
        return new AudioClip(clip.format().sampleRateHz(), clip.channel(1), clip.channel(0));
    }

    /** Writes a clip in blocks of changing lengths, of at most {@code longest} frames. */
    static void play(AudioClip clip, AudioSink sink, int longest) throws java.io.IOException {
        int position = 0;
        int length = longest;
        while (position < clip.frames()) {
            int count = Math.min(length, clip.frames() - position);
            float[][] part = new float[clip.format().channels()][];
            for (int c = 0; c < part.length; c++) {
                part[c] = Arrays.copyOfRange(clip.channel(c), position, position + count);
            }
            sink.write(AudioBlock.wrap(part));
            position += count;
            length = longest < 100 ? longest : 1 + (length * 7 + 13) % longest;
        }
    }

    static void play(AudioClip clip, AudioSink sink) throws java.io.IOException {
        play(clip, sink, 4096);
    }

    static Loudness loudness(AudioClip clip) throws java.io.IOException {
        var meter = new LoudnessMeter(clip.format());
        play(clip, meter);
        return meter.loudness();
    }

    static TruePeakMeter truePeak(AudioClip clip) throws java.io.IOException {
        var meter = new TruePeakMeter(clip.format());
        play(clip, meter);
        meter.finish();
        return meter;
    }
}
