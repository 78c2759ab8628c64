// SPDX-License-Identifier: Apache-2.0
/** Work that waits, runs and ends. */
@NullMarked
package org.lacquer.app.studio.jobs;

import org.jspecify.annotations.NullMarked;
