// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.learn;

import org.lacquer.training.data.TrainingRows.Example;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Packages dealt out to folds of about equal numbers of questions. A network learns from all folds
 * but its own, so that each package can be asked about with networks that never heard it.
 */
public final class Folds {
    private final Map<String, Integer> foldOf = new TreeMap<>();
    private final int count;

    /** Largest packages first, each to the fold that holds least so far. */
    public Folds(List<Example> examples, int count) {
        this.count = count;
        Map<String, Integer> sizes = new TreeMap<>();
        examples.forEach(e -> sizes.merge(e.packageName(), 1, Integer::sum));
        List<String> names = new ArrayList<>(sizes.keySet());
        names.sort(Comparator.comparingInt((String name) -> -sizes.getOrDefault(name, 0)));
        int[] held = new int[count];
        for (String name : names) {
            int least = 0;
            for (int fold = 1; fold < count; fold++) {
                least = held[fold] < held[least] ? fold : least;
            }
            foldOf.put(name, least);
            held[least] += sizes.getOrDefault(name, 0);
        }
    }

    public int count() {
        return count;
    }

    /**
     * The fold of a question's package.
     *
     * @throws IllegalArgumentException for a package that was not dealt out
     */
    public int of(Example example) {
        Integer fold = foldOf.get(example.packageName());
        if (fold == null) {
            throw new IllegalArgumentException("no fold holds " + example.packageName());
        }
        return fold;
    }

    /** Places of the questions outside one fold. */
    int[] outside(int fold, List<Example> examples) {
        int[] rows = new int[examples.size()];
        int found = 0;
        for (int r = 0; r < rows.length; r++) {
            if (of(examples.get(r)) != fold) {
                rows[found++] = r;
            }
        }
        return Arrays.copyOf(rows, found);
    }
}
