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
    /** Codes of one plane, copied at once: reading them one by one from a buffer is slow. */
    private int[] integers = new int[0];

    private short[] shorts = new short[0];

    /** Whether a sample format, AV_SAMPLE_FMT_*, can be read. */
    static boolean reads(int sampleFormat) {
        return sampleFormat >= avutil.AV_SAMPLE_FMT_U8 && sampleFormat <= avutil.AV_SAMPLE_FMT_DBLP;
    }

    /** Copies all frames of {@code frame} to {@code channels[c][0 ..)}. */
    void read(AVFrame frame, float[][] channels) {
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

    private void copy(
            ByteBuffer from, int sampleFormat, int first, int stride, float[] to, int frames) {
        switch (sampleFormat) {
            case avutil.AV_SAMPLE_FMT_U8, avutil.AV_SAMPLE_FMT_U8P -> {
                for (int i = 0; i < frames; i++) {
                    to[i] = ((from.get(first + i * stride) & 0xFF) - 128) * 0x1p-7f;
                }
            }
            case avutil.AV_SAMPLE_FMT_S16, avutil.AV_SAMPLE_FMT_S16P -> {
                int count = frames * stride;
                if (shorts.length < count) {
                    shorts = new short[count];
                }
                from.asShortBuffer().get(shorts, 0, count);
                scale(shorts, first, stride, to, frames);
            }
            case avutil.AV_SAMPLE_FMT_S32, avutil.AV_SAMPLE_FMT_S32P -> {
                int count = frames * stride;
                if (integers.length < count) {
                    integers = new int[count];
                }
                from.asIntBuffer().get(integers, 0, count);
                scale(integers, first, stride, to, frames);
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

    private static void scale(short[] codes, int first, int stride, float[] to, int frames) {
        if (stride == 1) {
            for (int i = 0; i < frames; i++) {
                to[i] = codes[i] * 0x1p-15f;
            }
        } else {
            for (int i = 0; i < frames; i++) {
                to[i] = codes[first + i * stride] * 0x1p-15f;
            }
        }
    }

    private static void scale(int[] codes, int first, int stride, float[] to, int frames) {
        if (stride == 1) {
            for (int i = 0; i < frames; i++) {
                to[i] = codes[i] * 0x1p-31f;
            }
        } else {
            for (int i = 0; i < frames; i++) {
                to[i] = codes[first + i * stride] * 0x1p-31f;
            }
        }
    }
}
