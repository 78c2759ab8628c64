// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison;

import org.lacquer.analysis.Analysis;
import org.lacquer.analysis.Figures;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.AudioSource;
import org.lacquer.audio.Failure;
import org.lacquer.audio.FailureException;
import org.lacquer.audio.Progress;
import org.lacquer.comparison.explain.Explainer;
import org.lacquer.comparison.explain.Explanation;
import org.lacquer.comparison.explain.MasterFacts;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * From two files to what was done to the one to get the other: both are read, brought to the mix's
 * rate and aligned, and the loudest stretch is explained ({@link Explainer}).
 */
public final class MasterExplainer {
    /** More tells little more, and takes as much longer. */
    private static final double MOST_SECONDS = 45.0;

    private static final double FEWEST_SECONDS = 5.0;
    private static final double HOP_SECONDS = 1.0;
    private static final int BLOCK = 8_192;

    private MasterExplainer() {}

    /**
     * @throws FailureException for a file that cannot be read, for a master that is not made of
     *     this mix, and when both have less than five seconds in common
     */
    public static Explained explain(Path mixFile, Path masterFile, Progress progress)
            throws IOException {
        long memoryLimitBytes = Runtime.getRuntime().maxMemory() / 16;
        try (Recording mix =
                        Recording.read(
                                mixFile,
                                OptionalInt.empty(),
                                Figures.MASTER,
                                memoryLimitBytes,
                                part -> progress.at(0.1 * part));
                Recording master =
                        Recording.read(
                                masterFile,
                                OptionalInt.of(mix.audio().format().sampleRateHz()),
                                Figures.MASTER,
                                memoryLimitBytes,
                                part -> progress.at(0.1 + 0.1 * part))) {
            Alignment alignment = Aligner.align(mix.audio(), master.audio());
            if (alignment.confidence() < Alignment.DOUBTFUL) {
                throw new FailureException(
                        new Failure.UnsupportedInput(
                                masterFile,
                                String.format(
                                        Locale.ROOT,
                                        "it does not seem to be made of %s (they are alike to"
                                                + " %.0f %%); give the mix that it comes from",
                                        mixFile,
                                        100.0 * alignment.confidence())));
            }
            Explanation explanation =
                    explain(
                            mix,
                            master,
                            alignment,
                            masterFile,
                            part -> progress.at(0.2 + 0.8 * part));
            return new Explained(alignment, mix.delivered(), master.delivered(), explanation);
        }
    }

    /** The same of recordings at one rate whose alignment is known. */
    static Explanation explain(
            Recording mix,
            Recording master,
            Alignment alignment,
            Path masterFile,
            Progress progress)
            throws IOException {
        int rate = mix.audio().format().sampleRateHz();
        long first = Math.max(0, (long) Math.ceil(-alignment.offsetFrames()));
        long last =
                Math.min(
                        mix.audio().frames(),
                        (long) (master.audio().frames() - alignment.offsetFrames()));
        if (last - first < FEWEST_SECONDS * rate) {
            throw new FailureException(
                    new Failure.UnsupportedInput(
                            masterFile,
                            String.format(
                                    Locale.ROOT,
                                    "%.1f s of it lie on the mix, and explaining needs %.0f s; give"
                                            + " longer files",
                                    Math.max(0.0, (double) (last - first) / rate),
                                    FEWEST_SECONDS)));
        }
        long length = Math.min(last - first, (long) (MOST_SECONDS * rate));
        long start = loudest(mix, first, last, length);
        Analysis delivered = master.delivered();
        MasterFacts facts =
                new MasterFacts(
                        delivered.peaks().truePeakDbtp(),
                        delivered.loudness().integratedLufs(),
                        delivered.sampleRateHz(),
                        master.bitDepth(),
                        (double) start / rate);
        try (AudioSource original = mix.audio().source(start, start + length);
                AudioSource processed =
                        new AlignedSource(master.audio(), alignment.from(start), length)) {
            return Explainer.explain(
                    clip(original, (int) length), clip(processed, (int) length), facts, progress);
        }
    }

    /** Start of the stretch with most power, in steps of a second. */
    private static long loudest(Recording mix, long first, long last, long length)
            throws IOException {
        int hop = (int) (HOP_SECONDS * mix.audio().format().sampleRateHz());
        int hops = (int) ((last - first) / hop);
        int wide = (int) (length / hop);
        double[] powers = new double[hops];
        AudioBlock block = new AudioBlock(2, hop);
        try (AudioSource source = mix.audio().source(first, first + (long) hops * hop)) {
            for (int h = 0; h < hops; h++) {
                source.read(block);
                for (int i = 0; i < block.frames(); i++) {
                    double left = block.channel(0)[i];
                    double right = block.channel(1)[i];
                    powers[h] += left * left + right * right;
                }
            }
        }
        double sum = 0.0;
        double most = -1.0;
        int best = 0;
        for (int h = 0; h < hops; h++) {
            sum += powers[h] - (h >= wide ? powers[h - wide] : 0.0);
            if (h >= wide - 1 && sum > most) {
                most = sum;
                best = h - wide + 1;
            }
        }
        return Math.min(first + (long) best * hop, last - length);
    }

    private static AudioClip clip(AudioSource source, int frames) throws IOException {
        float[][] samples = new float[2][frames];
        AudioBlock block = new AudioBlock(2, BLOCK);
        int position = 0;
        while (position < frames && source.read(block) > 0) {
            int count = Math.min(block.frames(), frames - position);
            for (int c = 0; c < 2; c++) {
                System.arraycopy(block.channel(c), 0, samples[c], position, count);
            }
            position += count;
        }
        return new AudioClip(source.format().sampleRateHz(), samples);
    }
}
