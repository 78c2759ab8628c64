// SPDX-License-Identifier: Apache-2.0
/** Requests, responses, routes, and who may come in. */
@NullMarked
package org.lacquer.app.studio.http;

import org.jspecify.annotations.NullMarked;
