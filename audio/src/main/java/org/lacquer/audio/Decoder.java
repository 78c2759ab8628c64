// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecDescriptor;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The best audio stream of a file, decoded by libavformat and libavcodec, packet by packet.
 *
 * <p>Every pointer is checked before use and freed by {@link #close}: a wrong one ends the JVM. One
 * thread decodes, because frame threads would delay errors. Only containers that hold audio files
 * are opened; playlists and the like could lead to other files.
 */
final class Decoder implements AutoCloseable {
    /** What went wrong, in words for a musician. */
    static final class DecodingException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String reason;

        DecodingException(String reason) {
            super(reason);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    private static final String CONTAINERS =
            "wav,w64,aiff,caf,au,flac,mp3,mov,aac,ogg,matroska,asf,wv,tta,ape,mpc,mpc8,dsf";

    /** Containers whose header gives the length; Ogg and Matroska do not. */
    private static final String LENGTH_IN_HEADER = "wav|w64|aiff|caf|flac|wv|tta|ape|mp3|mov,.*";

    /** Codecs whose errors are found by checksums; lossy ones have harmless oddities. */
    private static final int STRICT =
            avcodec.AV_EF_CRCCHECK
                    | avcodec.AV_EF_BITSTREAM
                    | avcodec.AV_EF_BUFFER
                    | avcodec.AV_EF_EXPLODE;

    private final Path file;
    private final AVFormatContext container = new AVFormatContext(null);
    private final AVPacket packet = avcodec.av_packet_alloc();
    private final AVFrame frame = avutil.av_frame_alloc();
    private final SampleReader sampleReader = new SampleReader();
    private AVCodecContext codec = new AVCodecContext(null);
    private AVStream stream = new AVStream(null);
    private boolean draining;
    private float[][] samples = new float[0][];
    private int frames;
    private int rate;
    private int channels;
    private boolean closed;

    private Decoder(Path file) {
        this.file = file;
    }

    static Decoder open(Path file) throws DecodingException {
        Libav.start();
        var decoder = new Decoder(file);
        boolean complete = false;
        try {
            decoder.openContainer();
            decoder.openCodec();
            complete = true;
            return decoder;
        } finally {
            if (!complete) {
                decoder.close();
            }
        }
    }

    /**
     * Decodes the next stretch into {@link #samples}.
     *
     * @return whether there was one
     */
    boolean next() throws DecodingException {
        while (true) {
            int result = avcodec.avcodec_receive_frame(codec, frame);
            if (result >= 0) {
                if (frame.nb_samples() > 0) {
                    takeFrame();
                    return true;
                }
            } else if (result == avutil.AVERROR_EOF() || draining) {
                frames = 0;
                return false;
            } else if (result == avutil.AVERROR_EAGAIN()) {
                feed();
            } else {
                stopOrFail(result);
            }
        }
    }

    /** Channels of the last stretch; {@link #frames()} of each count. */
    float[][] samples() {
        return samples;
    }

    int frames() {
        return frames;
    }

    /** Sample rate of the last stretch; before the first what the container says. */
    int sampleRateHz() {
        return rate;
    }

    int channels() {
        return channels;
    }

    String containerName() {
        return container.iformat().name().getString();
    }

    String codecName() {
        return avcodec.avcodec_get_name(stream.codecpar().codec_id()).getString();
    }

    boolean lossy() {
        AVCodecDescriptor descriptor = avcodec.avcodec_descriptor_get(stream.codecpar().codec_id());
        return descriptor == null
                || descriptor.isNull()
                || (descriptor.props() & avcodec.AV_CODEC_PROP_LOSSLESS) == 0;
    }

    /** Bits of a stored sample, 0 for lossy codecs. */
    int bitDepth() {
        if (lossy()) {
            return 0;
        }
        AVCodecParameters parameters = stream.codecpar();
        int raw = parameters.bits_per_raw_sample();
        int stored = avcodec.av_get_bits_per_sample(parameters.codec_id());
        return raw > 0 ? raw : stored > 0 ? stored : parameters.bits_per_coded_sample();
    }

    /** Frames that the header promises, -1 when it does not say. */
    long declaredFrames() throws IOException {
        int frameBits =
                avcodec.av_get_bits_per_sample(stream.codecpar().codec_id())
                        * stream.codecpar().ch_layout().nb_channels();
        if (containerName().equals("wav") && frameBits >= 8) {
            long bytes = WaveHeader.declaredBytes(file);
            return bytes < 0 ? -1 : bytes / (frameBits / 8);
        }
        boolean guessed =
                container.duration_estimation_method() == avformat.AVFMT_DURATION_FROM_BITRATE;
        if (guessed || stream.duration() <= 0 || !containerName().matches(LENGTH_IN_HEADER)) {
            return -1;
        }
        AVRational unit = stream.time_base();
        double seconds = (double) stream.duration() * unit.num() / unit.den();
        return Math.round(seconds * rate);
    }

    /** Whether the declared length says where padding begins, as in MPEG-4. */
    boolean hasEditList() {
        return containerName().startsWith("mov,");
    }

    /** Text of the container and of the stream, as stored. */
    Map<String, String> metadata() {
        Map<String, String> values = Libav.values(container.metadata());
        Libav.values(stream.metadata()).forEach(values::putIfAbsent);
        return values;
    }

    Optional<Tags.Cover> cover() {
        for (int i = 0; i < container.nb_streams(); i++) {
            AVStream candidate = container.streams(i);
            boolean picture = (candidate.disposition() & avformat.AV_DISPOSITION_ATTACHED_PIC) != 0;
            AVPacket data = candidate.attached_pic();
            if (picture && data.size() > 0) {
                byte[] bytes = new byte[data.size()];
                data.data().capacity(bytes.length).get(bytes);
                return CoverImage.of(bytes);
            }
        }
        return Optional.empty();
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
        if (!container.isNull()) {
            avformat.avformat_close_input(container);
        }
    }

    private void openContainer() throws DecodingException {
        AVDictionary options = Libav.dictionary(Map.of("format_whitelist", CONTAINERS));
        try (BytePointer url = Libav.url(file)) {
            AVInputFormat any = null;
            int result = avformat.avformat_open_input(container, url, any, options);
            if (result < 0) {
                throw new DecodingException(notAudio(result));
            }
        } finally {
            avutil.av_dict_free(options);
        }
        AVDictionary none = null;
        if (avformat.avformat_find_stream_info(container, none) < 0) {
            throw new DecodingException("its audio cannot be read; the file is damaged");
        }
    }

    private static String notAudio(int result) {
        if (result == avutil.AVERROR_INVALIDDATA() || result == avutil.AVERROR_EINVAL()) {
            return "it is not an audio file, or it is damaged at its beginning";
        }
        return "it cannot be opened: " + Libav.errorText(result);
    }

    private void openCodec() throws DecodingException {
        AVCodec none = null;
        int index =
                avformat.av_find_best_stream(container, avutil.AVMEDIA_TYPE_AUDIO, -1, -1, none, 0);
        if (index < 0) {
            throw new DecodingException("it contains no audio");
        }
        stream = container.streams(index);
        rate = stream.codecpar().sample_rate();
        channels = stream.codecpar().ch_layout().nb_channels();
        for (int i = 0; i < container.nb_streams(); i++) {
            if (i != index) {
                container.streams(i).discard(avcodec.AVDISCARD_ALL);
            }
        }
        AVCodec decoder = avcodec.avcodec_find_decoder(stream.codecpar().codec_id());
        if (decoder == null || decoder.isNull()) {
            throw new DecodingException("its audio format " + codecName() + " is not supported");
        }
        codec = avcodec.avcodec_alloc_context3(decoder);
        int result = avcodec.avcodec_parameters_to_context(codec, stream.codecpar());
        codec.pkt_timebase(stream.time_base());
        codec.thread_count(1);
        // Decoders that have a choice, as FLAC's, then give each channel by itself.
        codec.request_sample_fmt(avutil.AV_SAMPLE_FMT_S16P);
        if (!lossy()) {
            codec.err_recognition(STRICT);
        }
        AVDictionary options = null;
        if (result < 0 || avcodec.avcodec_open2(codec, decoder, options) < 0) {
            throw new DecodingException("its " + codecName() + " audio cannot be decoded");
        }
    }

    private void feed() throws DecodingException {
        boolean more = readPacket();
        int result = avcodec.avcodec_send_packet(codec, more ? packet : null);
        avcodec.av_packet_unref(packet);
        if (result < 0 && result != avutil.AVERROR_EOF()) {
            stopOrFail(result);
        }
    }

    /** Reads on to a packet of our stream; false at the end of the file. */
    private boolean readPacket() {
        while (!draining && avformat.av_read_frame(container, packet) >= 0) {
            if (packet.stream_index() == stream.index()) {
                return true;
            }
            avcodec.av_packet_unref(packet);
        }
        // A read error is an end, too: the missing length tells.
        draining = true;
        return false;
    }

    /**
     * An error in the last packet means a cut file, which its length shows; any other is damage.
     */
    private void stopOrFail(int result) throws DecodingException {
        boolean more = readPacket();
        avcodec.av_packet_unref(packet);
        if (more) {
            throw new DecodingException("it is damaged (" + Libav.errorText(result) + ")");
        }
        AVPacket flush = null;
        avcodec.avcodec_send_packet(codec, flush);
    }

    private void takeFrame() throws DecodingException {
        channels = frame.ch_layout().nb_channels();
        rate = frame.sample_rate();
        if (!SampleReader.reads(frame.format()) || channels < 1 || rate < 1) {
            throw new DecodingException("its sample format is not supported");
        }
        frames = frame.nb_samples();
        if (samples.length != channels || samples[0].length < frames) {
            samples = new float[channels][frames];
        }
        sampleReader.read(frame, samples);
    }
}
