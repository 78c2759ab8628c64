// SPDX-License-Identifier: Apache-2.0
/** The shipped model, its manifest and the targets: data that depends on nothing. */
@NullMarked
package org.lacquer.models;

import org.jspecify.annotations.NullMarked;
