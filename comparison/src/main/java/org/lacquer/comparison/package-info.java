// SPDX-License-Identifier: Apache-2.0
/** Candidates side by side at equal loudness. Empty until the comparison mode is built. */
@NullMarked
package org.lacquer.comparison;

import org.jspecify.annotations.NullMarked;
