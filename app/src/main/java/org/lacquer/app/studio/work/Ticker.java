// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.work;

import org.lacquer.audio.Progress;
import org.lacquer.inference.MasteringProgress;
import org.lacquer.inference.MasteringProgress.Step;

import java.util.Locale;

/** Tells how far a task is, and ends it when it was cancelled. */
final class Ticker implements MasteringProgress {
    /** More often nobody sees. */
    private static final long PAUSE_NANOS = 80_000_000L;

    /** Where progress goes. */
    @FunctionalInterface
    interface Listener {
        void at(String stage, double fraction);
    }

    /** The task is not wanted any more. */
    static final class CancelledException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final Listener listener;
    private volatile boolean cancelled;
    private double from;
    private double to = 1.0;
    private boolean measured;
    private double told = -1.0;
    private String stage = "";
    private long nanos;

    Ticker(Listener listener) {
        this.listener = listener;
    }

    void cancel() {
        cancelled = true;
    }

    /** Whether the task is not wanted any more. */
    boolean cancelled() {
        return cancelled;
    }

    /** What follows is this part of the task. */
    void part(double begin, double end) {
        from = begin;
        to = end;
        measured = false;
    }

    /** The song was measured before: mastering begins with inference. */
    void measuredBefore() {
        measured = true;
    }

    /** A stage that fills the present part. */
    Progress stage(String name) {
        return fraction -> tell(name, from + (to - from) * fraction);
    }

    @Override
    public void at(Step step, double fraction) {
        double begin = measured ? beginMeasured(step) : begin(step);
        Step[] all = Step.values();
        double end =
                step == Step.VERIFY
                        ? 1.0
                        : measured
                                ? beginMeasured(all[step.ordinal() + 1])
                                : begin(all[step.ordinal() + 1]);
        double whole = begin + (end - begin) * fraction;
        tell(step.name().toLowerCase(Locale.ROOT), from + (to - from) * whole);
    }

    private void tell(String name, double fraction) {
        if (cancelled) {
            throw new CancelledException();
        }
        double bounded = Math.min(1.0, Math.max(told, fraction));
        long now = System.nanoTime();
        boolean due = now - nanos > PAUSE_NANOS && bounded > told;
        if (due || !name.equals(stage)) {
            told = bounded;
            stage = name;
            nanos = now;
            listener.at(name, bounded);
        }
    }

    /** Shares of time that a three-minute song takes. */
    private static double begin(Step step) {
        return switch (step) {
            case READ -> 0.0;
            case ANALYSE -> 0.01;
            case INFER -> 0.42;
            case RENDER -> 0.46;
            case VERIFY -> 0.85;
        };
    }

    private static double beginMeasured(Step step) {
        return switch (step) {
            case READ, ANALYSE, INFER -> 0.0;
            case RENDER -> 0.06;
            case VERIFY -> 0.75;
        };
    }
}
