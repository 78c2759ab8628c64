// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.analysis.DeviceModel.Cabin;
import org.lacquer.analysis.DeviceModel.Compressor;
import org.lacquer.analysis.DeviceModel.Noise;

import java.util.List;

/**
 * The models that a song is tried on. Where a source gives a range, its middle is taken; where it
 * gives only a direction, the number is the project's own and says so.
 */
final class Devices {
    static final DeviceModel PHONE =
            new DeviceModel(
                    "phone",
                    "a phone",
                    List.of(
                            DeviceFilter.highPass(280.0, 4),
                            DeviceFilter.bell(1_750.0, 3.0, 1.0),
                            DeviceFilter.bell(3_500.0, 4.0, 1.4),
                            DeviceFilter.lowPass(13_500.0, 2)),
                    0.0,
                    0.0,
                    null,
                    null,
                    null,
                    "bottom loudspeaker; one handset measured even from 260 Hz to 20 kHz"
                            + " (VPerVolume, OnePlus 6T); bells after two open simulations");

    static final DeviceModel LAPTOP =
            new DeviceModel(
                    "laptop",
                    "a laptop",
                    List.of(
                            DeviceFilter.highPass(175.0, 4),
                            DeviceFilter.bell(1_000.0, 2.0, 1.0),
                            DeviceFilter.bell(2_500.0, 3.0, 1.0),
                            DeviceFilter.lowPass(17_000.0, 2)),
                    0.4,
                    0.0,
                    null,
                    null,
                    null,
                    "two open simulations (150-200 Hz); slope and Q the project's own");

    static final DeviceModel BLUETOOTH =
            new DeviceModel(
                    "bluetooth",
                    "a small Bluetooth box",
                    List.of(
                            DeviceFilter.highPass(80.0, 4),
                            DeviceFilter.bell(100.0, 3.0, 1.0),
                            DeviceFilter.bell(3_000.0, 2.0, 1.0)),
                    0.0,
                    0.0,
                    null,
                    new Compressor(-12.0, 4.0, 10.0, 100.0),
                    null,
                    "an open simulation (60-100 Hz, 4:1 above -12 dB, 10/100 ms)");

    static final DeviceModel CAR =
            new DeviceModel(
                    "car",
                    "a car stereo",
                    List.of(
                            DeviceFilter.highPass(35.0, 2),
                            DeviceFilter.bell(80.0, 4.5, 1.0),
                            DeviceFilter.bell(250.0, 2.0, 1.0),
                            DeviceFilter.bell(2_000.0, -2.0, 1.0),
                            DeviceFilter.lowPass(14_000.0, 2)),
                    0.6,
                    0.0,
                    new Cabin(
                            List.of(1.2, 2.1, 3.0, 4.3, 5.5),
                            List.of(0.35, 0.25, 0.18, 0.12, 0.08),
                            6_000.0),
                    null,
                    new Noise(-20.0, 400.0),
                    "two open simulations (cabin gain 3-6 dB at 80 Hz, reflections, road noise)");

    static final DeviceModel EARBUDS =
            new DeviceModel(
                    "earbuds",
                    "wired earbuds",
                    List.of(
                            DeviceFilter.lowShelf(105.0, -5.8, 0.7),
                            DeviceFilter.bell(465.0, -4.3, 0.28),
                            DeviceFilter.bell(1_952.0, 7.4, 1.22),
                            DeviceFilter.bell(2_884.0, 2.9, 2.45),
                            DeviceFilter.bell(5_776.0, 6.6, 2.5),
                            DeviceFilter.highShelf(10_000.0, -2.3, 0.7)),
                    1.0,
                    0.0,
                    null,
                    null,
                    null,
                    "Apple EarPods against a Harman-type target: oratory1990's measurement as"
                            + " AutoEq publishes it, correction inverted");

    static final DeviceModel CUBE =
            new DeviceModel(
                    "cube",
                    "a small mixing cube",
                    List.of(
                            DeviceFilter.highPass(135.0, 2),
                            DeviceFilter.bell(1_400.0, 3.0, 0.7),
                            DeviceFilter.lowPass(11_000.0, 2)),
                    0.0,
                    0.0,
                    null,
                    null,
                    null,
                    "Auratone 5C type; common descriptions, no measurement");

    static final DeviceModel TV =
            new DeviceModel(
                    "tv",
                    "a TV",
                    List.of(
                            DeviceFilter.highPass(135.0, 4),
                            DeviceFilter.bell(2_500.0, 3.0, 1.0),
                            DeviceFilter.lowPass(14_000.0, 2)),
                    0.5,
                    0.0,
                    null,
                    null,
                    null,
                    "common descriptions of flat sets, no measurement");

    static final DeviceModel SMART_SPEAKER =
            new DeviceModel(
                    "smart-speaker",
                    "a smart speaker",
                    List.of(DeviceFilter.highPass(70.0, 4), DeviceFilter.lowShelf(150.0, 3.0, 0.7)),
                    0.0,
                    0.0,
                    null,
                    null,
                    null,
                    "common descriptions; its bass follows the volume, here it stands at +3 dB");

    static final DeviceModel CLUB =
            new DeviceModel(
                    "club",
                    "a club system",
                    List.of(DeviceFilter.highPass(32.0, 4), DeviceFilter.lowShelf(100.0, 8.0, 0.7)),
                    0.5,
                    110.0,
                    null,
                    null,
                    null,
                    "common descriptions (bass +6 to +10 dB and mono, 30-35 Hz), no measurement");

    static final DeviceModel MONO =
            new DeviceModel(
                    "mono",
                    "one full-range loudspeaker",
                    List.of(),
                    0.0,
                    0.0,
                    null,
                    null,
                    null,
                    "(L + R) / 2, nothing else");

    static final List<DeviceModel> ALL =
            List.of(PHONE, LAPTOP, BLUETOOTH, CAR, EARBUDS, CUBE, TV, SMART_SPEAKER, CLUB, MONO);

    private Devices() {}
}
