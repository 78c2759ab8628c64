// SPDX-License-Identifier: GPL-3.0-or-later
/** How well predictions repair faults, with intervals. */
@NullMarked
package org.lacquer.training.score;

import org.jspecify.annotations.NullMarked;
