// SPDX-License-Identifier: Apache-2.0
// Momentary and short-term loudness of what plays, after ITU-R BS.1770: close to the report's figures but read from
// blocks of the animation's rhythm, so shown as approximate. The report's figures are the server's.

interface Section {
  readonly feedforward: readonly number[];
  readonly feedback: readonly number[];
}

/**
 * The two sections of K-weighting at any rate: bilinear transforms of the analogue filters that BS.1770's
 * coefficients for 48 kHz come from (parameters by B. De Man, 2014, from those tables).
 */
export function kWeighting(sampleRateHz: number): readonly [Section, Section] {
  const shelf = (() => {
    const k = Math.tan((Math.PI * 1681.974450955533) / sampleRateHz);
    const q = 0.7071752369554196;
    const high = 10 ** (3.999843853973347 / 20);
    const band = high ** 0.4996667741545416;
    const a0 = 1 + k / q + k * k;
    return {
      feedforward: [
        (high + (band * k) / q + k * k) / a0,
        (2 * (k * k - high)) / a0,
        (high - (band * k) / q + k * k) / a0,
      ],
      feedback: [1, (2 * (k * k - 1)) / a0, (1 - k / q + k * k) / a0],
    };
  })();
  const highPass = (() => {
    const k = Math.tan((Math.PI * 38.13547087602444) / sampleRateHz);
    const q = 0.5003270373238773;
    const a0 = 1 + k / q + k * k;
    return {
      feedforward: [1, -2, 1],
      feedback: [1, (2 * (k * k - 1)) / a0, (1 - k / q + k * k) / a0],
    };
  })();
  return [shelf, highPass];
}

/** Keeps the mean squares of the last three seconds in steps and tells the loudness of 0.4 s and of 3 s. */
export class RunningLoudness {
  private readonly blocks: { power: number; seconds: number }[] = [];

  push(power: number, seconds: number): void {
    this.blocks.push({ power, seconds });
    let total = this.blocks.reduce((sum, block) => sum + block.seconds, 0);
    while (this.blocks.length > 1 && total - (this.blocks[0]?.seconds ?? 0) > 3) {
      total -= this.blocks.shift()?.seconds ?? 0;
    }
  }

  /** LUFS of the last stretch; null for silence. */
  over(seconds: number): number | null {
    let power = 0;
    let length = 0;
    for (let at = this.blocks.length - 1; at >= 0 && length < seconds; at--) {
      const block = this.blocks[at];
      if (block !== undefined) {
        power += block.power * block.seconds;
        length += block.seconds;
      }
    }
    const mean = length === 0 ? 0 : power / length;
    return mean <= 1e-10 ? null : -0.691 + 10 * Math.log10(mean);
  }

  reset(): void {
    this.blocks.length = 0;
  }
}
