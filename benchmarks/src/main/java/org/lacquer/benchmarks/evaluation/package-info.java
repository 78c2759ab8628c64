// SPDX-License-Identifier: GPL-3.0-or-later
/** Hidden masters spoiled, mastered again by several competitors, and compared. */
@NullMarked
package org.lacquer.benchmarks.evaluation;

import org.jspecify.annotations.NullMarked;
