// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

/**
 * Where a plan comes from. Empty strings where nothing is known. Has no influence on the sound.
 *
 * @param origin for instance {@code inferred} or {@code hand-written}
 * @param inputSha256 hash of the decoded samples of the mix
 * @param model name and hash of the model
 * @param target the genre or references that it was made for
 * @param engineVersion version of Lacquer
 */
public record Provenance(
        String origin, String inputSha256, String model, String target, String engineVersion) {
    public static final Provenance DEFAULT = new Provenance("hand-written", "", "", "", "");
}
