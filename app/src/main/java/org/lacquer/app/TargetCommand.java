// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lacquer target}: the user's own genres. */
@Command(
        name = "target",
        header = "Make a sound of your own to aim at.",
        description = {
            "A target is what finished records have in common. Make one from records that you like,"
                    + " then aim at it with master --genre NAME.",
            "Loudness and density are clear after two or three records, the tone of the mids only"
                    + " after eight or ten."
        },
        synopsisSubcommandLabel = "create|list|show",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lacquer target create dub records/*.flac",
            "  lacquer target list",
            "  lacquer target show dub",
            "  lacquer master mix.wav --genre dub",
            "",
            "Targets are text files in the folder targets of $LACQUER_HOME, else of"
                    + " $XDG_DATA_HOME/lacquer,",
            "else of ~/.local/share/lacquer.",
            "",
            "Exit codes: 0 done, 2 wrong usage, 3 a record or a target cannot be used, 4 the target"
                    + " cannot be",
            "written."
        })
final class TargetCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private HelpOption help = new HelpOption();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say create, list or show");
    }
}
