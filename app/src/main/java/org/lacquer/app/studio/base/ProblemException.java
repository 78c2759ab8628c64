// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.base;

/** Carries a {@link Problem} to whoever answers. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    ProblemException(Problem problem) {
        super(problem.code() + ": " + problem.detail());
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
