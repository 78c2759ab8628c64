// SPDX-License-Identifier: Apache-2.0
/** Blind listening: what is heard, and what several listeners' answers say. */
@NullMarked
package org.lacquer.comparison.listening;

import org.jspecify.annotations.NullMarked;
