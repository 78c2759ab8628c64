// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

import org.lacquer.analysis.FeatureSet;
import org.lacquer.audio.FailureException;
import org.lacquer.inference.model.Prediction;
import org.lacquer.inference.model.Question;
import org.lacquer.inference.model.SettingsModel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One answer of the shipped model, warm. */
@State(Scope.Benchmark)
public class ModelBenchmark {
    private final SettingsModel model;
    private final Question question;

    public ModelBenchmark() {
        try {
            model = SettingsModel.shipped(String.valueOf(FeatureSet.VERSION));
        } catch (FailureException e) {
            throw new IllegalStateException(e);
        }
        question = Question.withoutTarget(new double[FeatureSet.SIZE], model.manifest());
    }

    @Benchmark
    public Prediction answer() throws FailureException {
        return model.predict(question);
    }
}
