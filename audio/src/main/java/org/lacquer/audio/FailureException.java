// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

import java.io.IOException;

/** Carries a {@link Failure} to whoever can tell the user. */
public final class FailureException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    public FailureException(Failure failure) {
        super(failure.toString());
        this.failure = failure;
    }

    public FailureException(Failure failure, Throwable cause) {
        super(failure.toString(), cause);
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }
}
