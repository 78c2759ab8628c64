// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

/** One stage on one stream. Built ready to run; not thread-safe. */
public interface Processor {
    /** Works in place. Any block length gives the same audio. Never allocates. */
    void process(AudioBlock block);

    /** Forgets all audio heard; keeps settings and format. */
    void reset();

    /** Frames between an input and the output it causes. */
    int latencyFrames();
}
