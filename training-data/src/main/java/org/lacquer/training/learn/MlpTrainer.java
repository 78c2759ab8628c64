// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.learn;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;

import org.lacquer.training.algebra.Dense;
import org.lacquer.training.data.Labels;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Trains one small network with DJL on PyTorch, on one thread: two hidden layers with SiLU and much
 * dropout; means and log-sigmas out, and how much of the EQ gains to make. That share is one number
 * for all bands, learned with them: whether a mix is faulty at all and what its fault is are two
 * questions, and a network that must answer both with one number per band makes all moves smaller.
 *
 * <p>Loss: what will be measured. The EQ gains are judged by the weighted third-octave error that
 * they leave, in dB (not its square: half of the mixes have small faults, and a median moves those
 * less than a mean), and once more where that error exceeds the untouched one by more than harm
 * begins; the other settings by Huber on standardised units; the sigmas by the Gaussian likelihood,
 * with the means held still.
 */
public final class MlpTrainer {
    private static final int HIDDEN = 128;
    private static final int BATCH = 256;
    private static final float PEAK_RATE = 2e-3f;
    private static final float WEIGHT_DECAY = 0.1f;
    private static final float DROPOUT = 0.3f;
    private static final float LOG_SIGMA_LIMIT = 3f;
    private static final float LIKELIHOOD_SHARE = 0.1f;
    private static final float LARGEST_GRADIENT = 0.5f;
    private static final float INPUT_NOISE = 0.1f;

    /** Share of the settings that are no EQ gains. */
    private static final float OTHERS_SHARE = 0.5f;

    /** Pulls EQ gains that the spectrum leaves open towards the closed form. */
    private static final float GAINS_SHARE = 0.02f;

    /** How much a dB of harm counts on top of the error itself. */
    private static final float HARM_SHARE = 0.5f;

    /** Worse than untouched by this much is harm, dB, and how soft that edge is. */
    private static final float HARM_DB = (float) Labels.HARM_DB;

    private static final float HARM_EDGE_DB = 0.25f;

    /** Log-odds that the share of the gains starts from: most of them are made. */
    private static final float SHARE_OFFSET = 1f;

    /** Keeps the root's slope finite where nothing is left to do, dB². */
    private static final float SMALLEST_SQUARE = 0.0025f;

    static {
        // Before any DJL class wakes up: no look-ups in the network, one thread (see the docs).
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("ai.djl.pytorch.num_threads", "1");
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    }

    /**
     * What a network learns from: one row per example in each.
     *
     * @param inputs standardised
     * @param labels standardised settings
     * @param change wanted spectrum change, dB
     * @param weights audibility of each third octave, summing to 1
     * @param untouched error when nothing is done, dB, one column
     * @param told 1 for each setting that an example tells something of, else 0
     */
    public record Examples(
            float[][] inputs,
            float[][] labels,
            float[][] change,
            float[][] weights,
            float[][] untouched,
            float[][] told) {}

    private final int settings;
    private final float[][] eqResponses;

    /**
     * @param settings outputs; the first {@code eqResponses.length} are EQ gains
     * @param eqResponses change of the spectrum per standardised unit of each EQ gain
     */
    public MlpTrainer(int settings, float[][] eqResponses) {
        this.settings = settings;
        this.eqResponses = eqResponses;
    }

    /** A network, and its raw output for the first inputs as the trainer computes them. */
    public record Trained(Mlp mlp, float[][] probe) {}

    /**
     * Trains from a seed.
     *
     * @param learnt places of the examples that are learned from
     * @param probes so many of all examples, from the first, are run through the finished network
     */
    public Trained train(Examples examples, int[] learnt, int epochs, int seed, int probes) {
        Engine engine = Engine.getEngine("PyTorch");
        engine.setRandomSeed(seed);
        SplittableRandom order = new SplittableRandom(seed);
        int rows = learnt.length;
        int width = examples.inputs()[0].length;
        int batches = Math.max(1, rows / BATCH);
        List<Linear> layers = new ArrayList<>();
        Block block = network(layers);
        try (Model model = Model.newInstance("mlp", Device.cpu(), "PyTorch")) {
            model.setBlock(block);
            var config =
                    new DefaultTrainingConfig(Loss.l2Loss())
                            .optDevices(new Device[] {Device.cpu()})
                            .optOptimizer(
                                    Optimizer.adamW()
                                            .optLearningRateTracker(oneCycle(epochs * batches))
                                            .optWeightDecays(WEIGHT_DECAY)
                                            .optClipGrad(LARGEST_GRADIENT)
                                            .build());
            try (Trainer trainer = model.newTrainer(config)) {
                trainer.initialize(new Shape(BATCH, width));
                int[] shuffled = learnt.clone();
                for (int epoch = 0; epoch < epochs; epoch++) {
                    shuffle(shuffled, order);
                    for (int batch = 0; batch < batches; batch++) {
                        int from = batch * BATCH;
                        int to = Math.min(from + BATCH, rows);
                        step(trainer, examples, shuffled, from, to);
                    }
                }
                Mlp mlp = extract(layers);
                requireFinite(mlp);
                return new Trained(mlp, probe(trainer, examples, probes));
            }
        }
    }

    private Block network(List<Linear> layers) {
        SequentialBlock block = new SequentialBlock();
        for (int units : new int[] {HIDDEN, HIDDEN, 2 * settings + 1}) {
            Linear layer = Linear.builder().setUnits(units).build();
            layers.add(layer);
            block.add(layer);
            if (units == HIDDEN) {
                block.add(MlpTrainer::silu);
                block.add(Dropout.builder().optRate(DROPOUT).build());
            }
        }
        return block;
    }

    /** x · sigmoid(x); DJL's own swish multiplies by a plain number, see {@link #constant}. */
    private static NDList silu(NDList list) {
        NDArray x = list.singletonOrThrow();
        return new NDList(x.mul(Activation.sigmoid(x)));
    }

    private void step(Trainer trainer, Examples examples, int[] order, int from, int to) {
        try (NDManager manager = trainer.getManager().newSubManager();
                GradientCollector gradients = trainer.newGradientCollector()) {
            NDArray x = batch(manager, examples.inputs(), order, from, to);
            x = x.add(manager.randomNormal(x.getShape()).mul(INPUT_NOISE));
            NDArray y = batch(manager, examples.labels(), order, from, to);
            NDArray told = batch(manager, examples.told(), order, from, to);
            NDArray out = trainer.forward(new NDList(x)).singletonOrThrow();
            NDArray raw = out.get(":, :" + settings);
            NDArray share =
                    Activation.sigmoid(
                            out.get(":, " + 2 * settings + ":")
                                    .add(constant(manager, SHARE_OFFSET)));
            NDArray eq = raw.get(":, :" + eqResponses.length).mul(share);
            NDArray mean = eq.concat(raw.get(":, " + eqResponses.length + ":"), 1);
            NDArray logSigma =
                    out.get(":, " + settings + ":" + 2 * settings)
                            .minimum(constant(manager, LOG_SIGMA_LIMIT))
                            .maximum(constant(manager, -LOG_SIGMA_LIMIT));

            NDArray others = mean.sub(y).mul(told).get(":, " + eqResponses.length + ":");
            NDArray loss = toneLoss(manager, eq, examples, order, from, to);
            loss = loss.add(huber(manager, others).mean().mul(constant(manager, OTHERS_SHARE)));
            NDArray gains = raw.sub(y).get(":, :" + eqResponses.length);
            loss = loss.add(gains.square().mean().mul(constant(manager, GAINS_SHARE)));
            NDArray still = y.sub(mean.stopGradient()).mul(logSigma.neg().exp());
            NDArray likelihood =
                    still.square().mul(constant(manager, 0.5f)).add(logSigma).mul(told).mean();
            loss = loss.add(likelihood.mul(constant(manager, LIKELIHOOD_SHARE)));
            gradients.backward(loss);
        }
        trainer.step();
    }

    /** Mean error that the gains leave, dB, and what of it is harm. */
    private NDArray toneLoss(
            NDManager manager, NDArray eq, Examples examples, int[] order, int from, int to) {
        NDArray change = batch(manager, examples.change(), order, from, to);
        NDArray weights = batch(manager, examples.weights(), order, from, to);
        NDArray untouched = batch(manager, examples.untouched(), order, from, to);
        NDArray miss = eq.matMul(owned(manager.create(eqResponses))).sub(change);
        // Loudness is restored afterwards: only the shape of what is missed counts.
        int[] bands = {1};
        NDArray shape = miss.sub(miss.mul(weights).sum(bands, true));
        NDArray square = shape.square().mul(weights).sum(bands, true);
        NDArray error = square.add(constant(manager, SMALLEST_SQUARE)).sqrt();
        NDArray excess =
                error.sub(untouched)
                        .sub(constant(manager, HARM_DB))
                        .mul(constant(manager, 1f / HARM_EDGE_DB));
        NDArray harm =
                excess.maximum(constant(manager, 0f))
                        .add(excess.abs().neg().exp().add(constant(manager, 1f)).log());
        return error.mean().add(harm.mean().mul(constant(manager, HARM_SHARE * HARM_EDGE_DB)));
    }

    /** x²/2 below 1, |x| − 1/2 above. */
    private static NDArray huber(NDManager manager, NDArray x) {
        NDArray size = x.abs();
        NDArray small = size.minimum(constant(manager, 1f));
        return small.square().mul(constant(manager, 0.5f)).add(size.sub(small));
    }

    private static NDArray batch(NDManager manager, float[][] rows, int[] order, int from, int to) {
        int width = rows[0].length;
        float[] flat = new float[(to - from) * width];
        for (int i = from; i < to; i++) {
            System.arraycopy(rows[order[i]], 0, flat, (i - from) * width, width);
        }
        return owned(manager.create(flat, new Shape(to - from, width)));
    }

    /**
     * A copy in PyTorch's own memory. An array from Java is only borrowed by PyTorch: at changing
     * alignments, so that matrix products differ in their last bits, and freed with its buffer.
     */
    private static NDArray owned(NDArray array) {
        return array.duplicate();
    }

    /**
     * A number to calculate with. The methods of {@link NDArray} that take a plain number lend its
     * memory to PyTorch and let go of it at once; when the garbage collector runs before the
     * gradients are computed, they come out as garbage.
     */
    private static NDArray constant(NDManager manager, float value) {
        return owned(manager.create(new float[] {value}));
    }

    private static void shuffle(int[] values, SplittableRandom random) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swap = values[i];
            values[i] = values[j];
            values[j] = swap;
        }
    }

    /** Rises over three tenths of the steps, falls over the rest, both like a cosine. */
    private static Tracker oneCycle(int steps) {
        return update -> {
            double position = Math.min(1.0, (double) update / steps);
            double height =
                    position < 0.3
                            ? 0.5 - 0.5 * StrictMath.cos(StrictMath.PI * position / 0.3)
                            : 0.5 + 0.5 * StrictMath.cos(StrictMath.PI * (position - 0.3) / 0.7);
            return (float) (PEAK_RATE * (0.04 + 0.96 * height));
        };
    }

    private Mlp extract(List<Linear> layers) {
        List<Dense> dense = new ArrayList<>();
        for (Linear layer : layers) {
            NDArray weight = layer.getParameters().get("weight").getArray();
            NDArray bias = layer.getParameters().get("bias").getArray();
            int outputs = (int) weight.getShape().get(0);
            int inputs = (int) weight.getShape().get(1);
            float[] flat = weight.toFloatArray();
            float[][] matrix = new float[outputs][inputs];
            for (int i = 0; i < outputs; i++) {
                System.arraycopy(flat, i * inputs, matrix[i], 0, inputs);
            }
            dense.add(new Dense(matrix, bias.toFloatArray()));
        }
        Dense last = dense.getLast();
        last.bias()[2 * settings] += SHARE_OFFSET;
        return new Mlp(dense, eqResponses.length);
    }

    private static void requireFinite(Mlp mlp) {
        for (Dense layer : mlp.layers()) {
            for (float bias : layer.bias()) {
                if (!Float.isFinite(bias)) {
                    throw new IllegalStateException("training diverged: a weight is not a number");
                }
            }
        }
    }

    private float[][] probe(Trainer trainer, Examples examples, int probes) {
        float[][] out = new float[Math.min(probes, examples.inputs().length)][];
        try (NDManager manager = trainer.getManager().newSubManager()) {
            for (int i = 0; i < out.length; i++) {
                NDArray x = manager.create(new float[][] {examples.inputs()[i]});
                float[] raw = trainer.evaluate(new NDList(x)).singletonOrThrow().toFloatArray();
                double odds = StrictMath.exp(-raw[2 * settings] - SHARE_OFFSET);
                for (int k = 0; k < eqResponses.length; k++) {
                    raw[k] = (float) (raw[k] / (1.0 + odds));
                }
                out[i] = Arrays.copyOf(raw, 2 * settings);
            }
        }
        return out;
    }
}
