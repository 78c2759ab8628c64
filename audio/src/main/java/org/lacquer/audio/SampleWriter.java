// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Turns planar floats into a frame for an encoder: {@code k = rint(x * 2^(b-1))}, limited to the
 * legal codes and left-aligned in the sample, which is where libav expects 24 bits in 32.
 *
 * <p>Done here because libswresample rounds towards minus infinity.
 */
final class SampleWriter {
    private SampleWriter() {}

    /**
     * Fills {@code frame}, whose sample count and format are set.
     *
     * @param bits legal bits of an integer sample; of no meaning for float
     */
    static void write(float[][] channels, int from, AVFrame frame, int bits) {
        int frames = frame.nb_samples();
        boolean planar = avutil.av_sample_fmt_is_planar(frame.format()) != 0;
        int bytes = avutil.av_get_bytes_per_sample(frame.format());
        int stride = planar ? 1 : channels.length;
        for (int c = 0; c < channels.length; c++) {
            ByteBuffer buffer =
                    frame.extended_data(planar ? c : 0)
                            .capacity((long) frames * stride * bytes)
                            .asByteBuffer()
                            .order(ByteOrder.nativeOrder());
            int first = planar ? 0 : c;
            switch (frame.format()) {
                case avutil.AV_SAMPLE_FMT_S16, avutil.AV_SAMPLE_FMT_S16P -> {
                    for (int i = 0; i < frames; i++) {
                        short code = (short) code(channels[c][from + i], bits);
                        buffer.putShort(2 * (first + i * stride), code);
                    }
                }
                case avutil.AV_SAMPLE_FMT_S32, avutil.AV_SAMPLE_FMT_S32P -> {
                    for (int i = 0; i < frames; i++) {
                        int code = code(channels[c][from + i], bits) << (32 - bits);
                        buffer.putInt(4 * (first + i * stride), code);
                    }
                }
                case avutil.AV_SAMPLE_FMT_FLT, avutil.AV_SAMPLE_FMT_FLTP -> {
                    for (int i = 0; i < frames; i++) {
                        buffer.putFloat(4 * (first + i * stride), channels[c][from + i]);
                    }
                }
                default -> throw new IllegalArgumentException("sample format " + frame.format());
            }
        }
    }

    private static int code(float sample, int bits) {
        int limit = 1 << (bits - 1);
        int code = (int) Math.rint((double) sample * limit);
        return Math.max(-limit, Math.min(limit - 1, code));
    }
}
