// SPDX-License-Identifier: GPL-3.0-or-later

/** How fast meters, stages and files are, and what the stages measure. */
@NullMarked
package org.lacquer.benchmarks;

import org.jspecify.annotations.NullMarked;
