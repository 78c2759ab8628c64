// SPDX-License-Identifier: Apache-2.0
/** The learned model: loading it, asking it, and holding back what it is unsure of. */
@NullMarked
package org.lacquer.inference.model;

import org.jspecify.annotations.NullMarked;
