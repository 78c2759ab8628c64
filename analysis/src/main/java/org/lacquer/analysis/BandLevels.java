// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

/**
 * How the level of one compressor band is spread over time; {@link CompressorBands} defines bands
 * and detectors. Percentiles are of the detector, in dB above {@code rmsDbfs}, over the frames that
 * count (see {@link Spectrum}); floor -60. NaN is undefined: silence, or shorter than 3 s.
 *
 * @param lowHz lower crossover, 0 for the low band
 * @param highHz upper crossover, half the sample rate for the high band
 * @param rmsDbfs mean power of (L² + R²) / 2 of the band
 * @param crestDb largest sample of the band over {@code rmsDbfs}
 */
public record BandLevels(
        double lowHz,
        double highHz,
        double rmsDbfs,
        double crestDb,
        double p5Db,
        double p10Db,
        double p25Db,
        double p50Db,
        double p75Db,
        double p90Db,
        double p95Db,
        double p99Db) {}
