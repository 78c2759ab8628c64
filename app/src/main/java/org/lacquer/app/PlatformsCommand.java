// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.models.PlatformTarget;
import org.lacquer.models.Platforms;

import picocli.CommandLine.Command;

import java.util.Locale;

/** {@code lacquer platforms}: where a master can go. */
@Command(
        name = "platforms",
        header = "List delivery targets: loudness, true peak, rate, depth.",
        description =
                "Lists the delivery targets of master --platform, and where their figures come"
                        + " from. Rate and depth are the mix's rate and 24 bit unless listed.")
final class PlatformsCommand extends TerminalCommand {
    PlatformsCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        terminal.line(terminal.faint(row("", "LUFS", "dBTP", "kHz", "bit", "source")));
        for (PlatformTarget platform : Platforms.all()) {
            terminal.line(
                    row(
                            platform.name(),
                            platform.loudnessLufs().isPresent()
                                    ? Figure.text(platform.loudnessLufs().getAsDouble(), 0)
                                    : "genre",
                            Figure.text(platform.ceilingDbtp(), 1),
                            platform.sampleRateHz().isPresent()
                                    ? Figure.text(platform.sampleRateHz().getAsInt() / 1e3, 1)
                                    : "",
                            platform.bitDepth().isPresent()
                                    ? String.valueOf(platform.bitDepth().getAsInt())
                                    : "",
                            platform.source()));
        }
        return ExitCode.DONE;
    }

    private static String row(
            String name, String lufs, String dbtp, String rate, String bits, String source) {
        return String.format(
                Locale.ROOT, "%-14s %5s %5s %5s %4s  %s", name, lufs, dbtp, rate, bits, source);
    }
}
