// SPDX-License-Identifier: GPL-3.0-or-later
/** Genre targets from measured tracks and published figures. */
@NullMarked
package org.lacquer.training.targets;

import org.jspecify.annotations.NullMarked;
