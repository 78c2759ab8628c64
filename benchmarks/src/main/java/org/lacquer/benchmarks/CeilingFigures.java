// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

import static org.lacquer.benchmarks.FigurePage.number;

import org.lacquer.analysis.TruePeakMeter;
import org.lacquer.app.chart.Axis;
import org.lacquer.app.chart.Chart;
import org.lacquer.app.chart.Curve;
import org.lacquer.app.chart.Ink;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioReader;
import org.lacquer.audio.FailureException;
import org.lacquer.audio.StreamFormat;
import org.lacquer.engine.LimiterSettings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;

/** Whether the limiter keeps its ceiling: made signals under drawn settings, and music. */
final class CeilingFigures {
    private static final double SIGNAL_SECONDS = 0.4;
    private static final int[] RATES = {44_100, 44_100, 48_000, 96_000};
    private static final double[] CEILINGS_DBTP = {-0.1, -1.0, -3.0};
    private static final double[] FAST_DB = {0.0, 0.0, 3.0, 12.0};
    private static final double MOST_DRIVEN_DB = 18.0;
    private static final long SEED = 20_261_122L;

    private static final int EXCERPT_SECONDS = 10;
    private static final int EXCERPT_ENDS_SECONDS = 55;
    private static final double MUSIC_DRIVEN_DB = 6.0;

    /** Of the histogram; edges lie beside the 0.006 dB by which the limiter aims lower. */
    private static final double LOWEST_DB = -0.101;

    private static final double HIGHEST_DB = 0.021;
    private static final double BIN_DB = 0.002;

    private final FigurePage page;
    private final FigureScale scale;
    private final List<Path> music;
    private final List<Double> readings = new ArrayList<>();
    private final Map<LimiterSettings.Quality, List<Double>> musicReadings =
            new EnumMap<>(LimiterSettings.Quality.class);

    CeilingFigures(FigurePage page, List<Path> music, FigureScale scale) {
        this.page = page;
        this.music = music;
        this.scale = scale;
    }

    void write() throws IOException {
        page.heading("Ceiling of the limiter");
        page.paragraph(
                """
                True peaks of the limiter's output, read on 32 points a frame (`TruePeakMeter`), less the ceiling: above 0 dB the
                promise would be broken. Every signal is driven 0 to 18 dB beyond the ceiling, so the limiter has to act; readings far
                below 0 would mean that it turns down more than it must.
                """);
        List<List<String>> rows = new ArrayList<>();
        for (CeilingSignal kind : CeilingSignal.values()) {
            List<Double> some = new ArrayList<>();
            for (int k = 0; k < scale.signalsPerRegime(); k++) {
                some.add(overshootDb(kind, k));
            }
            rows.add(row(kind.title(), some));
            readings.addAll(some);
        }
        rows.add(row("**all made signals**", readings));
        List<List<String>> tracks = new ArrayList<>();
        if (!music.isEmpty()) {
            measureMusic(tracks);
            musicReadings.forEach(
                    (quality, some) ->
                            rows.add(row("**excerpts of music, " + name(quality) + "**", some)));
        }
        picture();
        page.table(
                List.of(
                        "Signals",
                        "number",
                        "largest reading less ceiling, dB",
                        "median, dB",
                        "smallest, dB",
                        "above the ceiling"),
                rows);
        page.paragraph(
                """
                Made signals last 0.4 s and are drawn from a generator with a fixed seed, together with the rate (44.1, 48, 96 kHz),
                one or two channels, the ceiling (−0.1, −1, −3 dBTP) and the settings of the limiter (`fastDb` 0, 3, 12 dB; look-ahead
                0.5 to 20 ms; hold 0 to 60 ms; release 10 to 2,000 ms; every character and both qualities; a link of 100 % or
                less; a clipper of 0 to 3 dB).
                """);
        if (music.isEmpty()) {
            page.paragraph("**Music: left out, since no folder was given.**");
        } else {
            musicTable(tracks);
        }
    }

    private static double overshootDb(CeilingSignal kind, int number) throws IOException {
        Random random = new Random(SEED + 1_000_003L * kind.ordinal() + number);
        int rate = RATES[random.nextInt(RATES.length)];
        float[][] in = new float[1 + random.nextInt(2)][(int) (SIGNAL_SECONDS * rate)];
        for (float[] channel : in) {
            kind.fill(channel, rate, random);
        }
        double ceilingDbtp = CEILINGS_DBTP[random.nextInt(CEILINGS_DBTP.length)];
        double driveDb =
                ceilingDbtp - truePeakDbtp(in, rate) + MOST_DRIVEN_DB * random.nextDouble();
        var settings =
                new LimiterSettings(
                        OptionalDouble.of(driveDb),
                        ceilingDbtp,
                        FAST_DB[random.nextInt(FAST_DB.length)],
                        0.5 + 19.5 * random.nextDouble(),
                        60.0 * random.nextDouble(),
                        10.0 * StrictMath.pow(200.0, random.nextDouble()),
                        any(LimiterSettings.Character.values(), random),
                        random.nextBoolean() ? 100.0 : 100.0 * random.nextDouble(),
                        random.nextBoolean() ? 0.0 : 3.0 * random.nextDouble(),
                        any(LimiterSettings.Quality.values(), random));
        return truePeakDbtp(Probe.run(settings, rate, in), rate) - ceilingDbtp;
    }

    private static <T> T any(T[] values, Random random) {
        return values[random.nextInt(values.length)];
    }

    private void measureMusic(List<List<String>> rows) throws IOException {
        for (MusicFiles.Track track : MusicFiles.byTurns(music)) {
            if (rows.size() == scale.tracks()) {
                break;
            }
            try (AudioReader reader = AudioReader.open(track.file())) {
                float[][] in = excerpt(reader);
                int rate = reader.format().sampleRateHz();
                double peakDbtp = truePeakDbtp(in, rate);
                if (in[0].length == 0 || Double.isNaN(peakDbtp)) {
                    continue;
                }
                double ceilingDbtp = LimiterSettings.DEFAULT.ceilingDbtp();
                double driveDb = ceilingDbtp - peakDbtp + MUSIC_DRIVEN_DB;
                List<String> row = new ArrayList<>();
                row.add(track.name());
                row.add(number("%.1f", rate / 1_000.0));
                row.add(number("%+.1f", driveDb));
                for (LimiterSettings.Quality quality : LimiterSettings.Quality.values()) {
                    float[][] out =
                            Probe.run(
                                    LimiterSettings.DEFAULT
                                            .withDriveDb(driveDb)
                                            .withQuality(quality),
                                    rate,
                                    in);
                    double overshoot = truePeakDbtp(out, rate) - ceilingDbtp;
                    double costDb = Probe.gainDb(in[0], out[0], 0, in[0].length) - driveDb;
                    musicReadings.computeIfAbsent(quality, key -> new ArrayList<>()).add(overshoot);
                    row.add(number("%.2f", costDb));
                    row.add(number("%+.4f", overshoot));
                }
                rows.add(row);
                System.err.printf(Locale.ROOT, "%d %s%n", rows.size(), track.name());
            } catch (FailureException unreadable) {
                System.err.println("left out: " + unreadable.getMessage());
            }
        }
    }

    /** The last seconds before {@value #EXCERPT_ENDS_SECONDS} s; nothing of short tracks. */
    private static float[][] excerpt(AudioReader reader) throws IOException {
        StreamFormat format = reader.format();
        int length = EXCERPT_SECONDS * format.sampleRateHz();
        long end = (long) EXCERPT_ENDS_SECONDS * format.sampleRateHz();
        float[][] ring = new float[format.channels()][length];
        AudioBlock block = new AudioBlock(format.channels(), 8_192);
        long frames = 0;
        while (frames < end && reader.read(block) > 0) {
            for (int i = 0; i < block.frames() && frames < end; i++) {
                for (int c = 0; c < ring.length; c++) {
                    ring[c][(int) (frames % length)] = block.channel(c)[i];
                }
                frames++;
            }
        }
        if (frames < length) {
            return new float[format.channels()][0];
        }
        int oldest = (int) (frames % length);
        float[][] excerpt = new float[format.channels()][length];
        for (int c = 0; c < ring.length; c++) {
            System.arraycopy(ring[c], oldest, excerpt[c], 0, length - oldest);
            System.arraycopy(ring[c], 0, excerpt[c], length - oldest, oldest);
        }
        return excerpt;
    }

    private static double truePeakDbtp(float[][] x, int rateHz) throws IOException {
        if (x[0].length == 0) {
            return Double.NaN;
        }
        TruePeakMeter meter = new TruePeakMeter(new StreamFormat(rateHz, x.length));
        meter.write(AudioBlock.wrap(x));
        meter.finish();
        return meter.truePeakDbtp();
    }

    private static String name(LimiterSettings.Quality quality) {
        return quality.name().toLowerCase(Locale.ROOT);
    }

    private void picture() throws IOException {
        List<Chart> charts = new ArrayList<>();
        charts.add(histogram(readings.size() + " made signals", readings));
        musicReadings.forEach(
                (quality, some) ->
                        charts.add(
                                histogram(
                                        some.size() + " excerpts of music, " + name(quality),
                                        some)));
        page.charts(
                "ceiling",
                "Histograms of the limiter's true peaks less its ceiling",
                charts.toArray(Chart[]::new));
    }

    private static Chart histogram(String title, List<Double> values) {
        int bins = (int) Math.round((HIGHEST_DB - LOWEST_DB) / BIN_DB);
        double[] edges = new double[bins + 1];
        for (int k = 0; k <= bins; k++) {
            edges[k] = LOWEST_DB + BIN_DB * k;
        }
        double[] shares = new double[bins];
        for (double value : values) {
            // What lies lower is counted in the first column, what lies higher in the last.
            int bin = (int) Math.floor((value - LOWEST_DB) / BIN_DB);
            shares[Math.max(0, Math.min(bins - 1, bin))] += 100.0 / values.size();
        }
        Axis x =
                Plots.linear(
                        "True peak less ceiling, dB (what lies below −0.1 is in the first column)",
                        LOWEST_DB,
                        HIGHEST_DB,
                        0.02,
                        "%+.2f");
        Axis y = Plots.linear("Share, %", 0.0, 100.0, 20.0, "%.0f");
        Curve ceiling =
                new Curve(
                        "ceiling",
                        new double[] {0.0, 0.0},
                        new double[] {0.0, 100.0},
                        Plots.limit("", x, 0.0).pen());
        return Plots.chart(
                title, x, y, List.of(Plots.columns("", edges, shares, Ink.THIRD), ceiling));
    }

    private static List<String> row(String name, List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        // NaN counts as above.
        long above = values.stream().filter(value -> !(value <= 0.0)).count();
        return List.of(
                name,
                String.valueOf(sorted.size()),
                number("%+.4f", sorted.getLast()),
                number("%+.4f", sorted.get(sorted.size() / 2)),
                number("%+.4f", sorted.getFirst()),
                String.valueOf(above));
    }

    private void musicTable(List<List<String>> tracks) {
        page.paragraph(
                """
                Music: {seconds} s of each track, up to its 55th second or its end, at the default settings in both qualities, driven so that its highest true peak
                lies 6 dB above the ceiling of −1 dBTP. The cost is the level that the left channel lost to the limiter.
                """
                        .replace("{seconds}", String.valueOf(EXCERPT_SECONDS)));
        page.paragraph("<details><summary>Every excerpt</summary>");
        page.table(
                List.of(
                        "Track",
                        "kHz",
                        "drive, dB",
                        "standard: cost, dB",
                        "reading less ceiling, dB",
                        "best: cost, dB",
                        "reading less ceiling, dB"),
                tracks);
        page.paragraph("</details>");
    }
}
