// SPDX-License-Identifier: GPL-3.0-or-later
/** The same recording twice in the corpus, found by audio fingerprint. */
@NullMarked
package org.lacquer.training.duplicates;

import org.jspecify.annotations.NullMarked;
