// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

import static org.lacquer.benchmarks.FigurePage.frequency;
import static org.lacquer.benchmarks.FigurePage.number;

import org.lacquer.app.chart.Axis;
import org.lacquer.app.chart.Chart;
import org.lacquer.app.chart.Curve;
import org.lacquer.app.chart.Ink;
import org.lacquer.engine.SaturationBand;
import org.lacquer.engine.SaturationCurve;
import org.lacquer.engine.SaturationSettings;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the saturation leaves of aliases. */
final class SaturationFigures {
    private static final double TONE_HZ = 15_000.0;
    private static final double DRIVE_DB = 6.0;
    private static final double LIMIT_DBC = -90.0;

    /** Makeup that still moves a little widens the tone. */
    private static final double GUARD_HZ = 100.0;

    private static final int CELLS = 441;
    private static final int[] RATES = {44_100, 48_000, 96_000};

    private final FigurePage page;
    private final int seconds;

    SaturationFigures(FigurePage page, FigureScale scale) {
        this.page = page;
        this.seconds = scale.toneSeconds();
    }

    void write() throws IOException {
        page.heading("Aliases of the saturation");
        page.paragraph(
                """
                A sine of 15 kHz at 0 dBFS through every curve at a drive of 6 dB and a mix of 100 %, the spectrum of {seconds} s after
                two, in dB of the tone (dBc). Its harmonics lie above 22.05 kHz, so at 44.1 kHz every line but that at 15 kHz is
                an alias, apart from the tone's own foot, which makeup that still moves makes wider (100 Hz are left out). The picture shows the largest line of every 50 Hz. The demand is at most −90 dBc.
                """
                        .replace("{seconds}", String.valueOf(seconds)));
        Axis hz = Plots.kilohertz("Frequency, kHz", 22.05, 2.0);
        Axis level = Plots.linear("Level, dBc", -200.0, 0.0, 20.0, "%.0f");
        List<Chart> charts = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        for (SaturationCurve curve : SaturationCurve.values()) {
            String name = curve.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            List<Curve> lines = new ArrayList<>();
            lines.add(outline(curve));
            lines.add(Plots.limit("−90 dBc", hz, LIMIT_DBC));
            charts.add(Plots.chart("Aliases: " + name, hz, level, lines));
            List<String> row = new ArrayList<>(List.of(name));
            for (int rate : RATES) {
                row.add(largest(curve, rate));
            }
            rows.add(row);
        }
        page.charts(
                "aliases",
                "Spectra of a sine of 15 kHz behind each curve of the saturation",
                charts.toArray(Chart[]::new));
        page.table(
                List.of(
                        "Curve",
                        "largest line that is no harmonic at 44.1 kHz",
                        "at 48 kHz",
                        "at 96 kHz"),
                rows);
    }

    private Curve outline(SaturationCurve curve) {
        ToneSpectrum spectrum = spectrum(curve, RATES[0]);
        double toneDb = 10.0 * StrictMath.log10(spectrum.power(TONE_HZ));
        double[] db = spectrum.outlineDb(CELLS);
        double[] khz = new double[CELLS];
        for (int k = 0; k < CELLS; k++) {
            db[k] = Math.max(-200.0, db[k] - toneDb);
            khz[k] = (k + 0.5) * 0.5 * RATES[0] / 1_000.0 / CELLS;
        }
        return Plots.line("", khz, db, Ink.THIRD);
    }

    private String largest(SaturationCurve curve, int rate) {
        ToneSpectrum spectrum = spectrum(curve, rate);
        double toneDb = 10.0 * StrictMath.log10(spectrum.power(TONE_HZ));
        int harmonics = (int) (0.5 * rate / TONE_HZ);
        double[] known = new double[harmonics];
        for (int n = 0; n < harmonics; n++) {
            known[n] = TONE_HZ * (n + 1);
        }
        ToneSpectrum.Line line = spectrum.largestBut(GUARD_HZ, known);
        return number("%.1f dBc, ", line.db() - toneDb) + frequency(line.hz());
    }

    private ToneSpectrum spectrum(SaturationCurve curve, int rate) {
        var settings = SaturationSettings.of(new SaturationBand(curve, DRIVE_DB, 100.0, 0.0));
        float[] in = Probe.sine(TONE_HZ, 0.0, 2.0 + seconds, rate);
        return new ToneSpectrum(Probe.run(settings, rate, in)[0], seconds * rate, rate);
    }
}
