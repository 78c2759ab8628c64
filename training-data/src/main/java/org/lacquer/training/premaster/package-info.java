// SPDX-License-Identifier: GPL-3.0-or-later
/** Songs rendered part by part, and mixes of them with faults that are known exactly. */
@NullMarked
package org.lacquer.training.premaster;

import org.jspecify.annotations.NullMarked;
