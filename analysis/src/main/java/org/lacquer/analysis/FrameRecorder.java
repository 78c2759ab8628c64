// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.jspecify.annotations.Nullable;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioSink;
import org.lacquer.audio.Require;
import org.lacquer.audio.StreamFormat;

import java.util.List;

/**
 * Turns a mono or stereo stream into rows of band powers and compressor levels. One channel is
 * heard as two equal ones.
 *
 * <p>The detectors of a row are those four readings, a quarter hop apart, that lie nearest to the
 * middle of its spectral window.
 */
final class FrameRecorder implements AudioSink {
    private static final int READINGS = FrameColumns.READINGS;

    private final SpectralFrames spectra;
    private final @Nullable SongFrames song;
    private final CompressorBands bands;
    private final FrameStore store = new FrameStore(FrameColumns.WIDTH);
    private final float[] left;
    private final float[] right;
    private final int step;
    private final float[] row = new float[FrameColumns.WIDTH];

    /** Envelopes and powers of the last eight steps. */
    private final double[][] envelopes = new double[2 * READINGS][CompressorBands.BANDS];

    private final double[][] powers = new double[2 * READINGS][CompressorBands.BANDS];
    private int filled;
    private int heard;
    private final List<FrameListener> listeners;
    private long steps;

    /** Records the rows alone. */
    FrameRecorder(StreamFormat format) {
        this(format, false);
    }

    /**
     * @param whole whether the figures of a whole song are wanted as well
     * @param listeners hear every frame, also those that the store leaves out
     */
    FrameRecorder(StreamFormat format, boolean whole, FrameListener... listeners) {
        this.listeners = List.of(listeners);
        Require.inRange("channels", format.channels(), 1, 2, "");
        this.spectra = new SpectralFrames(format.sampleRateHz());
        this.song = whole ? new SongFrames(spectra, format.sampleRateHz()) : null;
        this.step = spectra.hop() / READINGS;
        this.bands = new CompressorBands(format.sampleRateHz(), step);
        this.left = new float[spectra.length()];
        this.right = new float[spectra.length()];
    }

    @Override
    public void write(AudioBlock block) {
        float[] l = block.channel(0);
        float[] r = block.channel(block.channels() - 1);
        int position = 0;
        while (position < block.frames()) {
            int take = Math.min(block.frames() - position, left.length - filled);
            System.arraycopy(l, position, left, filled, take);
            System.arraycopy(r, position, right, filled, take);
            filled += take;
            position += take;
            while (filled - heard >= step) {
                hearStep();
            }
            if (filled == left.length) {
                endFrame();
            }
        }
    }

    FrameStore store() {
        return store;
    }

    SpectralFrames spectra() {
        return spectra;
    }

    /** Frames for the figures of a whole song; null unless wanted. */
    @Nullable SongFrames song() {
        return song;
    }

    /** Largest sample of a compressor band. */
    double bandPeak(int band) {
        return bands.peak(band);
    }

    private void hearStep() {
        bands.step(left, right, heard);
        int place = (int) (steps % envelopes.length);
        for (int b = 0; b < CompressorBands.BANDS; b++) {
            envelopes[place][b] = bands.envelope(b);
            powers[place][b] = bands.power(b);
        }
        heard += step;
        steps++;
    }

    private void endFrame() {
        spectra.transform(left, right);
        if (song != null) {
            song.hear(spectra);
        }
        for (FrameListener listener : listeners) {
            listener.frame(spectra, song == null ? null : song.fine());
        }
        row[FrameColumns.WEIGHTED] = (float) spectra.weightedPower;
        row[FrameColumns.WEIGHTED_MID] = (float) spectra.weightedMidPower;
        row[FrameColumns.TOTAL] = (float) spectra.totalPower;
        for (int b = 0; b < ThirdOctaves.COUNT; b++) {
            row[FrameColumns.MID + b] = (float) spectra.midBands[b];
            row[FrameColumns.SIDE + b] = (float) spectra.sideBands[b];
        }
        for (int g = 0; g < FeatureSet.GROUPS; g++) {
            row[FrameColumns.CROSS + g] = (float) spectra.crossGroups[g];
        }
        // The window holds eight steps; its middle lies between the fourth and the fifth.
        for (int b = 0; b < CompressorBands.BANDS; b++) {
            double sum = 0.0;
            for (int q = 0; q < READINGS; q++) {
                int place = (int) ((steps - 2L * READINGS + 2 + q) % envelopes.length);
                row[FrameColumns.ENVELOPES + b * READINGS + q] = (float) envelopes[place][b];
                sum += powers[place][b];
            }
            row[FrameColumns.BAND_POWERS + b] = (float) (sum / READINGS);
        }
        store.add(row);
        int hop = spectra.hop();
        System.arraycopy(left, hop, left, 0, hop);
        System.arraycopy(right, hop, right, 0, hop);
        filled -= hop;
        heard -= hop;
    }
}
