// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.analysis.Figures;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.util.Locale;

/** Reads what analyze can be asked for: loudness or all. */
final class FiguresConverter implements ITypeConverter<Figures> {
    @Override
    public Figures convert(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "loudness" -> Figures.LOUDNESS;
            case "all" -> Figures.ALL;
            default ->
                    throw new TypeConversionException(
                            "expected one of [LOUDNESS, ALL] (case-insensitive) but was '"
                                    + text
                                    + "'");
        };
    }
}
