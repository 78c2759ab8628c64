// SPDX-License-Identifier: Apache-2.0
/** Candidates side by side at equal loudness: made, aligned, measured, ranked. */
@NullMarked
package org.lacquer.comparison;

import org.jspecify.annotations.NullMarked;
