// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.chart;

import java.io.IOException;

/** Java finds no fonts on this machine, so a PNG cannot be lettered; an SVG can. */
public final class NoFontsException extends IOException {
    private static final long serialVersionUID = 1L;

    NoFontsException(Throwable cause) {
        super("no fonts", cause);
    }
}
