// SPDX-License-Identifier: Apache-2.0
import type { Region } from './timeline';

/** Where a sound is to begin, and where it must be later. */
export interface Cue {
  /** Of the audio clock. */
  readonly atSeconds: number;
  /** Within the sound. */
  readonly placeSeconds: number;
  /** Within the sound; playback stays inside. */
  readonly loop: Region | null;
  /** Where in the sound playback is now. */
  readonly placeNow: () => number;
}

/** Plays along the timeline of a player, into a node of its graph. */
export interface Sound {
  start(into: AudioNode, cue: Cue): void;
  /** Ends with a short fade, so that a jump does not click. */
  stop(): void;
  /** Gives back what it holds of the machine; it is not played again. */
  release(): void;
}

const FADE_SECONDS = 0.012;

/** Decoded in memory: begins at the very frame. */
export class BufferSound implements Sound {
  private running: { readonly source: AudioBufferSourceNode; readonly into: AudioNode } | null = null;

  constructor(private readonly context: AudioContext, private readonly buffer: AudioBuffer) {}

  start(into: AudioNode, cue: Cue): void {
    const source = this.context.createBufferSource();
    source.buffer = this.buffer;
    const inside = (seconds: number) => Math.min(Math.max(seconds, 0), this.buffer.duration);
    if (cue.loop !== null && cue.placeSeconds < cue.loop.endSeconds) {
      source.loop = true;
      source.loopStart = inside(cue.loop.startSeconds);
      source.loopEnd = inside(cue.loop.endSeconds);
    }
    source.connect(into);
    source.start(cue.atSeconds + Math.max(0, -cue.placeSeconds), inside(cue.placeSeconds));
    this.running = { source, into };
  }

  stop(): void {
    if (this.running === null) {
      return;
    }
    const { source, into } = this.running;
    this.running = null;
    const tail = this.context.createGain();
    source.disconnect();
    source.connect(tail).connect(into);
    fadeOut(this.context, tail.gain);
    source.stop(this.context.currentTime + 2 * FADE_SECONDS);
    source.onended = () => tail.disconnect();
  }

  release(): void {
    // Decoded samples go with the last who knows them.
  }
}

/** How far a stream may be from where it should be, and how often it is put right. */
const STEP_SECONDS = 0.1;
const WATCH_MS = 250;

/** Fetched while it plays, for what memory cannot hold: in step to about a tenth of a second. */
export class StreamSound implements Sound {
  private readonly element = new Audio();
  private readonly gain: GainNode;
  private into: AudioNode | null = null;
  private timer = 0;

  /** Says when it cannot be fetched. */
  constructor(private readonly context: AudioContext, url: string, failed: () => void) {
    this.element.onerror = failed;
    this.element.preload = 'auto';
    this.element.src = url;
    this.gain = context.createGain();
    context.createMediaElementSource(this.element).connect(this.gain);
  }

  start(into: AudioNode, cue: Cue): void {
    clearTimeout(this.timer);
    if (this.into !== into) {
      this.gain.disconnect();
      this.gain.connect(into);
      this.into = into;
    }
    this.gain.gain.cancelScheduledValues(this.context.currentTime);
    this.gain.gain.value = 1;
    this.element.currentTime = Math.max(0, cue.placeSeconds);
    this.timer = window.setTimeout(() => {
      // Refused only while nobody has touched the page, and then nothing plays.
      this.element.play().catch(() => undefined);
      this.watch(cue);
    }, Math.max(0, 1000 * (cue.atSeconds - this.context.currentTime)));
  }

  stop(): void {
    clearTimeout(this.timer);
    fadeOut(this.context, this.gain.gain);
    this.timer = window.setTimeout(() => this.element.pause(), 2000 * FADE_SECONDS);
  }

  /** An element would go on fetching for as long as it is remembered somewhere. */
  release(): void {
    clearTimeout(this.timer);
    this.element.onerror = null;
    this.element.pause();
    this.element.removeAttribute('src');
    this.element.load();
  }

  /** A loop that wraps is a place that is far off, too. */
  private watch(cue: Cue): void {
    this.timer = window.setTimeout(() => {
      const place = cue.placeNow();
      if (!this.element.seeking && Math.abs(this.element.currentTime - place) > STEP_SECONDS) {
        this.element.currentTime = Math.max(0, place);
      }
      this.watch(cue);
    }, WATCH_MS);
  }
}

function fadeOut(context: AudioContext, gain: AudioParam): void {
  const now = context.currentTime;
  gain.cancelScheduledValues(now);
  gain.setValueAtTime(gain.value, now);
  gain.linearRampToValueAtTime(0, now + FADE_SECONDS);
}
