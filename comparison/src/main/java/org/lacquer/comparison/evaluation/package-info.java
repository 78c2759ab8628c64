// SPDX-License-Identifier: Apache-2.0
/** Candidates over many songs: paired figures and what they may claim. */
@NullMarked
package org.lacquer.comparison.evaluation;

import org.jspecify.annotations.NullMarked;
