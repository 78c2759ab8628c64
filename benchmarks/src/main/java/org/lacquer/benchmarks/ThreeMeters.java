// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

import org.lacquer.analysis.Loudness;
import org.lacquer.analysis.LoudnessMeter;
import org.lacquer.analysis.TruePeakMeter;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioSource;
import org.lacquer.audio.Decibels;
import org.lacquer.audio.StreamFormat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Lacquer's meters, FFmpeg's filter and libebur128 on one stream, block by block.
 *
 * <p>libebur128 computes its own loudness range from one short-term value a second, so that a part
 * of a second more or less in front of a track moves it by up to 1 LU. Tech 3342 asks for ten a
 * second. So libebur128's short-term loudness is asked for every 100 ms, and the percentiles of
 * Tech 3342 are taken here.
 */
final class ThreeMeters {
    private static final int BLOCK = 8_192;

    /** EBU Tech 3342: 1.5 s of silence behind a file for its loudness range. */
    private static final int APPENDED_TENTHS = 15;

    private static final int SHORT_TERM_TENTHS = 30;

    private ThreeMeters() {}

    static AgreementTable.Row measure(String name, boolean derived, AudioSource source)
            throws IOException, InterruptedException {
        StreamFormat format = source.format();
        var loudnessMeter = new LoudnessMeter(format);
        var peakMeter = new TruePeakMeter(format);
        long frames = 0;
        try (var library = new Libebur128(format);
                var ffmpeg = new FfmpegMeter(format)) {
            var ranged = new RangedLibrary(library, format);
            AudioBlock block = new AudioBlock(format.channels(), BLOCK);
            while (source.read(block) > 0) {
                loudnessMeter.write(block);
                peakMeter.write(block);
                ranged.write(block);
                ffmpeg.write(block);
                frames += block.frames();
            }
            peakMeter.finish();
            Loudness loudness = loudnessMeter.loudness();
            Reading ours =
                    new Reading(
                            loudness.integratedLufs(),
                            loudness.loudnessRangeLu(),
                            peakMeter.truePeakDbtp());
            return new AgreementTable.Row(
                    name,
                    derived,
                    format.secondsOf(frames),
                    format,
                    ours,
                    ffmpeg.finish(),
                    ranged.finish());
        }
    }

    /** libebur128, asked for its short-term loudness every 100 ms. */
    private static final class RangedLibrary {
        private final Libebur128 library;
        private final StreamFormat format;
        private final AudioBlock tenth;
        private final List<Double> shortTermLufs = new ArrayList<>();
        private int tenths;

        RangedLibrary(Libebur128 library, StreamFormat format) {
            this.library = library;
            this.format = format;
            // The library's own step, rounded once.
            this.tenth = new AudioBlock(format.channels(), (format.sampleRateHz() + 5) / 10);
        }

        void write(AudioBlock block) {
            int position = 0;
            while (position < block.frames()) {
                int held = tenth.frames();
                int take = Math.min(tenth.capacity() - held, block.frames() - position);
                tenth.setFrames(held + take);
                for (int c = 0; c < format.channels(); c++) {
                    System.arraycopy(block.channel(c), position, tenth.channel(c), held, take);
                }
                position += take;
                if (tenth.frames() == tenth.capacity()) {
                    library.write(tenth);
                    tenth.setFrames(0);
                    tenths++;
                    if (tenths >= SHORT_TERM_TENTHS) {
                        shortTermLufs.add(library.shortTermLufs());
                    }
                }
            }
        }

        /** The range last: it hears the appended silence, the others do not. */
        Reading finish() {
            AudioBlock rest = new AudioBlock(format.channels(), tenth.frames());
            rest.copyFrom(tenth, 0, tenth.frames());
            library.write(rest);
            double integrated = library.integratedLufs();
            double peak = 0.0;
            for (int c = 0; c < format.channels(); c++) {
                peak = Math.max(peak, library.truePeak(c));
            }
            AudioBlock silence =
                    new AudioBlock(format.channels(), tenth.capacity() - tenth.frames());
            silence.setFrames(silence.capacity());
            library.write(silence);
            for (int i = 0; i < APPENDED_TENTHS; i++) {
                shortTermLufs.add(library.shortTermLufs());
                AudioBlock more = new AudioBlock(format.channels(), tenth.capacity());
                more.setFrames(more.capacity());
                library.write(more);
            }
            return new Reading(integrated, rangeLu(shortTermLufs), Decibels.fromGain(peak));
        }

        /** EBU Tech 3342, section 3. */
        private static double rangeLu(List<Double> lufs) {
            List<Double> absolute = lufs.stream().filter(value -> value >= -70.0).toList();
            double mean =
                    absolute.stream()
                            .mapToDouble(value -> StrictMath.pow(10.0, value / 10.0))
                            .average()
                            .orElse(Double.NaN);
            double gate = 10.0 * StrictMath.log10(mean) - 20.0;
            List<Double> kept = absolute.stream().filter(v -> v >= gate).sorted().toList();
            if (kept.isEmpty()) {
                return Double.NaN;
            }
            int last = kept.size() - 1;
            return kept.get((int) Math.round(last * 95 / 100.0))
                    - kept.get((int) Math.round(last * 10 / 100.0));
        }
    }
}
