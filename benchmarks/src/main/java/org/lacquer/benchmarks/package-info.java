// SPDX-License-Identifier: GPL-3.0-or-later
/** Figures of speed, and the test that holds the floors of the house. */
@NullMarked
package org.lacquer.benchmarks;

import org.jspecify.annotations.NullMarked;
