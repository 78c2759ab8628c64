// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Runs the benchmarks with JMH's own arguments and prints multiples of real time and bytes
 * allocated per frame. Short by default: one fork, two warm-up rounds, three measured ones.
 */
public final class BenchmarkMain {
    private BenchmarkMain() {}

    public static void main(String[] arguments) throws CommandLineOptionException, RunnerException {
        CommandLineOptions given = new CommandLineOptions(arguments);
        OptionsBuilder options = new OptionsBuilder();
        options.parent(given);
        options.forks(given.getForkCount().orElse(1));
        options.warmupIterations(given.getWarmupIterations().orElse(2));
        options.measurementIterations(given.getMeasurementIterations().orElse(3));
        options.warmupTime(given.getWarmupTime().orElse(TimeValue.seconds(2)));
        options.measurementTime(given.getMeasurementTime().orElse(TimeValue.seconds(2)));
        options.timeUnit(TimeUnit.SECONDS);
        options.addProfiler(GCProfiler.class);
        options.jvmArgsAppend("--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-Xmx2g");
        if (Libebur128.version().isEmpty()) {
            new PrintStream(System.out, true, StandardCharsets.UTF_8)
                    .println(
                            "libebur128.so.1 is not on this machine: Libebur128Benchmark is left"
                                    + " out.");
            options.exclude(Libebur128Benchmark.class.getSimpleName());
        }
        Runner runner = new Runner(options.build());
        if (given.shouldHelp()) {
            new PrintStream(System.out, true, StandardCharsets.UTF_8)
                    .println("See docs/performance.md; the arguments are those of JMH.");
        } else if (given.shouldList()) {
            runner.list();
        } else {
            print(runner.run(), new PrintStream(System.out, true, StandardCharsets.UTF_8));
        }
    }

    /** One operation of every benchmark is one second of audio. */
    private static void print(Collection<RunResult> results, PrintStream out) {
        out.println();
        out.println("| Benchmark | x real time | +- (99.9 %) | bytes per frame |");
        out.println("|---|---|---|---|");
        for (RunResult result : results) {
            Result<?> speed = result.getPrimaryResult();
            Result<?> bytes = result.getSecondaryResults().get("gc.alloc.rate.norm");
            out.printf(
                    Locale.ROOT,
                    "| %s | %.1f | %.1f | %.4f |%n",
                    name(result),
                    speed.getScore(),
                    speed.getScoreError(),
                    bytes == null ? Double.NaN : bytes.getScore() / BenchmarkSignal.RATE);
        }
    }

    private static String name(RunResult result) {
        String benchmark = result.getParams().getBenchmark();
        StringBuilder name =
                new StringBuilder(
                        benchmark.substring(BenchmarkMain.class.getPackageName().length() + 1));
        for (String key : result.getParams().getParamsKeys()) {
            name.append(' ').append(result.getParams().getParam(key));
        }
        return name.toString();
    }
}
