// SPDX-License-Identifier: Apache-2.0
import { Cell } from '../state/cell';
import { LevelTap } from './levels';
import { BufferSound, type Sound, StreamSound } from './sound';
import { type Region, type Timeline, placeAt } from './timeline';

/** One sound among which is switched. All run in step; one is heard. */
export interface Track {
  readonly id: string;
  /** Brings it to the common loudness; at most 0. */
  readonly matchGainDb: number;
}

interface Loaded {
  readonly track: Track;
  readonly sound: Sound;
  /** Where in the song the sound begins. */
  readonly offsetSeconds: number;
  readonly fade: GainNode;
  readonly match: GainNode;
}

const FADE_SECONDS = 0.012;
const START_AHEAD_SECONDS = 0.03;
const MONITOR_FADE_SECONDS = 0.04;

/**
 * Plays tracks in step and switches between them without a click: every track's source starts at the same time of the
 * clock and runs on, silenced or heard; a switch moves two gains past each other. Signal path: source, match gain,
 * fade, bus (meters), monitor, volume, output.
 */
export class Player {
  readonly playing = new Cell(false);
  /** Play was asked for, and what is to be heard is still on its way. */
  readonly pending = new Cell(false);
  readonly active = new Cell<string | null>(null);
  readonly loop = new Cell<Region | null>(null);
  readonly matched = new Cell(true);
  readonly volume = new Cell(1);
  readonly taps: LevelTap;

  private readonly tracks = new Map<string, Loaded>();
  private readonly bus: GainNode;
  private readonly output: GainNode;
  private readonly direct: GainNode;
  private convolved: { convolver: ConvolverNode; gain: GainNode } | null = null;
  private timeline: Timeline = { startedAt: 0, offsetSeconds: 0, loop: null };
  private pausedAt = 0;
  private endTimer = 0;
  private readonly context: AudioContext;

  constructor(sampleRateHz: number, public durationSeconds: number) {
    this.context = new AudioContext({ sampleRate: sampleRateHz, latencyHint: 'interactive' });
    this.bus = this.context.createGain();
    this.direct = this.context.createGain();
    this.output = this.context.createGain();
    this.bus.connect(this.direct).connect(this.output).connect(this.context.destination);
    this.taps = new LevelTap(this.context, this.bus);
  }

  get sampleRateHz(): number {
    return this.context.sampleRate;
  }

  /** The clock of the hardware, in seconds; stands still while the context sleeps. */
  get clockSeconds(): number {
    return this.context.currentTime;
  }

  /** Place in the song that is heard now. */
  position(): number {
    if (!this.playing.value) {
      return this.pausedAt;
    }
    const heard = this.context.currentTime - (this.context.outputLatency || 0);
    return Math.min(this.durationSeconds, placeAt(this.timeline, Math.max(heard, this.timeline.startedAt)));
  }

  decode(data: ArrayBuffer): Promise<AudioBuffer> {
    return this.context.decodeAudioData(data);
  }

  get ids(): readonly string[] {
    return [...this.tracks.keys()];
  }

  has(id: string): boolean {
    return this.tracks.has(id);
  }

  /** Adds or replaces a track; while playing it falls in step at once. */
  add(track: Track, buffer: AudioBuffer, offsetSeconds = 0): void {
    this.addSound(track, new BufferSound(this.context, buffer), offsetSeconds);
  }

  /** A track that is too long for memory: fetched while it plays. */
  addStream(track: Track, url: string, failed: () => void): void {
    this.addSound(track, new StreamSound(this.context, url, failed), 0);
  }

  private addSound(track: Track, sound: Sound, offsetSeconds: number): void {
    const before = this.tracks.get(track.id);
    const match = this.context.createGain();
    match.gain.value = this.matchGain(track);
    const fade = this.context.createGain();
    fade.gain.value = 0;
    match.connect(fade).connect(this.bus);
    const loaded: Loaded = { track, sound, offsetSeconds, match, fade };
    this.tracks.set(track.id, loaded);
    if (this.playing.value) {
      this.startInStep(loaded);
    }
    if (this.active.value === track.id) {
      this.fade(loaded, 1);
    }
    if (before !== undefined) {
      this.fadeOutAndDrop(before);
    }
  }

  remove(id: string): void {
    const loaded = this.tracks.get(id);
    if (loaded !== undefined) {
      this.tracks.delete(id);
      this.fadeOutAndDrop(loaded);
      if (this.active.value === id) {
        this.active.set(null);
      }
    }
  }

  /** Which track is heard; the others run on silently. */
  select(id: string): void {
    const next = this.tracks.get(id);
    if (next === undefined || this.active.value === id) {
      return;
    }
    const before = this.active.value === null ? undefined : this.tracks.get(this.active.value);
    if (before !== undefined) {
      this.fade(before, 0);
    }
    this.fade(next, 1);
    this.active.set(id);
    void this.playPending();
  }

  setMatched(matched: boolean): void {
    this.matched.set(matched);
    this.updateMatch();
  }

  /** Other figures for the same sound. */
  setMatchGain(id: string, matchGainDb: number): void {
    const loaded = this.tracks.get(id);
    if (loaded !== undefined && loaded.track.matchGainDb !== matchGainDb) {
      this.tracks.set(id, Object.assign(loaded, { track: { id, matchGainDb } }));
      this.updateMatch();
    }
  }

  setVolume(volume: number): void {
    this.volume.set(volume);
    // Squared: an even fader to the ear.
    this.ramp(this.output.gain, volume * volume, FADE_SECONDS);
  }

  /** Plays, or will as soon as there is something to be heard. */
  async play(): Promise<void> {
    if (!this.playing.value) {
      this.pending.set(true);
      await this.playPending();
    }
  }

  pause(): void {
    this.pending.set(false);
    if (!this.playing.value) {
      return;
    }
    this.pausedAt = this.position();
    this.stopAll();
    this.playing.set(false);
  }

  async toggle(): Promise<void> {
    if (this.playing.value || this.pending.value) {
      this.pause();
    } else {
      await this.play();
    }
  }

  /** Goes to a place; one outside the loop ends the loop. */
  seek(seconds: number): void {
    const place = Math.min(Math.max(seconds, 0), this.durationSeconds);
    this.pausedAt = place;
    const loop = this.loop.value;
    if (loop !== null && (place < loop.startSeconds || place >= loop.endSeconds)) {
      this.loop.set(null);
    }
    if (this.playing.value) {
      this.stopAll();
      this.start(place);
    }
  }

  setLoop(region: Region | null): void {
    const place = this.position();
    this.loop.set(region);
    if (this.playing.value) {
      const outside = region !== null && (place < region.startSeconds || place >= region.endSeconds);
      this.stopAll();
      this.start(outside ? region.startSeconds : place);
    }
  }

  /** Plays through an impulse response of 4 channels (left to left, left to right, ...); null plays directly. */
  setMonitor(impulse: AudioBuffer | null): void {
    const old = this.convolved;
    if (impulse === null) {
      this.convolved = null;
    } else {
      const convolver = this.context.createConvolver();
      convolver.normalize = false;
      convolver.buffer = impulse;
      const gain = this.context.createGain();
      gain.gain.value = 0;
      this.bus.connect(convolver).connect(gain).connect(this.output);
      this.ramp(gain.gain, 1, MONITOR_FADE_SECONDS);
      this.convolved = { convolver, gain };
    }
    this.ramp(this.direct.gain, impulse === null ? 1 : 0, MONITOR_FADE_SECONDS);
    if (old !== null) {
      this.ramp(old.gain.gain, 0, MONITOR_FADE_SECONDS);
      setTimeout(() => {
        this.bus.disconnect(old.convolver);
        old.gain.disconnect();
      }, 200);
    }
  }

  async close(): Promise<void> {
    this.pause();
    for (const loaded of this.tracks.values()) {
      loaded.sound.release();
    }
    await this.context.close();
  }

  private async playPending(): Promise<void> {
    if (!this.pending.value || this.active.value === null) {
      return;
    }
    try {
      await this.context.resume();
    } catch {
      // It was closed meanwhile.
      this.pending.set(false);
      return;
    }
    // Meanwhile it may have been taken back, or done already.
    if (!this.pending.value) {
      return;
    }
    this.pending.set(false);
    const loop = this.loop.value;
    const within = loop === null || (this.pausedAt >= loop.startSeconds && this.pausedAt < loop.endSeconds - 0.01);
    const end = this.durationSeconds - 0.05;
    const from = within ? (this.pausedAt >= end ? 0 : this.pausedAt) : (loop?.startSeconds ?? 0);
    this.start(from);
    this.playing.set(true);
  }

  private start(place: number): void {
    const at = this.context.currentTime + START_AHEAD_SECONDS;
    this.timeline = { startedAt: at, offsetSeconds: place, loop: this.loop.value };
    for (const loaded of this.tracks.values()) {
      this.startSource(loaded, at, place);
    }
    this.watchEnd();
  }

  private startInStep(loaded: Loaded): void {
    const at = Math.max(this.context.currentTime + START_AHEAD_SECONDS, this.timeline.startedAt);
    this.startSource(loaded, at, placeAt(this.timeline, at));
  }

  private startSource(loaded: Loaded, at: number, place: number): void {
    const { loop } = this.timeline;
    const { offsetSeconds } = loaded;
    loaded.sound.start(loaded.match, {
      atSeconds: at,
      placeSeconds: place - offsetSeconds,
      loop: loop === null ? null : { startSeconds: loop.startSeconds - offsetSeconds, endSeconds: loop.endSeconds - offsetSeconds },
      placeNow: () => this.position() - offsetSeconds,
    });
  }

  private stopAll(): void {
    clearTimeout(this.endTimer);
    for (const loaded of this.tracks.values()) {
      loaded.sound.stop();
    }
  }

  private fadeOutAndDrop(loaded: Loaded): void {
    this.fade(loaded, 0);
    setTimeout(() => {
      loaded.sound.stop();
      loaded.sound.release();
      loaded.match.disconnect();
      loaded.fade.disconnect();
    }, 100);
  }

  private watchEnd(): void {
    clearTimeout(this.endTimer);
    this.endTimer = window.setTimeout(() => {
      if (!this.playing.value || this.timeline.loop !== null) {
        return;
      }
      if (this.position() >= this.durationSeconds - 0.02) {
        this.stopAll();
        this.pausedAt = 0;
        this.playing.set(false);
      } else {
        this.watchEnd();
      }
    }, 100);
  }

  private fade(loaded: Loaded, to: number): void {
    this.ramp(loaded.fade.gain, to, FADE_SECONDS);
  }

  private ramp(parameter: AudioParam, to: number, seconds: number): void {
    const now = this.context.currentTime;
    parameter.cancelScheduledValues(now);
    parameter.setValueAtTime(parameter.value, now);
    parameter.linearRampToValueAtTime(to, now + seconds);
  }

  private matchGain(track: Track): number {
    return this.matched.value ? 10 ** (track.matchGainDb / 20) : 1;
  }

  private updateMatch(): void {
    for (const loaded of this.tracks.values()) {
      this.ramp(loaded.match.gain, this.matchGain(loaded.track), FADE_SECONDS);
    }
  }
}
