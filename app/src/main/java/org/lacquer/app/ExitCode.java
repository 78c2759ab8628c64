// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

/** What the process tells the shell. Public contract. */
final class ExitCode {
    static final int DONE = 0;

    /** {@code check} found a failure. */
    static final int CHECK_FAILED = 1;

    static final int USAGE = 2;

    /** The input cannot be read or cannot be mastered. */
    static final int INPUT = 3;

    static final int OUTPUT = 4;

    /** The demanded delivery cannot be met; nothing was written. */
    static final int DELIVERY = 5;

    /** A fault of ours. */
    static final int FAULT = 70;

    private ExitCode() {}
}
