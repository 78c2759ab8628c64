// SPDX-License-Identifier: Apache-2.0
// Magnitude responses of the engine's filters. Bells and shelves of the engine follow their analogue prototypes within
// 0.05 dB up to 20 kHz (docs/engine.md), so the prototypes are what is drawn; Butterworth filters are bilinear.
import type { PlanGroup, Stage } from '../api/types';

export type Shape = 'bell' | 'low-shelf' | 'high-shelf' | 'tilt' | 'band-shelf';

export interface EqBand {
  readonly shape: Shape;
  readonly frequencyHz: number;
  readonly gainDb: number;
  readonly q: number;
  readonly placement: string;
}

/** Share of the sample rate from which on the engine leaves a band out. */
const HIGHEST = 0.49;
const EDGE_Q = Math.SQRT1_2;

export function bandOf(item: PlanGroup): EqBand {
  return {
    shape: (item['shape'] ?? 'bell') as Shape,
    frequencyHz: Number(item['frequencyHz'] ?? 1000),
    gainDb: Number(item['gainDb'] ?? 0),
    q: Number(item['q'] ?? 0.71),
    placement: String(item['placement'] ?? 'stereo'),
  };
}

function decibels(power: number): number {
  return 10 * Math.log10(Math.max(power, 1e-20));
}

/** |n2 s² + n1 s + n0|² / |d2 s² + d1 s + d0|² at s = jx, in dB. */
function quotientDb(n: readonly [number, number, number], d: readonly [number, number, number], x: number): number {
  const power = ([c2, c1, c0]: readonly [number, number, number]) => (c0 - c2 * x * x) ** 2 + (c1 * x) ** 2;
  return decibels(power(n) / power(d));
}

/** (s² + s·A/Q + 1) / (s² + s/(A·Q) + 1) with A = √gain. */
function bellDb(x: number, gainDb: number, q: number): number {
  const a = 10 ** (gainDb / 40);
  return quotientDb([1, a / q, 1], [1, 1 / (a * q), 1], x);
}

/** A (A s² + s √A/Q + 1) / (s² + s √A/Q + A). */
function highShelfDb(x: number, gainDb: number, q: number): number {
  const a = 10 ** (gainDb / 40);
  const middle = Math.sqrt(a) / q;
  return quotientDb([a * a, a * middle, a], [1, middle, a], x);
}

export function bandResponseDb(band: EqBand, frequencyHz: number, sampleRateHz: number): number {
  if (band.gainDb === 0 || band.frequencyHz >= HIGHEST * sampleRateHz) {
    return 0;
  }
  const x = frequencyHz / band.frequencyHz;
  switch (band.shape) {
    case 'bell':
      return bellDb(x, band.gainDb, band.q);
    case 'high-shelf':
      return highShelfDb(x, band.gainDb, band.q);
    case 'low-shelf':
      // The mirror image over the logarithm of frequency.
      return highShelfDb(1 / x, band.gainDb, band.q);
    case 'tilt':
      return highShelfDb(x, 2 * band.gainDb, band.q) - band.gainDb;
    case 'band-shelf': {
      const half = 1 / (2 * band.q);
      const spread = half + Math.sqrt(1 + half * half);
      const upper = band.frequencyHz * spread < HIGHEST * sampleRateHz
        ? highShelfDb(x / spread, -band.gainDb, EDGE_Q)
        : 0;
      return highShelfDb(x * spread, band.gainDb, EDGE_Q) + upper;
    }
  }
}

/** Butterworth by the bilinear transform: 1 / (1 + (warped ratio)^2n). */
export function butterworthDb(
  kind: 'high-pass' | 'low-pass',
  cutoffHz: number,
  slopeDbPerOctave: number,
  frequencyHz: number,
  sampleRateHz: number,
): number {
  if (cutoffHz >= HIGHEST * sampleRateHz) {
    return 0;
  }
  const warped = (hz: number) => Math.tan((Math.PI * Math.min(hz, 0.4999 * sampleRateHz)) / sampleRateHz);
  const ratio = warped(frequencyHz) / warped(cutoffHz);
  const order = slopeDbPerOctave / 6;
  return -decibels(1 + (kind === 'low-pass' ? ratio : 1 / ratio) ** (2 * order));
}

/** Response of one stage as far as it is a fixed filter, for what is placed on {@code placement} or on both channels. */
export function stageResponseDb(stage: Stage, frequencyHz: number, sampleRateHz: number, placement: string): number {
  switch (stage.stage) {
    case 'high-pass':
    case 'low-pass':
      return butterworthDb(
        stage.stage,
        Number(stage['cutoffHz'] ?? (stage.stage === 'high-pass' ? 20 : 20000)),
        Number(stage['slopeDbPerOctave'] ?? 12),
        frequencyHz,
        sampleRateHz,
      );
    case 'parametric-eq':
      return ((stage['bands'] ?? []) as readonly PlanGroup[])
        .map(bandOf)
        .filter((band) => band.placement === 'stereo' || band.placement === placement)
        .reduce((sum, band) => sum + bandResponseDb(band, frequencyHz, sampleRateHz), 0);
    default:
      return 0;
  }
}

/** Placements other than both channels that any band of the stages has. */
export function placementsOf(stages: readonly Stage[]): readonly string[] {
  const all = stages
    .filter((stage) => stage.stage === 'parametric-eq')
    .flatMap((stage) => ((stage['bands'] ?? []) as readonly PlanGroup[]).map((band) => bandOf(band).placement));
  return [...new Set(all)].filter((placement) => placement !== 'stereo');
}
