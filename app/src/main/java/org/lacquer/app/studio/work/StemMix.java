// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.work;

import org.jspecify.annotations.Nullable;
import org.lacquer.analysis.Finding;
import org.lacquer.analysis.StemPreflight;
import org.lacquer.analysis.StemPreflight.Stem;
import org.lacquer.analysis.StemSum;
import org.lacquer.analysis.StemSummer;
import org.lacquer.app.studio.base.Problem;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioReader;
import org.lacquer.audio.AudioSource;
import org.lacquer.audio.AudioWriter;
import org.lacquer.audio.BitDepth;
import org.lacquer.audio.Decibels;
import org.lacquer.audio.Failure;
import org.lacquer.audio.FailureException;
import org.lacquer.audio.FileFormat;
import org.lacquer.audio.OutputSpec;
import org.lacquer.audio.Progress;
import org.lacquer.audio.StreamFormat;
import org.lacquer.audio.SummedSource;
import org.lacquer.audio.Tags;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Adds stems to a mix: from their first frames, each with its gain, in 32-bit float so that nothing
 * clips; then looks at those that are heard together, as they were delivered.
 */
final class StemMix {
    private static final int BLOCK = 8_192;
    private static final double ADDED = 0.5;

    /** Says how to name a mix on the command line, which is no help here. */
    private static final String NO_MIX = "no-mix";

    private final List<Part> parts = new ArrayList<>();
    private final @Nullable Part rough;
    private final Desk desk;

    /** A stem as it was asked for, or the rough mix. */
    private record Part(String id, Path file, String name, double gainDb, boolean muted) {
        static Part of(JsonNode node) {
            return new Part(
                    node.path("id").asString(),
                    Path.of(node.path("file").asString()),
                    node.path("name").asString(),
                    node.path("gainDb").asDouble(0.0),
                    node.path("muted").asBoolean(false));
        }

        String bareName() {
            int dot = name.lastIndexOf('.');
            return dot > 0 ? name.substring(0, dot) : name;
        }
    }

    StemMix(JsonNode request, Desk desk) {
        request.path("stems").forEach(stem -> parts.add(Part.of(stem)));
        rough = request.path("rough").isObject() ? Part.of(request.path("rough")) : null;
        this.desk = desk;
    }

    /** Writes the mix and returns what is to be known about it. */
    Map<String, Object> write(Path mix) throws IOException {
        Progress progress = desk.ticker().stage("mix");
        List<Stem> heard = new ArrayList<>();
        add(mix, heard, fraction -> progress.at(ADDED * fraction));
        boolean compared = rough != null && fits(rough, heard);
        StemSum sum =
                together(
                        compared ? rough : null,
                        fraction -> progress.at(ADDED + (1.0 - ADDED) * fraction));
        List<Finding> findings =
                StemPreflight.check(heard, rough == null ? null : described(rough), sum).stream()
                        .filter(finding -> !finding.code().equals(NO_MIX))
                        .toList();
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("stems", parts.stream().map(StemMix::json).toList());
        object.put("rough", Optional.ofNullable(rough).map(Part::id));
        object.put("sum", figures(sum, heard.getFirst().sampleRateHz()));
        object.put("findings", desk.reports().findings(findings));
        return object;
    }

    private void add(Path mix, List<Stem> heard, Progress progress) throws IOException {
        try (Opened opened = new Opened()) {
            List<AudioSource> sources = new ArrayList<>();
            List<Counted> counted = new ArrayList<>();
            for (Part part : parts) {
                if (!part.muted()) {
                    AudioReader reader = opened.add(part.file());
                    Counted source = new Counted(reader, part.file(), desk.longestSeconds());
                    counted.add(source);
                    sources.add(source);
                    heard.add(stem(part, reader, 0.0));
                }
            }
            requireEqual(heard);
            double[] gains =
                    parts.stream()
                            .filter(part -> !part.muted())
                            .mapToDouble(part -> Decibels.toGain(part.gainDb()))
                            .toArray();
            copy(new SummedSource(sources, gains), mix, opened.declaredFrames(), progress);
            for (int k = 0; k < heard.size(); k++) {
                Stem stem = heard.get(k);
                double seconds = counted.get(k).seconds();
                heard.set(
                        k,
                        new Stem(
                                stem.name(),
                                stem.sampleRateHz(),
                                stem.channels(),
                                seconds,
                                stem.bitDepth()));
            }
        }
    }

    /** Stems of several rates are refused: which of them is the song's, only people know. */
    private static void requireEqual(List<Stem> heard) {
        Stem first = heard.getFirst();
        for (Stem stem : heard) {
            if (stem.channels() > 2) {
                throw differ(stem.name() + " has " + stem.channels() + " channels");
            }
            if (stem.sampleRateHz() != first.sampleRateHz()) {
                throw differ(
                        first.name()
                                + " has "
                                + first.sampleRateHz()
                                + " Hz, "
                                + stem.name()
                                + " has "
                                + stem.sampleRateHz()
                                + " Hz");
            }
        }
    }

    private static RuntimeException differ(String what) {
        return new Problem(
                        422,
                        "stems-differ",
                        "the stems cannot be added: "
                                + what
                                + ". Export them all at once, mono or stereo, at one sample rate")
                .exception();
    }

    private static void copy(AudioSource source, Path mix, long frames, Progress progress)
            throws IOException {
        OutputSpec spec =
                new OutputSpec(FileFormat.WAV, BitDepth.FLOAT32, source.format(), Tags.NONE);
        try (AudioWriter writer = AudioWriter.create(mix, spec, false)) {
            AudioBlock block = new AudioBlock(source.format().channels(), BLOCK);
            long done = 0;
            while (source.read(block) > 0) {
                writer.write(block);
                done += block.frames();
                progress.at(Math.min(1.0, (double) done / Math.max(done, frames)));
            }
            writer.commit();
        }
    }

    private static boolean fits(Part rough, List<Stem> heard) throws IOException {
        List<Stem> all = new ArrayList<>(heard);
        all.add(described(rough));
        return StemPreflight.canSum(all);
    }

    private static Stem described(Part part) throws IOException {
        try (AudioReader reader = AudioReader.open(part.file())) {
            return stem(part, reader, reader.format().secondsOf(reader.info().declaredFrames()));
        }
    }

    private static Stem stem(Part part, AudioReader reader, double seconds) {
        return new Stem(
                part.bareName(),
                reader.format().sampleRateHz(),
                reader.format().channels(),
                seconds,
                reader.info().bitDepth());
    }

    private StemSum together(@Nullable Part mix, Progress progress) throws IOException {
        try (Opened opened = new Opened()) {
            List<AudioSource> sources = new ArrayList<>();
            for (Part part : parts) {
                if (!part.muted()) {
                    sources.add(opened.add(part.file()));
                }
            }
            AudioSource mixReader = mix == null ? null : opened.add(mix.file());
            return StemSummer.sum(sources, mixReader, opened.declaredFrames(), progress);
        }
    }

    private static Map<String, Object> json(Part part) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("file", part.id());
        object.put("name", part.name());
        object.put("gainDb", part.gainDb());
        object.put("muted", part.muted());
        return object;
    }

    private static Map<String, Object> figures(StemSum sum, int sampleRateHz) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("truePeakDbtp", sum.truePeakDbtp());
        object.put("residualDb", sum.match().residualDb());
        object.put("gainDb", sum.match().gainDb());
        object.put("offsetSeconds", (double) sum.match().offsetFrames() / sampleRateHz);
        object.put("inverted", sum.match().inverted());
        return object;
    }

    /** Files that are closed together. */
    private static final class Opened implements AutoCloseable {
        private final List<AudioReader> readers = new ArrayList<>();

        AudioReader add(Path file) throws IOException {
            AudioReader reader = AudioReader.open(file);
            readers.add(reader);
            return reader;
        }

        /** Of the one that says to be longest. */
        long declaredFrames() {
            return readers.stream().mapToLong(one -> one.info().declaredFrames()).max().orElse(-1);
        }

        @Override
        public void close() throws IOException {
            for (AudioReader reader : readers) {
                reader.close();
            }
        }
    }

    /** Counts frames, and ends what does not end: a header need not tell the truth. */
    private static final class Counted implements AudioSource {
        private final AudioSource source;
        private final Path file;
        private final double longestSeconds;
        private long frames;

        Counted(AudioSource source, Path file, double longestSeconds) {
            this.source = source;
            this.file = file;
            this.longestSeconds = longestSeconds;
        }

        double seconds() {
            return source.format().secondsOf(frames);
        }

        @Override
        public StreamFormat format() {
            return source.format();
        }

        @Override
        public int read(AudioBlock block) throws IOException {
            int count = source.read(block);
            frames += count;
            if (seconds() > longestSeconds) {
                throw new FailureException(new Failure.TooLongInput(file, longestSeconds));
            }
            return count;
        }

        @Override
        public void close() throws IOException {
            source.close();
        }
    }
}
