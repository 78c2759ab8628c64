// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What reading and writing through FFmpeg's libraries have in common. */
final class Libav {
    /** Text in old files that is not UTF-8 is nearly always this. */
    private static final Charset OLD_TEXT = Charset.forName("windows-1252");

    static {
        NativeLibraries.load();
        avutil.av_log_set_level(avutil.AV_LOG_QUIET);
    }

    private Libav() {}

    /** Loads the native libraries and silences their log, which goes to standard error. */
    static void start() {
        // The static initialiser does it, once.
    }

    /** A file as libav names it; the protocol keeps a colon in a name from being taken for one. */
    static BytePointer url(Path file) {
        return text("file:" + file.toAbsolutePath());
    }

    static BytePointer text(String value) {
        return new BytePointer(value, StandardCharsets.UTF_8);
    }

    /** FFmpeg's own words for an error code. */
    static String errorText(int code) {
        byte[] buffer = new byte[256];
        avutil.av_strerror(code, buffer, buffer.length);
        int end = 0;
        while (end < buffer.length && buffer[end] != 0) {
            end++;
        }
        return new String(buffer, 0, end, StandardCharsets.UTF_8);
    }

    static AVDictionary dictionary(Map<String, String> values) {
        // av_dict_set creates what is null; a null pointer instead of this one would crash.
        var dictionary = new AVDictionary(null);
        values.forEach(
                (key, value) -> {
                    try (BytePointer name = text(key);
                            BytePointer content = text(value)) {
                        avutil.av_dict_set(dictionary, name, content, 0);
                    }
                });
        return dictionary;
    }

    static Map<String, String> values(@Nullable AVDictionary dictionary) {
        Map<String, String> values = new LinkedHashMap<>();
        if (dictionary == null || dictionary.isNull()) {
            return values;
        }
        AVDictionaryEntry entry = avutil.av_dict_iterate(dictionary, null);
        while (entry != null && !entry.isNull()) {
            values.put(decode(entry.key()), decode(entry.value()));
            entry = avutil.av_dict_iterate(dictionary, entry);
        }
        return values;
    }

    private static String decode(BytePointer pointer) {
        byte[] bytes = pointer.getStringBytes();
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, OLD_TEXT);
        }
    }
}
