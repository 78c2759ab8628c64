// SPDX-License-Identifier: Apache-2.0
/** Features and a target in, a plan with a reason for every number out. */
@NullMarked
package org.lacquer.inference;

import org.jspecify.annotations.NullMarked;
