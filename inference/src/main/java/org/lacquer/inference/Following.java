// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference;

import org.lacquer.audio.AudioSpool;
import org.lacquer.inference.match.Sound;

/**
 * References that are followed fully.
 *
 * @param sound what they sound like
 * @param centred whether they have no constant offset; its leakage into the lowest bands would else
 *     be followed after it was taken out
 * @param mix the mix, which is rendered and measured on the way
 */
record Following(Sound sound, boolean centred, AudioSpool mix) {}
