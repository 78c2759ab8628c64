// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says. */
final class Version implements IVersionProvider {
    static final String NUMBER = org.lacquer.inference.Version.current();

    @Override
    public String[] getVersion() {
        return new String[] {"lacquer " + NUMBER};
    }
}
