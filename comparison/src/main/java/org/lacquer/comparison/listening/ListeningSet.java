// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.listening;

import org.lacquer.analysis.LoudnessMeter;
import org.lacquer.analysis.TruePeakMeter;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.Decibels;
import org.lacquer.audio.Resampler;
import org.lacquer.comparison.Candidate;
import org.lacquer.comparison.CandidateKind;
import org.lacquer.comparison.Comparison;
import org.lacquer.comparison.ListeningExcerpt;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a blind test plays: the same parts of the song by every candidate, by the mix as reference,
 * and by its two anchors.
 *
 * <p>All clips of a part have the same length, lie in step to the sample, and are turned down to
 * the integrated loudness (ITU-R BS.1770-5) of the quietest of them, measured on the part itself;
 * further where a true peak would come too near to full scale. Anchors are what the filter leaves
 * of the turned-down reference, so they are a little quieter, as ITU-R BS.1534-3 has it. Both ends
 * fade over 10 ms.
 *
 * @param title of the song
 * @param sampleRateHz of all clips: the mix's, but at most {@value #HIGHEST_RATE_HZ} Hz
 * @param stimuli the reference first, then the candidates, then the anchors
 * @param parts one or two
 */
public record ListeningSet(
        String title, int sampleRateHz, List<Stimulus> stimuli, List<Part> parts) {
    private static final double PART_SECONDS = 10.0;
    private static final int HIGHEST_RATE_HZ = 48_000;
    private static final double CEILING_DBTP = -0.5;
    private static final double FADE_SECONDS = 0.01;

    public ListeningSet {
        stimuli = List.copyOf(stimuli);
        parts = List.copyOf(parts);
    }

    /**
     * A part of the song.
     *
     * @param label what part it is
     * @param loudnessLufs of the reference and of every candidate
     * @param clips one a stimulus, in their order
     */
    public record Part(
            String label,
            double startSeconds,
            double endSeconds,
            double loudnessLufs,
            List<AudioClip> clips) {
        public Part {
            clips = List.copyOf(clips);
        }
    }

    /** The loudest ten seconds and, where they differ enough to exist, the softest. */
    public static ListeningSet of(Comparison comparison, String title) throws IOException {
        List<ListeningExcerpt> excerpts = excerpts(comparison.reference());
        List<Candidate> heard = new ArrayList<>();
        heard.add(comparison.reference());
        comparison.candidates().stream()
                .filter(candidate -> candidate.kind() != CandidateKind.MIX)
                .forEach(heard::add);
        List<List<AudioClip>> clips = new ArrayList<>();
        for (Candidate candidate : heard) {
            clips.add(ListeningExcerpt.clips(candidate, excerpts));
        }
        List<Part> parts = new ArrayList<>();
        for (int p = 0; p < excerpts.size(); p++) {
            List<AudioClip> raw = new ArrayList<>();
            for (List<AudioClip> ofOne : clips) {
                raw.add(atPlayableRate(ofOne.get(p)));
            }
            parts.add(part(p == 0 ? "loudest part" : "softest part", excerpts.get(p), raw));
        }
        int rate = parts.getFirst().clips().getFirst().format().sampleRateHz();
        return new ListeningSet(title, rate, stimuli(heard), parts);
    }

    private static List<ListeningExcerpt> excerpts(Candidate reference) {
        ListeningExcerpt loudest = ListeningExcerpt.loudest(reference, PART_SECONDS);
        List<ListeningExcerpt> excerpts = new ArrayList<>(List.of(loudest));
        ListeningExcerpt.softest(reference, PART_SECONDS, loudest).ifPresent(excerpts::add);
        return excerpts;
    }

    private static List<Stimulus> stimuli(List<Candidate> heard) {
        Set<String> taken = new HashSet<>();
        heard.stream().skip(1).forEach(candidate -> taken.add(candidate.name()));
        List<Stimulus> stimuli = new ArrayList<>();
        stimuli.add(new Stimulus(free("mix", taken), Stimulus.Kind.REFERENCE));
        for (Candidate candidate : heard.subList(1, heard.size())) {
            stimuli.add(new Stimulus(candidate.name(), Stimulus.Kind.CANDIDATE));
        }
        stimuli.add(new Stimulus(free("anchor 3.5 kHz", taken), Stimulus.Kind.LOW_ANCHOR));
        stimuli.add(new Stimulus(free("anchor 7 kHz", taken), Stimulus.Kind.MID_ANCHOR));
        return stimuli;
    }

    private static String free(String name, Set<String> taken) {
        String free = name;
        while (!taken.add(free)) {
            free += " (reference)";
        }
        return free;
    }

    private static AudioClip atPlayableRate(AudioClip clip) throws IOException {
        int rate = clip.format().sampleRateHz();
        if (rate <= HIGHEST_RATE_HZ) {
            return clip;
        }
        int lower = rate % 44_100 == 0 ? 44_100 : HIGHEST_RATE_HZ;
        try (var source = Resampler.resample(clip.source(), lower)) {
            int room = (int) (((long) clip.frames() * lower + rate - 1) / rate) + 1;
            float[][] samples = new float[clip.format().channels()][room];
            AudioBlock block = new AudioBlock(samples.length, 8_192);
            int done = 0;
            while (source.read(block) > 0) {
                for (int c = 0; c < samples.length; c++) {
                    System.arraycopy(block.channel(c), 0, samples[c], done, block.frames());
                }
                done += block.frames();
            }
            for (int c = 0; c < samples.length; c++) {
                samples[c] = Arrays.copyOf(samples[c], done);
            }
            return new AudioClip(lower, samples);
        }
    }

    private static Part part(String label, ListeningExcerpt excerpt, List<AudioClip> raw) {
        double common = Double.POSITIVE_INFINITY;
        for (AudioClip clip : raw) {
            double lufs = loudnessLufs(clip);
            if (Double.isFinite(lufs)) {
                common = Math.min(common, lufs + Math.min(0.0, CEILING_DBTP - truePeakDbtp(clip)));
            }
        }
        List<AudioClip> clips = new ArrayList<>();
        for (AudioClip clip : raw) {
            double lufs = loudnessLufs(clip);
            clips.add(faded(clip, Double.isFinite(lufs) ? Decibels.toGain(common - lufs) : 1.0));
        }
        AudioClip reference = clips.getFirst();
        clips.add(AnchorFilter.apply(reference, AnchorFilter.LOW_HZ));
        clips.add(AnchorFilter.apply(reference, AnchorFilter.MID_HZ));
        return new Part(label, excerpt.startSeconds(), excerpt.endSeconds(), common, clips);
    }

    private static double loudnessLufs(AudioClip clip) {
        LoudnessMeter meter = new LoudnessMeter(clip.format());
        meter.write(AudioBlock.wrap(clip.channel(0), clip.channel(1)));
        return meter.loudness().integratedLufs();
    }

    private static double truePeakDbtp(AudioClip clip) {
        TruePeakMeter meter = new TruePeakMeter(clip.format());
        meter.write(AudioBlock.wrap(clip.channel(0), clip.channel(1)));
        meter.finish();
        return meter.truePeakDbtp();
    }

    private static AudioClip faded(AudioClip clip, double gain) {
        int rate = clip.format().sampleRateHz();
        int frames = clip.frames();
        int fade = Math.min(frames / 2, (int) Math.round(FADE_SECONDS * rate));
        float[][] samples = new float[2][frames];
        for (int c = 0; c < 2; c++) {
            for (int i = 0; i < frames; i++) {
                double edge = Math.min(1.0, Math.min(i, frames - 1 - i) / (double) fade);
                samples[c][i] = (float) (gain * edge * clip.channel(c)[i]);
            }
        }
        return new AudioClip(rate, samples);
    }

    /** The clip as a FLAC file of 16 bits with triangular dither; the same seed for all. */
    public static byte[] flac(AudioClip clip) throws IOException {
        return FlacFile.bytes(clip);
    }
}
