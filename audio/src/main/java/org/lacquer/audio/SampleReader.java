// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Turns a decoded frame into planar floats: code k of b bits is {@code k / 2^(b-1)}.
 *
 * <p>libav left-aligns 20- and 24-bit samples in 32 bits, so that rule holds for them with b = 32,
 * and a float holds their 24 bits exactly. 32-bit integers and doubles are rounded to nearest.
 */
final class SampleReader {
    private SampleReader() {}

    /** Whether a sample format, AV_SAMPLE_FMT_*, can be read. */
    static boolean reads(int sampleFormat) {
        return sampleFormat >= avutil.AV_SAMPLE_FMT_U8 && sampleFormat <= avutil.AV_SAMPLE_FMT_DBLP;
    }

    /** Copies all frames of {@code frame} to {@code channels[c][0 ..)}. */
    static void read(AVFrame frame, float[][] channels) {
        int frames = frame.nb_samples();
        boolean planar = avutil.av_sample_fmt_is_planar(frame.format()) != 0;
        int bytes = avutil.av_get_bytes_per_sample(frame.format());
        for (int c = 0; c < channels.length; c++) {
            int stride = planar ? 1 : channels.length;
            BytePointer plane = frame.extended_data(planar ? c : 0);
            ByteBuffer buffer =
                    plane.capacity((long) frames * stride * bytes)
                            .asByteBuffer()
                            .order(ByteOrder.nativeOrder());
            copy(buffer, frame.format(), planar ? 0 : c, stride, channels[c], frames);
        }
    }

    private static void copy(
            ByteBuffer from, int sampleFormat, int first, int stride, float[] to, int frames) {
        switch (sampleFormat) {
            case avutil.AV_SAMPLE_FMT_U8, avutil.AV_SAMPLE_FMT_U8P -> {
                for (int i = 0; i < frames; i++) {
                    to[i] = ((from.get(first + i * stride) & 0xFF) - 128) * 0x1p-7f;
                }
            }
            case avutil.AV_SAMPLE_FMT_S16, avutil.AV_SAMPLE_FMT_S16P -> {
                for (int i = 0; i < frames; i++) {
                    to[i] = from.getShort(2 * (first + i * stride)) * 0x1p-15f;
                }
            }
            case avutil.AV_SAMPLE_FMT_S32, avutil.AV_SAMPLE_FMT_S32P -> {
                for (int i = 0; i < frames; i++) {
                    to[i] = from.getInt(4 * (first + i * stride)) * 0x1p-31f;
                }
            }
            case avutil.AV_SAMPLE_FMT_FLT, avutil.AV_SAMPLE_FMT_FLTP -> {
                for (int i = 0; i < frames; i++) {
                    to[i] = from.getFloat(4 * (first + i * stride));
                }
            }
            case avutil.AV_SAMPLE_FMT_DBL, avutil.AV_SAMPLE_FMT_DBLP -> {
                for (int i = 0; i < frames; i++) {
                    to[i] = (float) from.getDouble(8 * (first + i * stride));
                }
            }
            default -> throw new IllegalArgumentException("sample format " + sampleFormat);
        }
    }
}
