// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.data;

import org.lacquer.training.corpus.Track.Split;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Packages outside the test split, dealt out to folds of about equal numbers of rows. What learns
 * from all folds but one can be asked about that one as about music that it never heard.
 */
public final class Folds {
    /** How many there are. */
    public static final int COUNT = 5;

    private final Map<String, Integer> foldOf = new TreeMap<>();

    /** Largest packages first, each to the fold that holds least so far. */
    public Folds(List<BaseRow> rows) {
        Map<String, Integer> sizes = new TreeMap<>();
        for (BaseRow row : rows) {
            if (row.split() != Split.TEST) {
                sizes.merge(row.packageName(), 1, Integer::sum);
            }
        }
        List<String> names = new ArrayList<>(sizes.keySet());
        names.sort(Comparator.comparingInt((String name) -> -sizes.getOrDefault(name, 0)));
        int[] held = new int[COUNT];
        for (String name : names) {
            int least = 0;
            for (int fold = 1; fold < COUNT; fold++) {
                least = held[fold] < held[least] ? fold : least;
            }
            foldOf.put(name, least);
            held[least] += sizes.getOrDefault(name, 0);
        }
    }

    /** Whether a package was dealt out: it is none of the test split. */
    public boolean holds(String packageName) {
        return foldOf.containsKey(packageName);
    }

    /**
     * The fold of a package.
     *
     * @throws IllegalArgumentException for a package that was not dealt out
     */
    public int of(String packageName) {
        Integer fold = foldOf.get(packageName);
        if (fold == null) {
            throw new IllegalArgumentException("no fold holds " + packageName);
        }
        return fold;
    }
}
