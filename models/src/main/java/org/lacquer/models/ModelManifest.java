// SPDX-License-Identifier: Apache-2.0
package org.lacquer.models;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What the shipped model is and how to feed it. Written by the trainer, beside the ONNX file.
 *
 * <p>Inputs are float matrices with one row per question: {@code features}, {@code target} (the
 * target means of the first {@code targetWidth} features), {@code code} (target uncertainty) and
 * {@code style} (see {@link SpectrumPrior}). Outputs are {@code mean} and {@code log_sigma}, one
 * column per setting, in the setting's unit.
 *
 * @param name of the model
 * @param sha256 of the ONNX file
 * @param opset ONNX operator set
 * @param featureSetVersion the feature set it was trained on; any other is refused
 * @param featureWidth columns of {@code features}
 * @param targetWidth columns of {@code target}
 * @param codeWidth columns of {@code code}
 * @param styleWidth columns of {@code style}
 * @param contentWidth columns of the {@code content} output, whitened content scores
 * @param settings names of the outputs, in order, with their unit as the last word of the name
 * @param sigmaFloors smallest believable sigma of each setting
 * @param neutralTarget target means that stand for "no target"
 * @param targetKappa how many tracks the mean of all music is worth against a target's own, for
 *     each target feature: shrunk = (n·own + κ·neutral) / (n + κ)
 * @param contentDistance95 content distance that 95 % of unseen music stays below
 * @param contentDistance995 content distance that 99.5 % of unseen music stays below
 * @param flags names of the columns of the {@code flags} output, probabilities
 * @param toneModes orthonormal EQ shapes over the EQ settings, strongest first
 * @param toneModeFactors variance of each mode's error over what the sigmas say if independent
 * @param gateTau how strongly doubtful moves are held back by default
 * @param trainingDataSha256 of the feature cache it was trained from
 * @param metrics figures of the evaluation, by name
 */
public record ModelManifest(
        String name,
        String sha256,
        int opset,
        String featureSetVersion,
        int featureWidth,
        int targetWidth,
        int codeWidth,
        int styleWidth,
        int contentWidth,
        List<String> settings,
        List<String> flags,
        List<Double> sigmaFloors,
        List<Double> neutralTarget,
        List<Double> targetKappa,
        double contentDistance95,
        double contentDistance995,
        List<List<Double>> toneModes,
        List<Double> toneModeFactors,
        double gateTau,
        String trainingDataSha256,
        Map<String, Double> metrics) {

    private static final String MODEL = "mastering-v1.onnx";
    private static final String MANIFEST = "mastering-v1.manifest.properties";

    /** The manifest in the jar. */
    public static ModelManifest shipped() {
        return parse(new String(Resources.bytes(MANIFEST), StandardCharsets.UTF_8));
    }

    /** The bytes of the model in the jar, as they are; see {@link #matches}. */
    public static byte[] shippedModel() {
        return Resources.bytes(MODEL);
    }

    /** Whether these bytes are the model that this manifest describes. */
    public boolean matches(byte[] model) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(model);
            return HexFormat.of().formatHex(digest).equals(sha256);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /** Reads a manifest from the text of a properties file. */
    public static ModelManifest parse(String text) {
        Properties properties = new Properties();
        try (Reader reader = new StringReader(text)) {
            properties.load(reader);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        var metrics = new TreeMap<String, Double>();
        for (String key : properties.stringPropertyNames()) {
            if (key.startsWith("metric.")) {
                metrics.put(key.substring(7), Double.valueOf(value(properties, key)));
            }
        }
        return new ModelManifest(
                value(properties, "name"),
                value(properties, "sha256"),
                integer(properties, "opset"),
                value(properties, "featureSetVersion"),
                integer(properties, "featureWidth"),
                integer(properties, "targetWidth"),
                integer(properties, "codeWidth"),
                integer(properties, "styleWidth"),
                integer(properties, "contentWidth"),
                List.of(value(properties, "settings").split(" ")),
                List.of(value(properties, "flags").split(" ")),
                numbers(value(properties, "sigmaFloors")),
                numbers(value(properties, "neutralTarget")),
                numbers(value(properties, "targetKappa")),
                Double.parseDouble(value(properties, "contentDistance95")),
                Double.parseDouble(value(properties, "contentDistance995")),
                Arrays.stream(value(properties, "toneModes").split(";"))
                        .map(ModelManifest::numbers)
                        .toList(),
                numbers(value(properties, "toneModeFactors")),
                Double.parseDouble(value(properties, "gateTau")),
                value(properties, "trainingDataSha256"),
                Map.copyOf(metrics));
    }

    private static List<Double> numbers(String text) {
        return Arrays.stream(text.strip().split(" +")).map(Double::valueOf).toList();
    }

    private static int integer(Properties properties, String key) {
        return Integer.parseInt(value(properties, key));
    }

    private static String value(Properties properties, String key) {
        String value = properties.getProperty(key);
        if (value == null) {
            throw new IllegalArgumentException("the model manifest has no " + key);
        }
        return value.strip();
    }
}
