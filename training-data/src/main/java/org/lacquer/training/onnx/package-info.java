// SPDX-License-Identifier: GPL-3.0-or-later
/** Writes ONNX graphs. */
@NullMarked
package org.lacquer.training.onnx;

import org.jspecify.annotations.NullMarked;
