// SPDX-License-Identifier: Apache-2.0
/** A plan and audio in, a master out; deterministic; knows nothing of models. */
@NullMarked
package org.lacquer.engine;

import org.jspecify.annotations.NullMarked;
