// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

import java.util.Random;

/** Kinds of signals that limiters fail on, each drawn from a generator. */
enum CeilingSignal {
    NOISE("uniform noise") {
        @Override
        void fill(float[] x, int rateHz, Random random) {
            for (int i = 0; i < x.length; i++) {
                x[i] = (float) (2.0 * random.nextDouble() - 1.0);
            }
        }
    },
    BURSTS("bursts of tones and noise") {
        @Override
        void fill(float[] x, int rateHz, Random random) {
            for (int i = 0; i < x.length; ) {
                int end = Math.min(x.length, i + 1 + random.nextInt(rateHz / 20));
                double turns = 0.49 * random.nextDouble();
                double level = StrictMath.pow(10.0, -3.0 * random.nextDouble());
                boolean tone = random.nextBoolean();
                for (; i < end; i++) {
                    double wave = tone ? sine(turns * i) : random.nextGaussian();
                    x[i] = (float) (level * wave);
                }
            }
        }
    },
    CLICKS_IN_NOISE("clicks in noise") {
        @Override
        void fill(float[] x, int rateHz, Random random) {
            int mean = 50 + random.nextInt(2_000);
            for (int i = 0; i < x.length; i++) {
                double click =
                        random.nextInt(mean) == 0 ? (random.nextBoolean() ? 1.0 : -1.0) : 0.0;
                x[i] = (float) (click + 0.05 * random.nextGaussian());
            }
        }
    },
    FULL_SCALE_SQUARE("full-scale squares") {
        @Override
        void fill(float[] x, int rateHz, Random random) {
            double half = StrictMath.pow(2.0, 9.0 * random.nextDouble());
            for (int i = 0; i < x.length; i++) {
                x[i] = (long) (i / half) % 2 == 0 ? 1f : -1f;
            }
        }
    },
    /** Samples up to 3 dB below the peaks between them. */
    QUARTER_RATE("sines at a quarter of the rate") {
        @Override
        void fill(float[] x, int rateHz, Random random) {
            double phase = random.nextDouble();
            for (int i = 0; i < x.length; i++) {
                x[i] = (float) sine(0.25 * i + phase);
            }
        }
    },
    NEAR_NYQUIST("sines near half the rate") {
        @Override
        void fill(float[] x, int rateHz, Random random) {
            double turns = 0.4 + 0.099 * random.nextDouble();
            for (int i = 0; i < x.length; i++) {
                x[i] = (float) sine(turns * i);
            }
        }
    },
    /** The signs of an interpolator's taps: the largest peak that samples of 1 can make. */
    WORST_PHASE("worst-case phase vectors") {
        @Override
        void fill(float[] x, int rateHz, Random random) {
            int length = 32 << random.nextInt(6);
            double between = random.nextDouble();
            for (int i = 0; i < x.length; i++) {
                double turns = 0.5 * (i % length - length / 2 + between);
                double distance = i % length - length / 2 + between;
                x[i] = sine(turns) * distance < 0.0 ? -1f : 1f;
            }
        }
    },
    RANDOM_SIGNS("random signs") {
        @Override
        void fill(float[] x, int rateHz, Random random) {
            for (int i = 0; i < x.length; i++) {
                x[i] = random.nextBoolean() ? 1f : -1f;
            }
        }
    },
    /** Cosines that are in phase once a period. */
    ALIGNED_COMB("combs in phase") {
        @Override
        void fill(float[] x, int rateHz, Random random) {
            double period = 40.0 + 500.0 * random.nextDouble();
            int count = (int) Math.min(40.0, 0.45 * period);
            double shift = random.nextDouble();
            for (int i = 0; i < x.length; i++) {
                double sum = 0.0;
                for (int k = 1; k <= count; k++) {
                    sum += sine(k * (i + shift) / period + 0.25);
                }
                x[i] = (float) (sum / count);
            }
        }
    },
    BASS("bass tones") {
        @Override
        void fill(float[] x, int rateHz, Random random) {
            double turns = (25.0 + 100.0 * random.nextDouble()) / rateHz;
            double phase = random.nextDouble();
            for (int i = 0; i < x.length; i++) {
                x[i] = (float) sine(turns * i + phase);
            }
        }
    },
    STEPS("steps of DC") {
        @Override
        void fill(float[] x, int rateHz, Random random) {
            for (int i = 0; i < x.length; ) {
                int end = Math.min(x.length, i + 1 + random.nextInt(2_000));
                float level = (float) (2.0 * random.nextDouble() - 1.0);
                for (; i < end; i++) {
                    x[i] = level;
                }
            }
        }
    },
    SWEEP("sweeps") {
        @Override
        void fill(float[] x, int rateHz, Random random) {
            double low = (20.0 + 500.0 * random.nextDouble()) / rateHz;
            double growth = StrictMath.log(0.499 / low) / x.length;
            double turns = random.nextDouble();
            for (int i = 0; i < x.length; i++) {
                turns += low * StrictMath.exp(growth * i);
                x[i] = (float) sine(turns);
            }
        }
    },
    /** Largest samples of either sign with nothing between. */
    SPARSE("single samples in silence") {
        @Override
        void fill(float[] x, int rateHz, Random random) {
            int gap = 1 + random.nextInt(3_000);
            for (int i = random.nextInt(gap); i < x.length; i += 1 + random.nextInt(gap)) {
                x[i] = random.nextBoolean() ? 1f : -1f;
            }
        }
    },
    MUSIC_LIKE("a beat over a chord") {
        @Override
        void fill(float[] x, int rateHz, Random random) {
            double root = 60.0 + 140.0 * random.nextDouble();
            int beat = (int) (rateHz * (0.1 + 0.2 * random.nextDouble()));
            for (int i = 0; i < x.length; i++) {
                double t = (double) i / rateHz;
                double hit = (double) (i % beat) / rateHz;
                double thump = StrictMath.exp(-18.0 * hit) * sine(62.0 * hit);
                double hiss = StrictMath.exp(-60.0 * hit) * random.nextGaussian();
                double chord =
                        sine(root * t)
                                + sine(1.26 * root * t)
                                + sine(1.5 * root * t)
                                + 0.4 * sine(8.0 * root * t);
                x[i] = (float) (0.5 * thump + 0.2 * hiss + 0.15 * chord);
            }
        }
    };

    private final String title;

    CeilingSignal(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** One channel. */
    abstract void fill(float[] x, int rateHz, Random random);

    private static double sine(double turns) {
        return StrictMath.sin(2.0 * StrictMath.PI * (turns - Math.floor(turns)));
    }
}
