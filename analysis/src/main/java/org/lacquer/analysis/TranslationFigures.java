// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.Decibels;
import org.lacquer.audio.StreamFormat;

import java.util.ArrayList;
import java.util.List;

/** Figures of {@link Translation} from the seconds of a stream. */
final class TranslationFigures {
    /** Losses are limited to this: nothing is left. */
    static final double LIMIT_LU = 100.0;

    /** Regions further below the song do not matter to it. */
    static final double MATTERS_LU = -20.0;

    private static final double LOST_LU = 10.0;

    /** Overtones this far below the fundamental still tell its pitch. */
    private static final double OVERTONES_DB = -25.0;

    /** A device that is this far down at 60 Hz does not play the bass itself. */
    private static final double NO_BASS_DB = -12.0;

    private static final double NO_BASS_HZ = 60.0;

    /** Third-octave bands further below the strongest of their second are not heard anyway. */
    private static final double QUIET = 1e-3;

    /** Compression is told for the loudest twentieth of the time: the beats. */
    private static final double LOUD_PERCENT = 95.0;

    private static final String[] PLAYERS = {
        "sub bass",
        "bass and kick drum",
        "warmth",
        "body",
        "voices and melody",
        "presence and attack",
        "air"
    };

    private final DeviceSeconds devices;
    private final PowerRows rows;
    private final List<DeviceLevels> levels;
    private final Seconds seconds;
    private final StreamFormat format;
    private final double playbackGainDb;

    TranslationFigures(
            DeviceSeconds devices,
            List<DeviceLevels> levels,
            Seconds seconds,
            StreamFormat format,
            double integratedLufs) {
        this.devices = devices;
        this.rows = devices.rows;
        this.levels = levels;
        this.seconds = seconds;
        this.format = format;
        this.playbackGainDb = Translation.PLAYBACK_LUFS - integratedLufs;
    }

    Translation translation() {
        double[] monoLosses = monoLosses();
        List<DeviceTranslation> list = new ArrayList<>();
        for (int d = 0; d < devices.models.size(); d++) {
            list.add(device(d, monoLosses));
        }
        return new Translation(list);
    }

    private DeviceTranslation device(int d, double[] monoLosses) {
        DeviceModel model = devices.models.get(d);
        double[] losses = new double[seconds.windows()];
        for (int w = 0; w < losses.length; w++) {
            losses[w] = windowLoss(d, w, 0, DeviceSeconds.REGIONS);
        }
        int worst = worst(losses);
        double loss = wholeLoss(d, 0, DeviceSeconds.REGIONS);
        boolean playsBass = model.responseDb(NO_BASS_HZ, format.sampleRateHz()) > NO_BASS_DB;
        DeviceTranslation unjudged =
                new DeviceTranslation(
                        model,
                        Verdict.UNKNOWN,
                        "",
                        loss,
                        worst < 0 ? Double.NaN : losses[worst],
                        worst < 0 ? Double.NaN : worst,
                        regions(d, loss),
                        playsBass ? Double.NaN : bassHarmonicsDb(d),
                        bassAudibleShare(d, playsBass),
                        maskedShare(model),
                        compressionDb(model),
                        Seconds.series(losses));
        return TranslationVerdict.judge(unjudged, monoLosses);
    }

    private List<DeviceTranslation.Region> regions(int d, double loss) {
        double song = 0.0;
        for (int r = 0; r < DeviceSeconds.REGIONS; r++) {
            song += seconds.whole(rows, DeviceSeconds.FULL + r);
        }
        List<DeviceTranslation.Region> list = new ArrayList<>();
        for (int r = 0; r < DeviceSeconds.REGIONS; r++) {
            double share = Decibels.fromPower(seconds.whole(rows, DeviceSeconds.FULL + r) / song);
            double regionLoss = wholeLoss(d, r, r + 1);
            double[] losses = new double[seconds.windows()];
            for (int w = 0; w < losses.length; w++) {
                boolean heard =
                        Seconds.window(rows, w, DeviceSeconds.FULL + r)
                                >= Decibels.toPower(MATTERS_LU) * seconds.windowPower(w);
                losses[w] = heard ? windowLoss(d, w, r, r + 1) : Double.NaN;
            }
            int worst = worst(losses);
            list.add(
                    new DeviceTranslation.Region(
                            PLAYERS[r],
                            DeviceSeconds.lowHz(r),
                            DeviceSeconds.highHz(r),
                            share,
                            regionLoss,
                            regionLoss - loss,
                            worst < 0 ? Double.NaN : losses[worst],
                            worst < 0 ? Double.NaN : worst,
                            share >= MATTERS_LU && regionLoss >= LOST_LU));
        }
        return list;
    }

    /** What mono alone costs each region, whatever the device. */
    private double[] monoLosses() {
        double[] losses = new double[DeviceSeconds.REGIONS];
        for (int r = 0; r < losses.length; r++) {
            losses[r] = wholeLoss(devices.models.indexOf(Devices.MONO), r, r + 1);
        }
        return losses;
    }

    private double wholeLoss(int d, int from, int to) {
        double full = 0.0;
        double played = 0.0;
        for (int r = from; r < to; r++) {
            full += seconds.whole(rows, DeviceSeconds.FULL + r);
            played += seconds.whole(rows, DeviceSeconds.played(d, r));
        }
        return loss(full, played);
    }

    private double windowLoss(int d, int window, int from, int to) {
        double full = 0.0;
        double played = 0.0;
        for (int r = from; r < to; r++) {
            full += Seconds.window(rows, window, DeviceSeconds.FULL + r);
            played += Seconds.window(rows, window, DeviceSeconds.played(d, r));
        }
        return loss(full, played);
    }

    private static double loss(double full, double played) {
        return full == 0.0 ? Double.NaN : Math.min(LIMIT_LU, Decibels.fromPower(full / played));
    }

    /** Judged window of the largest value; -1 when there is none. */
    private int worst(double[] losses) {
        int worst = -1;
        for (int w = 0; w < losses.length; w++) {
            if (!Double.isNaN(losses[w])
                    && seconds.judged(w)
                    && (worst < 0 || losses[w] > losses[worst])) {
                worst = w;
            }
        }
        return worst;
    }

    private double bassHarmonicsDb(int d) {
        double bass = seconds.whole(rows, DeviceSeconds.BASS);
        double overtones = seconds.whole(rows, DeviceSeconds.overtones(d));
        return bass == 0.0 ? Double.NaN : Math.max(-LIMIT_LU, Decibels.fromPower(overtones / bass));
    }

    private double bassAudibleShare(int d, boolean playsBass) {
        int active = 0;
        int audible = 0;
        for (int i = 0; i < seconds.count(); i++) {
            double bass = rows.get(i, DeviceSeconds.BASS);
            if (bass > 0.0 && seconds.gated(i)) {
                active++;
                double overtones = rows.get(i, DeviceSeconds.overtones(d));
                audible += playsBass || overtones >= Decibels.toPower(OVERTONES_DB) * bass ? 1 : 0;
            }
        }
        return active == 0 ? Double.NaN : (double) audible / active;
    }

    private double maskedShare(DeviceModel model) {
        DeviceModel.Noise noise = model.noise();
        if (noise == null) {
            return Double.NaN;
        }
        double rate = format.sampleRateHz();
        double gain = model.levelGain(rate);
        double[] mid = new double[ThirdOctaves.COUNT];
        double[] side = new double[ThirdOctaves.COUNT];
        int bands = 0;
        double weight = 0.0;
        for (int b = 0; b < ThirdOctaves.COUNT && ThirdOctaves.centreHz(b) < 0.5 * rate; b++) {
            double hz = ThirdOctaves.centreHz(b);
            mid[b] = gain * gain * DeviceResponse.power(model, hz, rate);
            side[b] = mid[b] * DeviceResponse.sidePower(model, hz, rate);
            if (hz <= noise.belowHz()) {
                weight += Bs1770.weightingPowerAt(hz, rate);
                bands++;
            }
        }
        // Pink: as much power in every band. L² + R² = 2 (M² + S²).
        double noisePower =
                0.5 * Bs1770.power(noise.levelLufs()) / weight / Decibels.toPower(playbackGainDb);
        long heard = 0;
        long masked = 0;
        double[] powers = new double[mid.length];
        for (int i = 0; i < seconds.count(); i++) {
            if (!seconds.gated(i)) {
                continue;
            }
            double strongest = 0.0;
            for (int b = 0; b < powers.length; b++) {
                powers[b] =
                        mid[b] * rows.get(i, DeviceSeconds.MID + b)
                                + side[b] * rows.get(i, DeviceSeconds.SIDE + b);
                strongest = Math.max(strongest, powers[b]);
            }
            for (int b = 0; b < bands; b++) {
                if (powers[b] > QUIET * strongest) {
                    heard++;
                    masked += powers[b] < noisePower * rows.get(i, DeviceSeconds.COUNT) ? 1 : 0;
                }
            }
        }
        return heard == 0 ? Double.NaN : (double) masked / heard;
    }

    private double compressionDb(DeviceModel model) {
        for (DeviceLevels level : levels) {
            if (level.model.equals(model)) {
                return level.reductionDb(playbackGainDb, LOUD_PERCENT);
            }
        }
        return Double.NaN;
    }
}
