// SPDX-License-Identifier: GPL-3.0-or-later
/** Small networks, the ridge beside them, calibration and baselines. */
@NullMarked
package org.lacquer.training.learn;

import org.jspecify.annotations.NullMarked;
