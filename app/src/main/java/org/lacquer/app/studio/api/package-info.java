// SPDX-License-Identifier: Apache-2.0
/** What each path of the API does. */
@NullMarked
package org.lacquer.app.studio.api;

import org.jspecify.annotations.NullMarked;
