// SPDX-License-Identifier: Apache-2.0
/** Pages in a real browser. */
@NullMarked
package org.lacquer.app.browser;

import org.jspecify.annotations.NullMarked;
