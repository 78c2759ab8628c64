// SPDX-License-Identifier: Apache-2.0
/**
 * The ground floor: blocks of samples, files in and out, decibels, filters, FFT, resampling,
 * dither.
 *
 * <p>Knows nothing of loudness, plans or models. Buffers are planar {@code float[channel][frame]};
 * sums and states are {@code double}.
 */
@NullMarked
package org.lacquer.audio;

import org.jspecify.annotations.NullMarked;
