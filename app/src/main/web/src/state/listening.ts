// SPDX-License-Identifier: Apache-2.0
import { addressOf, api, messageOf, paths } from '../api/client';
import type { AudioFile, Project } from '../api/types';
import { Player } from '../audio/engine';
import { toast } from './app';
import { Cell } from './cell';

/** What can be listened to. */
export interface Source {
  readonly id: string;
  readonly title: string;
  readonly kind: 'mix' | 'version' | 'reference' | 'master' | 'stem' | 'preview';
  readonly lufs: number | null;
  readonly matchGainDb: number;
  readonly durationSeconds: number;
}

/** The change that is heard before it is a version. */
export const PREVIEW_ID = 'preview';

/** Gigabytes that a device is taken to have when the browser does not say. */
const USUAL_MEMORY = 8;
const deviceMemory = (navigator as { readonly deviceMemory?: number }).deviceMemory ?? USUAL_MEMORY;

/** Decoded sound that is kept: a fifth of the memory as 32-bit samples, of 8 GB about 75 minutes of stereo. */
const KEPT_SAMPLES = (0.2 * 1e9 * deviceMemory) / 4;

/** A song of which two do not find room is fetched while it plays. */
const LONGEST_SAMPLES = KEPT_SAMPLES / 2;

/** The song of a project: its newest mix of stems, else the mix that was dropped. */
export function mixOf(project: Project): AudioFile | null {
  const mixes = project.files.filter((file) => file.role === 'mix');
  const made = mixes.filter((file) => file.stems != null);
  const dropped = mixes.filter((file) => file.stems == null);
  // While another one is made, or when it could not be, the one before stays.
  const ready = [...made.toReversed(), ...dropped].find((file) => file.state === 'ready');
  return ready ?? made.at(-1) ?? dropped[0] ?? null;
}

/** What can be heard of a project, in the order of the digit keys. */
export function sourcesOf(project: Project): readonly Source[] {
  const fromFile = (file: AudioFile): Source => ({
    id: file.id,
    title: file.role === 'mix' ? 'Mix' : file.name,
    kind: file.role,
    lufs: file.figures?.integratedLufs ?? null,
    matchGainDb: file.matchGainDb ?? 0,
    durationSeconds: file.figures?.durationSeconds ?? 0,
  });
  const ready = project.files.filter((file) => file.state === 'ready');
  const mix = mixOf(project);
  return [
    ...(mix?.state === 'ready' ? [fromFile(mix)] : []),
    ...project.versions.map((version): Source => ({
      id: version.id,
      title: version.name,
      kind: 'version',
      lufs: version.figures.integratedLufs,
      matchGainDb: version.matchGainDb ?? 0,
      durationSeconds: version.figures.durationSeconds,
    })),
    ...ready.filter((file) => file.role === 'reference' || file.role === 'master').map(fromFile),
  ];
}

/** Tracks are called as their source, and after a colon as the codec. */
function sourceOf(track: string): string {
  return track.replace(/:.*$/, '');
}

/** Which sound of a project is heard; fetches and decodes what was not heard yet. */
export class Listening {
  readonly player = new Cell<Player | null>(null);
  /** Tracks on their way. */
  readonly loading = new Cell<ReadonlySet<string>>(new Set());
  readonly heard = new Cell<string | null>(null);
  readonly codec = new Cell('none');
  /** The device through whose response is heard. */
  readonly monitor = new Cell('none');

  /** Counts what was chosen: what was chosen earlier may arrive later, and is not heard then. */
  private heardTurn = 0;
  private monitorTurn = 0;
  private monitored = 'none';
  private readonly loadedSamples = new Map<string, number>();

  constructor(private readonly project: Cell<Project>, private readonly closing: AbortSignal) {}

  sources(): readonly Source[] {
    return sourcesOf(this.project.value);
  }

  /** Follows the project: a player as soon as the mix can be heard, and gains as they are now. */
  update(loopEnded: () => void): void {
    const { value } = this.project;
    const mix = mixOf(value);
    if (value.playRateHz === null || mix?.state !== 'ready') {
      // What would end the music is not shown without a mix.
      this.player.value?.pause();
      return;
    }
    const seconds = mix.figures?.durationSeconds ?? 0;
    let player = this.player.value;
    if (player === null) {
      player = new Player(value.playRateHz, seconds);
      player.loop.subscribe((loop) => {
        if (loop === null && this.heard.value === PREVIEW_ID) {
          loopEnded();
        }
      });
      const made = player;
      player.pending.subscribe((pending) => {
        // What could not be had is asked for again by who wants to hear it.
        if (pending && made.active.value === null && this.heard.value !== null) {
          void this.hear(this.heard.value);
        }
      });
      this.player.set(player);
    }
    player.durationSeconds = seconds;
    for (const source of this.sources()) {
      player.setMatchGain(source.id, source.matchGainDb);
    }
    // The mix is what everything is compared with: it comes along.
    void this.load(mix.id);
  }

  /** Makes a source the one that is heard; returns whether its sound could be had. */
  async hear(id: string): Promise<boolean> {
    const turn = ++this.heardTurn;
    this.heard.set(id);
    const track = id === PREVIEW_ID ? PREVIEW_ID : await this.load(id);
    const player = this.player.value;
    if (player === null || turn !== this.heardTurn) {
      return true;
    }
    if (track !== null) {
      player.select(track);
      return true;
    }
    this.hearWhatSounds(player);
    return false;
  }

  async setCodec(codec: string): Promise<void> {
    const before = this.codec.value;
    this.codec.set(codec);
    if (this.heard.value !== null && !(await this.hear(this.heard.value)) && this.codec.value === codec) {
      this.codec.set(before);
    }
  }

  async setMonitor(name: string): Promise<void> {
    const player = this.player.value;
    const turn = ++this.monitorTurn;
    this.monitor.set(name);
    if (player === null) {
      return;
    }
    try {
      const impulse = name === 'none'
        ? null
        : await player.decode(await api.bytes(paths.monitor(name, player.sampleRateHz), this.closing));
      if (turn === this.monitorTurn && !this.closing.aborted) {
        player.setMonitor(impulse);
        this.monitored = name;
      }
    } catch (error) {
      if (turn === this.monitorTurn && !this.closing.aborted) {
        this.monitor.set(this.monitored);
        toast(messageOf(error), { tone: 'error' });
      }
    }
  }

  /** Forgets a source, through whatever codec it was heard. */
  remove(id: string): void {
    const { value } = this.player;
    for (const track of value?.ids ?? []) {
      if (sourceOf(track) === id) {
        value?.remove(track);
        this.loadedSamples.delete(track);
      }
    }
  }

  close(): void {
    void this.player.value?.close();
  }

  /** The id of the decoded track; null when it could not be had. */
  private async load(id: string): Promise<string | null> {
    const player = this.player.value;
    const source = this.sources().find((item) => item.id === id);
    if (player === null || source === undefined) {
      return null;
    }
    const codec = source.kind === 'version' ? this.codec.value : 'none';
    const track = codec === 'none' ? id : `${id}:${codec}`;
    if (player.has(track)) {
      return track;
    }
    if (this.loading.value.has(track)) {
      return this.loaded(track, player);
    }
    const path = source.kind === 'version'
      ? paths.versionAudio(this.project.value.id, id, codec)
      : paths.fileAudio(this.project.value.id, id);
    if (2 * source.durationSeconds * player.sampleRateHz > LONGEST_SAMPLES) {
      player.addStream({ id: track, matchGainDb: source.matchGainDb }, addressOf(path), () => {
        toast(`The sound of ${source.title} could not be fetched.`, { tone: 'error' });
        const sounded = player.active.value === track;
        player.remove(track);
        if (sounded) {
          this.hearWhatSounds(player);
        }
      });
      return track;
    }
    this.loading.update((all) => new Set(all).add(track));
    try {
      const buffer = await player.decode(await api.bytes(path, this.closing));
      if (this.closing.aborted) {
        return null;
      }
      this.makeRoom(buffer.length * buffer.numberOfChannels);
      this.loadedSamples.set(track, buffer.length * buffer.numberOfChannels);
      player.add({ id: track, matchGainDb: source.matchGainDb }, buffer);
      return track;
    } catch (error) {
      if (!this.closing.aborted) {
        toast(messageOf(error), { tone: 'error' });
      }
      return null;
    } finally {
      this.loading.update((all) => new Set([...all].filter((item) => item !== track)));
    }
  }

  /** What could not be had is not what is heard. */
  private hearWhatSounds(player: Player): void {
    if (player.active.value === null) {
      // Who waits for it would wait for ever.
      player.pause();
    } else {
      this.heard.set(sourceOf(player.active.value));
    }
  }

  private loaded(track: string, player: Player): Promise<string | null> {
    return new Promise((resolve) => {
      const stop = this.loading.subscribe((all) => {
        if (!all.has(track)) {
          stop();
          resolve(player.has(track) ? track : null);
        }
      });
    });
  }

  /** Forgets the sounds that were loaded first, except the mix and what plays. */
  private makeRoom(samples: number): void {
    let total = samples + [...this.loadedSamples.values()].reduce((sum, count) => sum + count, 0);
    const mix = mixOf(this.project.value)?.id;
    for (const [track, count] of this.loadedSamples) {
      if (total <= KEPT_SAMPLES) {
        return;
      }
      if (track !== mix && track !== this.player.value?.active.value) {
        this.player.value?.remove(track);
        this.loadedSamples.delete(track);
        total -= count;
      }
    }
  }
}
