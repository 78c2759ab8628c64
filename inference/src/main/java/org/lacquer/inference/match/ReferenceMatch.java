// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference.match;

import org.lacquer.analysis.FeatureExtractor;
import org.lacquer.analysis.FeatureSet;
import org.lacquer.analysis.Features;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioSource;
import org.lacquer.audio.AudioSpool;
import org.lacquer.audio.Decibels;
import org.lacquer.audio.Processor;
import org.lacquer.engine.MatchingEqSettings;
import org.lacquer.engine.MultibandCompressorSettings;
import org.lacquer.engine.ProcessedSource;
import org.lacquer.engine.StageSettings;
import org.lacquer.inference.tone.EqSolver;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives a mix the tone, width and dynamics of its references: first in closed form from the figures
 * of both, then twice by rendering in front of the limiter, measuring and correcting. The whole mix
 * is rendered, so one pass costs about as much as rendering and measuring the song once.
 *
 * <p>Right for another version of the same song. Of another song it copies what belongs to its
 * instruments, which the natural spread between tracks of one album makes larger than the usual
 * faults of a mix.
 */
public final class ReferenceMatch {
    /** Renderings after the closed form. */
    public static final int PASSES = 2;

    private static final int BLOCK_FRAMES = 8_192;

    /** First third octave above each crossover (200 Hz and 4 kHz), and the end. */
    private static final int[] BAND_STARTS = {0, 9, 22, FeatureSet.BANDS};

    private final Sound mix;
    private final Sound wanted;
    private final List<StageSettings> front;
    private final double tone;
    private final double width;
    private final double dynamics;
    private final ToneMatch curve;
    private final DynamicsMatch levels;

    /**
     * @param front stages in front of the matching ones, in order
     * @param tone 0 to 1, share of the tone that is followed
     * @param width the same for width
     * @param dynamics the same for dynamics
     */
    public ReferenceMatch(
            Features mix,
            Sound wanted,
            boolean stereo,
            List<StageSettings> front,
            double tone,
            double width,
            double dynamics) {
        this.mix = new Sound(List.of(mix));
        this.wanted = wanted;
        this.front = List.copyOf(front);
        this.tone = tone;
        this.width = width;
        this.dynamics = dynamics;
        this.curve = new ToneMatch(this.mix, stereo);
        this.levels = new DynamicsMatch(this.mix, wanted);
        curve.correct(this.mix, wanted);
    }

    /**
     * What came of it.
     *
     * @param distancesDb third-octave difference to the references, weighted by audibility: of the
     *     mix, then as heard after each rendering; the last correction is not heard any more
     */
    public record Result(
            MatchingEqSettings tone,
            MultibandCompressorSettings dynamics,
            List<Double> distancesDb) {
        public Result {
            distancesDb = List.copyOf(distancesDb);
        }
    }

    /** Renders, measures and corrects {@link #PASSES} times. */
    public Result solve(AudioSpool audio) throws IOException {
        List<Double> distances = new ArrayList<>(List.of(distanceDb(mix)));
        for (int pass = 0; pass < PASSES; pass++) {
            List<StageSettings> stages = new ArrayList<>(front);
            stages.add(curve.settings(1.0, 1.0));
            stages.add(levels.settings(powersDb(), dynamics));
            Sound heard = new Sound(List.of(heard(audio, stages)));
            distances.add(distanceDb(heard));
            curve.correct(heard, wanted);
            levels.correct(heard, wanted);
        }
        return new Result(
                curve.settings(tone, width), levels.settings(powersDb(), dynamics), distances);
    }

    private static Features heard(AudioSpool audio, List<StageSettings> stages) throws IOException {
        List<Processor> processors = new ArrayList<>();
        for (StageSettings stage : stages) {
            if (!stage.neutral()) {
                processors.add(stage.prepare(audio.format()));
            }
        }
        FeatureExtractor extractor = new FeatureExtractor(audio.format());
        AudioBlock block = new AudioBlock(audio.format().channels(), BLOCK_FRAMES);
        try (AudioSource source = new ProcessedSource(audio.source(), processors)) {
            while (source.read(block) > 0) {
                extractor.write(block);
            }
        }
        return extractor.finish();
    }

    /** Mean power of each compressor band behind the equaliser, which has the wanted spectrum. */
    private double[] powersDb() {
        double[] out = new double[DynamicsMatch.BANDS];
        for (int k = 0; k < out.length; k++) {
            double power = 0.0;
            for (int b = BAND_STARTS[k]; b < BAND_STARTS[k + 1]; b++) {
                power += Decibels.toPower(wanted.bothDb[b]);
            }
            out[k] = Decibels.fromPower(power);
        }
        return out;
    }

    private double distanceDb(Sound heard) {
        double[] weights = EqSolver.audibility(wanted.bothDb);
        double sum = 0.0;
        double total = 0.0;
        for (int b = 0; b < FeatureSet.BANDS; b++) {
            double difference = heard.bothDb[b] - wanted.bothDb[b];
            sum += weights[b] * difference * difference;
            total += weights[b];
        }
        return Math.sqrt(sum / total);
    }
}
