// SPDX-License-Identifier: Apache-2.0
/** Projects and what belongs to them, in a database and in files. */
@NullMarked
package org.lacquer.app.studio.store;

import org.jspecify.annotations.NullMarked;
