// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

import static org.lacquer.benchmarks.FigurePage.frequency;
import static org.lacquer.benchmarks.FigurePage.number;

import org.lacquer.app.chart.Axis;
import org.lacquer.app.chart.Curve;
import org.lacquer.app.chart.Ink;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.AudioSource;
import org.lacquer.audio.Decibels;
import org.lacquer.audio.Resampler;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Conversions of the sample rate, tone by tone: what the tone becomes, and what comes beside it.
 */
final class ResamplerFigures {
    private static final int[][] PAIRS = {
        {96_000, 44_100}, {48_000, 44_100}, {44_100, 48_000}, {192_000, 48_000}
    };
    private static final double LIMIT_DBFS = -138.0;
    private static final double PASS_HZ = 20_000.0;

    /** Whole lines of half a second. */
    private static final int LINE_HZ = 2;

    private final FigurePage page;
    private final int tones;

    ResamplerFigures(FigurePage page, FigureScale scale) {
        this.page = page;
        this.tones = scale.sweepTones();
    }

    void write() throws IOException {
        page.heading("Sample rate conversion");
        page.paragraph(
                """
                Sines of 0 dBFS one after the other, from 20 Hz to half the input's rate; the spectrum of half a second from the
                middle of each result. Pass band: level of the tone up to 20 kHz. The other lines: the largest line from 20 Hz up
                that is not the tone, be it image, alias or rounding to float; tones above half the output's rate should leave
                nothing at all. The demands: ±0.005 dB and −138 dBFS.
                """);
        Axis hz = Plots.kilohertz("Frequency of the tone, kHz", 96.0, 8.0);
        Axis passHz = Plots.kilohertz("Frequency of the tone, kHz", 24.0, 2.0);
        List<Curve> pass = new ArrayList<>();
        List<Curve> others = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        for (int k = 0; k < PAIRS.length; k++) {
            Sweep sweep = new Sweep(PAIRS[k][0], PAIRS[k][1], tones);
            pass.add(sweep.passCurve(Ink.ofCurve(k)));
            others.add(sweep.otherCurve(Ink.ofCurve(k)));
            rows.add(sweep.row());
        }
        others.add(Plots.limit("demand", hz, LIMIT_DBFS));
        page.charts(
                "resampler",
                "Pass band of the sample rate converter and the largest line beside the tone",
                Plots.chart(
                        "Pass band",
                        passHz,
                        Plots.linear("Level, dB", -0.006, 0.006, 0.002, "%+.3f"),
                        pass),
                Plots.chart(
                        "Largest other line",
                        hz,
                        Plots.linear("Level, dBFS", -200.0, -120.0, 20.0, "%.0f"),
                        others));
        page.table(
                List.of(
                        "From, to, kHz",
                        "pass band to 20 kHz, largest deviation, dB",
                        "largest other line, dBFS",
                        "for the tone"),
                rows);
    }

    /** All tones through one pair of rates. */
    private static final class Sweep {
        private final String name;
        private final double[] khz;
        private final double[] toneDb;
        private final double[] otherDb;

        Sweep(int from, int to, int tones) throws IOException {
            name = kilohertz(from) + " → " + kilohertz(to);
            khz = new double[tones];
            toneDb = new double[tones];
            otherDb = new double[tones];
            for (int k = 0; k < tones; k++) {
                double share = (double) k / (tones - 1);
                double hz = Math.rint((20.0 + share * (0.499 * from - 20.0)) / LINE_HZ) * LINE_HZ;
                khz[k] = hz / 1_000.0;
                float[] out = convert(Probe.sine(hz, 0.0, 1.0, from), from, to);
                int quarter = out.length / 4;
                float[] middle = Arrays.copyOfRange(out, quarter, quarter + to / LINE_HZ);
                ToneSpectrum spectrum = new ToneSpectrum(middle, middle.length, to);
                boolean kept = hz < 0.5 * to;
                toneDb[k] = kept ? Decibels.fromPower(spectrum.power(hz)) : Double.NaN;
                otherDb[k] = (kept ? spectrum.largestBut(0.0, hz) : spectrum.largestBut(0.0)).db();
            }
        }

        Curve passCurve(Ink ink) {
            return Plots.line(name, khz, toneDb, ink);
        }

        Curve otherCurve(Ink ink) {
            return Plots.line(name, khz, otherDb, ink);
        }

        List<String> row() {
            double deviation = 0.0;
            int worst = 0;
            for (int k = 0; k < khz.length; k++) {
                if (1_000.0 * khz[k] <= PASS_HZ) {
                    deviation = Math.max(deviation, Math.abs(toneDb[k]));
                }
                worst = otherDb[k] > otherDb[worst] ? k : worst;
            }
            return List.of(
                    name,
                    number("%.1e", deviation),
                    number("%.1f", otherDb[worst]),
                    frequency(1_000.0 * khz[worst]));
        }

        private static String kilohertz(int rate) {
            return frequency(rate).replace(" kHz", "");
        }

        private static float[] convert(float[] in, int from, int to) throws IOException {
            float[] out = new float[(int) Resampler.outputFrames(in.length, from, to)];
            AudioBlock block = new AudioBlock(1, 8_192);
            try (AudioSource source = Resampler.resample(new AudioClip(from, in).source(), to)) {
                int at = 0;
                while (source.read(block) > 0) {
                    System.arraycopy(block.channel(0), 0, out, at, block.frames());
                    at += block.frames();
                }
            }
            return out;
        }
    }
}
