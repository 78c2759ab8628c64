// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioSource;
import org.lacquer.audio.Processor;
import org.lacquer.audio.StreamFormat;

import java.io.IOException;
import java.util.List;

/**
 * A source seen through processors, with their latency taken out: as long as the source and aligned
 * with it.
 */
public final class ProcessedSource implements AudioSource {
    private final AudioSource source;
    private final List<Processor> processors;
    private final int latency;
    private long toDrop;
    private int toFlush;
    private boolean sourceEnded;

    public ProcessedSource(AudioSource source, List<Processor> processors) {
        this.source = source;
        this.processors = processors;
        this.latency = processors.stream().mapToInt(Processor::latencyFrames).sum();
        this.toDrop = latency;
        this.toFlush = latency;
    }

    @Override
    public StreamFormat format() {
        return source.format();
    }

    @Override
    public int read(AudioBlock block) throws IOException {
        while (true) {
            int frames = sourceEnded ? 0 : source.read(block);
            if (frames == 0) {
                sourceEnded = true;
                frames = Math.min(toFlush, block.capacity());
                if (frames == 0) {
                    block.setFrames(0);
                    return 0;
                }
                toFlush -= frames;
                block.setFrames(frames);
                block.clear();
            }
            for (Processor processor : processors) {
                processor.process(block);
            }
            if (dropLatency(block) > 0) {
                return block.frames();
            }
        }
    }

    private int dropLatency(AudioBlock block) {
        int drop = (int) Math.min(toDrop, block.frames());
        if (drop > 0) {
            toDrop -= drop;
            int kept = block.frames() - drop;
            for (int c = 0; c < block.channels(); c++) {
                System.arraycopy(block.channel(c), drop, block.channel(c), 0, kept);
            }
            block.setFrames(kept);
        }
        return block.frames();
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
