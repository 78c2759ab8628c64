// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.api;

import org.lacquer.analysis.DeviceModel;
import org.lacquer.analysis.DeviceProcessor;
import org.lacquer.app.studio.base.Problem;
import org.lacquer.app.studio.http.Request;
import org.lacquer.app.studio.http.Response;
import org.lacquer.app.studio.http.Router;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.StreamFormat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code /monitors}: playback devices as impulse responses. */
final class MonitorsApi {
    /** Long enough for the slowest filter to fall by 80 dB. */
    private static final double SECONDS = 0.3;

    private static final double SHOWN_FROM_HZ = 20.0;
    private static final int SHOWN_POINTS = 40;

    /** So far below that every compressor rests. */
    private static final double REST_DB = -100.0;

    private static final int PATHS = 4;

    void addTo(Router router) {
        router.get("/monitors/{monitor}/impulse", MonitorsApi::impulse);
    }

    /** For a choice. */
    static List<Map<String, Object>> all() {
        return DeviceModel.all().stream().map(MonitorsApi::view).toList();
    }

    private static Map<String, Object> view(DeviceModel model) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("name", model.name());
        object.put("title", model.title());
        object.put("mono", model.mono());
        object.put("basis", model.basis());
        List<List<Double>> response = new ArrayList<>();
        for (int i = 0; i <= SHOWN_POINTS; i++) {
            double hz = SHOWN_FROM_HZ * StrictMath.pow(1_000.0, (double) i / SHOWN_POINTS);
            double db = Math.max(-60.0, model.responseDb(hz, 48_000.0));
            response.add(List.of(Math.rint(hz * 10.0) / 10.0, Math.rint(db * 100.0) / 100.0));
        }
        object.put("responseDb", response);
        return object;
    }

    private static Response impulse(Request request) {
        String name = request.path("monitor");
        DeviceModel model =
                DeviceModel.all().stream()
                        .filter(one -> one.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> Problem.notFound("monitor").exception());
        int rate = request.queryInt("rate", 48_000, 8_000, 192_000);
        return Response.bytes(200, "audio/wav", wave(model, rate))
                .header("Cache-Control", "private, max-age=86400");
    }

    /** WAV with 32-bit floats: left to left, left to right, right to left, right to right. */
    static byte[] wave(DeviceModel model, int rate) {
        int frames = (int) Math.round(SECONDS * rate);
        AudioBlock left = response(model, rate, frames, 0);
        AudioBlock right = response(model, rate, frames, 1);
        float[][] paths = {left.channel(0), left.channel(1), right.channel(0), right.channel(1)};
        int dataBytes = frames * PATHS * Float.BYTES;
        ByteBuffer bytes = ByteBuffer.allocate(44 + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(ascii("RIFF")).putInt(36 + dataBytes).put(ascii("WAVEfmt ")).putInt(16);
        bytes.putShort((short) 3).putShort((short) PATHS).putInt(rate);
        bytes.putInt(rate * PATHS * Float.BYTES).putShort((short) (PATHS * Float.BYTES));
        bytes.putShort((short) 32).put(ascii("data")).putInt(dataBytes);
        for (int i = 0; i < frames; i++) {
            for (float[] path : paths) {
                bytes.putFloat(path[i]);
            }
        }
        return bytes.array();
    }

    private static AudioBlock response(DeviceModel model, int rate, int frames, int channel) {
        DeviceProcessor device = model.prepare(new StreamFormat(rate, 2), REST_DB);
        AudioBlock block = new AudioBlock(2, frames);
        block.setFrames(frames);
        block.clear();
        block.channel(channel)[0] = 1f;
        device.process(block);
        return block;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
