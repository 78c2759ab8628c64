// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.browser;

import com.microsoft.playwright.options.ColorScheme;

import java.util.Locale;

/** The screens that every page must look right on. */
public enum Look {
    DESKTOP_LIGHT(1_280, 800, ColorScheme.LIGHT),
    DESKTOP_DARK(1_280, 800, ColorScheme.DARK),
    PHONE_LIGHT(390, 844, ColorScheme.LIGHT),
    PHONE_DARK(390, 844, ColorScheme.DARK);

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
