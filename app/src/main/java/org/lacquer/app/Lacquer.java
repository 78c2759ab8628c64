// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command without a subcommand: help and version. */
@Command(
        name = "lacquer",
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Turns a finished mix into a release-ready master, and says what it did and why.",
            "Everything happens on this machine; nothing is uploaded."
        },
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lacquer master mix.wav                       writes mix.master.wav, -14 LUFS, -1"
                    + " dBTP",
            "  lacquer master mix.wav -o song.flac --platform apple --genre jazz",
            "  lacquer analyze mix.wav song.flac --plot before-after.png",
            "  lacquer master --help                        all options of a command",
            "",
            "Exit codes:",
            "  0  done",
            "  1  check found a failure",
            "  2  wrong usage",
            "  3  the input cannot be read or cannot be mastered",
            "  4  the output cannot be written",
            "  5  loudness and ceiling cannot be met together; nothing was written",
            "  70 a fault of Lacquer",
            "  130 interrupted; nothing is left behind",
            "",
            "Environment:",
            "  NO_COLOR       switches colours off",
            "  LACQUER_DEBUG  shows the stack trace of a fault of Lacquer"
        })
final class Lacquer implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version and exit.")
    private boolean version;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), help || version ? "" : "a command is missing");
    }
}
