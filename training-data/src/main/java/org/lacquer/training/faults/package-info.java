// SPDX-License-Identifier: GPL-3.0-or-later
/** What goes wrong with a mix, as code that shares nothing with the engine. */
@NullMarked
package org.lacquer.training.faults;

import org.jspecify.annotations.NullMarked;
