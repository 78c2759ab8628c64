// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference.model;

import org.lacquer.models.ModelManifest;

import java.util.List;

/**
 * Holds back a tone move that may as well be chance. The EQ gains of a mix are one vector; with z²
 * its square over the tonal modes (overall tilt, bass and air, ...) and s² the variance there, all
 * gains are scaled by max(0, 1 − τ·s²/z²), the positive-part rule of W. James and C. Stein (1961):
 * a clear move stays as a whole, a doubtful one fades to nothing. Gating each mode on its own was
 * tried first: it takes the small parts out of large moves, where they can do no harm.
 */
public final class ToneGate {
    private final ModelManifest manifest;

    public ToneGate(ModelManifest manifest) {
        this.manifest = manifest;
    }

    /** How many of the settings are EQ gains; they come first. */
    public int eqSettings() {
        return manifest.toneModes().getFirst().size();
    }

    /**
     * Gated gains.
     *
     * @param gainsDb predicted EQ gains
     * @param sigmasDb their standard deviations
     * @param tau 0 lets everything through; the manifest names the default
     */
    public double[] apply(double[] gainsDb, double[] sigmasDb, double tau) {
        double squares = 0.0;
        double doubt = 0.0;
        for (int k = 0; k < manifest.toneModes().size(); k++) {
            List<Double> mode = manifest.toneModes().get(k);
            double z = 0.0;
            double variance = 0.0;
            for (int i = 0; i < eqSettings(); i++) {
                z += mode.get(i) * gainsDb[i];
                variance += mode.get(i) * mode.get(i) * sigmasDb[i] * sigmasDb[i];
            }
            squares += z * z;
            doubt += variance * manifest.toneModeFactors().get(k);
        }
        double keep = factor(StrictMath.sqrt(squares), doubt, tau);
        double[] out = new double[eqSettings()];
        for (int i = 0; i < out.length; i++) {
            out[i] = keep * gainsDb[i];
        }
        return out;
    }

    /**
     * One gain toward a target. What the target asks for beyond the repair, or against it, is style
     * and followed; what it leaves of the repair stays as doubtful as the repair is. Never beyond
     * {@code wanted}, never the other way, and never less for more of {@code wanted}.
     *
     * @param repair the gain without any target
     * @param gated the same after {@link #apply}
     * @param wanted the gain with the target
     */
    public static double toward(double repair, double gated, double wanted) {
        if (repair * wanted <= 0.0) {
            return wanted;
        }
        return Math.abs(wanted) <= Math.abs(repair)
                ? gated / repair * wanted
                : gated + wanted - repair;
    }

    /** Share of a move that stays: max(0, 1 − τ·variance / z²). */
    public static double factor(double z, double variance, double tau) {
        return z == 0.0 ? 0.0 : Math.max(0.0, 1.0 - tau * variance / (z * z));
    }
}
