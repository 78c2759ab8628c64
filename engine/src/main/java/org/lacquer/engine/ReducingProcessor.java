// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.Processor;

import java.util.List;

/** A processor that turns down and can say by how much. */
interface ReducingProcessor extends Processor {
    /** Gain reduction so far, by band or channel. */
    List<GainReduction> reductions();
}
