// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

import static org.lacquer.benchmarks.FigurePage.number;

import org.lacquer.app.chart.Axis;
import org.lacquer.app.chart.Curve;
import org.lacquer.app.chart.Ink;
import org.lacquer.audio.Decibels;
import org.lacquer.engine.CompressorSettings;
import org.lacquer.engine.LimiterSettings;
import org.lacquer.engine.LimiterSettings.Quality;
import org.lacquer.engine.StageSettings;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;

/** Harmonic and intermodulation distortion of compressor and limiter, by how far they turn down. */
final class DistortionFigures {
    private static final int RATE = 44_100;
    private static final double PEAK_DBFS = -1.0;

    /** Nothing that a float can hold lies lower; the limit of what is plotted. */
    private static final double FLOOR_DB = -160.0;

    private final FigurePage page;
    private final double[] reductionsDb;
    private final int seconds;
    private final int bisections;

    /** Before a spectrum is taken, so that gains have come to rest. */
    private final int settlingSeconds;

    DistortionFigures(FigurePage page, FigureScale scale) {
        this.page = page;
        this.reductionsDb = Arrays.copyOf(new double[] {0.0, 3.0, 6.0, 10.0}, scale.reductions());
        this.seconds = scale.toneSeconds();
        this.bisections = scale.bisections();
        this.settlingSeconds = 2 * seconds;
    }

    /** Tones with a peak of 1, and how distortion is read from the spectrum of the result. */
    private enum Test {
        THD_60("THD 60 Hz", new double[] {60.0}, new double[] {1.0}) {
            @Override
            double distortionDb(ToneSpectrum spectrum) {
                return harmonicsDb(spectrum, 60.0);
            }
        },
        THD_997("THD 997 Hz", new double[] {997.0}, new double[] {1.0}) {
            @Override
            double distortionDb(ToneSpectrum spectrum) {
                return harmonicsDb(spectrum, 997.0);
            }
        },
        /** Side lines around the higher tone over that tone (SMPTE RP 120). */
        SMPTE("IMD SMPTE", new double[] {60.0, 7_000.0}, new double[] {0.8, 0.2}) {
            @Override
            double distortionDb(ToneSpectrum spectrum) {
                double sides = 0.0;
                for (int n = 1; n <= 5; n++) {
                    sides += spectrum.power(7_000.0 - 60.0 * n);
                    sides += spectrum.power(7_000.0 + 60.0 * n);
                }
                return Decibels.fromPower(sides / spectrum.power(7_000.0));
            }
        },
        /** Difference tones of second and third order over both tones (IEC 60268-3). */
        CCIF("IMD CCIF", new double[] {19_000.0, 20_000.0}, new double[] {0.5, 0.5}) {
            @Override
            double distortionDb(ToneSpectrum spectrum) {
                double made =
                        spectrum.power(1_000.0)
                                + spectrum.power(18_000.0)
                                + spectrum.power(21_000.0);
                double tones = spectrum.power(19_000.0) + spectrum.power(20_000.0);
                return Decibels.fromPower(made / tones);
            }
        };

        private final String title;
        private final double[] hz;
        private final double[] amplitudes;

        Test(String title, double[] hz, double[] amplitudes) {
            this.title = title;
            this.hz = hz;
            this.amplitudes = amplitudes;
        }

        abstract double distortionDb(ToneSpectrum spectrum);

        float[] signal(double seconds, double peakDbfs) {
            double gain = Decibels.toGain(peakDbfs);
            double[] scaled = amplitudes.clone();
            for (int k = 0; k < scaled.length; k++) {
                scaled[k] *= gain;
            }
            return Probe.tones(seconds, RATE, hz, scaled);
        }

        private static double harmonicsDb(ToneSpectrum spectrum, double toneHz) {
            double harmonics = 0.0;
            for (int n = 2; n <= 20 && n * toneHz < 0.5 * RATE; n++) {
                harmonics += spectrum.power(n * toneHz);
            }
            return Decibels.fromPower(harmonics / spectrum.power(toneHz));
        }
    }

    void write() throws IOException {
        page.heading("Distortion against gain reduction");
        page.paragraph(
                """
                Tones with a peak of −1 dBFS at 44.1 kHz, until gains are at rest; then the spectrum of {seconds} s. THD: the power
                of harmonics 2 to 20 over the tone's. IMD SMPTE: 60 Hz and 7 kHz at 4:1, the five lines to each side of 7 kHz
                over 7 kHz. IMD CCIF: 19 and 20 kHz at 1:1, 1, 18 and 21 kHz over both tones. All in dB (−40 dB are 1 %).
                The compressor has its default times (20 ms, 150 ms auto), 4:1 and a threshold that gives the reduction; the
                limiter its default settings in both qualities, a ceiling of −1 dBTP, and a drive equal to the reduction: at 0 dB it
                still takes down by the 0.006 dB that it aims below the ceiling.
                """
                        .replace("{seconds}", String.valueOf(seconds)));
        List<List<String>> rows = new ArrayList<>();
        Axis reduction = Plots.linear("Gain reduction, dB", 0.0, 10.0, 1.0, "%.0f");
        Axis level = Plots.linear("Distortion, dB", FLOOR_DB, -20.0, 20.0, "%.0f");
        List<Curve> compressor = curves("compressor", DistortionFigures::compressor, rows);
        List<Curve> standard = curves("limiter", drive -> limiter(drive), rows);
        List<Curve> best =
                curves("limiter, best", drive -> limiter(drive).withQuality(Quality.BEST), rows);
        page.charts(
                "distortion",
                "Harmonic and intermodulation distortion of compressor and limiter at gain"
                        + " reductions of 0, 3, 6 and 10 dB",
                Plots.chart("Compressor", reduction, level, compressor),
                Plots.chart("Limiter", reduction, level, standard),
                Plots.chart("Limiter, best quality", reduction, level, best));
        List<String> header = new ArrayList<>(List.of("Stage", "test"));
        for (double reductionDb : reductionsDb) {
            header.add(number("%.0f dB", reductionDb));
        }
        page.table(header, rows);
        page.paragraph(
                """
                Best quality takes peaks down by corrections with the spectrum of the sound instead of by gain, and leaves steady bass
                to a gain that stands still. More bass tests are in [limiter.md](limiter.md).
                """);
    }

    private static StageSettings compressor(double thresholdDb) {
        return CompressorSettings.of(thresholdDb, 4.0, 6.0);
    }

    private static LimiterSettings limiter(double driveDb) {
        return LimiterSettings.DEFAULT.withCeilingDbtp(PEAK_DBFS).withDriveDb(driveDb);
    }

    private List<Curve> curves(
            String name, DoubleFunction<StageSettings> stage, List<List<String>> rows) {
        List<Curve> curves = new ArrayList<>();
        for (Test test : Test.values()) {
            float[] in = test.signal(settlingSeconds + seconds, PEAK_DBFS);
            double[] db = new double[reductionsDb.length];
            for (int k = 0; k < db.length; k++) {
                double knob =
                        name.startsWith("limiter")
                                ? reductionsDb[k]
                                : thresholdDb(stage, test, reductionsDb[k]);
                float[] out = Probe.run(stage.apply(knob), RATE, in)[0];
                ToneSpectrum spectrum = new ToneSpectrum(out, seconds * RATE, RATE);
                db[k] = test.distortionDb(spectrum);
            }
            Ink ink = Ink.ofCurve(test.ordinal());
            double[] shown = new double[db.length];
            List<String> row = new ArrayList<>(List.of(name, test.title));
            for (int k = 0; k < db.length; k++) {
                shown[k] = Math.max(db[k], FLOOR_DB);
                row.add(db[k] < FLOOR_DB ? "below −160" : number("%.1f", db[k]));
            }
            curves.add(Plots.line(test.title, reductionsDb, shown, ink));
            curves.add(Plots.dots(reductionsDb, shown, ink));
            rows.add(row);
        }
        return curves;
    }

    /** Bisection on the measured gain of the test's own signal. */
    private double thresholdDb(DoubleFunction<StageSettings> stage, Test test, double reductionDb) {
        if (reductionDb == 0.0) {
            return 0.0;
        }
        float[] in = test.signal(settlingSeconds, PEAK_DBFS);
        double low = -60.0;
        double high = 0.0;
        for (int k = 0; k < bisections; k++) {
            double middle = (low + high) / 2.0;
            float[] out = Probe.run(stage.apply(middle), RATE, in)[0];
            double gainDb = Probe.gainDb(in, out, (settlingSeconds - 1) * RATE, in.length);
            if (gainDb < -reductionDb) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2.0;
    }
}
