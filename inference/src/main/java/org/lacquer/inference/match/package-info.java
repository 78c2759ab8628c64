// SPDX-License-Identifier: Apache-2.0
/** Following references fully: closed form, then rendering, measuring and correcting. */
@NullMarked
package org.lacquer.inference.match;

import org.jspecify.annotations.NullMarked;
