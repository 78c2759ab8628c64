// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison;

import org.lacquer.analysis.Series;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.AudioReader;
import org.lacquer.audio.AudioSource;
import org.lacquer.audio.AudioSpool;
import org.lacquer.audio.AudioWriter;
import org.lacquer.audio.BitDepth;
import org.lacquer.audio.Decibels;
import org.lacquer.audio.FileFormat;
import org.lacquer.audio.OutputSpec;
import org.lacquer.audio.Resampler;
import org.lacquer.audio.Tags;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The part of a song that is listened to in a comparison: the loudest stretch of the mix, the same
 * for all candidates, aligned and at equal loudness, encoded as AAC so that a page can hold it.
 *
 * @param startSeconds in the mix
 * @param endSeconds in the mix
 */
public record ListeningExcerpt(double startSeconds, double endSeconds) {
    private static final int BLOCK = 8_192;

    /** The relative gate of ITU-R BS.1770-5: what lies below it does not count as music. */
    private static final double SOFTEST_LU = 10.0;

    /** The loudest stretch of a length, or the whole song when it is shorter. */
    public static ListeningExcerpt loudest(Candidate mix, double seconds) {
        double duration = mix.aligned().durationSeconds();
        if (duration <= seconds) {
            return new ListeningExcerpt(0.0, duration);
        }
        Series series = mix.aligned().loudness().momentaryLufs();
        int steps = (int) Math.round(seconds / series.stepSeconds());
        double sum = 0.0;
        double best = -1.0;
        int place = 0;
        for (int i = 0; i < series.size(); i++) {
            sum += power(series, i);
            if (i >= steps) {
                sum -= power(series, i - steps);
            }
            if (i >= steps - 1 && sum > best * (1.0 + 1e-9)) {
                best = sum;
                place = i - steps + 1;
            }
        }
        double start = Math.min(place * series.stepSeconds(), duration - seconds);
        return new ListeningExcerpt(start, start + seconds);
    }

    /**
     * The softest stretch of a length that does not touch another one and is part of the music: its
     * power lies within {@value #SOFTEST_LU} LU of the song's loudness. Empty where there is none.
     */
    public static Optional<ListeningExcerpt> softest(
            Candidate mix, double seconds, ListeningExcerpt other) {
        Series series = mix.aligned().loudness().momentaryLufs();
        int steps = (int) Math.round(seconds / series.stepSeconds());
        double floor = mix.aligned().loudness().integratedLufs() - SOFTEST_LU;
        double least = steps * StrictMath.pow(10.0, floor / 10.0);
        double sum = 0.0;
        double best = Double.POSITIVE_INFINITY;
        double place = Double.NaN;
        for (int i = 0; i < series.size(); i++) {
            sum += power(series, i);
            if (i >= steps) {
                sum -= power(series, i - steps);
            }
            double start = (i - steps + 1) * series.stepSeconds();
            boolean apart = start + seconds <= other.startSeconds() || start >= other.endSeconds();
            if (i >= steps - 1 && apart && sum >= least && sum < best * (1.0 - 1e-9)) {
                best = sum;
                place = start;
            }
        }
        double end = place + seconds;
        return end <= mix.aligned().durationSeconds()
                ? Optional.of(new ListeningExcerpt(place, end))
                : Optional.empty();
    }

    private static double power(Series series, int index) {
        double value = series.at(index);
        return Double.isFinite(value) ? StrictMath.pow(10.0, value / 10.0) : 0.0;
    }

    /** The candidate's excerpt as an M4A file's bytes. */
    public byte[] encode(Candidate candidate) throws IOException {
        Path folder = Files.createTempDirectory("lacquer-player-");
        Path file = folder.resolve("player.m4a");
        try {
            write(candidate, file);
            return Files.readAllBytes(file);
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        }
    }

    private void write(Candidate candidate, Path file) throws IOException {
        int rate = candidate.aligned().sampleRateHz();
        long start = Math.round(startSeconds * rate);
        long end = Math.round(endSeconds * rate);
        float gain = (float) Decibels.toGain(candidate.matchGainDb());
        int playerRate = FileFormat.AAC.nearestRateHz(rate);
        try (AudioSpool audio = read(candidate.file(), rate);
                AudioSource part =
                        new AlignedSource(
                                audio,
                                candidate.alignment().orElse(Alignment.NONE).from(start),
                                end - start);
                AudioSource played =
                        playerRate == rate ? part : Resampler.resample(part, playerRate);
                AudioWriter writer =
                        AudioWriter.create(
                                file,
                                new OutputSpec(
                                        FileFormat.AAC,
                                        BitDepth.FLOAT32,
                                        played.format(),
                                        Tags.NONE),
                                true)) {
            AudioBlock block = new AudioBlock(2, BLOCK);
            while (played.read(block) > 0) {
                for (int c = 0; c < 2; c++) {
                    float[] samples = block.channel(c);
                    for (int i = 0; i < block.frames(); i++) {
                        samples[i] *= gain;
                    }
                }
                writer.write(block);
            }
            writer.commit();
        }
    }

    /**
     * Several stretches of a candidate, on the mix's clock and at its rate, as they were delivered.
     */
    public static List<AudioClip> clips(Candidate candidate, List<ListeningExcerpt> excerpts)
            throws IOException {
        int rate = candidate.aligned().sampleRateHz();
        List<AudioClip> clips = new ArrayList<>();
        try (AudioSpool audio = read(candidate.file(), rate)) {
            for (ListeningExcerpt excerpt : excerpts) {
                long start = Math.round(excerpt.startSeconds * rate);
                int frames = (int) (Math.round(excerpt.endSeconds * rate) - start);
                try (AudioSource part =
                        new AlignedSource(
                                audio,
                                candidate.alignment().orElse(Alignment.NONE).from(start),
                                frames)) {
                    AudioBlock block = new AudioBlock(2, frames);
                    part.read(block);
                    clips.add(new AudioClip(rate, block.channel(0), block.channel(1)));
                }
            }
        }
        return clips;
    }

    private static AudioSpool read(Path file, int rateHz) throws IOException {
        long limit = Runtime.getRuntime().maxMemory() / 16;
        AudioSource stereo = new StereoSource(AudioReader.open(file));
        return Recording.keep(
                stereo.format().sampleRateHz() == rateHz
                        ? stereo
                        : Resampler.resample(stereo, rateHz),
                limit);
    }
}
