// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.jspecify.annotations.Nullable;
import org.lacquer.audio.StreamFormat;

import java.util.ArrayList;
import java.util.List;

/**
 * Everything behind {@link StereoImage} and {@link Translation}, from the spectra of a {@link
 * FrameRecorder}. A second costs four sums a bin and frame, and once ten devices at every bin and
 * one small transform.
 *
 * <p>Memory: 0.7 kB a second.
 */
final class ImageRecorder implements FrameListener {
    private final StreamFormat format;
    private final ChannelDelay delay;
    private final StereoSeconds bands = new StereoSeconds();
    private final DeviceSeconds devices;
    private final SecondSpectra sums;
    private final List<DeviceLevels> levels = new ArrayList<>();

    ImageRecorder(StreamFormat format) {
        int rate = format.sampleRateHz();
        var cosines = new BinCosines(SecondSpectra.FINER * SpectralFrames.length(rate));
        this.format = format;
        this.delay = new ChannelDelay(rate);
        this.devices = new DeviceSeconds(Devices.ALL);
        this.sums = new SecondSpectra(rate, cosines, delay, bands, devices);
        devices.prepare(cosines, sums.steps, rate);
        for (DeviceModel model : Devices.ALL) {
            if (model.compressor() != null) {
                levels.add(new DeviceLevels(model, model.compressor(), rate));
            }
        }
    }

    @Override
    public void frame(SpectralFrames spectra, @Nullable FineSpectrum fine) {
        sums.frame(spectra, fine);
        for (DeviceLevels level : levels) {
            level.frame(spectra, fine);
        }
    }

    /** Adds to the figures of {@link SpectrumFigures}. */
    record Image(StereoImage stereo, Translation translation) {}

    /**
     * @param spectral figures from the gated frames, or {@code NONE}
     * @param integratedLufs of the stream as it is
     */
    Image finish(StereoImage spectral, double integratedLufs) {
        sums.finish();
        boolean single = format.channels() == 1;
        // Two equal channels read 3.01 LU more than one.
        double lufs = integratedLufs + (single ? 10.0 * StrictMath.log10(2.0) : 0.0);
        Seconds seconds = bands.seconds(sums, lufs);
        if (seconds.silent() || spectral.bands().isEmpty()) {
            return new Image(spectral, Translation.NONE);
        }
        var figures = new StereoFigures(bands, seconds);
        MonoFold whole = figures.whole();
        List<MonoFold> folds = figures.bands();
        List<Finding> findings = figures.findings(whole, folds);
        StereoImage stereo =
                new StereoImage(
                        spectral.correlation(),
                        spectral.widthDb(),
                        spectral.monoLossLu(),
                        spectral.bands(),
                        whole,
                        folds,
                        single ? ChannelRelation.NONE : figures.channels(delay),
                        StereoFigures.verdict(findings),
                        findings);
        return new Image(
                stereo,
                new TranslationFigures(devices, levels, seconds, format, lufs).translation());
    }
}
