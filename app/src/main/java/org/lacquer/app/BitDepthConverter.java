// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.audio.BitDepth;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads 16, 24 or 32f. */
final class BitDepthConverter implements ITypeConverter<BitDepth> {
    @Override
    public BitDepth convert(String text) {
        try {
            return BitDepth.ofLabel(text);
        } catch (IllegalArgumentException mistake) {
            throw new TypeConversionException(mistake.getMessage());
        }
    }
}
