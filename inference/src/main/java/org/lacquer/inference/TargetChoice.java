// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference;

import org.lacquer.analysis.FeatureSet;
import org.lacquer.inference.match.Sound;
import org.lacquer.inference.model.Question;
import org.lacquer.models.GenreClassifier;
import org.lacquer.models.GenreTarget;
import org.lacquer.models.GenreTargets;
import org.lacquer.models.ModelManifest;
import org.lacquer.models.SpectrumPrior;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** From what the musician asked for to the figures to aim at. */
final class TargetChoice {
    /** Genres below this share are left out of a blend. */
    private static final double SMALLEST_SHARE = 0.12;

    /** A blend by likelihood may be wrong: it is worth this part of its genres' tracks. */
    private static final double AUTO_CONFIDENCE = 0.5;

    private TargetChoice() {}

    /**
     * A shipped genre, or a target of the user's own.
     *
     * @throws IllegalArgumentException when there is none of that name
     */
    static Target genre(String nameOrAlias, UserTargets own) throws IOException {
        Optional<GenreTarget> shipped = GenreTargets.named(nameOrAlias);
        if (shipped.isPresent()) {
            return of(shipped.get(), trust(shipped.get().label()));
        }
        // Measured on what the musician chose; few tracks are drawn toward all music already.
        Optional<GenreTarget> users = own.named(nameOrAlias);
        if (users.isPresent()) {
            return of(users.get(), 1.0);
        }
        throw new IllegalArgumentException(
                "unknown genre '" + nameOrAlias + "'; known: auto, " + names(own));
    }

    static Target neutral() {
        return of(GenreTargets.named(GenreTargets.NEUTRAL).orElseThrow(), 1.0);
    }

    private static Target of(GenreTarget genre, double trust) {
        return new Target(
                genre.name(),
                genre.label().name().toLowerCase(Locale.ROOT),
                genre.provenance(),
                Map.of(genre.name(), 1.0),
                genre.mean(),
                genre.sd(),
                genre.styleDb(),
                genre.effectiveTracks(),
                trust,
                genre.loudnessLufs(),
                genre.plrDb());
    }

    /** A target with little behind it moves less. */
    private static double trust(GenreTarget.Label label) {
        return switch (label) {
            case SOLID -> 1.0;
            case PROVISIONAL -> 0.8;
            case ANECDOTAL -> 0.6;
        };
    }

    private static String names(UserTargets own) throws IOException {
        List<String> names = new ArrayList<>();
        GenreTargets.all().forEach(genre -> names.add(genre.name()));
        names.addAll(own.names());
        return String.join(", ", names);
    }

    /**
     * Blends the genres that the mix most likely belongs to, of those with measured music. What
     * rests on publications alone is not guessed; it can be named.
     */
    static Target likeliest(double[] features) {
        GenreClassifier classifier = GenreClassifier.shipped();
        double[] heard =
                classifier.featureNames().stream()
                        .mapToDouble(name -> features[FeatureSet.indexOf(name)])
                        .toArray();
        double[] weights = classifier.probabilities(heard);
        List<GenreTarget> genres =
                classifier.genres().stream()
                        .map(name -> GenreTargets.named(name).orElseThrow())
                        .toList();
        Map<String, Double> named = new LinkedHashMap<>();
        List<GenreTarget> chosen = new ArrayList<>();
        double kept = 0.0;
        for (int g : byWeight(weights)) {
            if (weights[g] >= SMALLEST_SHARE || chosen.isEmpty()) {
                chosen.add(genres.get(g));
                named.put(genres.get(g).name(), weights[g]);
                kept += weights[g];
            }
        }
        double total = kept;
        named.replaceAll((name, weight) -> weight / total);
        return blend(chosen, hundredths(named));
    }

    /**
     * Shares that sum to 1, to whole hundredths that do so too: those that lose most by rounding
     * down get what is left.
     */
    static Map<String, Double> hundredths(Map<String, Double> shares) {
        Map<String, Integer> whole = new LinkedHashMap<>();
        shares.forEach((name, share) -> whole.put(name, (int) Math.floor(100.0 * share)));
        int left = 100 - whole.values().stream().mapToInt(Integer::intValue).sum();
        List<String> byLoss = new ArrayList<>(shares.keySet());
        byLoss.sort(
                Comparator.comparingDouble(
                        name ->
                                Math.floor(100.0 * shares.getOrDefault(name, 0.0))
                                        - 100.0 * shares.getOrDefault(name, 0.0)));
        byLoss.subList(0, left).forEach(name -> whole.merge(name, 1, Integer::sum));
        Map<String, Double> rounded = new LinkedHashMap<>();
        whole.forEach((name, hundredth) -> rounded.put(name, hundredth / 100.0));
        return rounded;
    }

    private static List<Integer> byWeight(double[] weights) {
        List<Integer> order = new ArrayList<>();
        for (int g = 0; g < weights.length; g++) {
            order.add(g);
        }
        order.sort(Comparator.comparingDouble((Integer g) -> -weights[g]));
        return order;
    }

    private static Target blend(List<GenreTarget> genres, Map<String, Double> weights) {
        int width = genres.getFirst().mean().length;
        double[] mean = new double[width];
        double[] square = new double[width];
        double[] style = new double[SpectrumPrior.BANDS];
        double tracks = 0.0;
        double loudness = 0.0;
        double plr = 0.0;
        double trust = 0.0;
        for (GenreTarget genre : genres) {
            double weight = weights.getOrDefault(genre.name(), 0.0);
            double[] means = genre.mean();
            double[] sds = genre.sd();
            for (int j = 0; j < width; j++) {
                mean[j] += weight * means[j];
                square[j] += weight * (sds[j] * sds[j] + means[j] * means[j]);
            }
            double[] styles = genre.styleDb();
            for (int b = 0; b < style.length; b++) {
                style[b] += weight * styles[b];
            }
            tracks += weight * genre.effectiveTracks();
            trust += weight * trust(genre.label());
            loudness += weight * genre.loudnessLufs();
            plr += weight * genre.plrDb();
        }
        double[] sd = new double[width];
        for (int j = 0; j < width; j++) {
            sd[j] = Math.sqrt(Math.max(square[j] - mean[j] * mean[j], 1e-6));
        }
        String name =
                weights.entrySet().stream()
                        .map(entry -> Math.round(entry.getValue() * 100.0) + " % " + entry.getKey())
                        .collect(Collectors.joining(" + "));
        return new Target(
                weights.size() == 1 ? genres.getFirst().name() : name,
                weakest(genres),
                "blended by how likely each genre is for this mix",
                weights,
                mean,
                sd,
                style,
                AUTO_CONFIDENCE * tracks,
                AUTO_CONFIDENCE * trust,
                loudness,
                plr);
    }

    private static String weakest(List<GenreTarget> genres) {
        GenreTarget.Label weakest =
                genres.stream()
                        .map(GenreTarget::label)
                        .max(Comparator.naturalOrder())
                        .orElseThrow();
        return weakest.name().toLowerCase(Locale.ROOT);
    }

    /**
     * The mean of reference tracks. Whoever chose them has one taste, so they are worth what tracks
     * of one album are: that is what the model has learned from.
     *
     * @param match 0 draws it toward all music by what so few tracks can tell, 1 takes the records
     *     as they are as a whole
     */
    static Target references(
            Map<Path, ReferenceTrack> references, double match, ModelManifest manifest) {
        int width = manifest.targetWidth();
        int count = references.size();
        double worth = Question.effectiveTracks(count, 1);
        double[] mean = new double[width];
        double[] whole = new double[width];
        double[] style = new double[SpectrumPrior.BANDS];
        double loudness = 0.0;
        double plr = 0.0;
        Map<String, Double> weights = new LinkedHashMap<>();
        for (Map.Entry<Path, ReferenceTrack> entry : references.entrySet()) {
            ReferenceTrack track = entry.getValue();
            add(mean, track.mean(), count);
            add(whole, track.vectors().getFirst(), count);
            add(style, SpectrumPrior.shipped().meanStyleDb(track.vectors()), count);
            loudness += track.whole().loudness().integratedLufs() / count;
            plr += track.whole().dynamics().plrDb() / count;
            weights.put(nameAmong(references.keySet(), entry.getKey()), 1.0 / count);
        }
        double[] sd = GenreTargets.named(GenreTargets.NEUTRAL).orElseThrow().sd();
        return new Target(
                String.join(", ", weights.keySet()),
                "reference",
                count + (count == 1 ? " reference track" : " reference tracks"),
                weights,
                between(Question.shrunk(mean, worth, manifest), whole, match),
                sd,
                between(SpectrumPrior.shrunk(style, worth), style, match),
                worth,
                1.0,
                loudness,
                plr);
    }

    /** A file's name, or its path when another has the same name. */
    private static String nameAmong(Set<Path> files, Path file) {
        Path name = file.getFileName();
        boolean alone = files.stream().filter(other -> other.endsWith(name)).count() == 1;
        return String.valueOf(alone ? name : file);
    }

    private static void add(double[] sums, double[] values, int count) {
        for (int j = 0; j < sums.length; j++) {
            sums[j] += values[j] / count;
        }
    }

    private static double[] between(double[] from, double[] to, double share) {
        double[] out = new double[from.length];
        for (int j = 0; j < out.length; j++) {
            out[j] = from[j] + share * (to[j] - from[j]);
        }
        return out;
    }

    /** What references that are followed fully sound like together. */
    static Sound sound(Map<Path, ReferenceTrack> references) {
        return new Sound(
                references.values().stream().map(track -> track.features().getFirst()).toList());
    }
}
