// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

/** What an equaliser does to phase. */
public enum EqPhase {
    /** As an analogue equaliser: no latency, no ringing in front of a transient. */
    MINIMUM,
    /**
     * None: every frequency is delayed alike. Bands ring in front of transients as long as behind
     * them, which is heard in the bass first.
     */
    LINEAR,
    /**
     * Minimum phase up to 200 Hz, linear phase from 800 Hz on, and a share of the phase between
     * that falls as a raised cosine over the logarithm of frequency.
     */
    MIXED
}
