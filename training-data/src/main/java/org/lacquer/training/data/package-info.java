// SPDX-License-Identifier: GPL-3.0-or-later
/** Base rows, their cache, and the training rows drawn from them. */
@NullMarked
package org.lacquer.training.data;

import org.jspecify.annotations.NullMarked;
