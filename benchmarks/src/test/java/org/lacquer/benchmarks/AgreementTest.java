// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.StreamFormat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/** The comparison itself: that it feeds all meters alike, and that it tells who deviates. */
final class AgreementTest {
    private static final int RATE_HZ = 44_100;
    private static final Reading OURS = new Reading(-14.0, 5.0, -1.0);

    @Test
    void threeMetersAgreeOnNoiseWithSections() throws IOException, InterruptedException {
        assumeTrue(Libebur128.version().isPresent(), "libebur128.so.1 is not on this machine");
        assumeTrue(FfmpegMeter.version().isPresent(), "ffmpeg is not on this machine");
        // No whole number of blocks or of 100 ms, but of 10 ms, which is what all of them hear.
        float[][] samples = new float[2][12 * RATE_HZ + 882];
        var random = new SplittableRandom(3);
        for (float[] channel : samples) {
            for (int i = 0; i < channel.length; i++) {
                double section = i / (3 * RATE_HZ) % 2 == 0 ? 0.5 : 0.1;
                channel[i] = (float) (section * (2.0 * random.nextDouble() - 1.0));
            }
        }
        AgreementTable.Row row =
                ThreeMeters.measure("noise", false, new AudioClip(RATE_HZ, samples).source());
        assertThat(row.ffmpeg().integratedLufs())
                .isCloseTo(row.ours().integratedLufs(), within(0.05));
        assertThat(row.library().integratedLufs())
                .isCloseTo(row.ours().integratedLufs(), within(0.005));
        assertThat(row.library().rangeLu()).isCloseTo(row.ours().rangeLu(), within(0.01));
        assertThat(row.seconds()).isEqualTo(samples[0].length / (double) RATE_HZ);
    }

    @Test
    void tellsWhoDeviates() {
        assertThat(agrees(OURS, OURS)).isTrue();
        assertThat(agrees(OURS, new Reading(-14.06, 5.0, -1.0))).isFalse();
        assertThat(agrees(new Reading(-14.0, 5.21, -1.0), OURS)).isFalse();
        assertThat(agrees(OURS, new Reading(-14.0, 5.0, -0.9))).isFalse();
        assertThat(agrees(OURS, new Reading(-14.0, 5.0, -1.6))).isTrue();
        assertThat(agrees(OURS, new Reading(Double.NaN, 5.0, -1.0))).isFalse();
        assertThat(new AgreementTable(List.of()).agrees()).isFalse();
    }

    @Test
    void countsWhatLiesOutside() {
        var table =
                new AgreementTable(List.of(row(OURS, new Reading(-14.06, 5.0, -1.0), "a|b.ogg")));
        var bytes = new ByteArrayOutputStream();
        table.print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains(
                        "| 1 as they are | integrated, LU | libebur128 | -0.060 | -0.060 | 0.060 |"
                                + " 1 |")
                .contains("| a/b.ogg | 60 | 44.1 | 2 | -14.00 | +0.000 | -0.060 |");
    }

    private static boolean agrees(Reading ffmpeg, Reading library) {
        return new AgreementTable(List.of(row(ffmpeg, library, "x"))).agrees();
    }

    private static AgreementTable.Row row(Reading ffmpeg, Reading library, String name) {
        StreamFormat format = new StreamFormat(RATE_HZ, 2);
        return new AgreementTable.Row(name, false, 60.0, format, OURS, ffmpeg, library);
    }
}
