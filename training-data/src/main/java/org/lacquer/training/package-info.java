// SPDX-License-Identifier: GPL-3.0-or-later
/** From real music to the shipped model: corpus, degradations, features, training, ONNX. */
@NullMarked
package org.lacquer.training;

import org.jspecify.annotations.NullMarked;
