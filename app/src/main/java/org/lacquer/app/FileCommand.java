// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import java.util.concurrent.Callable;

/** A command about a file that can report in JSON, its failures too. */
interface FileCommand extends Callable<Integer> {
    /** Whether standard output holds JSON and nothing else. */
    boolean json();

    /** The file that an error is about. */
    String file();
}
