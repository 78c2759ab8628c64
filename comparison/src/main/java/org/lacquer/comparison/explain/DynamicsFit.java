// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.explain;

import org.lacquer.audio.AudioClip;
import org.lacquer.engine.CompressorBand;
import org.lacquer.engine.CompressorSettings;
import org.lacquer.engine.LimiterSettings;
import org.lacquer.engine.MultibandCompressorSettings;
import org.lacquer.engine.StageSettings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Parts the gain that moved with the music into compression, in one band or several, and limiting.
 *
 * <p>Both are sought in turn: the limiter, whose reduction follows from how far peaks stand above
 * the ceiling, with what the compressor leaves; and the compressor with what the limiter leaves.
 */
final class DynamicsFit {
    private static final int WINDOW = 2_048;
    private static final int HOP_SHARE = 2;

    /** Windows for bass are longer by this factor, at the same hop. */
    private static final int LONG = 4;

    private static final double BASS_HZ = 330.0;

    /** Parts at which bass, middle and treble begin, and the end. */
    private static final int[] FIXED = {0, 4, 13, 17};

    private static final int ROUNDS = 2;
    private static final int MOST_GROUPS = 3;

    /** Half octaves from 40 Hz to 14.5 kHz. */
    private static final int PARTS = 17;

    private static final double LOWEST_HZ = 40.0;

    /** A compressor must leave less than this share of the movement. */
    private static final double WORTH_SHARE = 0.72;

    private static final double WORTH_DB = 0.25;

    /** Several bands must leave less than this share of what one band leaves. */
    private static final double BANDS_WORTH_SHARE = 0.75;

    private final AudioClip mix;
    private final int rate;
    private final double ceiling;
    private final double[] edgesHz;
    private final List<StageSettings> saturation;
    private final Spectrogram x;
    private final Spectrogram y;

    /** The mix bent, without a compressor. */
    private final AudioClip bent;

    private final Spectrogram bentPowers;
    private final float[] squares;

    /** Powers of a clip through short windows, and through long ones for bass. */
    private record Spectrogram(BandPowers quick, BandPowers slow) {}

    /**
     * What came out.
     *
     * @param compressor none when the gain did not move with the level
     * @param limiter its gain and its drive, which is the level of the whole
     * @param explained share of the movement that both explain
     * @param withoutCompressor the same for the limiter alone
     * @param guesses one a band
     * @param crossoversHz between the bands
     */
    record Result(
            Optional<StageSettings> compressor,
            LimiterGuess limiter,
            double limiterReductionDb,
            double explained,
            double withoutCompressor,
            List<CompressorGuess> guesses,
            List<Double> crossoversHz) {
        /** Nothing sought yet. */
        static final Result NONE =
                new Result(
                        Optional.empty(),
                        new LimiterGuess(
                                0.0,
                                0.0,
                                LimiterSettings.Character.TRANSPARENT,
                                0.0,
                                new double[0]),
                        0.0,
                        0.0,
                        0.0,
                        List.of(),
                        List.of());
    }

    /**
     * @param mix with tone and width as in the master
     * @param ceiling of the master, linear
     * @param saturation between compressor and limiter; empty for none
     */
    DynamicsFit(AudioClip mix, AudioClip master, double ceiling, List<StageSettings> saturation) {
        this.mix = mix;
        this.rate = mix.format().sampleRateHz();
        this.ceiling = ceiling;
        this.edgesHz = new double[PARTS + 1];
        for (int k = 0; k <= PARTS; k++) {
            edgesHz[k] = LOWEST_HZ * StrictMath.pow(2.0, k / 2.0);
        }
        this.x = powers(mix);
        this.y = powers(master);
        this.squares = Milliseconds.squares(mix, 0.0, Double.POSITIVE_INFINITY);
        this.saturation = saturation;
        this.bent = Chain.play(saturation, mix);
        this.bentPowers = saturation.isEmpty() ? x : powers(bent);
    }

    private Spectrogram powers(AudioClip clip) {
        int scale = rate > 60_000 ? 2 : 1;
        return new Spectrogram(
                new BandPowers(clip, scale * WINDOW, HOP_SHARE, edgesHz),
                new BandPowers(clip, scale * LONG * WINDOW, LONG * HOP_SHARE, edgesHz));
    }

    /** Gain between two clips in some of the parts; bass needs windows that tell notes apart. */
    private GainTrace trace(Spectrogram from, int first, int end, float[] heard) {
        return trace(from, y, first, end, heard);
    }

    private GainTrace trace(Spectrogram from, Spectrogram to, int first, int end, float[] heard) {
        boolean slow = edgesHz[end] <= BASS_HZ;
        return new GainTrace(
                slow ? from.slow : from.quick,
                slow ? to.slow : to.quick,
                first,
                end,
                Milliseconds.powers(heard, rate));
    }

    Result fit(Optional<Result> last) {
        GainTrace whole = trace(bentPowers, 0, PARTS, squares);
        double[] peaks = Milliseconds.peaks(bent);
        LimiterGuess alone = LimiterGuess.of(whole, peaks, ceiling);
        Joint plain = new Joint(Compression.NONE, alone, left(bentPowers, bent, alone));
        Joint best;
        if (last.isPresent()) {
            best = joint(last.get().limiter(), 1);
        } else {
            Joint limiterFirst = joint(alone, 1);
            Joint compressorFirst = joint(LimiterGuess.none(whole), ROUNDS);
            best = compressorFirst.left < limiterFirst.left ? compressorFirst : limiterFirst;
        }
        if (best.left > WORTH_SHARE * plain.left) {
            best = plain;
        }
        double still = left(bentPowers, bent, LimiterGuess.none(whole));
        return new Result(
                best.compression.settings,
                best.limiter,
                best.limiter.meanReductionDb(whole),
                still == 0.0 ? 0.0 : 1.0 - best.left / still,
                still == 0.0 ? 0.0 : 1.0 - plain.left / still,
                best.compression.guesses,
                best.compression.crossoversHz);
    }

    /** Compressor and limiter together, and what they leave. */
    private record Joint(Compression compression, LimiterGuess limiter, double left) {}

    private Joint joint(LimiterGuess start, int rounds) {
        LimiterGuess limiter = start;
        Compression compression = Compression.NONE;
        AudioClip compressed = bent;
        Spectrogram before = bentPowers;
        for (int round = 0; round < rounds; round++) {
            compression = compression(limiter);
            if (compression.settings.isEmpty()) {
                compressed = bent;
                before = bentPowers;
            } else {
                List<StageSettings> stages = new ArrayList<>(saturation);
                stages.addFirst(compression.settings.get());
                compressed = Chain.play(stages, mix);
                before = powers(compressed);
            }
            float[] heard = Milliseconds.squares(compressed, 0.0, Double.POSITIVE_INFINITY);
            limiter =
                    LimiterGuess.of(
                            trace(before, 0, PARTS, heard),
                            Milliseconds.peaks(compressed),
                            ceiling);
        }
        return new Joint(compression, limiter, left(before, compressed, limiter));
    }

    /** Movement that is left in three fixed parts of the spectrum, dB², the level of each aside. */
    private double left(Spectrogram before, AudioClip clip, LimiterGuess limiter) {
        double sum = 0.0;
        for (int g = 0; g + 1 < FIXED.length; g++) {
            float[] heard =
                    Milliseconds.squares(
                            clip,
                            g == 0 ? 0.0 : edgesHz[FIXED[g]],
                            g + 2 == FIXED.length
                                    ? Double.POSITIVE_INFINITY
                                    : edgesHz[FIXED[g + 1]]);
            GainTrace trace = trace(before, FIXED[g], FIXED[g + 1], heard);
            double[] rest = trace.db().clone();
            double[] limited = trace.seen(limiter.gains());
            for (int t = 0; t < rest.length; t++) {
                rest[t] -= limited[t];
            }
            sum += LeastSquares.variance(rest, trace.weights());
        }
        return sum;
    }

    /** Root mean square of the gain's movement between two clips in three parts of the spectrum. */
    static double movementDb(AudioClip from, AudioClip to) {
        DynamicsFit fit = new DynamicsFit(from, to, 1.0, List.of());
        GainTrace whole = fit.trace(fit.x, 0, PARTS, fit.squares);
        double sum = fit.left(fit.x, from, LimiterGuess.none(whole));
        return Math.sqrt(sum / (FIXED.length - 1));
    }

    private record Compression(
            Optional<StageSettings> settings,
            List<CompressorGuess> guesses,
            List<Double> crossoversHz) {
        static final Compression NONE = new Compression(Optional.empty(), List.of(), List.of());
    }

    /** One part of the spectrum with its detector's input, and the gain that the limiter leaves. */
    private final class Group {
        private final GainTrace trace;
        private final float[] heard;
        private final double[] target;

        Group(int from, int end, LimiterGuess limiter) {
            double low = from == 0 ? 0.0 : edgesHz[from];
            double high = end == PARTS ? Double.POSITIVE_INFINITY : edgesHz[end];
            boolean all = from == 0 && end == PARTS;
            heard = all ? squares : Milliseconds.squares(mix, low, high);
            trace = trace(x, from, end, heard);
            target = trace.db().clone();
            double[] limited = trace.seen(limiter.gains());
            for (int t = 0; t < target.length; t++) {
                target[t] -= limited[t];
            }
            if (!saturation.isEmpty()) {
                double[] rounded = trace(x, bentPowers, from, end, heard).db();
                for (int t = 0; t < target.length; t++) {
                    target[t] -= rounded[t];
                }
            }
        }

        double leftBy(double[] gains) {
            double[] seen = trace.seen(gains);
            double[] left = target.clone();
            for (int t = 0; t < left.length; t++) {
                left[t] -= seen[t];
            }
            return LeastSquares.variance(left, trace.weights());
        }

        CompressorGuess fit(CompressorFit.Kind kind) {
            return CompressorFit.fit(trace, target, heard, rate, kind);
        }
    }

    private Compression compression(LimiterGuess limiter) {
        int[] starts = groups(limiter);
        List<Group> groups = new ArrayList<>();
        for (int g = 0; g + 1 < starts.length; g++) {
            groups.add(new Group(starts[g], starts[g + 1], limiter));
        }
        Group one = new Group(0, PARTS, limiter);
        CompressorGuess glue = one.fit(CompressorFit.Kind.BROAD);
        List<CompressorGuess> bands =
                groups.stream().map(group -> group.fit(CompressorFit.Kind.BAND)).toList();
        double still = 0.0;
        double byGlue = 0.0;
        double byBands = 0.0;
        double reduction = 0.0;
        for (int g = 0; g < groups.size(); g++) {
            Group group = groups.get(g);
            still += LeastSquares.variance(group.target, group.trace.weights());
            byGlue += group.leftBy(glue.gains());
            byBands += bands.get(g).error();
            reduction = Math.max(reduction, bands.get(g).meanReductionDb());
        }
        if (byBands < BANDS_WORTH_SHARE * byGlue
                && byBands < WORTH_SHARE * still
                && reduction > WORTH_DB) {
            List<Double> crossovers =
                    Arrays.stream(starts, 1, starts.length - 1)
                            .mapToObj(start -> Math.rint(edgesHz[start]))
                            .toList();
            List<CompressorBand> settings = bands.stream().map(DynamicsFit::band).toList();
            return new Compression(
                    Optional.of(new MultibandCompressorSettings(crossovers, settings)),
                    bands,
                    crossovers);
        }
        if (byGlue < WORTH_SHARE * still && glue.meanReductionDb() > WORTH_DB) {
            return new Compression(Optional.of(broad(glue)), List.of(glue), List.of());
        }
        return Compression.NONE;
    }

    private int[] groups(LimiterGuess limiter) {
        double[][] moves = new double[PARTS][];
        double[][] weights = new double[PARTS][];
        for (int k = 0; k < PARTS; k++) {
            GainTrace part = trace(x, k, k + 1, squares);
            double[] limited = part.seen(limiter.gains());
            // Long windows begin earlier and are fewer.
            int shift = edgesHz[k + 1] <= BASS_HZ ? (LONG - 1) * HOP_SHARE / 2 : 0;
            int frames = x.quick.frames();
            moves[k] = new double[frames];
            weights[k] = new double[frames];
            for (int t = 0; t < limited.length && t + shift < frames; t++) {
                moves[k][t + shift] = part.db()[t] - limited[t];
                weights[k][t + shift] = part.weights()[t];
            }
        }
        return new BandGroups(moves, weights).split(MOST_GROUPS);
    }

    private static CompressorBand band(CompressorGuess guess) {
        if (guess.slope() == 0.0) {
            return CompressorBand.DEFAULT;
        }
        return new CompressorBand(
                tenth(guess.thresholdDb()),
                hundredth(guess.ratio()),
                guess.kneeDb(),
                tenth(guess.attackMs()),
                Math.rint(guess.releaseMs()),
                0.0);
    }

    private static CompressorSettings broad(CompressorGuess guess) {
        return CompressorSettings.of(
                        tenth(guess.thresholdDb()), hundredth(guess.ratio()), guess.kneeDb())
                .withTimes(
                        tenth(guess.attackMs()),
                        Math.rint(guess.releaseMs()),
                        guess.automatic()
                                ? CompressorSettings.Release.AUTO
                                : CompressorSettings.Release.FIXED);
    }

    /** The limiter as a stage. */
    static LimiterSettings limiter(LimiterGuess guess, double ceilingDbtp) {
        return LimiterSettings.DEFAULT
                .withDriveDb(hundredth(guess.driveDb()))
                .withCeilingDbtp(ceilingDbtp)
                .withFastDb(guess.fastDb())
                .withCharacter(guess.character());
    }

    static double tenth(double value) {
        return Math.rint(10.0 * Math.max(-79.0, Math.min(2_500.0, value))) / 10.0;
    }

    static double hundredth(double value) {
        return Math.rint(100.0 * value) / 100.0;
    }
}
