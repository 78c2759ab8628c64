// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.http;

import org.lacquer.app.studio.base.Problem;

import java.util.LinkedHashMap;
import java.util.Map;

/** A bucket of permissions for each client that fills steadily. */
final class RateLimit {
    /** Clients that are remembered; the one that was away for longest is forgotten. */
    private static final int CLIENTS = 1_024;

    private static final double BURST_SECONDS = 3.0;

    private final double perSecond;
    private final Map<String, Bucket> buckets =
            new LinkedHashMap<>(64, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
                    return size() > CLIENTS;
                }
            };

    RateLimit(double perSecond) {
        this.perSecond = perSecond;
    }

    synchronized void take(String client, long nowNanos) {
        Bucket bucket =
                buckets.computeIfAbsent(
                        client, key -> new Bucket(perSecond * BURST_SECONDS, nowNanos));
        bucket.level =
                Math.min(
                        perSecond * BURST_SECONDS,
                        bucket.level + (nowNanos - bucket.nanos) / 1e9 * perSecond);
        bucket.nanos = nowNanos;
        if (bucket.level < 1.0) {
            throw new Problem(
                            429,
                            "too-many-requests",
                            "too many requests in a short time; wait a second")
                    .with("limit", perSecond)
                    .exception();
        }
        bucket.level -= 1.0;
    }

    private static final class Bucket {
        private double level;
        private long nanos;

        Bucket(double level, long nanos) {
            this.level = level;
            this.nanos = nanos;
        }
    }
}
