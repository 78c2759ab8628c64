// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.Processor;
import org.lacquer.audio.StreamFormat;

import java.util.List;
import java.util.Locale;

/** What one stage of a plan shall do: immutable, validated, in units of ms, s, Hz and dB. */
public sealed interface StageSettings
        permits GainSettings,
                HighPassSettings,
                LowPassSettings,
                ParametricEqSettings,
                MatchingEqSettings,
                DynamicEqSettings,
                MultibandCompressorSettings,
                CompressorSettings,
                TransientShaperSettings,
                SaturationSettings,
                StereoWidthSettings,
                LimiterSettings {

    /** All kinds, in the usual order of a mastering chain. */
    List<Class<? extends StageSettings>> KINDS =
            List.of(
                    GainSettings.class,
                    HighPassSettings.class,
                    LowPassSettings.class,
                    ParametricEqSettings.class,
                    MatchingEqSettings.class,
                    DynamicEqSettings.class,
                    MultibandCompressorSettings.class,
                    CompressorSettings.class,
                    TransientShaperSettings.class,
                    SaturationSettings.class,
                    StereoWidthSettings.class,
                    LimiterSettings.class);

    /** A new processor with these settings, ready to run. */
    Processor prepare(StreamFormat format);

    /** Whether the stage changes nothing, so that a processor is not needed. */
    boolean neutral();

    /** The name in plans and on the command line, for instance {@code parametric-eq}. */
    default String stageName() {
        return stageName(getClass());
    }

    /** Kebab-case class name without its ending. */
    static String stageName(Class<? extends StageSettings> kind) {
        return kind.getSimpleName()
                .replace("Settings", "")
                .replaceAll("([a-z])([A-Z])", "$1-$2")
                .toLowerCase(Locale.ROOT);
    }
}
