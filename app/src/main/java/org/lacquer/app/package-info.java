// SPDX-License-Identifier: Apache-2.0
/** The command line: arguments in, exit codes, messages and JSON out. */
@NullMarked
package org.lacquer.app;

import org.jspecify.annotations.NullMarked;
