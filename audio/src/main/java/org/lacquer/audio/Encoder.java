// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Writes one audio file through libavcodec and libavformat, with tags and cover.
 *
 * <p>One thread, fixed settings, no dates and no encoder names: the same samples and tags give the
 * same bytes. The format comes from the {@link OutputSpec}, never from the file's name.
 */
final class Encoder implements AutoCloseable {
    /** Why nothing can be written, in the words of the system or the library. */
    static final class EncodingException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String reason;

        EncodingException(String reason) {
            super(reason);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    /** Frames of a packet where the encoder does not care. */
    private static final int FREE_FRAME_SIZE = 4_096;

    private final OutputSpec spec;
    private final Settings settings;
    private final AVFormatContext container = new AVFormatContext(null);
    private final AVIOContext output = new AVIOContext(null);
    private final AVPacket packet = avcodec.av_packet_alloc();
    private final AVFrame frame = avutil.av_frame_alloc();
    private AVCodecContext codec = new AVCodecContext(null);
    private AVStream stream = new AVStream(null);

    /** Frames that wait until an encoder's frame is full. */
    private float[][] waiting = new float[0][];

    private int waitingFrames;
    private long framesSent;
    private boolean closed;

    private Encoder(OutputSpec spec) {
        this.spec = spec;
        this.settings = Settings.of(spec.fileFormat(), spec.bitDepth());
    }

    static Encoder open(Path file, OutputSpec spec) throws EncodingException {
        Libav.start();
        var encoder = new Encoder(spec);
        boolean complete = false;
        try {
            encoder.start(file);
            complete = true;
            return encoder;
        } finally {
            if (!complete) {
                encoder.close();
            }
        }
    }

    void write(AudioBlock block) throws EncodingException {
        int done = 0;
        while (done < block.frames()) {
            int count = Math.min(block.frames() - done, waiting[0].length - waitingFrames);
            for (int c = 0; c < waiting.length; c++) {
                System.arraycopy(block.channel(c), done, waiting[c], waitingFrames, count);
            }
            waitingFrames += count;
            done += count;
            if (waitingFrames == waiting[0].length) {
                sendWaiting();
            }
        }
    }

    /** Writes what waits, and all that a container puts at its end. */
    void finish() throws EncodingException {
        if (waitingFrames > 0) {
            sendWaiting();
        }
        AVFrame end = null;
        check(avcodec.avcodec_send_frame(codec, end));
        drain();
        check(avformat.av_write_trailer(container));
        avformat.avio_flush(output);
        check(output.error());
        container.pb(new AVIOContext(null));
        check(avformat.avio_closep(output));
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        avutil.av_frame_free(frame);
        avcodec.av_packet_free(packet);
        if (!codec.isNull()) {
            avcodec.avcodec_free_context(codec);
        }
        if (!output.isNull()) {
            avformat.avio_closep(output);
        }
        if (!container.isNull()) {
            avformat.avformat_free_context(container);
        }
    }

    private void start(Path file) throws EncodingException {
        AVOutputFormat byName = null;
        String noName = null;
        check(
                avformat.avformat_alloc_output_context2(
                        container, byName, settings.container, noName));
        container.flags(container.flags() | AVFormatContext.AVFMT_FLAG_BITEXACT);
        openCodec();
        openStream();
        Optional<Tags.Cover> cover = spec.tags().cover().filter(any -> settings.holdsCover);
        AVStream picture = addPicture(cover);
        container.metadata(Libav.dictionary(metadata()));
        try (BytePointer url = Libav.url(file)) {
            check(avformat.avio_open(output, url, avformat.AVIO_FLAG_WRITE));
        }
        container.pb(output);
        AVDictionary options = Libav.dictionary(containerOptions());
        try {
            check(avformat.avformat_write_header(container, options));
        } finally {
            avutil.av_dict_free(options);
        }
        if (cover.isPresent()) {
            writePicture(cover.get(), picture);
        }
        int frameSize = codec.frame_size() > 0 ? codec.frame_size() : FREE_FRAME_SIZE;
        waiting = new float[spec.streamFormat().channels()][frameSize];
    }

    private void openCodec() throws EncodingException {
        AVCodec encoder = avcodec.avcodec_find_encoder_by_name(settings.codec);
        if (encoder == null || encoder.isNull()) {
            throw new EncodingException("the encoder " + settings.codec + " is missing");
        }
        codec = avcodec.avcodec_alloc_context3(encoder);
        avutil.av_channel_layout_default(codec.ch_layout(), spec.streamFormat().channels());
        codec.sample_rate(spec.streamFormat().sampleRateHz());
        codec.sample_fmt(settings.sampleFormat);
        codec.time_base(frameTime());
        codec.thread_count(1);
        codec.flags(codec.flags() | avcodec.AV_CODEC_FLAG_BITEXACT);
        if ((container.oformat().flags() & avformat.AVFMT_GLOBALHEADER) != 0) {
            codec.flags(codec.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
        }
        if (settings.bits > 0) {
            codec.bits_per_raw_sample(settings.bits);
        }
        if (settings.bitRate > 0) {
            codec.bit_rate(spec.bitRate() > 0 ? spec.bitRate() : settings.bitRate);
        }
        if (settings.compressionLevel >= 0) {
            codec.compression_level(settings.compressionLevel);
        }
        AVDictionary none = null;
        int result = avcodec.avcodec_open2(codec, encoder, none);
        if (result < 0) {
            throw new EncodingException(
                    spec.fileFormat()
                            + " cannot hold "
                            + spec.streamFormat().sampleRateHz()
                            + " Hz with "
                            + spec.streamFormat().channels()
                            + " channels ("
                            + Libav.errorText(result)
                            + ")");
        }
    }

    private void openStream() throws EncodingException {
        AVCodec any = null;
        stream = avformat.avformat_new_stream(container, any);
        stream.time_base(frameTime());
        check(avcodec.avcodec_parameters_from_context(stream.codecpar(), codec));
    }

    private Map<String, String> metadata() {
        Map<String, String> values = TagRules.namedFor(spec.fileFormat(), spec.tags());
        if (spec.fileFormat() == FileFormat.OPUS && spec.tags().cover().isPresent()) {
            byte[] data = spec.tags().cover().get().data();
            CoverImage.inspect(data)
                    .ifPresent(image -> values.put("METADATA_BLOCK_PICTURE", image.oggBlock(data)));
        }
        return values;
    }

    private Map<String, String> containerOptions() {
        Map<String, String> options = new HashMap<>();
        switch (spec.fileFormat()) {
            case WAV -> options.put("rf64", "auto");
            case AIFF -> {
                if (!spec.tags().equals(Tags.NONE)) {
                    options.put("write_id3v2", "1");
                }
            }
            case MP3 -> options.put("id3v2_version", "4");
            // In frames instead of milliseconds, so that the edit list cuts exactly.
            case AAC, ALAC ->
                    options.put(
                            "movie_timescale",
                            Integer.toString(spec.streamFormat().sampleRateHz()));
            case FLAC, OPUS -> {}
        }
        return options;
    }

    /** A stream for the cover; a null pointer without one. */
    private AVStream addPicture(Optional<Tags.Cover> cover) {
        Optional<CoverImage> image = cover.flatMap(some -> CoverImage.inspect(some.data()));
        if (image.isEmpty()) {
            return new AVStream(null);
        }
        AVCodec any = null;
        AVStream picture = avformat.avformat_new_stream(container, any);
        boolean png = image.get().mimeType().equals("image/png");
        picture.codecpar().codec_type(avutil.AVMEDIA_TYPE_VIDEO);
        picture.codecpar().codec_id(png ? avcodec.AV_CODEC_ID_PNG : avcodec.AV_CODEC_ID_MJPEG);
        picture.codecpar().format(png ? avutil.AV_PIX_FMT_RGB24 : avutil.AV_PIX_FMT_YUVJ420P);
        picture.codecpar().width(image.get().width());
        picture.codecpar().height(image.get().height());
        picture.disposition(avformat.AV_DISPOSITION_ATTACHED_PIC);
        return picture;
    }

    private void writePicture(Tags.Cover cover, AVStream picture) throws EncodingException {
        if (picture.isNull()) {
            return;
        }
        byte[] data = cover.data();
        check(avcodec.av_new_packet(packet, data.length));
        packet.data().capacity(data.length).put(data);
        packet.stream_index(picture.index());
        packet.flags(avcodec.AV_PKT_FLAG_KEY);
        packet.pts(0);
        packet.dts(0);
        check(avformat.av_interleaved_write_frame(container, packet));
    }

    private void sendWaiting() throws EncodingException {
        avutil.av_frame_unref(frame);
        frame.nb_samples(waitingFrames);
        frame.format(codec.sample_fmt());
        frame.sample_rate(codec.sample_rate());
        check(avutil.av_channel_layout_copy(frame.ch_layout(), codec.ch_layout()));
        check(avutil.av_frame_get_buffer(frame, 0));
        frame.pts(framesSent);
        SampleWriter.write(waiting, 0, frame, settings.bits);
        framesSent += waitingFrames;
        waitingFrames = 0;
        check(avcodec.avcodec_send_frame(codec, frame));
        drain();
    }

    private void drain() throws EncodingException {
        while (true) {
            int result = avcodec.avcodec_receive_packet(codec, packet);
            if (result == avutil.AVERROR_EAGAIN() || result == avutil.AVERROR_EOF()) {
                return;
            }
            check(result);
            avcodec.av_packet_rescale_ts(packet, frameTime(), stream.time_base());
            packet.stream_index(stream.index());
            check(avformat.av_interleaved_write_frame(container, packet));
            // A full disk shows here, not in the result above.
            check(output.error());
        }
    }

    private AVRational frameTime() {
        return avutil.av_make_q(1, spec.streamFormat().sampleRateHz());
    }

    private static void check(int result) throws EncodingException {
        if (result < 0) {
            throw new EncodingException(Libav.errorText(result));
        }
    }

    /**
     * How libav is told what to do.
     *
     * @param bits of an integer sample, 0 for float
     * @param bitRate bits a second, 0 for lossless codecs
     * @param compressionLevel -1 for the encoder's own
     */
    private record Settings(
            String container,
            String codec,
            int sampleFormat,
            int bits,
            int bitRate,
            int compressionLevel,
            boolean holdsCover) {
        static Settings of(FileFormat format, BitDepth depth) {
            int bits = depth.integer() ? depth.bits() : 0;
            boolean small = depth == BitDepth.INT16;
            int packed = small ? avutil.AV_SAMPLE_FMT_S16 : avutil.AV_SAMPLE_FMT_S32;
            int planar = small ? avutil.AV_SAMPLE_FMT_S16P : avutil.AV_SAMPLE_FMT_S32P;
            int pcm = depth.integer() ? packed : avutil.AV_SAMPLE_FMT_FLT;
            int floats = avutil.AV_SAMPLE_FMT_FLTP;
            String sample = depth.integer() ? "s" + bits : "f32";
            return switch (format) {
                case WAV -> new Settings("wav", "pcm_" + sample + "le", pcm, bits, 0, -1, false);
                case AIFF -> new Settings("aiff", "pcm_" + sample + "be", pcm, bits, 0, -1, true);
                case FLAC -> new Settings("flac", "flac", packed, bits, 0, 8, true);
                case ALAC -> new Settings("ipod", "alac", planar, bits, 0, 2, true);
                case MP3 -> new Settings("mp3", "libmp3lame", floats, 0, 320_000, 3, true);
                case AAC -> new Settings("ipod", "aac", floats, 0, 256_000, -1, true);
                case OPUS ->
                        new Settings(
                                "opus", "libopus", avutil.AV_SAMPLE_FMT_FLT, 0, 192_000, 10, false);
            };
        }
    }
}
