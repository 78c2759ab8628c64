// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/** The arrows of the house, and calls that main code never makes. */
final class ArchitectureTest {
    private static final JavaClasses HOUSE =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .withImportOption(location -> !location.contains("jmh_generated"))
                    .importPackages("org.lacquer");

    private static final String[] DETERMINISTIC = {
        "org.lacquer.audio..",
        "org.lacquer.analysis..",
        "org.lacquer.engine..",
        "org.lacquer.inference.."
    };

    private static final String[] TALKING = {
        "org.lacquer.app..", "org.lacquer.training..", "org.lacquer.benchmarks.."
    };

    /** Otherwise every rule here would hold for want of classes. */
    @Test
    void theWholeHouseIsScanned() {
        assertThat(HOUSE.size()).isGreaterThan(150);
        for (String floor :
                List.of("audio", "analysis", "engine", "models", "inference", "app", "training")) {
            assertThat(HOUSE.stream().filter(resideInAPackage("org.lacquer." + floor + "..")))
                    .as(floor)
                    .hasSizeGreaterThan(3);
        }
    }

    /** Each floor and the floors below that it may use. */
    @ParameterizedTest
    @CsvSource({
        "audio, ''",
        "analysis, audio",
        "engine, audio analysis",
        "models, ''",
        "inference, audio analysis engine models",
        "comparison, audio analysis engine models inference",
        "app, audio analysis engine models inference comparison",
        "training, audio analysis engine models inference"
    })
    void floorsUseOnlyFloorsBelow(String floor, String below) {
        String[] allowed =
                Arrays.stream((floor + " " + below).trim().split(" "))
                        .map(name -> "org.lacquer." + name + "..")
                        .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage("org.lacquer." + floor + "..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("org.lacquer..")
                                .and(DescribedPredicate.not(resideInAnyPackage(allowed))))
                .allowEmptyShould(true)
                .check(HOUSE);
    }

    @Test
    void onlyTrainingLearns() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.lacquer.training..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("smile..", "ai.djl.pytorch..", "org.tribuo..")
                .check(HOUSE);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("org.lacquer.(**)").should().beFreeOfCycles().check(HOUSE);
    }

    @Test
    void everyPackageIsNullMarked() {
        Set<String> unmarked = new TreeSet<>();
        for (JavaClass type : HOUSE) {
            if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                unmarked.add(type.getPackageName());
            }
        }
        assertThat(unmarked).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Forbidden.class)
    void mainCodeMakesNoForbiddenCalls(Forbidden calls) {
        calls.rule(calls.scope).check(HOUSE);
    }

    @ParameterizedTest
    @EnumSource(Forbidden.class)
    void everyRuleSeesItsOffence(Forbidden calls) {
        JavaClasses offender = new ClassFileImporter().importClasses(Offender.class);
        assertThatThrownBy(() -> calls.rule(resideInAPackage("org.lacquer..")).check(offender))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void nobodyCatchesException() {
        noClasses().should(catchException()).check(HOUSE);
        JavaClasses offender = new ClassFileImporter().importClasses(Offender.class);
        assertThatThrownBy(() -> noClasses().should(catchException()).check(offender))
                .isInstanceOf(AssertionError.class);
    }

    private static ArchCondition<JavaClass> catchException() {
        return new ArchCondition<>("catch Exception") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (JavaCodeUnit unit : type.getCodeUnits()) {
                    boolean caught =
                            unit.getTryCatchBlocks().stream()
                                    .flatMap(block -> block.getCaughtThrowables().stream())
                                    .anyMatch(thrown -> thrown.isEquivalentTo(Exception.class));
                    events.add(
                            new SimpleConditionEvent(
                                    type, caught, unit.getFullName() + " catches Exception"));
                }
            }
        };
    }

    /** Calls, references and field reads that some part of the house must not make. */
    private enum Forbidden {
        /** Their last bits differ between machines; StrictMath has them too. */
        INEXACT_MATH(
                resideInAnyPackage(DETERMINISTIC),
                access ->
                        on(access, Math.class)
                                && Set.of(
                                                "sin", "cos", "tan", "asin", "acos", "atan",
                                                "atan2", "sinh", "cosh", "tanh", "exp", "expm1",
                                                "log", "log10", "log1p", "pow", "cbrt", "hypot",
                                                "fma")
                                        .contains(access.getTarget().getName())),
        UNSEEDED_RANDOMNESS(
                DescribedPredicate.alwaysTrue(),
                access ->
                        (on(access, Random.class)
                                        && access.getTarget().getName().equals("<init>")
                                        && access.getTarget().getFullName().endsWith("<init>()"))
                                || (on(access, Math.class)
                                        && access.getTarget().getName().equals("random"))
                                || on(access, ThreadLocalRandom.class)),
        DEFAULT_LOCALE(
                DescribedPredicate.alwaysTrue(),
                access ->
                        Set.of(
                                        "java.lang.String.toLowerCase()",
                                        "java.lang.String.toUpperCase()",
                                        "java.lang.String.format(java.lang.String,"
                                                + " [Ljava.lang.Object;)",
                                        "java.lang.String.formatted([Ljava.lang.Object;)",
                                        "java.io.PrintStream.printf(java.lang.String,"
                                                + " [Ljava.lang.Object;)")
                                .contains(access.getTarget().getFullName())),
        WALL_CLOCK(
                resideInAnyPackage(
                        "org.lacquer.audio..", "org.lacquer.analysis..", "org.lacquer.engine.."),
                access ->
                        on(access, Clock.class)
                                || (on(access, Instant.class)
                                        && access.getTarget().getName().equals("now"))
                                || (on(access, System.class)
                                        && access.getTarget()
                                                .getName()
                                                .equals("currentTimeMillis"))),
        STANDARD_STREAMS(
                DescribedPredicate.not(resideInAnyPackage(TALKING)),
                access ->
                        on(access, System.class)
                                && Set.of("out", "err").contains(access.getTarget().getName()));

        private final DescribedPredicate<? super JavaClass> scope;
        private final Function<JavaAccess<?>, Boolean> offence;

        Forbidden(
                DescribedPredicate<? super JavaClass> scope,
                Function<JavaAccess<?>, Boolean> offence) {
            this.scope = scope;
            this.offence = offence;
        }

        ArchRule rule(DescribedPredicate<? super JavaClass> where) {
            return noClasses()
                    .that(where)
                    .should()
                    .accessTargetWhere(
                            new DescribedPredicate<JavaAccess<?>>(name()) {
                                @Override
                                public boolean test(JavaAccess<?> access) {
                                    return offence.apply(access);
                                }
                            });
        }

        private static boolean on(JavaAccess<?> access, Class<?> owner) {
            return access.getTargetOwner().isEquivalentTo(owner);
        }
    }

    /** Does everything that is forbidden. */
    private static final class Offender {
        static String offend(double x) {
            try {
                System.err.println(Math.exp(x) + new Random().nextInt());
                return "%s".formatted(Instant.now());
            } catch (Exception e) {
                return "";
            }
        }
    }
}
