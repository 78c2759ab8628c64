// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.inference.MasteringRequest.Excerpt;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code 30-60}, {@code 0:30-1:00} or {@code 1:02.5-1:10}. */
final class ExcerptConverter implements ITypeConverter<Excerpt> {
    private static final Pattern TIME =
            Pattern.compile("(?:(\\d{1,4}):)?(\\d{1,6}(?:\\.\\d{1,6})?)");

    @Override
    public Excerpt convert(String text) {
        String[] ends = text.split("-", -1);
        if (ends.length != 2) {
            throw mistake(text);
        }
        double start = seconds(ends[0], text);
        double end = seconds(ends[1], text);
        if (end <= start) {
            throw mistake(text);
        }
        return new Excerpt(start, end);
    }

    private static double seconds(String time, String text) {
        Matcher matcher = TIME.matcher(time.strip());
        if (!matcher.matches()) {
            throw mistake(text);
        }
        double seconds = Double.parseDouble(matcher.group(2));
        if (matcher.group(1) == null) {
            return seconds;
        }
        if (seconds >= 60.0) {
            throw mistake(text);
        }
        return 60.0 * Integer.parseInt(matcher.group(1)) + seconds;
    }

    private static TypeConversionException mistake(String text) {
        return new TypeConversionException(
                "must be START-END in seconds or m:ss, END after START, for instance 0:30-1:00; got"
                        + " "
                        + text);
    }
}
