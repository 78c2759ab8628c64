// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference.model;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslateException;
import ai.djl.translate.TranslatorContext;

import org.jspecify.annotations.Nullable;
import org.lacquer.audio.Failure;
import org.lacquer.audio.FailureException;
import org.lacquer.audio.Require;
import org.lacquer.models.ModelManifest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The shipped ONNX model, run by DJL on ONNX Runtime. Loading costs a few tenths of a second, a
 * warm question well under a millisecond, a batch of 256 a few. Not thread-safe.
 *
 * <p>Nothing is downloaded and nothing is reported: DJL is put offline before any of its classes
 * wakes up.
 */
public final class SettingsModel implements AutoCloseable {
    static {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
    }

    private static final long START_STACK_BYTES = 64L << 20;

    private final ModelManifest manifest;
    private final Model model;
    private final Predictor<List<Question>, List<Prediction>> predictor;

    private SettingsModel(ModelManifest manifest, Model model) {
        this.manifest = manifest;
        this.model = model;
        this.predictor = model.newPredictor(new Rows(manifest));
    }

    /**
     * The model in the jar.
     *
     * @param featureSetVersion of the features that will be asked about
     * @throws FailureException with {@link Failure.UnusableModel} when it was trained on another
     *     feature set, is damaged, or the runtime does not start
     */
    public static SettingsModel shipped(String featureSetVersion) throws FailureException {
        return load(ModelManifest.shipped(), ModelManifest.shippedModel(), featureSetVersion);
    }

    /** A model and its manifest from elsewhere, under the same conditions. */
    public static SettingsModel load(ModelManifest manifest, byte[] onnx, String featureSetVersion)
            throws FailureException {
        if (!manifest.featureSetVersion().equals(featureSetVersion)) {
            throw unusable(
                    "the model was trained on feature set "
                            + manifest.featureSetVersion()
                            + ", this version measures "
                            + featureSetVersion,
                    null);
        }
        if (!manifest.matches(onnx)) {
            throw unusable("the model's bytes do not match its manifest", null);
        }
        return onLargeStack(() -> start(manifest, onnx));
    }

    private static SettingsModel start(ModelManifest manifest, byte[] onnx)
            throws FailureException {
        Model model = Model.newInstance(manifest.name(), Device.cpu(), "OnnxRuntime");
        try {
            model.load(new ByteArrayInputStream(onnx));
            return new SettingsModel(manifest, model);
        } catch (IOException | MalformedModelException problem) {
            model.close();
            throw unusable("ONNX Runtime cannot load the model: " + problem.getMessage(), problem);
        }
    }

    /** Starts a model. */
    private interface Start {
        SettingsModel get() throws FailureException;
    }

    /**
     * ONNX Runtime 1.29 matches the process's command line with a recursive expression when it
     * starts: a long class path overflows an ordinary thread's stack and takes the process down.
     */
    private static SettingsModel onLargeStack(Start start) throws FailureException {
        AtomicReference<@Nullable SettingsModel> started = new AtomicReference<>();
        AtomicReference<@Nullable FailureException> failed = new AtomicReference<>();
        AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();
        Thread thread =
                new Thread(
                        null,
                        () -> {
                            try {
                                started.set(start.get());
                            } catch (FailureException e) {
                                failed.set(e);
                            }
                        },
                        "lacquer-model",
                        START_STACK_BYTES);
        thread.setUncaughtExceptionHandler((on, problem) -> broken.set(problem));
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unusable("interrupted while the model was loading", e);
        }
        FailureException failure = failed.get();
        if (failure != null) {
            throw failure;
        }
        SettingsModel model = started.get();
        if (model == null) {
            throw unusable("ONNX Runtime does not start: " + broken.get(), broken.get());
        }
        return model;
    }

    public ModelManifest manifest() {
        return manifest;
    }

    /** Answers one question. */
    public Prediction predict(Question question) throws FailureException {
        return predict(List.of(question)).getFirst();
    }

    /** Answers several questions in one run. */
    public List<Prediction> predict(List<Question> questions) throws FailureException {
        for (Question question : questions) {
            Require.that(
                    question.features().length == manifest.featureWidth()
                            && question.targetMean().length == manifest.targetWidth()
                            && question.code().length == manifest.codeWidth()
                            && question.styleDb().length == manifest.styleWidth(),
                    "a question must have "
                            + manifest.featureWidth()
                            + " features, "
                            + manifest.targetWidth()
                            + " target means, "
                            + manifest.codeWidth()
                            + " code values and "
                            + manifest.styleWidth()
                            + " bands of style");
        }
        try {
            return questions.isEmpty() ? List.of() : predictor.predict(questions);
        } catch (TranslateException problem) {
            throw unusable("the model failed: " + problem.getMessage(), problem);
        }
    }

    @Override
    public void close() {
        predictor.close();
        model.close();
    }

    private static FailureException unusable(String reason, @Nullable Throwable cause) {
        Failure failure = new Failure.UnusableModel(reason);
        return cause == null ? new FailureException(failure) : new FailureException(failure, cause);
    }

    /** Questions to four matrices, six matrices to predictions. */
    private static final class Rows
            implements NoBatchifyTranslator<List<Question>, List<Prediction>> {
        private final ModelManifest manifest;

        Rows(ModelManifest manifest) {
            this.manifest = manifest;
        }

        @Override
        public NDList processInput(TranslatorContext context, List<Question> questions) {
            NDManager manager = context.getNDManager();
            return new NDList(
                    matrix(manager, questions.stream().map(Question::features).toList()),
                    matrix(manager, questions.stream().map(Question::targetMean).toList()),
                    matrix(manager, questions.stream().map(Question::code).toList()),
                    matrix(manager, questions.stream().map(Question::styleDb).toList()));
        }

        @Override
        public List<Prediction> processOutput(TranslatorContext context, NDList outputs) {
            float[] mean = outputs.get(0).toFloatArray();
            float[] logSigma = outputs.get(1).toFloatArray();
            float[] content = outputs.get(2).toFloatArray();
            float[] mastered = outputs.get(3).toFloatArray();
            float[] masteredLogSigma = outputs.get(4).toFloatArray();
            float[] flags = outputs.get(5).toFloatArray();
            int target = manifest.targetWidth();
            int settings = manifest.settings().size();
            int scores = manifest.contentWidth();
            List<Prediction> predictions = new ArrayList<>();
            for (int row = 0; row < mean.length / settings; row++) {
                double[] sigma = slice(logSigma, row, settings);
                for (int i = 0; i < settings; i++) {
                    sigma[i] = StrictMath.exp(sigma[i]);
                }
                predictions.add(
                        new Prediction(
                                manifest.settings(),
                                slice(mean, row, settings),
                                sigma,
                                slice(content, row, scores),
                                slice(mastered, row, target),
                                exponentials(slice(masteredLogSigma, row, target)),
                                named(
                                        manifest.flags(),
                                        slice(flags, row, manifest.flags().size()))));
            }
            return predictions;
        }

        private static double[] exponentials(double[] logarithms) {
            return Arrays.stream(logarithms).map(StrictMath::exp).toArray();
        }

        private static Map<String, Double> named(List<String> names, double[] values) {
            Map<String, Double> out = new LinkedHashMap<>();
            for (int i = 0; i < names.size(); i++) {
                out.put(names.get(i), values[i]);
            }
            return out;
        }

        private static NDArray matrix(NDManager manager, List<double[]> rows) {
            int width = rows.getFirst().length;
            float[] flat = new float[rows.size() * width];
            for (int row = 0; row < rows.size(); row++) {
                for (int i = 0; i < width; i++) {
                    flat[row * width + i] = (float) rows.get(row)[i];
                }
            }
            return manager.create(flat, new Shape(rows.size(), width));
        }

        private static double[] slice(float[] values, int row, int width) {
            double[] out = new double[width];
            for (int i = 0; i < width; i++) {
                out[i] = values[row * width + i];
            }
            return out;
        }
    }
}
