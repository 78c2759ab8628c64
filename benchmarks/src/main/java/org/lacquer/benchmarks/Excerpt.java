// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.AudioReader;
import org.lacquer.audio.AudioSource;
import org.lacquer.audio.AudioSpool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A part of a song. */
record Excerpt(Path file, double startSeconds, double seconds) {
    private static final double SECONDS = 10.0;

    /**
     * Lines of package, file, start and, where it is not ten, seconds, apart by tabs; a package is
     * a folder under {@code root}. Lines that begin with # are comments.
     */
    static List<Excerpt> list(Path tracks, Path root) throws IOException {
        List<Excerpt> excerpts = new ArrayList<>();
        for (String line : Files.readAllLines(tracks)) {
            String[] parts = line.split("\t", -1);
            if (!line.startsWith("#") && parts.length >= 3) {
                Path file = root.resolve(parts[0]).resolve(parts[1]);
                double seconds = parts.length > 3 ? Double.parseDouble(parts[3]) : SECONDS;
                excerpts.add(new Excerpt(file, Double.parseDouble(parts[2]), seconds));
            }
        }
        return excerpts;
    }

    String name() {
        return String.valueOf(file.getFileName());
    }

    AudioClip read() throws IOException {
        try (AudioReader reader = AudioReader.open(file)) {
            int rate = reader.format().sampleRateHz();
            long skip = Math.round(startSeconds * rate);
            int frames = (int) Math.round(seconds * rate);
            float[][] samples = new float[reader.format().channels()][frames];
            AudioBlock block = new AudioBlock(samples.length, 8_192);
            long position = 0;
            while (position < skip + frames && reader.read(block) > 0) {
                for (int i = 0; i < block.frames(); i++, position++) {
                    if (position >= skip && position < skip + frames) {
                        for (int c = 0; c < samples.length; c++) {
                            samples[c][(int) (position - skip)] = block.channel(c)[i];
                        }
                    }
                }
            }
            return new AudioClip(rate, samples);
        }
    }

    static AudioSpool spool(AudioClip clip) throws IOException {
        AudioSpool spool = new AudioSpool(clip.format(), Long.MAX_VALUE);
        AudioBlock block = new AudioBlock(clip.format().channels(), 8_192);
        try (AudioSource source = clip.source()) {
            while (source.read(block) > 0) {
                spool.write(block);
            }
        }
        spool.finish();
        return spool;
    }
}
