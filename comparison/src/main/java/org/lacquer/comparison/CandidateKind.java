// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison;

/** Where a candidate comes from. */
public enum CandidateKind {
    /** The untouched mix. */
    MIX,
    /** The plan that the model inferred. */
    AI,
    /** A plan that somebody wrote. */
    PLAN,
    /** A finished master as a file; its settings are not known. */
    MASTER
}
