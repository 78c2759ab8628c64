// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioSource;
import org.lacquer.audio.StreamFormat;

import java.io.IOException;

/**
 * A source with fades at its ends and silence around it.
 *
 * <p>A fade multiplies by {@code (1 - cos π t) / 2}, t from 0 at the outer end to 1: it starts and
 * ends without a bend, and is 6 dB down in the middle. Fades that meet overlap.
 */
final class EditedSource implements AudioSource {
    private final AudioSource source;
    private final long length;
    private final long fadeIn;
    private final long fadeOut;
    private final long leading;
    private final long end;

    /** Frames handed out so far, silence included. */
    private long position;

    /**
     * @param length frames of the source
     */
    EditedSource(AudioSource source, long length, Delivery delivery) {
        StreamFormat format = source.format();
        this.source = source;
        this.length = length;
        this.fadeIn = Math.min(length, frames(delivery, Edit.Kind.FADE_IN, format));
        this.fadeOut = Math.min(length, frames(delivery, Edit.Kind.FADE_OUT, format));
        this.leading = frames(delivery, Edit.Kind.LEADING_SILENCE, format);
        this.end = leading + length + frames(delivery, Edit.Kind.TRAILING_SILENCE, format);
    }

    private static long frames(Delivery delivery, Edit.Kind kind, StreamFormat format) {
        return format.framesOf(delivery.seconds(kind));
    }

    @Override
    public StreamFormat format() {
        return source.format();
    }

    @Override
    public int read(AudioBlock block) throws IOException {
        long start = position - leading;
        if (start >= 0 && start < length) {
            int count = source.read(block);
            fade(block, start);
            position += count;
            return count;
        }
        long silence = start < 0 ? -start : end - position;
        block.setFrames((int) Math.min(silence, block.capacity()));
        block.clear();
        position += block.frames();
        return block.frames();
    }

    private void fade(AudioBlock block, long start) {
        for (int i = 0; i < block.frames(); i++) {
            long fromStart = start + i;
            long fromEnd = length - 1 - fromStart;
            if (fromStart < fadeIn || fromEnd < fadeOut) {
                double gain = gain(fromStart, fadeIn) * gain(fromEnd, fadeOut);
                for (int c = 0; c < block.channels(); c++) {
                    block.channel(c)[i] = (float) (block.channel(c)[i] * gain);
                }
            }
        }
    }

    private static double gain(long frame, long fade) {
        return frame >= fade ? 1.0 : 0.5 - 0.5 * StrictMath.cos(StrictMath.PI * frame / fade);
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
