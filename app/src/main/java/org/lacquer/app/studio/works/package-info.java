// SPDX-License-Identifier: Apache-2.0
/** What each type of job asks of a worker, and what becomes of the result. */
@NullMarked
package org.lacquer.app.studio.works;

import org.jspecify.annotations.NullMarked;
