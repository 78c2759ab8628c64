// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.AudioClip;

import java.io.IOException;

/** Stereo image and translation of a clip without the other meters. */
final class Images {
    private Images() {}

    static ImageRecorder.Image of(AudioClip clip) throws IOException {
        var image = new ImageRecorder(clip.format());
        var recorder = new FrameRecorder(clip.format(), true, image);
        var loudness = new LoudnessMeter(clip.format());
        Signals.play(clip, recorder);
        Signals.play(clip, loudness);
        return image.finish(
                SpectrumFigures.stereo(new GatedFrames(recorder.store()), Double.NaN),
                loudness.loudness().integratedLufs());
    }
}
