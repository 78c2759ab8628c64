// SPDX-License-Identifier: Apache-2.0
/** Processes of their own in which audio is decoded, mastered and written. */
@NullMarked
package org.lacquer.app.studio.work;

import org.jspecify.annotations.NullMarked;
