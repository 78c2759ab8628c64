// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.jspecify.annotations.Nullable;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioSink;
import org.lacquer.audio.StreamFormat;

/** Cuts a stream into chunks and hands them to the meters of {@link Integrity}. */
final class IntegrityMeter implements AudioSink {
    private final StreamFormat format;
    private final Chunk chunk;
    private final TopsMeter tops;
    private final DepthMeter depth = new DepthMeter();
    private final ProbeMeter probes;
    private final LowMeter lows;
    private final ClickMeter clicks;
    private final EndsMeter ends;

    IntegrityMeter(StreamFormat format) {
        this.format = format;
        this.chunk = new Chunk(format.sampleRateHz(), format.channels());
        this.tops = new TopsMeter(format);
        this.probes = new ProbeMeter(format, chunk.capacity());
        this.lows = new LowMeter(format);
        this.clicks = new ClickMeter(format, chunk);
        this.ends = new EndsMeter(format);
    }

    @Override
    public void write(AudioBlock block) {
        int position = 0;
        while (position < block.frames()) {
            int take = Math.min(block.frames() - position, chunk.capacity() - chunk.frames);
            for (int c = 0; c < chunk.channels(); c++) {
                System.arraycopy(block.channel(c), position, chunk.samples[c], chunk.frames, take);
            }
            chunk.frames += take;
            position += take;
            if (chunk.frames == chunk.capacity()) {
                endChunk();
            }
        }
    }

    /**
     * Ends the stream.
     *
     * @param frames of the spectrum; null when there are none
     */
    Integrity finish(@Nullable GatedFrames frames) {
        if (chunk.frames > 0) {
            endChunk();
        }
        int rate = format.sampleRateHz();
        double frameSeconds = format.secondsOf(SpectralFrames.length(rate) / 2);
        return new Integrity(
                tops.result(),
                depth.result(),
                probes.noise(),
                lows.hum(),
                lows.lows(),
                probes.highs(),
                clicks.result(),
                ends.result(),
                ends.silence(),
                frames == null
                        ? Integrity.Sibilance.NONE
                        : SibilanceFigures.of(frames, frameSeconds));
    }

    private void endChunk() {
        chunk.measure();
        tops.write(chunk);
        depth.write(chunk);
        probes.write(chunk);
        lows.write(chunk);
        clicks.write(chunk);
        ends.write(chunk);
        chunk.firstFrame += chunk.frames;
        chunk.frames = 0;
    }
}
