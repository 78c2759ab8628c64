// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

/**
 * Levels of one channel.
 *
 * @param truePeakDbtp NaN for digital silence
 * @param samplePeakDbfs NaN for digital silence
 * @param rmsDbfs root mean square of the whole stream, a full-scale sine reads -3.01; NaN for
 *     digital silence
 * @param dcOffset mean sample, full scale 1; NaN for an empty stream
 */
public record ChannelLevel(
        double truePeakDbtp, double samplePeakDbfs, double rmsDbfs, double dcOffset) {}
