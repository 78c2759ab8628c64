// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.base;

import java.security.SecureRandom;
import java.util.regex.Pattern;

/** Names of things that nobody can guess and that are safe as names of files. */
public final class Ids {
    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final int LENGTH = 14;
    private static final Pattern ID = Pattern.compile("[a-z2-9]{" + LENGTH + "}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    /** A new one: 70 random bits. */
    public static String next() {
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            id.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        return id.toString();
    }

    /** Whether a text can be an id. */
    public static boolean valid(String text) {
        return ID.matcher(text).matches();
    }
}
