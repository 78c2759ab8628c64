// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.base;

/**
 * What may be asked of the server.
 *
 * @param fileBytes of one upload
 * @param durationSeconds of one file
 * @param storageBytes of everything
 * @param reserveBytes that stay free on the disk
 * @param filesPerProject that are not deleted
 * @param queuedJobs in all
 * @param queuedJobsPerProject in one
 * @param uploadsAtOnce in all
 * @param streamsAtOnce open streams of events
 * @param requestsPerSecond from one address, on average
 * @param previewSeconds longest stretch
 * @param restoreDays that a deleted project stays
 * @param jobSeconds longest run of one job
 */
public record Limits(
        long fileBytes,
        double durationSeconds,
        long storageBytes,
        long reserveBytes,
        int filesPerProject,
        int queuedJobs,
        int queuedJobsPerProject,
        int uploadsAtOnce,
        int streamsAtOnce,
        int requestsPerSecond,
        double previewSeconds,
        int restoreDays,
        int jobSeconds) {
    public static final Limits DEFAULT =
            new Limits(
                    2L << 30,
                    7_200.0,
                    50L << 30,
                    512L << 20,
                    100,
                    500,
                    60,
                    32,
                    128,
                    200,
                    30.0,
                    7,
                    1_800);

    public Limits withFileBytes(long value) {
        return new Limits(
                value,
                durationSeconds,
                storageBytes,
                reserveBytes,
                filesPerProject,
                queuedJobs,
                queuedJobsPerProject,
                uploadsAtOnce,
                streamsAtOnce,
                requestsPerSecond,
                previewSeconds,
                restoreDays,
                jobSeconds);
    }

    public Limits withDurationSeconds(double value) {
        return new Limits(
                fileBytes,
                value,
                storageBytes,
                reserveBytes,
                filesPerProject,
                queuedJobs,
                queuedJobsPerProject,
                uploadsAtOnce,
                streamsAtOnce,
                requestsPerSecond,
                previewSeconds,
                restoreDays,
                jobSeconds);
    }

    public Limits withRequestsPerSecond(int value) {
        return new Limits(
                fileBytes,
                durationSeconds,
                storageBytes,
                reserveBytes,
                filesPerProject,
                queuedJobs,
                queuedJobsPerProject,
                uploadsAtOnce,
                streamsAtOnce,
                value,
                previewSeconds,
                restoreDays,
                jobSeconds);
    }
}
