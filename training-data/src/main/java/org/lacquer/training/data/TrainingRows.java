// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.data;

import org.lacquer.training.data.TargetBank.Target;
import org.lacquer.training.faults.Draws;
import org.lacquer.training.faults.DynamicsFault;
import org.lacquer.training.faults.ToneFault;
import org.lacquer.training.premaster.MixFault;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Draws training questions from base rows: a faulty mix, a target with its uncertainty, and the
 * settings that would have repaired it.
 */
public final class TrainingRows {
    /** Share of questions whose mix is already the master. */
    private static final double IDENTITY_SHARE = 0.15;

    /** Columns of a question: features, target means, uncertainty code, style. */
    public static final int QUESTION_WIDTH =
            Layout.WIDTH + Layout.TARGET_WIDTH + Layout.CODE_WIDTH + Layout.BANDS;

    /**
     * One question with its answer.
     *
     * @param question features, target means, code, style
     * @param labels the settings, see {@link Labels}
     * @param before third-octave spectrum of the mix
     * @param after of the true master
     * @param master what a target describes, of the true master
     * @param dynamics 1 when the mix was expanded, -1 when compressed, 0 when left alone
     * @param tellsDynamics false where no faulty dynamics could have been drawn, so that sound
     *     dynamics say nothing of how often they are sound
     */
    public record Example(
            String track,
            String packageName,
            String genre,
            double[] question,
            double[] labels,
            double[] before,
            double[] after,
            double[] master,
            int dynamics,
            boolean tellsDynamics) {
        /** Whether the mix is the master already. */
        public boolean finished() {
            return dynamics == 0 && Arrays.equals(before, after);
        }

        /** The same question with another target. */
        public Example withTarget(Target target) {
            return new Example(
                    track,
                    packageName,
                    genre,
                    asked(question, target),
                    labels,
                    before,
                    after,
                    master,
                    dynamics,
                    tellsDynamics);
        }

        /** The features of the mix. */
        public double[] features() {
            return Arrays.copyOf(question, Layout.WIDTH);
        }
    }

    /** Which target a question carries. */
    public enum Targets {
        /** None, references or a genre, as at the user's; half of them carry a style. */
        MIXED,
        /** None. */
        NONE,
        /** The genre of the track, from other packages; none when there is too little. */
        GENRE,
        /** One track of the album; master and reference share a style that the mix lacks. */
        STYLED_BY_ONE,
        /** The same with four tracks. */
        STYLED_BY_FOUR
    }

    private TrainingRows() {}

    /**
     * Questions to learn from.
     *
     * @param perExcerpt of each excerpt that has faulty renders too
     * @param perStretch of each of the further stretches, which are many
     */
    public static List<Example> drawAll(
            List<BaseRow> rows,
            TargetBank bank,
            int perExcerpt,
            int perStretch,
            Targets targets,
            String salt) {
        List<Example> examples =
                new ArrayList<>(
                        draw(CleanStretches.without(rows), bank, perExcerpt, targets, salt));
        examples.addAll(draw(CleanStretches.only(rows), bank, perStretch, targets, salt));
        return examples;
    }

    /** {@code perExcerpt} questions of every excerpt; {@code salt} changes all draws. */
    public static List<Example> draw(
            List<BaseRow> rows, TargetBank bank, int perExcerpt, Targets targets, String salt) {
        Map<String, List<BaseRow>> excerpts = new LinkedHashMap<>();
        for (BaseRow row : rows) {
            excerpts.computeIfAbsent(row.excerptKey(), key -> new ArrayList<>()).add(row);
        }
        List<Example> examples = new ArrayList<>();
        excerpts.forEach(
                (key, variants) -> {
                    if (variants.getFirst().variant() != 0) {
                        return;
                    }
                    for (int i = 0; i < perExcerpt; i++) {
                        Draws draws = Draws.of(salt + key + "#" + i);
                        examples.add(example(variants, bank, targets, draws));
                    }
                });
        return examples;
    }

    private static Example example(
            List<BaseRow> variants, TargetBank bank, Targets targets, Draws draws) {
        BaseRow master = variants.getFirst();
        boolean identity = draws.chance(IDENTITY_SHARE);
        boolean lively = !draws.chance(0.25);
        int variant = 1 + draws.index(Math.max(1, variants.size() - 1));
        BaseRow mix = identity || !lively || variants.size() < 2 ? master : variants.get(variant);
        ToneFault fault = ToneFault.draw(draws);
        if (mix.premaster() && mix.variant() > 0 && draws.chance(0.5)) {
            // The stems' faults alone; the other half has a wrong tone on top, as any mix may have.
            fault = ToneFault.none();
        }
        ToneFault style = ToneFault.drawStyle(draws);
        List<String> references = references(master, bank, targets, draws);
        boolean always = targets == Targets.STYLED_BY_ONE || targets == Targets.STYLED_BY_FOUR;
        boolean styled =
                always || targets == Targets.MIXED && !references.isEmpty() && draws.chance(0.5);
        double[] styleDb = styled ? style.eqDb() : new double[Layout.BANDS];

        // The style belongs to the master and the references; the mix lacks it, and the target
        // tells.
        double[] after =
                FeatureAlgebra.apply(master, new ToneFault(styleDb, new double[Layout.BANDS]));
        double[] before = identity ? after.clone() : FeatureAlgebra.apply(mix, fault);
        Target target = bank.target(references, styleDb, bank.global());

        return new Example(
                master.track(),
                master.packageName(),
                master.genre(),
                asked(before, target),
                Labels.solve(before, after),
                FeatureAlgebra.ltasOf(before),
                FeatureAlgebra.ltasOf(after),
                Arrays.copyOf(after, Layout.TARGET_WIDTH),
                dynamics(mix),
                variants.size() > 1);
    }

    private static double[] asked(double[] features, Target target) {
        double[] question = new double[QUESTION_WIDTH];
        System.arraycopy(features, 0, question, 0, Layout.WIDTH);
        System.arraycopy(target.mean(), 0, question, Layout.WIDTH, Layout.TARGET_WIDTH);
        int code = Layout.WIDTH + Layout.TARGET_WIDTH;
        System.arraycopy(target.code(), 0, question, code, Layout.CODE_WIDTH);
        System.arraycopy(target.styleDb(), 0, question, code + Layout.CODE_WIDTH, Layout.BANDS);
        return question;
    }

    /** Which fault a render has: it was drawn from the same seed. */
    private static int dynamics(BaseRow row) {
        if (row.variant() == 0) {
            return 0;
        }
        if (row.premaster()) {
            return switch (MixFault.tasteOf(row.track(), row.variant())) {
                case LIVELY -> 1;
                case NEUTRAL -> 0;
                case SQUASHED -> -1;
            };
        }
        Draws draws = Draws.of(row.track() + "#" + row.excerpt() + "#" + row.variant());
        return DynamicsFault.draw(draws).slope() > 1.0 ? 1 : -1;
    }

    private static List<String> references(
            BaseRow master, TargetBank bank, Targets targets, Draws draws) {
        List<String> mates = bank.albumMates(master.track(), master.packageName());
        List<String> genre =
                master.genre().equals("-")
                        ? List.of()
                        : bank.genreTracks(master.genre(), master.packageName());
        double kind = draws.uniform(0.0, 1.0);
        if (targets == Targets.NONE) {
            return List.of();
        }
        if (targets == Targets.GENRE) {
            return genre.size() >= 3 ? genre : List.of();
        }
        boolean styled = targets == Targets.STYLED_BY_ONE || targets == Targets.STYLED_BY_FOUR;
        if (kind < 0.45 && !styled) {
            return List.of();
        }
        if (kind < 0.65 && !styled) {
            return genre.size() >= 3 ? genre : List.of();
        }
        int count =
                switch (targets) {
                    case STYLED_BY_ONE -> 1;
                    case STYLED_BY_FOUR -> 4;
                    case MIXED, NONE, GENRE -> (int) draws.pick(1, 1, 3, 8);
                };
        List<String> shuffled = new ArrayList<>(mates);
        for (int i = shuffled.size() - 1; i > 0; i--) {
            Collections.swap(shuffled, i, draws.index(i + 1));
        }
        return shuffled.subList(0, Math.min(count, shuffled.size()));
    }
}
