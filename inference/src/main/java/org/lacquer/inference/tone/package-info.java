// SPDX-License-Identifier: Apache-2.0
/** Closed-form tone: what the eight EQ bands do to a spectrum, and which gains fit best. */
@NullMarked
package org.lacquer.inference.tone;

import org.jspecify.annotations.NullMarked;
