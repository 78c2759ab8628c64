// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.app.studio.work.Worker;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;

/** Main class of a worker process of the studio; talks to the server on its standard streams. */
public final class StudioWorker {
    /** See {@link Main}: the model's runtime needs a deep stack when it starts. */
    private static final long STACK_BYTES = 64L << 20;

    private StudioWorker() {}

    /**
     * @param arguments longest duration of a song, in seconds
     */
    public static void main(String[] arguments) {
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        // Whatever a library prints must not come between.
        System.setOut(System.err);
        double longestSeconds = Double.parseDouble(arguments[0]);
        new Thread(null, () -> run(out, longestSeconds), "lacquer-worker", STACK_BYTES).start();
    }

    private static void run(FileOutputStream out, double longestSeconds) {
        int code = ExitCode.DONE;
        try {
            Worker.run(
                    new FileInputStream(FileDescriptor.in),
                    out,
                    new StudioReports(),
                    longestSeconds);
        } catch (IOException serverWentAway) {
            code = ExitCode.FAULT;
        }
        System.exit(code);
    }
}
