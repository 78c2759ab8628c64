// SPDX-License-Identifier: Apache-2.0
/** What every part of the studio needs: JSON, problems, ids, files that are never half-written. */
@NullMarked
package org.lacquer.app.studio.base;

import org.jspecify.annotations.NullMarked;
