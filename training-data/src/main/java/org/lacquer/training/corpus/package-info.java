// SPDX-License-Identifier: GPL-3.0-or-later
/** Which music, where it comes from, and how it gets onto this machine. */
@NullMarked
package org.lacquer.training.corpus;

import org.jspecify.annotations.NullMarked;
