// SPDX-License-Identifier: Apache-2.0
/** The studio: mastering in the browser, on your own machine. */
@NullMarked
package org.lacquer.app.studio;

import org.jspecify.annotations.NullMarked;
