// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

import org.lacquer.audio.AudioReader;
import org.lacquer.audio.AudioSource;
import org.lacquer.audio.FailureException;
import org.lacquer.audio.Resampler;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures whole tracks with Lacquer's meters, with FFmpeg's filter {@code ebur128} and with
 * libebur128, on the very same samples, and prints how far they are apart as Markdown: {@code
 * [--tracks N] DIR…}.
 *
 * <p>The tracks are the first files of every folder in DIR by turns, until there are N of at least
 * {@value #SHORTEST_SECONDS} s. Every fourth is measured once more in another form: as mono, at
 * another rate, or rounded to 16 bits.
 *
 * <p>Ends with 1 when a figure lies outside the tolerances of {@link AgreementTable}, and with 2
 * when a meter is missing.
 */
public final class Agreement {
    private static final int SHORTEST_SECONDS = 20;
    private static final int DERIVED_EVERY = 4;

    private Agreement() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int wanted = 120;
        List<Path> folders = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].equals("--tracks") && i + 1 < arguments.length) {
                wanted = Integer.parseInt(arguments[++i]);
            } else {
                folders.add(Path.of(arguments[i]));
            }
        }
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        String ffmpeg = FfmpegMeter.version().orElse("");
        String library = Libebur128.version().orElse("");
        if (folders.isEmpty() || ffmpeg.isEmpty() || library.isEmpty()) {
            System.err.println("agreement [--tracks N] DIR...; needs ffmpeg and libebur128.so.1");
            System.exit(2);
        }
        out.println(ffmpeg);
        out.println("libebur128 " + library);
        AgreementTable table = new AgreementTable(measureAll(folders, wanted));
        table.print(out);
        System.exit(table.agrees() ? 0 : 1);
    }

    private static List<AgreementTable.Row> measureAll(List<Path> folders, int wanted)
            throws IOException, InterruptedException {
        List<AgreementTable.Row> rows = new ArrayList<>();
        int tracks = 0;
        for (MusicFiles.Track track : MusicFiles.byTurns(folders)) {
            if (tracks == wanted) {
                break;
            }
            try (AudioReader reader = AudioReader.open(track.file())) {
                AgreementTable.Row row = ThreeMeters.measure(track.name(), false, reader);
                if (row.seconds() < SHORTEST_SECONDS) {
                    continue;
                }
                rows.add(row);
            } catch (FailureException unreadable) {
                System.err.println("left out: " + unreadable.getMessage());
                continue;
            }
            if (tracks % DERIVED_EVERY == 0) {
                rows.add(measureDerived(track, tracks / DERIVED_EVERY));
            }
            tracks++;
            System.err.printf(Locale.ROOT, "%d %s%n", tracks, track.name());
        }
        return rows;
    }

    private static AgreementTable.Row measureDerived(MusicFiles.Track track, int number)
            throws IOException, InterruptedException {
        try (AudioSource source = AudioReader.open(track.file())) {
            return switch (number % 6) {
                case 0 -> derived(track, "mono", Derived.mono(source));
                case 1 -> atRate(track, source, 22_050);
                case 2 -> atRate(track, source, 96_000);
                case 3 -> derived(track, "16 bits", Derived.rounded(source));
                case 4 -> atRate(track, source, 192_000);
                default -> atRate(track, source, 32_000);
            };
        }
    }

    private static AgreementTable.Row atRate(MusicFiles.Track track, AudioSource source, int rateHz)
            throws IOException, InterruptedException {
        return derived(track, "resampled", Resampler.resample(source, rateHz));
    }

    private static AgreementTable.Row derived(
            MusicFiles.Track track, String form, AudioSource source)
            throws IOException, InterruptedException {
        return ThreeMeters.measure(track.name() + " (" + form + ")", true, source);
    }
}
