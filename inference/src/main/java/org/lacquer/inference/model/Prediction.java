// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference.model;

import java.util.List;
import java.util.Map;

/**
 * What the model answers to one question.
 *
 * @param settings names of the settings, with their unit at the end
 * @param mean best guess, in the setting's unit
 * @param sigma standard deviation, calibrated so that mean ± 1.645 sigma holds nine of ten
 * @param content whitened content scores, zero for average music
 * @param mastered what the master's target features would be
 * @param masteredSigma their standard deviations
 * @param flags probability of each of the manifest's flags
 */
public record Prediction(
        List<String> settings,
        double[] mean,
        double[] sigma,
        double[] content,
        double[] mastered,
        double[] masteredSigma,
        Map<String, Double> flags) {
    public Prediction {
        settings = List.copyOf(settings);
        mean = mean.clone();
        sigma = sigma.clone();
        content = content.clone();
        mastered = mastered.clone();
        masteredSigma = masteredSigma.clone();
        flags = Map.copyOf(flags);
    }

    @Override
    public double[] mastered() {
        return mastered.clone();
    }

    @Override
    public double[] masteredSigma() {
        return masteredSigma.clone();
    }

    /** Probability of a flag: {@code finished}, {@code lively}, {@code overCompressed}. */
    public double probability(String flag) {
        Double probability = flags.get(flag);
        if (probability == null) {
            throw new IllegalArgumentException("the model has no flag " + flag);
        }
        return probability;
    }

    /** Of a model that tells settings alone. */
    public Prediction(List<String> settings, double[] mean, double[] sigma, double[] content) {
        this(settings, mean, sigma, content, new double[0], new double[0], Map.of());
    }

    @Override
    public double[] mean() {
        return mean.clone();
    }

    @Override
    public double[] sigma() {
        return sigma.clone();
    }

    @Override
    public double[] content() {
        return content.clone();
    }

    /** Best guess of one setting. */
    public double mean(String setting) {
        return mean[index(setting)];
    }

    /** How far the music is from what the model has heard; about √32 for ordinary music. */
    public double contentDistance() {
        double sum = 0.0;
        for (double score : content) {
            sum += score * score;
        }
        return StrictMath.sqrt(sum);
    }

    private int index(String setting) {
        int index = settings.indexOf(setting);
        if (index < 0) {
            throw new IllegalArgumentException("the model predicts no " + setting);
        }
        return index;
    }
}
