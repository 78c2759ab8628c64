// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

/** How well something holds up. The order is from best to worst; unknown stands aside. */
public enum Verdict {
    /** Nothing to do. */
    GOOD,
    /** Audibly less; worth a listen. */
    FAIR,
    /** Something that the song needs is lost. */
    POOR,
    /** Nothing to judge: silence, too short, or not measured. */
    UNKNOWN
}
