// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.ParameterException;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Starts the command line. */
public final class Main {
    /** Part of the contract, but of a later version. */
    private static final Set<String> LATER = Set.of("album", "stems", "batch");

    /**
     * ONNX Runtime 1.29 reads the command line of the process with a recursive regular expression
     * when it starts. From about 4,000 letters on, class path included, that overflows the usual
     * stack of 1 MiB and kills the JVM. Memory is taken only as far as the stack is used.
     */
    private static final long STACK_BYTES = 64L << 20;

    private static final Map<String, Function<Terminal, Object>> COMMANDS = commands();

    private Main() {}

    public static void main(String[] arguments) {
        new Thread(null, () -> runAndExit(arguments), "lacquer", STACK_BYTES).start();
    }

    private static void runAndExit(String[] arguments) {
        Terminal terminal = Terminal.ofProcess();
        Thread whenInterrupted = new Thread(() -> sayInterrupted(terminal));
        Runtime.getRuntime().addShutdownHook(whenInterrupted);
        int exitCode = run(terminal, arguments);
        try {
            Runtime.getRuntime().removeShutdownHook(whenInterrupted);
        } catch (IllegalStateException alreadyEnding) {
            return;
        }
        terminal.out().flush();
        terminal.err().flush();
        // System.exit looks for a logger in every jar first; nothing of a plain measuring run is
        // left that would keep the JVM alive.
        if (exitCode != ExitCode.DONE || AnalyzeCommand.ofPlain(terminal, arguments).isEmpty()) {
            System.exit(exitCode);
        }
    }

    private static void sayInterrupted(Terminal terminal) {
        terminal.wipe();
        terminal.complain("interrupted");
    }

    /** Runs one command and returns its exit code; never throws, never ends the JVM. */
    static int run(Terminal terminal, String... arguments) {
        if (arguments.length > 0 && LATER.contains(arguments[0])) {
            Problem problem =
                    Problem.usage(
                            arguments[0]
                                    + " is not part of version "
                                    + Version.NUMBER
                                    + "; see what is with: lacquer --help");
            return report(terminal, problem, asksForJson(arguments), "");
        }
        try {
            Optional<AnalyzeCommand> plain = AnalyzeCommand.ofPlain(terminal, arguments);
            return plain.isPresent()
                    ? runPlain(terminal, plain.get(), arguments)
                    : commandLine(terminal, arguments).execute(arguments);
        } catch (Error broken) {
            // What picocli does not hand to the handler below: no memory, no natives.
            if (terminal.debug()) {
                broken.printStackTrace(terminal.err());
            }
            return report(terminal, Problem.of(broken), asksForJson(arguments), "");
        }
    }

    private static int runPlain(Terminal terminal, AnalyzeCommand command, String[] arguments) {
        try {
            return command.call();
        } catch (IOException | RuntimeException thrown) {
            return fail(terminal, thrown, command, asksForJson(arguments));
        }
    }

    private static CommandLine commandLine(Terminal terminal, String[] arguments) {
        CommandLine line = new CommandLine(new Lacquer());
        COMMANDS.forEach(
                (name, command) -> {
                    if (wanted(name, arguments)) {
                        line.addSubcommand(name, command.apply(terminal));
                    }
                });
        // After the subcommands: these settings go down to them.
        return line.setOut(new PrintWriter(terminal.out(), true))
                .setErr(new PrintWriter(terminal.err(), true))
                .setColorScheme(
                        Help.defaultColorScheme(terminal.colour() ? Help.Ansi.ON : Help.Ansi.OFF))
                .setUsageHelpWidth(96)
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((mistake, given) -> refuse(terminal, mistake, given))
                .setExecutionExceptionHandler(
                        (thrown, command, parsed) ->
                                fail(
                                        terminal,
                                        thrown,
                                        command.getCommand(),
                                        command.getParseResult()
                                                .matchedOptionValue("--json", false)));
    }

    /** Describing a command costs start-up time, so only the one that was called is described. */
    private static boolean wanted(String name, String[] arguments) {
        return arguments.length == 0
                || arguments[0].equals(name)
                || !COMMANDS.containsKey(arguments[0]);
    }

    private static Map<String, Function<Terminal, Object>> commands() {
        Map<String, Function<Terminal, Object>> commands = new LinkedHashMap<>();
        commands.put("master", MasterCommand::new);
        commands.put("analyze", AnalyzeCommand::new);
        commands.put("check", CheckCommand::new);
        commands.put("render", RenderCommand::new);
        commands.put("plan", Main::planCommand);
        commands.put("compare", CompareCommand::new);
        commands.put("evaluate", EvaluateCommand::new);
        commands.put("explain", ExplainCommand::new);
        commands.put("target", Main::targetCommand);
        commands.put("platforms", PlatformsCommand::new);
        commands.put("genres", GenresCommand::new);
        commands.put("serve", ServeCommand::new);
        commands.put("doctor", DoctorCommand::new);
        return commands;
    }

    private static Object planCommand(Terminal terminal) {
        return new CommandLine(new PlanCommand())
                .addSubcommand("show", new PlanShowCommand(terminal))
                .addSubcommand("diff", new PlanDiffCommand(terminal))
                .addSubcommand("validate", new PlanValidateCommand(terminal))
                .addSubcommand("schema", new PlanSchemaCommand(terminal));
    }

    private static Object targetCommand(Terminal terminal) {
        return new CommandLine(new TargetCommand())
                .addSubcommand("create", new TargetCreateCommand(terminal))
                .addSubcommand("list", new TargetListCommand(terminal))
                .addSubcommand("show", new TargetShowCommand(terminal));
    }

    private static int refuse(Terminal terminal, ParameterException mistake, String[] given) {
        CommandLine command = mistake.getCommandLine();
        Problem problem =
                Problem.usage(
                        mistake.getMessage()
                                + "; see: "
                                + command.getCommandSpec().qualifiedName()
                                + " --help");
        return report(terminal, problem, asksForJson(given), fileOf(command.getCommand()));
    }

    private static int fail(
            Terminal terminal, Throwable thrown, Object command, boolean askedForJson) {
        Problem problem = Problem.of(thrown);
        if (problem.exitCode() == ExitCode.FAULT && terminal.debug()) {
            thrown.printStackTrace(terminal.err());
        }
        boolean json = askedForJson && command instanceof FileCommand;
        return report(terminal, problem, json, fileOf(command));
    }

    private static int report(Terminal terminal, Problem problem, boolean json, String file) {
        if (json) {
            terminal.line(Json.line(Json.error(file, problem)));
        } else {
            terminal.complain(problem.message());
        }
        return problem.exitCode();
    }

    private static String fileOf(Object command) {
        return command instanceof FileCommand files ? files.file() : "";
    }

    private static boolean asksForJson(String[] arguments) {
        List<String> options =
                Arrays.stream(arguments).takeWhile(argument -> !argument.equals("--")).toList();
        return options.contains("--json");
    }
}
