// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison;

import org.jspecify.annotations.Nullable;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioSource;
import org.lacquer.audio.AudioSpool;
import org.lacquer.audio.Fft;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Finds how a master lies in time against its mix.
 *
 * <ol>
 *   <li>Coarse: correlation of the rises of the level in steps of 10 ms over both whole recordings.
 *       Compression and tone hardly touch where a level rises. Music repeats itself, so several of
 *       the highest places are tried, and the one counts at which the waveforms are most alike.
 *   <li>Fine: in windows spread over the song, cross-correlation of spectra whose magnitudes are
 *       mostly levelled out (C. H. Knapp, G. C. Carter, "The Generalized Correlation Method for
 *       Estimation of Time Delay", 1976), read between the samples by the transform's own
 *       interpolation.
 *   <li>A line through the windows' delays (H. Theil, P. K. Sen: median of slopes) gives offset and
 *       clock drift.
 * </ol>
 *
 * <p>A drift that moves less than {@value #SMALLEST_DRIFT_FRAMES} frames over the song is none, and
 * an offset within {@value #WHOLE} frames of a whole number is that number: tone alone moves the
 * estimate that far.
 */
final class Aligner {
    private static final double WHOLE = 0.1;
    private static final double SMALLEST_DRIFT_FRAMES = 0.5;
    private static final double HOPS_PER_SECOND = 100.0;

    /** Power of the magnitudes that is taken out of the cross-spectrum. */
    private static final double WHITENING = 0.8;

    private static final int WINDOW = 32_768;
    private static final int REACH_HOPS = 3;
    private static final int MOST_WINDOWS = 24;
    private static final int TRIED_LAGS = 8;
    private static final int TRIED = 5;
    private static final double LEVEL_FLOOR = 1e-3;
    private static final double HIGHEST_RISE = 3.0;

    /** Takes the weight of the bass, which many songs share, out of the likeness. */
    private static final double PRE_EMPHASIS = 0.95;

    private static final double ENOUGH_LIKENESS = 0.5;

    private Aligner() {}

    /** Delay of one window. */
    private record Delay(double frame, double frames, double likeness, boolean inverted) {}

    /** Both at one rate; one channel counts as two equal ones. */
    static Alignment align(AudioSpool mix, AudioSpool master) throws IOException {
        int rate = mix.format().sampleRateHz();
        int hop = (int) Math.round(rate / HOPS_PER_SECOND);
        long coarse = 0;
        double likest = -1.0;
        for (int lag : likelyLags(rises(mix, hop), rises(master, hop))) {
            List<Delay> tried = delays(mix, master, (long) hop * lag, REACH_HOPS * hop, TRIED);
            double likeness = median(tried.stream().mapToDouble(Delay::likeness).toArray());
            if (likeness > likest) {
                likest = likeness;
                coarse = (long) hop * lag;
            }
        }
        List<Delay> delays = delays(mix, master, coarse, REACH_HOPS * hop, MOST_WINDOWS);
        return delays.isEmpty()
                ? new Alignment(coarse, 0.0, false, 0.0)
                : line(delays, mix.frames());
    }

    // Coarse

    /**
     * Rise of the level against the hop before, in natural units, 0 to {@value #HIGHEST_RISE}; mean
     * removed. Levels end at a floor below the mean, so that a start out of silence is not more
     * than any other rise.
     */
    private static float[] rises(AudioSpool audio, int hop) throws IOException {
        double[] energies = new double[(int) (audio.frames() / hop)];
        double total = 0.0;
        AudioBlock block = new AudioBlock(audio.format().channels(), hop);
        try (AudioSource source = audio.source()) {
            for (int h = 0; h < energies.length; h++) {
                fill(source, block);
                for (int c = 0; c < block.channels(); c++) {
                    float[] samples = block.channel(c);
                    for (int i = 0; i < block.frames(); i++) {
                        energies[h] += (double) samples[i] * samples[i];
                    }
                }
                total += energies[h];
            }
        }
        float[] rises = new float[energies.length];
        double floor = Math.max(1e-30, LEVEL_FLOOR * total / Math.max(1, energies.length));
        double sum = 0.0;
        for (int h = 1; h < rises.length; h++) {
            double rise = StrictMath.log((energies[h] + floor) / (energies[h - 1] + floor));
            rises[h] = (float) Math.max(0.0, Math.min(HIGHEST_RISE, rise));
            sum += rises[h];
        }
        float mean = (float) (sum / Math.max(1, rises.length));
        for (int h = 0; h < rises.length; h++) {
            rises[h] -= mean;
        }
        return rises;
    }

    /** A spool reads across its chunks, but any source may give less than asked. */
    private static void fill(AudioSource source, AudioBlock block) throws IOException {
        block.setFrames(block.capacity());
        source.read(block);
    }

    /** Lags of b behind a with the highest correlations, and none at all. */
    private static List<Integer> likelyLags(float[] a, float[] b) {
        int length = 2;
        while (length < a.length + b.length) {
            length *= 2;
        }
        double[] x = padded(a, length);
        double[] y = padded(b, length);
        Fft fft = new Fft(length);
        fft.forward(x);
        fft.forward(y);
        double[] product = new double[length];
        crossSpectrum(x, y, product, 0.0);
        fft.inverse(product);
        List<Integer> lags = new ArrayList<>(List.of(0));
        boolean[] near = new boolean[length];
        while (lags.size() <= TRIED_LAGS) {
            int best = -a.length;
            for (int lag = 1 - a.length; lag < b.length; lag++) {
                int at = Math.floorMod(lag, length);
                if (!near[at]
                        && (best == -a.length
                                || product[at] > product[Math.floorMod(best, length)])) {
                    best = lag;
                }
            }
            if (best == -a.length) {
                break;
            }
            lags.add(best);
            for (int lag = best - REACH_HOPS; lag <= best + REACH_HOPS; lag++) {
                near[Math.floorMod(lag, length)] = true;
            }
        }
        return lags;
    }

    private static double[] padded(float[] values, int length) {
        double[] out = new double[length];
        for (int i = 0; i < values.length; i++) {
            out[i] = values[i];
        }
        return out;
    }

    /** conj(X) · Y, its magnitude to the power 1 - whitening. */
    private static void crossSpectrum(double[] x, double[] y, double[] out, double whitening) {
        out[0] = x[0] * y[0];
        out[1] = x[1] * y[1];
        for (int k = 2; k < out.length; k += 2) {
            out[k] = x[k] * y[k] + x[k + 1] * y[k + 1];
            out[k + 1] = x[k] * y[k + 1] - x[k + 1] * y[k];
        }
        if (whitening == 0.0) {
            return;
        }
        out[0] = 0.0;
        out[1] = 0.0;
        for (int k = 2; k < out.length; k += 2) {
            double power = out[k] * out[k] + out[k + 1] * out[k + 1];
            double scale = power == 0.0 ? 0.0 : StrictMath.pow(power, -0.5 * whitening);
            out[k] *= scale;
            out[k + 1] *= scale;
        }
    }

    // Fine

    private static List<Delay> delays(
            AudioSpool mix, AudioSpool master, long coarse, int reach, int most)
            throws IOException {
        long first = Math.max(0, -coarse);
        long end = Math.min(mix.frames(), master.frames() - coarse);
        long room = end - first - WINDOW;
        List<Delay> delays = new ArrayList<>();
        if (room < 0) {
            return delays;
        }
        int count = (int) Math.max(1, Math.min(most, room / WINDOW));
        Fft fft = new Fft(2 * WINDOW);
        for (int w = 0; w < count; w++) {
            long frame = first + (count == 1 ? room / 2 : room * w / (count - 1));
            double[] x = new double[2 * WINDOW];
            double[] y = new double[2 * WINDOW];
            read(mix, frame, WINDOW, x, 0);
            long from = frame + coarse - WINDOW / 2;
            read(master, from, 2 * WINDOW, y, 0);
            Delay delay = delay(fft, x, y, frame + WINDOW / 2.0, WINDOW / 2, reach);
            if (delay != null) {
                delays.add(
                        new Delay(
                                delay.frame(),
                                delay.frames() + coarse,
                                delay.likeness(),
                                delay.inverted()));
            }
        }
        return delays;
    }

    /** Mean of the channels, silence outside of the recording. */
    private static void read(AudioSpool audio, long frame, int count, double[] out, int at)
            throws IOException {
        long from = Math.max(0, frame);
        long end = Math.min(audio.frames(), frame + count);
        if (end <= from) {
            return;
        }
        int channels = audio.format().channels();
        AudioBlock block = new AudioBlock(channels, (int) (end - from));
        try (AudioSource source = audio.source(from, end)) {
            fill(source, block);
        }
        for (int i = 0; i < block.frames(); i++) {
            double sum = 0.0;
            for (int c = 0; c < channels; c++) {
                sum += block.channel(c)[i];
            }
            out[at + (int) (from - frame) + i] = sum / channels;
        }
    }

    private static @Nullable Delay delay(
            Fft fft, double[] x, double[] y, double frame, int centre, int reach) {
        double xPower = power(x, 0, x.length);
        double yPower = power(y, centre, centre + WINDOW);
        if (xPower < 1e-9 * WINDOW || yPower < 1e-9 * WINDOW) {
            return null;
        }
        double[] mixWindow = x.clone();
        fft.forward(x);
        double[] masterSpectrum = y.clone();
        fft.forward(masterSpectrum);
        double[] cross = new double[2 * WINDOW];
        crossSpectrum(x, masterSpectrum, cross, WHITENING);
        double[] correlation = cross.clone();
        fft.inverse(correlation);
        int best = centre;
        for (int lag = centre - reach; lag <= centre + reach; lag++) {
            if (Math.abs(correlation[lag]) > Math.abs(correlation[best])) {
                best = lag;
            }
        }
        boolean inverted = correlation[best] < 0.0;
        double exact = peak(cross, best, inverted ? -1.0 : 1.0);
        double likeness = likeness(mixWindow, y, best);
        return new Delay(frame, exact - centre, likeness, inverted);
    }

    /** Golden-section search of the highest interpolated correlation within a frame of a lag. */
    private static double peak(double[] cross, int lag, double sign) {
        double ratio = (Math.sqrt(5.0) - 1.0) / 2.0;
        double low = lag - 1.0;
        double high = lag + 1.0;
        double inner = high - ratio * (high - low);
        double outer = low + ratio * (high - low);
        double innerValue = sign * at(cross, inner);
        double outerValue = sign * at(cross, outer);
        while (high - low > 1e-3) {
            if (innerValue > outerValue) {
                high = outer;
                outer = inner;
                outerValue = innerValue;
                inner = high - ratio * (high - low);
                innerValue = sign * at(cross, inner);
            } else {
                low = inner;
                inner = outer;
                innerValue = outerValue;
                outer = low + ratio * (high - low);
                outerValue = sign * at(cross, outer);
            }
        }
        return 0.5 * (low + high);
    }

    /** The inverse transform at a lag between the samples, but for its scale. */
    private static double at(double[] cross, double lag) {
        double step = 2.0 * StrictMath.PI * lag / cross.length;
        double cosine = StrictMath.cos(step);
        double sine = StrictMath.sin(step);
        double re = cosine;
        double im = sine;
        double sum = 0.0;
        for (int k = 2; k < cross.length; k += 2) {
            sum += cross[k] * re - cross[k + 1] * im;
            double next = re * cosine - im * sine;
            im = re * sine + im * cosine;
            re = next;
        }
        return sum;
    }

    /** Magnitude of the correlation coefficient at a lag, both with pre-emphasis. */
    private static double likeness(double[] x, double[] y, int lag) {
        double product = 0.0;
        double xPower = 0.0;
        double yPower = 0.0;
        for (int i = 1; i < WINDOW && lag + i < y.length; i++) {
            double a = x[i] - PRE_EMPHASIS * x[i - 1];
            double b = y[lag + i] - PRE_EMPHASIS * y[lag + i - 1];
            product += a * b;
            xPower += a * a;
            yPower += b * b;
        }
        double powers = xPower * yPower;
        return powers == 0.0 ? 0.0 : Math.abs(product) / Math.sqrt(powers);
    }

    private static double power(double[] values, int from, int to) {
        double sum = 0.0;
        for (int i = from; i < to; i++) {
            sum += values[i] * values[i];
        }
        return sum;
    }

    // Line

    private static Alignment line(List<Delay> all, long mixFrames) {
        double likeness = median(all.stream().mapToDouble(Delay::likeness).toArray());
        List<Delay> good =
                all.stream()
                        .filter(delay -> delay.likeness() >= ENOUGH_LIKENESS * likeness)
                        .sorted(Comparator.comparingDouble(Delay::frame))
                        .toList();
        double slope = slope(good);
        if (Math.abs(slope) * mixFrames < SMALLEST_DRIFT_FRAMES) {
            slope = 0.0;
        }
        double drift = slope;
        double offset =
                median(
                        good.stream()
                                .mapToDouble(delay -> delay.frames() - drift * delay.frame())
                                .toArray());
        if (drift == 0.0 && Math.abs(offset - Math.rint(offset)) < WHOLE) {
            // Never -0.0.
            offset = Math.rint(offset) + 0.0;
        }
        long inverted = good.stream().filter(Delay::inverted).count();
        return new Alignment(offset, drift * 1e6, 2 * inverted > good.size(), likeness);
    }

    /** Median of the slopes of all pairs. */
    private static double slope(List<Delay> delays) {
        List<Double> slopes = new ArrayList<>();
        for (int i = 0; i < delays.size(); i++) {
            for (int k = i + 1; k < delays.size(); k++) {
                Delay a = delays.get(i);
                Delay b = delays.get(k);
                slopes.add((b.frames() - a.frames()) / (b.frame() - a.frame()));
            }
        }
        return slopes.isEmpty()
                ? 0.0
                : median(slopes.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        int middle = values.length / 2;
        if (values.length == 0) {
            return 0.0;
        }
        return values.length % 2 == 1
                ? values[middle]
                : 0.5 * (values[middle - 1] + values[middle]);
    }
}
