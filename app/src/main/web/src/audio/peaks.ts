// SPDX-License-Identifier: Apache-2.0

/** Waveform: for each stretch of frames the lowest and the highest sample of all channels, -1 to 1. */
export interface Peaks {
  readonly framesPerPeak: number;
  readonly sampleRateHz: number;
  readonly frames: number;
  readonly low: Float32Array;
  readonly high: Float32Array;
}

const MAGIC = 'LPK1';
const HEADER_BYTES = 24;

/** The server's format, see Peaks in openapi.yaml. */
export function readPeaks(data: ArrayBuffer): Peaks {
  const view = new DataView(data);
  const magic = String.fromCharCode(...new Uint8Array(data, 0, 4));
  if (magic !== MAGIC) {
    throw new Error(`not a waveform: ${magic}`);
  }
  const [channels = 0, sampleRateHz = 0, framesPerPeak = 0, count = 0, frames = 0] = [4, 8, 12, 16, 20].map((at) =>
    view.getUint32(at, true),
  );
  const low = new Float32Array(count);
  const high = new Float32Array(count);
  for (let peak = 0; peak < count; peak++) {
    let least = Infinity;
    let most = -Infinity;
    for (let channel = 0; channel < channels; channel++) {
      const at = HEADER_BYTES + 4 * (peak * channels + channel);
      least = Math.min(least, view.getInt16(at, true));
      most = Math.max(most, view.getInt16(at + 2, true));
    }
    low[peak] = least / 32767;
    high[peak] = most / 32767;
  }
  return { framesPerPeak, sampleRateHz, frames, low, high };
}

/** Lowest and highest sample between two times. */
export function peakBetween(peaks: Peaks, fromSeconds: number, toSeconds: number): readonly [number, number] {
  const perSecond = peaks.sampleRateHz / peaks.framesPerPeak;
  const first = Math.max(0, Math.floor(fromSeconds * perSecond));
  const end = Math.min(peaks.low.length, Math.max(first + 1, Math.ceil(toSeconds * perSecond)));
  let low = 0;
  let high = 0;
  for (let at = first; at < end; at++) {
    low = Math.min(low, peaks.low[at] ?? 0);
    high = Math.max(high, peaks.high[at] ?? 0);
  }
  return [low, high];
}
