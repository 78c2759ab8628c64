// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.BiquadCoefficients;
import org.lacquer.audio.Processor;
import org.lacquer.audio.Require;
import org.lacquer.audio.StreamFormat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * Parametric equaliser. Each band works on both channels, on one of them, or on mid or side.
 *
 * <p>With minimum phase it is a chain of second-order sections without latency; otherwise FIR
 * filters of the same magnitude, {@link FirDesign}, with latency.
 *
 * @param bands at most 24
 * @param phase minimum, linear or mixed
 */
public record ParametricEqSettings(List<EqBand> bands, EqPhase phase) implements StageSettings {
    public static final ParametricEqSettings DEFAULT =
            new ParametricEqSettings(List.of(), EqPhase.MINIMUM);

    public ParametricEqSettings {
        bands = List.copyOf(bands);
        Require.inRange("bands", bands.size(), 0, 24, "bands");
    }

    /** Minimum phase. */
    public ParametricEqSettings(List<EqBand> bands) {
        this(bands, EqPhase.MINIMUM);
    }

    @Override
    public boolean neutral() {
        return bands.stream().allMatch(band -> band.gainDb() == 0.0);
    }

    @Override
    public Processor prepare(StreamFormat format) {
        return phase == EqPhase.MINIMUM ? chain(format) : convolvers(format);
    }

    /**
     * Magnitude response at a frequency of a signal that left and right have in common: all bands
     * but those on side, left or right.
     */
    public double responseDb(double frequencyHz, int sampleRateHz) {
        return responseDb(frequencyHz, sampleRateHz, ChannelPlacement.MID);
    }

    /** Magnitude response at a frequency of the bands on both channels and on {@code part}. */
    public double responseDb(double frequencyHz, int sampleRateHz, ChannelPlacement part) {
        return response(sampleRateHz, part).applyAsDouble(frequencyHz);
    }

    /**
     * The magnitude response in dB by frequency in Hz, for many frequencies: the filters are
     * designed once, {@link #responseDb(double, int, ChannelPlacement)} designs them for each
     * frequency.
     */
    public DoubleUnaryOperator response(int sampleRateHz, ChannelPlacement part) {
        List<BiquadCoefficients> sections = sections(sampleRateHz, ChannelPlacement.STEREO);
        if (part != ChannelPlacement.STEREO) {
            sections.addAll(sections(sampleRateHz, part));
        }
        return hz -> BiquadChain.responseDb(sections, hz, sampleRateHz);
    }

    private Processor chain(StreamFormat format) {
        int rate = format.sampleRateHz();
        if (format.channels() != 2) {
            List<BiquadCoefficients> all = sections(rate, ChannelPlacement.STEREO);
            all.addAll(sections(rate, ChannelPlacement.MID));
            return new BiquadChain(all, format.channels());
        }
        List<BiquadCoefficients> left = sections(rate, ChannelPlacement.STEREO);
        List<BiquadCoefficients> right = new ArrayList<>(left);
        left.addAll(sections(rate, ChannelPlacement.LEFT));
        right.addAll(sections(rate, ChannelPlacement.RIGHT));
        return new BiquadChain(
                left,
                right,
                sections(rate, ChannelPlacement.MID),
                sections(rate, ChannelPlacement.SIDE));
    }

    /** Sections of the bands on exactly this part. */
    private List<BiquadCoefficients> sections(int sampleRateHz, ChannelPlacement part) {
        List<BiquadCoefficients> sections = new ArrayList<>();
        for (EqBand band : bands) {
            if (band.placement() == part) {
                sections.addAll(band.sections(sampleRateHz));
            }
        }
        return sections;
    }

    private Processor convolvers(StreamFormat format) {
        int rate = format.sampleRateHz();
        List<BiquadCoefficients> both = sections(rate, ChannelPlacement.STEREO);
        List<BiquadCoefficients> mid = sections(rate, ChannelPlacement.MID);
        if (format.channels() != 2) {
            both.addAll(mid);
            return same(both, format);
        }
        List<BiquadCoefficients> side = sections(rate, ChannelPlacement.SIDE);
        List<BiquadCoefficients> left = sections(rate, ChannelPlacement.LEFT);
        List<BiquadCoefficients> right = sections(rate, ChannelPlacement.RIGHT);
        List<Processor> stages = new ArrayList<>();
        if (!mid.isEmpty() || !side.isEmpty()) {
            // One filter does both when nothing is on left or right alone.
            List<BiquadCoefficients> common = left.isEmpty() && right.isEmpty() ? both : List.of();
            mid.addAll(common);
            side.addAll(common);
            stages.add(new MidSideStage(pair(mid, side, rate)));
        }
        if (!left.isEmpty() || !right.isEmpty()) {
            left.addAll(both);
            right.addAll(both);
            stages.add(pair(left, right, rate));
        }
        if (stages.isEmpty()) {
            stages.add(same(both, format));
        }
        return stages.size() == 1 ? stages.getFirst() : new Series(stages);
    }

    private Processor same(List<BiquadCoefficients> sections, StreamFormat format) {
        int rate = format.sampleRateHz();
        FirDesign filter = FirDesign.of(phase, rate, BiquadChain.gain(sections, rate))[0];
        return FirConvolver.same(filter, format.channels());
    }

    private Processor pair(
            List<BiquadCoefficients> first, List<BiquadCoefficients> second, int sampleRateHz) {
        return new FirConvolver(
                FirDesign.of(
                        phase,
                        sampleRateHz,
                        BiquadChain.gain(first, sampleRateHz),
                        BiquadChain.gain(second, sampleRateHz)));
    }
}
