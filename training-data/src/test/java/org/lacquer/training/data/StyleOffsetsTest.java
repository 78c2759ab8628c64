// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lacquer.models.SpectrumPrior;
import org.lacquer.training.corpus.Track.Split;
import org.lacquer.training.faults.Draws;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a spectrum has beyond its content, and who may explain it. */
class StyleOffsetsTest {
    private static final Path CACHE = Path.of("cache", "base-features.bin.gz");
    private static final Path SHIPPED =
            Path.of("..", "models/src/main/resources/org/lacquer/models/spectrum-prior.tsv");

    /** A row whose bass follows one content figure; the package may have a treble of its own. */
    private static BaseRow row(String packageName, int track, Split split, double trebleDb) {
        Draws draws = Draws.of(packageName + track);
        float[] features = new float[Layout.WIDTH];
        float content = (float) draws.normal(0.0, 1.0);
        for (int b = 0; b < Layout.BANDS; b++) {
            features[b] = b < 10 ? 5f * content : b < 20 ? 0f : (float) trebleDb;
        }
        features[Layout.TARGET_WIDTH] = content;
        for (int i = 1; i < Layout.CONTENT_WIDTH; i++) {
            features[Layout.TARGET_WIDTH + i] = (float) draws.normal(0.0, 1.0);
        }
        return new BaseRow(
                packageName + "/" + track,
                packageName,
                "-",
                split,
                0,
                0,
                features,
                new float[Layout.BANDS],
                new float[Layout.BANDS]);
    }

    private static List<BaseRow> rows() {
        List<BaseRow> rows = new ArrayList<>();
        for (int p = 0; p < 20; p++) {
            for (int t = 0; t < 60; t++) {
                rows.add(row("plain" + p, t, Split.TRAIN, 0.0));
            }
        }
        for (int t = 0; t < 60; t++) {
            rows.add(row("bright", t, Split.CALIBRATION, 8.0));
            rows.add(row("unheard", t, Split.TEST, -8.0));
        }
        return rows;
    }

    @Test
    void whatContentExplainsIsNoStyle() {
        List<BaseRow> rows = rows();
        StyleOffsets offsets = new StyleOffsets(rows);
        double bass = 0.0;
        double plain = 0.0;
        for (BaseRow row : rows.subList(0, 200)) {
            double[] style = offsets.of(row);
            bass += Math.abs(style[5] - style[15]) / 200;
            plain += Math.abs(row.features()[5] - row.features()[15]) / 200;
        }

        assertThat(bass).isLessThan(0.5 * plain);
    }

    @Test
    void packageDoesNotExplainItsOwnStyle() {
        List<BaseRow> rows = rows();
        StyleOffsets offsets = new StyleOffsets(rows);
        double own = 0.0;
        for (BaseRow row : rows) {
            if (row.packageName().equals("bright")) {
                double[] style = offsets.of(row);
                own += (style[25] - style[15]) / 60;
            }
        }

        // The fit for this package has heard none that is bright.
        assertThat(own).isCloseTo(8.0, within(0.5));
    }

    @Test
    void testMusicIsInNoFold() {
        Folds folds = new Folds(rows());

        assertThat(folds.holds("unheard")).isFalse();
        assertThat(folds.holds("bright")).isTrue();
        assertThat(folds.of("plain3")).isBetween(0, Folds.COUNT - 1);
    }

    @Test
    void shippedPriorIsTheOneOfTheCache() throws Exception {
        List<BaseRow> rows = FeatureCache.read(CACHE, FeatureMeasurer.VERSION);

        SpectrumPrior fitted = new StyleOffsets(rows).prior();

        assertThat(fitted.text()).isEqualTo(Files.readString(SHIPPED));
    }
}
