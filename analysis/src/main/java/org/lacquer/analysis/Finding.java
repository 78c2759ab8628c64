// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

/**
 * Something about the material that a musician should know before mastering.
 *
 * @param code stable name for scripts, for instance {@code clipping}
 * @param message what it is, how much, and what to do
 * @param value the figure behind it
 * @param unit of the figure
 * @param atSeconds where; NaN when it concerns the whole stream
 */
public record Finding(
        Severity severity,
        String code,
        String message,
        double value,
        String unit,
        double atSeconds) {}
