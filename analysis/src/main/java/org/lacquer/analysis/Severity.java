// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

/** How much a finding matters. */
public enum Severity {
    /** Good to know. */
    INFO,
    /** Will be audible or limits what mastering can do. */
    WARNING,
    /** Should be repaired in the mix first. */
    FAILURE
}
