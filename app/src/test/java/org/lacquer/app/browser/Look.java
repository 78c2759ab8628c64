// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.browser;

import com.microsoft.playwright.options.ColorScheme;

import java.util.Locale;

/** The screens that every page must look right on. */
public enum Look {
    DESKTOP_LIGHT(1_280, 800, ColorScheme.LIGHT),
    DESKTOP_DARK(1_280, 800, ColorScheme.DARK),
    PHONE_LIGHT(390, 844, ColorScheme.LIGHT),
    PHONE_DARK(390, 844, ColorScheme.DARK),
    /** For pictures of the studio in docs/studio.md. */
    WIDE_DARK(1_440, 1_100, ColorScheme.DARK),
    TABLET_DARK(1_024, 1_100, ColorScheme.DARK),
    TALL_PHONE_DARK(390, 1_100, ColorScheme.DARK),
    WIDE_LIGHT(1_440, 1_100, ColorScheme.LIGHT),
    TABLET_LIGHT(1_024, 1_100, ColorScheme.LIGHT),
    TALL_PHONE_LIGHT(390, 1_100, ColorScheme.LIGHT);

    final int widthPixels;
    final int heightPixels;
    final ColorScheme scheme;

    Look(int widthPixels, int heightPixels, ColorScheme scheme) {
        this.widthPixels = widthPixels;
        this.heightPixels = heightPixels;
        this.scheme = scheme;
    }

    /** As in a file's name: {@code phone-dark}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
