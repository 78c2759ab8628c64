// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.Require;

import java.util.Arrays;

/**
 * The features of one stream, in the order of {@link FeatureSet}.
 *
 * @param version {@link FeatureSet#VERSION} that they were made with
 * @param values copied in and out; NaN when the stream is silent or shorter than 3 s
 */
public record FeatureVector(int version, double[] values) {
    public FeatureVector {
        Require.that(
                values.length == FeatureSet.SIZE,
                "values must have " + FeatureSet.SIZE + " features, got " + values.length);
        values = values.clone();
    }

    @Override
    public double[] values() {
        return values.clone();
    }

    public double at(int index) {
        return values[index];
    }

    public double at(String name) {
        return values[FeatureSet.indexOf(name)];
    }

    /** Whether every feature is a finite number. */
    public boolean defined() {
        return Arrays.stream(values).allMatch(Double::isFinite);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FeatureVector that
                && version == that.version
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * version + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "FeatureVector[version " + version + ", " + values.length + " values]";
    }
}
