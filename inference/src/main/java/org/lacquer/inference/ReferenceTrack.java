// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference;

import org.lacquer.analysis.Analysis;
import org.lacquer.analysis.Analyzer;
import org.lacquer.analysis.FeatureExtractor;
import org.lacquer.analysis.FeatureVector;
import org.lacquer.analysis.Features;
import org.lacquer.analysis.Figures;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioReader;
import org.lacquer.audio.AudioSource;
import org.lacquer.audio.AudioSpool;
import org.lacquer.audio.Failure;
import org.lacquer.audio.FailureException;
import org.lacquer.audio.Progress;
import org.lacquer.audio.SourceInfo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A finished record that others are to sound like.
 *
 * @param whole everything measured on the file
 * @param features of the file as a whole, then of each of its {@link Stretches} that sounds; a
 *     model's target is their mean
 */
public record ReferenceTrack(SourceInfo info, Analysis whole, List<Features> features) {
    public ReferenceTrack {
        features = List.copyOf(features);
    }

    /**
     * @throws FailureException for a file that cannot be read, or has less than 3 s of sound or
     *     more than two channels
     */
    public static ReferenceTrack read(Path file) throws IOException {
        try (AudioReader reader = AudioReader.open(file);
                AudioSpool spool =
                        new AudioSpool(reader.format(), Runtime.getRuntime().maxMemory() / 8)) {
            Analysis whole = Analyzer.analyze(reader.heardBy(spool), Figures.ALL, Progress.NONE);
            spool.finish();
            Features features = whole.features();
            if (features == null || !features.vector().defined()) {
                throw new FailureException(
                        new Failure.UnsupportedInput(
                                file, "a reference needs 3 s of sound in mono or stereo"));
            }
            List<Features> heard = new ArrayList<>(List.of(features));
            heard.addAll(stretches(spool));
            return new ReferenceTrack(reader.info(), whole, heard);
        }
    }

    private static List<Features> stretches(AudioSpool audio) throws IOException {
        int rate = audio.format().sampleRateHz();
        long[] starts = Stretches.starts(audio.frames(), rate);
        List<Features> heard = new ArrayList<>();
        double[] powers = new double[starts.length];
        double loudest = 0.0;
        AudioBlock block = new AudioBlock(audio.format().channels(), 8_192);
        for (int k = 0; k < starts.length; k++) {
            FeatureExtractor extractor = new FeatureExtractor(audio.format());
            try (AudioSource source = audio.source(starts[k], starts[k] + Stretches.frames(rate))) {
                while (source.read(block) > 0) {
                    extractor.write(block);
                    powers[k] += power(block);
                }
            }
            heard.add(extractor.finish());
            loudest = Math.max(loudest, powers[k]);
        }
        List<Features> sounding = new ArrayList<>();
        for (int k = 0; k < starts.length; k++) {
            if (Stretches.sounds(powers[k], loudest) && heard.get(k).vector().defined()) {
                sounding.add(heard.get(k));
            }
        }
        return sounding;
    }

    private static double power(AudioBlock block) {
        double power = 0.0;
        for (int c = 0; c < block.channels(); c++) {
            float[] channel = block.channel(c);
            for (int i = 0; i < block.frames(); i++) {
                power += (double) channel[i] * channel[i];
            }
        }
        return power;
    }

    /** The feature vectors behind a target's mean and style. */
    public List<double[]> vectors() {
        return features.stream().map(Features::vector).map(FeatureVector::values).toList();
    }

    /** Their mean. */
    public double[] mean() {
        List<double[]> vectors = vectors();
        double[] mean = new double[vectors.getFirst().length];
        for (double[] one : vectors) {
            for (int j = 0; j < mean.length; j++) {
                mean[j] += one[j] / vectors.size();
            }
        }
        return mean;
    }
}
