// SPDX-License-Identifier: Apache-2.0
/** From a mix and its master back to a plan: what was done, how sure that is, and what is left. */
@NullMarked
package org.lacquer.comparison.explain;

import org.jspecify.annotations.NullMarked;
