// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.AudioBlock;

/** One of the steps inside a {@link Limiter}. */
interface LimiterStep {
    /** Works in place on {@code count} frames from {@code start}. */
    void process(AudioBlock block, int start, int count);

    /** Forgets all audio heard. */
    void reset();

    /** Frames between an input and the output it causes. */
    int latencyFrames();
}
