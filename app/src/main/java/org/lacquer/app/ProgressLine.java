// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.audio.Progress;
import org.lacquer.inference.MasteringProgress;

import java.util.Locale;

/**
 * One line on standard error that is overwritten as the work goes on, and wiped at its end. Silent
 * when standard error is no terminal.
 */
final class ProgressLine implements MasteringProgress, AutoCloseable {
    private static final int BAR_WIDTH = 24;
    private static final long REDRAW_NANOS = 80_000_000L;

    private final Terminal terminal;
    private String shown = "";
    private long drawnNanos;

    ProgressLine(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void at(Step step, double fraction) {
        draw(words(step), fraction);
    }

    /** For a task that has one step only. */
    Progress of(String words) {
        return fraction -> draw(words, fraction);
    }

    /** A step in words of its own. */
    void at(String words, double fraction) {
        draw(words, fraction);
    }

    /** Wipes the line. */
    @Override
    public void close() {
        if (!shown.isEmpty()) {
            terminal.wipe();
            shown = "";
        }
    }

    private void draw(String words, double fraction) {
        long now = System.nanoTime();
        boolean sameStep = shown.equals(words);
        if (!terminal.live() || (sameStep && now - drawnNanos < REDRAW_NANOS)) {
            return;
        }
        shown = words;
        drawnNanos = now;
        double part = Math.min(1.0, Math.max(0.0, fraction));
        int full = (int) (part * BAR_WIDTH);
        String bar = "█".repeat(full) + "░".repeat(BAR_WIDTH - full);
        terminal.wipe();
        terminal.err()
                .print(String.format(Locale.ROOT, "%-10s %s %3.0f %%", words, bar, 100 * part));
        terminal.err().flush();
    }

    private static String words(MasteringProgress.Step step) {
        return switch (step) {
            case READ -> "Reading";
            case ANALYSE -> "Measuring";
            case INFER -> "Deciding";
            case RENDER -> "Rendering";
            case VERIFY -> "Checking";
        };
    }
}
