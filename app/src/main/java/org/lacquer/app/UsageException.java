// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

/** The command line asks for something that does not exist or does not fit together. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
