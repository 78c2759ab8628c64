// SPDX-License-Identifier: GPL-3.0-or-later
/** Ridge, principal components, small networks and baselines. */
@NullMarked
package org.lacquer.training.learn;

import org.jspecify.annotations.NullMarked;
