// SPDX-License-Identifier: Apache-2.0
/** The measuring stick: audio in, figures out. */
@NullMarked
package org.lacquer.analysis;

import org.jspecify.annotations.NullMarked;
