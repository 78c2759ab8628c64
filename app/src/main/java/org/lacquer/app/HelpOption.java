// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The option that every command has, and how its help is laid out: in the order of the source. */
@Command(
        sortOptions = false,
        sortSynopsis = false,
        synopsisHeading = "%nUsage: ",
        descriptionHeading = "%n",
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n")
final class HelpOption {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean asked;

    boolean asked() {
        return asked;
    }
}
