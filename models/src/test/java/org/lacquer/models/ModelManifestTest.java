// SPDX-License-Identifier: Apache-2.0
package org.lacquer.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.List;

class ModelManifestTest {
    private final ModelManifest manifest = ModelManifest.shipped();

    @Test
    void shippedModelHasTheHashOfItsManifest() {
        assertThat(manifest.matches(ModelManifest.shippedModel())).isTrue();
    }

    @Test
    void changedModelDoesNotMatch() {
        byte[] changed = ModelManifest.shippedModel();
        changed[changed.length - 1] ^= 1;

        assertThat(manifest.matches(changed)).isFalse();
    }

    @Test
    void settingsAreComplete() {
        assertThat(manifest.settings()).hasSize(15).doesNotHaveDuplicates();
        assertThat(manifest.sigmaFloors()).hasSize(15).allMatch(floor -> floor > 0.0);
        assertThat(manifest.settings().subList(0, 8)).allMatch(name -> name.endsWith("gainDb"));
    }

    @Test
    void toneModesAreOrthonormal() {
        List<List<Double>> modes = manifest.toneModes();
        for (int a = 0; a < modes.size(); a++) {
            for (int b = 0; b <= a; b++) {
                double sum = 0.0;
                for (int i = 0; i < 8; i++) {
                    sum += modes.get(a).get(i) * modes.get(b).get(i);
                }
                assertThat(sum).isCloseTo(a == b ? 1.0 : 0.0, within(1e-3));
            }
        }
    }

    @Test
    void manifestNamesItsDataAndItsMetrics() {
        assertThat(manifest.trainingDataSha256()).hasSize(64);
        assertThat(manifest.opset()).isEqualTo(17);
        assertThat(manifest.metrics())
                .containsKeys("modelDb", "loudnessOnlyDb", "harmShare", "coverage90.all");
        assertThat(manifest.contentDistance995()).isGreaterThan(manifest.contentDistance95());
    }

    @Test
    void missingEntryIsNamed() {
        assertThatThrownBy(() -> ModelManifest.parse("name=x\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sha256");
    }
}
