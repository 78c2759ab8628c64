// SPDX-License-Identifier: Apache-2.0

export function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

/** Maps values to places and back; logarithmic when asked for. */
export interface Scale {
  place(value: number): number;
  value(place: number): number;
}

export function linearScale(low: number, high: number, from: number, to: number): Scale {
  return {
    place: (value) => from + ((value - low) / (high - low)) * (to - from),
    value: (place) => low + ((place - from) / (to - from)) * (high - low),
  };
}

export function logScale(low: number, high: number, from: number, to: number): Scale {
  const inner = linearScale(Math.log(low), Math.log(high), from, to);
  return {
    place: (value) => inner.place(Math.log(value)),
    value: (place) => Math.exp(inner.value(place)),
  };
}

/** Points evenly spread over octaves. */
export function logPoints(low: number, high: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, k) => low * (high / low) ** (k / (count - 1)));
}

/** Rounded to as many digits as a hand sets: 3 significant for frequencies, steps of a control for the rest. */
export function roundTo(value: number, step: number): number {
  return Number((Math.round(value / step) * step).toFixed(6));
}

export function significant(value: number, digits: number): number {
  return Number(value.toPrecision(digits));
}
