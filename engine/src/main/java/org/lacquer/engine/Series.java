// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.Processor;

import java.util.List;

/** Processors one after the other. */
final class Series implements Processor {
    private final List<Processor> processors;

    Series(List<Processor> processors) {
        this.processors = List.copyOf(processors);
    }

    @Override
    public void process(AudioBlock block) {
        for (int k = 0; k < processors.size(); k++) {
            processors.get(k).process(block);
        }
    }

    @Override
    public void reset() {
        processors.forEach(Processor::reset);
    }

    @Override
    public int latencyFrames() {
        return processors.stream().mapToInt(Processor::latencyFrames).sum();
    }
}
