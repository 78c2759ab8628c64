// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference;

import org.lacquer.engine.Delivery;

/**
 * What is to be delivered.
 *
 * @param source who asks for loudness and ceiling, for sentences
 */
record Demand(Delivery delivery, double loudnessLufs, double ceilingDbtp, String source) {
    String because() {
        return "Asked for by " + source + ".";
    }
}
