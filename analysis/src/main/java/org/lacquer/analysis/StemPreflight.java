// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import static org.lacquer.analysis.FindingList.text;

import org.jspecify.annotations.Nullable;
import org.lacquer.audio.SourceInfo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;

/**
 * What to know about a folder of stems before it is mastered: do they belong together, and do they
 * add up to the mix?
 */
public final class StemPreflight {
    /** What of {@link Preflight} says something about a part of a mix. */
    private static final Set<String> STEM_CODES =
            Set.of(
                    "non-finite-samples",
                    "silent",
                    "clipping",
                    "flat-tops",
                    "inter-sample-overs",
                    "headroom",
                    "dc-offset",
                    "dual-mono",
                    "polarity",
                    "odd-rate",
                    "bit-depth",
                    "subnormal-samples",
                    "lossy-file",
                    "lossy-source",
                    "upsampled",
                    "hum",
                    "clicks",
                    "abrupt-end");

    private static final double NULL_DB = -40.0;
    private static final double SUM_HEADROOM_DBTP = -1.0;
    private static final double OFFSET_SECONDS = 0.000_5;
    private static final double GAIN_DB = 0.5;

    private static final Pattern COPY =
            Pattern.compile("\\(\\d+\\)|\\bcopy\\b|\\bcopie\\b|\\bkopie\\b|~\\d*$");

    private static final Pattern ROLE =
            Pattern.compile(
                    "drum|kick|kik|\\bbd\\b|snare|\\bsn\\b|hat|hh|cymbal|overhead|tom|perc|clap|shaker"
                        + "|beat|loop|bass|sub|808|gtr|guit|guitar|acoustic|piano|key|rhodes|organ"
                        + "|synth|pad|arp|pluck|string|violin|cello|brass|horn|sax|trumpet|wind"
                        + "|flute|orch|vox|voc|voice|lead|bgv|backing|choir|harmon|rap|ad.?lib"
                        + "|fx|sfx|effect|atmo|ambien|noise|reverb|melod|music|inst|other|rest"
                        + "|rhythm|lows|mids|highs");

    private StemPreflight() {}

    /**
     * A file of the folder.
     *
     * @param name without folder and extension
     * @param bitDepth of a stored sample, 0 for lossy codecs
     */
    public record Stem(
            String name, int sampleRateHz, int channels, double durationSeconds, int bitDepth) {
        /** A file that was measured. */
        public static Stem of(String name, Analysis analysis, SourceInfo source) {
            return new Stem(
                    name,
                    analysis.sampleRateHz(),
                    analysis.channels(),
                    analysis.durationSeconds(),
                    source.bitDepth());
        }
    }

    /** Findings about one stem by itself, the gravest first. */
    public static List<Finding> checkStem(Analysis analysis, SourceInfo source) {
        return Preflight.check(analysis, source).stream()
                .filter(finding -> concernsStem(finding.code()))
                .toList();
    }

    /** Whether a finding about a mix says something about a part of a mix too. */
    public static boolean concernsStem(String code) {
        return STEM_CODES.contains(code);
    }

    /** Whether rates and channels allow to play the files together. */
    public static boolean canSum(List<Stem> stems) {
        return stems.stream().mapToInt(Stem::sampleRateHz).distinct().count() == 1
                && stems.stream().allMatch(stem -> stem.channels() <= 2);
    }

    /**
     * Findings about the whole folder, the gravest first.
     *
     * @param mix what the stems should add up to; null when there is none
     * @param sum null when {@link #canSum} does not hold for the stems
     */
    public static List<Finding> check(List<Stem> stems, @Nullable Stem mix, @Nullable StemSum sum) {
        FindingList findings = new FindingList();
        checkFormats(stems, findings);
        checkNames(stems, findings);
        if (sum != null) {
            checkCopies(stems, sum, findings);
            checkSum(sum, findings);
        }
        if (mix == null) {
            findings.add(
                    Severity.INFO,
                    "no-mix",
                    0,
                    "",
                    "There is no mix to compare the stems with. Put the rough mix beside them, with"
                            + " mix in its name, or name it with --mix.");
        } else {
            checkMatch(mix, sum, findings);
        }
        return findings.sorted();
    }

    private static void checkFormats(List<Stem> stems, FindingList findings) {
        mismatch(stems, "stem-rate", "Hz", "sample rates", Stem::sampleRateHz, findings);
        mismatch(
                stems.stream().filter(stem -> stem.bitDepth() > 0).toList(),
                "stem-depth",
                "bit",
                "bit depths",
                Stem::bitDepth,
                findings);
        Stem shortest = stems.getFirst();
        Stem longest = shortest;
        for (Stem stem : stems) {
            double seconds = stem.durationSeconds();
            shortest = seconds < shortest.durationSeconds() ? stem : shortest;
            longest = seconds > longest.durationSeconds() ? stem : longest;
        }
        double difference = longest.durationSeconds() - shortest.durationSeconds();
        if (difference > 0.5 / longest.sampleRateHz()) {
            findings.add(
                    Severity.FAILURE,
                    "stem-length",
                    difference,
                    "s",
                    text(
                            "Lengths differ: %s has %.3f s, %s has %.3f s, so nobody knows whether"
                                + " they begin together. Export all stems from the same start to"
                                + " the same end.",
                            shortest.name(),
                            shortest.durationSeconds(),
                            longest.name(),
                            longest.durationSeconds()));
        }
    }

    private static void mismatch(
            List<Stem> stems,
            String code,
            String unit,
            String what,
            ToDoubleFunction<Stem> figure,
            FindingList findings) {
        for (Stem stem : stems) {
            double first = figure.applyAsDouble(stems.getFirst());
            double value = figure.applyAsDouble(stem);
            if (value != first) {
                findings.add(
                        Severity.FAILURE,
                        code,
                        value,
                        unit,
                        text(
                                "The %s differ: %s has %.0f %s, %s has %.0f. Export all stems at"
                                        + " once, with the same settings.",
                                what, stems.getFirst().name(), first, unit, stem.name(), value));
                return;
            }
        }
    }

    private static void checkNames(List<Stem> stems, FindingList findings) {
        List<String> plain = new ArrayList<>();
        List<String> copies = new ArrayList<>();
        List<String> nameless = new ArrayList<>();
        List<String> same = new ArrayList<>();
        for (Stem stem : stems) {
            String name = stem.name().toLowerCase(Locale.ROOT);
            String letters = name.replaceAll("[\\s_.-]+", "");
            if (COPY.matcher(name).find()) {
                copies.add(stem.name());
            } else if (plain.contains(letters)) {
                same.add(stem.name());
            }
            plain.add(letters);
            if (!ROLE.matcher(name).find()) {
                nameless.add(stem.name());
            }
        }
        names(
                copies,
                Severity.WARNING,
                "stem-name-copy",
                "These look like copies that were never sorted out: %s. Keep the right version"
                        + " only.",
                findings);
        names(
                same,
                Severity.WARNING,
                "stem-name-duplicate",
                "These names are there twice: %s. Give every stem its own name.",
                findings);
        names(
                nameless,
                Severity.INFO,
                "stem-name-role",
                "These names do not tell what plays: %s. Names like Song_Drums_v01 do.",
                findings);
    }

    private static void names(
            List<String> names,
            Severity severity,
            String code,
            String message,
            FindingList findings) {
        if (!names.isEmpty()) {
            findings.add(
                    severity, code, names.size(), "stems", text(message, String.join(", ", names)));
        }
    }

    private static void checkCopies(List<Stem> stems, StemSum sum, FindingList findings) {
        for (StemSum.Copy copy : sum.copies()) {
            String first = stems.get(copy.first()).name();
            String second = stems.get(copy.second()).name();
            findings.add(
                    Severity.FAILURE,
                    copy.inverted() ? "stem-inverted-copy" : "stem-copy",
                    copy.gainDb(),
                    "dB",
                    copy.inverted()
                            ? text(
                                    "%s is %s with inverted polarity (%+.1f dB): together they"
                                            + " cancel. Flip it back, or leave one out.",
                                    second, first, copy.gainDb())
                            : text(
                                    "%s and %s hold the same sound (%+.1f dB), so it plays twice."
                                            + " Leave one out.",
                                    first, second, copy.gainDb()));
        }
    }

    private static void checkSum(StemSum sum, FindingList findings) {
        if (sum.truePeakDbtp() > SUM_HEADROOM_DBTP) {
            findings.addAt(
                    sum.truePeakSeconds(),
                    Severity.WARNING,
                    "sum-headroom",
                    sum.truePeakDbtp(),
                    "dBTP",
                    text(
                            "Together the stems reach %+.1f dBTP. Lower them all by the same"
                                    + " %.0f dB, so that peaks of the sum lie between -6 and -3.",
                            sum.truePeakDbtp(), Math.ceil(sum.truePeakDbtp() + 3.0)));
        }
    }

    private static void checkMatch(Stem mix, @Nullable StemSum sum, FindingList findings) {
        StemSum.Match match = sum == null ? StemSum.Match.NONE : sum.match();
        if (Double.isNaN(match.residualDb())) {
            findings.add(
                    Severity.WARNING,
                    "sum-not-compared",
                    mix.sampleRateHz(),
                    "Hz",
                    text(
                            "The stems cannot be compared with %s: rates or channels do not fit, or"
                                    + " one of both is silent.",
                            mix.name()));
            return;
        }
        if (match.residualDb() > NULL_DB) {
            findings.add(
                    Severity.FAILURE,
                    "sum-differs",
                    match.residualDb(),
                    "dB",
                    text(
                            "The stems do not add up to %s: %.0f dB remain after the best gain and"
                                + " offset, at most -40 should. A stem is missing or doubled, or"
                                + " the mix bus has effects that the stems lack.",
                            mix.name(), match.residualDb()));
            return;
        }
        double offset = (double) match.offsetFrames() / mix.sampleRateHz();
        if (Math.abs(offset) > OFFSET_SECONDS) {
            findings.add(
                    Severity.WARNING,
                    "sum-offset",
                    1000.0 * offset,
                    "ms",
                    text(
                            "The stems add up to %s, but the mix comes %.1f ms %s. Export both from"
                                    + " the same start.",
                            mix.name(),
                            1000.0 * Math.abs(offset),
                            offset > 0.0 ? "later" : "earlier"));
        }
        if (match.inverted()) {
            findings.add(
                    Severity.WARNING,
                    "sum-inverted",
                    match.gainDb(),
                    "dB",
                    text("The stems add up to %s with inverted polarity.", mix.name()));
        }
        if (Math.abs(match.gainDb()) > GAIN_DB) {
            findings.add(
                    Severity.INFO,
                    "sum-gain",
                    match.gainDb(),
                    "dB",
                    text("%s is the sum of the stems at %+.1f dB.", mix.name(), match.gainDb()));
        }
    }
}
