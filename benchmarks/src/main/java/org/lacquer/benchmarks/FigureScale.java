// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

/**
 * How thoroughly the engine is measured.
 *
 * @param points of a response, and tones of a static curve are a fifth of them
 * @param toneSeconds of the spectra of tones, whole
 * @param reductions of 0, 3, 6 and 10 dB, the first so many
 * @param bisections with which a threshold is looked for
 * @param signalsPerRegime that the limiter gets of each kind
 * @param tracks of which the limiter gets an excerpt, if there are so many
 * @param sweepTones that each conversion of the sample rate gets
 */
record FigureScale(
        int points,
        int toneSeconds,
        int reductions,
        int bisections,
        int signalsPerRegime,
        int tracks,
        int sweepTones) {
    static final FigureScale FULL = new FigureScale(240, 2, 4, 12, 75, 120, 160);
}
