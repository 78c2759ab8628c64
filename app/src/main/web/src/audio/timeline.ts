// SPDX-License-Identifier: Apache-2.0

export interface Region {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** Where in the song playback is, from the clock of the audio hardware. Immutable; a jump makes a new one. */
export interface Timeline {
  readonly startedAt: number;
  readonly offsetSeconds: number;
  readonly loop: Region | null;
}

/** Place in the song at a time of the clock; a loop wraps once playback has reached its end. */
export function placeAt(timeline: Timeline, now: number): number {
  const place = timeline.offsetSeconds + Math.max(0, now - timeline.startedAt);
  const { loop } = timeline;
  if (loop === null || place < loop.endSeconds || timeline.offsetSeconds >= loop.endSeconds) {
    return place;
  }
  const length = loop.endSeconds - loop.startSeconds;
  return loop.startSeconds + ((place - loop.startSeconds) % length);
}

/** A region of the song that is at least as long as a loop must be; null when there is none. */
export function regionOf(from: number, to: number, durationSeconds: number, leastSeconds = 0.25): Region | null {
  const startSeconds = Math.max(0, Math.min(from, to));
  const endSeconds = Math.min(durationSeconds, Math.max(from, to));
  return endSeconds - startSeconds >= leastSeconds ? { startSeconds, endSeconds } : null;
}
