// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.data;

import org.lacquer.audio.AudioClip;
import org.lacquer.inference.Stretches;
import org.lacquer.training.corpus.CorpusFetcher;
import org.lacquer.training.corpus.Track;
import org.lacquer.training.faults.Draws;
import org.lacquer.training.faults.DynamicsFault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts excerpts from a track, renders faulty dynamics, and keeps the audio on disk, so that a new
 * feature set can be measured without decoding and rendering again. Files are named after the hash
 * of the track; none of them belongs in the repository.
 */
public final class ExcerptRenderer {
    /** Excerpts of a track: the loudest stretch and another one. */
    public static final int EXCERPTS = 2;

    /** Renders of an excerpt: as it is, and with two draws of faulty dynamics. */
    public static final int VARIANTS = 3;

    /** As much of a track is heard at most. */
    public static final double MAX_SECONDS = 480.0;

    static final double EXCERPT_SECONDS = Stretches.SECONDS;

    /** One rendered excerpt on disk. */
    public record Rendered(int excerpt, int variant, Path file) {
        /** Reads the audio back. */
        public AudioClip load() throws IOException {
            ByteBuffer data =
                    ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            int rate = data.getInt();
            float[][] samples = new float[2][data.getInt()];
            for (float[] channel : samples) {
                data.asFloatBuffer().get(channel);
                data.position(data.position() + 4 * channel.length);
            }
            return new AudioClip(rate, samples);
        }
    }

    private final Path corpusRoot;
    private final Path excerpts;
    private final TrackDecoder decoder;

    public ExcerptRenderer(Path work, TrackDecoder decoder) throws IOException {
        this.corpusRoot = work.resolve("root");
        this.excerpts = Files.createDirectories(work.resolve("excerpts"));
        this.decoder = decoder;
    }

    /** All renders of a track, made now or found on disk. */
    public List<Rendered> render(Track track) throws IOException {
        Path source = track.under(corpusRoot);
        String hash = CorpusFetcher.sha256(source).substring(0, 24);
        List<Rendered> wanted = new ArrayList<>();
        boolean complete = true;
        for (int e = 0; e < EXCERPTS; e++) {
            for (int v = 0; v < VARIANTS; v++) {
                Path file = excerpts.resolve(hash + "-" + e + "-" + v + ".pcm");
                wanted.add(new Rendered(e, v, file));
                complete &= Files.exists(file);
            }
        }
        if (!complete) {
            renderAll(track, source, wanted);
        }
        return wanted;
    }

    private void renderAll(Track track, Path source, List<Rendered> wanted) throws IOException {
        AudioClip whole = decoder.decode(source, MAX_SECONDS);
        int rate = whole.format().sampleRateHz();
        String key = track.key();
        int[] starts = starts(whole, key);
        for (Rendered one : wanted) {
            float[][] excerpt = cut(whole, starts[one.excerpt()]);
            if (one.variant() > 0) {
                Draws draws = Draws.of(key + "#" + one.excerpt() + "#" + one.variant());
                excerpt = DynamicsFault.draw(draws).apply(excerpt, rate);
            }
            save(one.file(), rate, excerpt);
        }
    }

    /** First frames of the loudest stretch and of another that is not much quieter. */
    static int[] starts(AudioClip clip, String key) {
        int rate = clip.format().sampleRateHz();
        int length = (int) Math.min(clip.frames(), EXCERPT_SECONDS * rate);
        int last = clip.frames() - length;
        int hops = last / rate + 1;
        double[] seconds = new double[clip.frames() / rate + 1];
        for (int c = 0; c < clip.format().channels(); c++) {
            float[] channel = clip.channel(c);
            for (int i = 0; i < channel.length; i++) {
                seconds[i / rate] += (double) channel[i] * channel[i];
            }
        }
        double[] powers = new double[hops];
        int loudest = 0;
        for (int hop = 0; hop < hops; hop++) {
            for (int s = hop; s < Math.min(hop + (int) EXCERPT_SECONDS, seconds.length); s++) {
                powers[hop] += seconds[s];
            }
            loudest = powers[hop] > powers[loudest] ? hop : loudest;
        }
        List<Integer> others = new ArrayList<>();
        for (int hop = 0; hop < hops; hop++) {
            if (Math.abs(hop - loudest) >= EXCERPT_SECONDS
                    && Stretches.sounds(powers[hop], powers[loudest])) {
                others.add(hop);
            }
        }
        int other =
                others.isEmpty()
                        ? (loudest < hops / 2 ? hops - 1 : 0)
                        : others.get(Draws.of(key).index(others.size()));
        return new int[] {Math.min(loudest * rate, last), Math.min(other * rate, last)};
    }

    /** Samples of one excerpt. */
    static float[][] cut(AudioClip clip, int start) {
        int rate = clip.format().sampleRateHz();
        int length = (int) Math.min(clip.frames(), EXCERPT_SECONDS * rate);
        float[][] out = new float[2][length];
        for (int c = 0; c < 2; c++) {
            System.arraycopy(clip.channel(c), start, out[c], 0, length);
        }
        return out;
    }

    private static void save(Path file, int rate, float[][] samples) throws IOException {
        ByteBuffer data =
                ByteBuffer.allocate(8 + 8 * samples[0].length).order(ByteOrder.LITTLE_ENDIAN);
        data.putInt(rate).putInt(samples[0].length);
        for (float[] channel : samples) {
            for (float sample : channel) {
                data.putFloat(sample);
            }
        }
        Path partial = file.resolveSibling(file.getFileName() + ".part");
        Files.write(partial, data.array());
        Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
