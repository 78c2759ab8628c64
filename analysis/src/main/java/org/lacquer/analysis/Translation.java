// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import java.util.List;

/**
 * What a song loses on other devices. The {@link DeviceModel}s are approximations: they tell what
 * may disappear, and nobody should equalise towards their inverse.
 *
 * @param devices one a model, in the order of {@link DeviceModel#all()}
 */
public record Translation(List<DeviceTranslation> devices) {
    /**
     * Integrated loudness at which a song is played where its level matters (noise, compressors):
     * what the larger streaming services play at.
     */
    public static final double PLAYBACK_LUFS = -14.0;

    /** Not measured, or nothing to measure. */
    public static final Translation NONE = new Translation(List.of());

    public Translation {
        devices = List.copyOf(devices);
    }

    /** Result for a model; the names are those of {@link DeviceModel#name()}. */
    public DeviceTranslation device(String name) {
        for (DeviceTranslation device : devices) {
            if (device.model().name().equals(name)) {
                return device;
            }
        }
        throw new IllegalArgumentException("name must be a device's, got " + name);
    }
}
