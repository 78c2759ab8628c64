// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference;

import org.lacquer.analysis.Analysis;
import org.lacquer.analysis.Features;
import org.lacquer.inference.match.Sound;
import org.lacquer.models.ModelManifest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a request aims at.
 *
 * @param followed what the references sound like, when they are to be followed fully
 * @param centred whether the references have no constant offset
 */
record Aim(Target target, Optional<Sound> followed, boolean centred) {
    private static final int FULLY = 100;

    /** The request's genre, or with {@code auto} what the mix most likely belongs to. */
    static Aim genre(Analysis mix, MasteringRequest request) throws IOException {
        return new Aim(target(mix, request), Optional.empty(), true);
    }

    private static Target target(Analysis mix, MasteringRequest request) throws IOException {
        if (!request.genre().equals(MasteringRequest.AUTO)) {
            return TargetChoice.genre(request.genre(), UserTargets.ofUser());
        }
        Features features = mix.features();
        if (features == null || !features.vector().defined()) {
            return TargetChoice.neutral();
        }
        return TargetChoice.likeliest(features.vector().values());
    }

    /** The request's references, which are read and measured. */
    static Aim references(MasteringRequest request, ModelManifest manifest) throws IOException {
        Map<Path, ReferenceTrack> references = new LinkedHashMap<>();
        for (Path reference : request.references()) {
            references.put(reference, ReferenceTrack.read(reference));
        }
        return new Aim(
                TargetChoice.references(references, request.match() / 100.0, manifest),
                request.match() == FULLY
                        ? Optional.of(TargetChoice.sound(references))
                        : Optional.empty(),
                references.values().stream()
                        .map(ReferenceTrack::whole)
                        .allMatch(FrontRules::centred));
    }
}
