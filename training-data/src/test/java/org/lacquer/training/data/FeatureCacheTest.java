// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lacquer.models.ModelManifest;
import org.lacquer.training.corpus.CorpusFetcher;
import org.lacquer.training.corpus.CorpusManifest;
import org.lacquer.training.corpus.Track;
import org.lacquer.training.corpus.Track.Split;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

class FeatureCacheTest {
    private static final Path SHIPPED = Path.of("cache", "base-features.bin.gz");

    @TempDir private Path folder;

    @Test
    void rowsComeBackWithinHalfFloats() throws IOException {
        float[] features = {-61.37f, 0.123f, 14.5f};
        var row =
                new BaseRow(
                        "p/t", "p", "metal", Split.CALIBRATION, 1, 2, features, features, features);
        Path file = folder.resolve("cache.bin.gz");
        FeatureCache.write(file, "1", List.of(row));
        BaseRow back = FeatureCache.read(file, "1").getFirst();

        assertThat(back.excerptKey()).isEqualTo("p/t#1");
        assertThat(back.split()).isEqualTo(Split.CALIBRATION);
        assertThat(back.variant()).isEqualTo(2);
        for (int i = 0; i < features.length; i++) {
            assertThat(back.features()[i]).isCloseTo(features[i], within(0.02f));
        }
    }

    @Test
    void cacheOfAnotherFeatureSetIsRefused() throws IOException {
        Path file = folder.resolve("cache.bin.gz");
        FeatureCache.write(file, "1", List.of());

        assertThatThrownBy(() -> FeatureCache.read(file, "2"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not 2");
    }

    @Test
    void shippedModelWasTrainedFromTheShippedCache() throws IOException {
        assertThat(CorpusFetcher.sha256(SHIPPED))
                .isEqualTo(ModelManifest.shipped().trainingDataSha256());
    }

    @Test
    void shippedCacheHoldsUsableTracksOfTheManifestInTheirSplit() throws IOException {
        Map<String, Track> known =
                CorpusManifest.tracks().stream()
                        .collect(Collectors.toMap(t -> t.packageName() + "/" + t.file(), t -> t));
        List<BaseRow> rows = FeatureCache.read(SHIPPED, FeatureMeasurer.VERSION);
        Set<String> tracks = rows.stream().map(BaseRow::track).collect(Collectors.toSet());

        assertThat(tracks).hasSizeGreaterThan(500);
        assertThat(rows)
                .allSatisfy(
                        row -> {
                            Track track = known.get(row.track());
                            assertThat(track.usable()).isTrue();
                            assertThat(row.split()).isEqualTo(track.split());
                            assertThat(row.features()).hasSize(Layout.WIDTH);
                        });
    }
}
