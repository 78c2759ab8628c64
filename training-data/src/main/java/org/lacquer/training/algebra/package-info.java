// SPDX-License-Identifier: GPL-3.0-or-later
/** Ridge, z-scores, principal components: linear algebra that knows nothing of music. */
@NullMarked
package org.lacquer.training.algebra;

import org.jspecify.annotations.NullMarked;
