// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.api;

import org.jspecify.annotations.Nullable;
import org.lacquer.app.studio.base.Limits;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Set;

/**
 * How a studio is started.
 *
 * @param data folder of everything that lasts
 * @param port 0 for any that is free
 * @param token that every request must carry; null on loopback only
 * @param names that the server may be called by beside addresses, in small letters
 * @param workers jobs at once
 * @param workerMegabytes heap of each worker
 * @param workerClass main class of a worker
 * @param adjustable stages that can be weakened or left out
 * @param version of Lacquer
 */
public record StudioSettings(
        Path data,
        InetAddress address,
        int port,
        @Nullable String token,
        Set<String> names,
        Limits limits,
        int workers,
        int workerMegabytes,
        String workerClass,
        Set<String> adjustable,
        String version) {
    public StudioSettings {
        names = Set.copyOf(names);
        adjustable = Set.copyOf(adjustable);
        if (!address.isLoopbackAddress() && (token == null || token.length() < 16)) {
            throw new IllegalArgumentException(
                    "an address that others can reach needs a --token of at least 16 characters");
        }
    }
}
