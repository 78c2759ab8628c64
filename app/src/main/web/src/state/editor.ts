// SPDX-License-Identifier: Apache-2.0
import { ApiError, api, isAbort, messageOf } from '../api/client';
import type { PreviewFigures, VersionDetail } from '../api/types';
import type { Player } from '../audio/engine';
import type { Region } from '../audio/timeline';
import { Cell } from './cell';
import { type Draft, draftOf, planOf, sameDraft } from './draft';
import { type History, begin, change, redo, settle, undo } from './history';
import { PREVIEW_ID } from './listening';
import type { Session } from './session';

export interface PreviewState {
  readonly busy: boolean;
  readonly region: Region;
  readonly figures: PreviewFigures | null;
  readonly tookMs: number | null;
  readonly error: string | null;
}

const PREVIEW_WAIT_MS = 140;
const PREVIEW_SECONDS = 15;

/** The plan that is being edited, with a way back, and what its loop sounds like. */
export class Editor {
  readonly history = new Cell<History<Draft> | null>(null);
  readonly preview = new Cell<PreviewState | null>(null);
  /** Whether a change keeps the loudness: the limiter's drive is solved again. */
  readonly keepLoudness = new Cell(true);

  private abort: AbortController | null = null;
  private timer = 0;
  private readonly warmed = new Set<string>();

  constructor(private readonly session: Session) {}

  get draft(): Draft | null {
    return this.history.value?.present ?? null;
  }

  get edited(): boolean {
    const { draft } = this;
    const { detail } = this.session;
    return detail !== null && draft !== null && !sameDraft(draft, draftOf(detail.plan));
  }

  /** Begins anew with a version's plan. */
  open(detail: VersionDetail): void {
    this.drop();
    this.history.set(begin(draftOf(detail.plan)));
  }

  forget(): void {
    this.history.set(null);
  }

  close(): void {
    this.stop();
  }

  // --- changes

  change(next: Draft, tag: string | null = null): void {
    const { value } = this.history;
    if (value !== null) {
      this.history.set(change(value, next, tag));
      this.request();
    }
  }

  settle(): void {
    if (this.history.value !== null) {
      this.history.set(settle(this.history.value));
    }
  }

  setKeepLoudness(keep: boolean): void {
    this.keepLoudness.set(keep);
    if (this.edited) {
      this.request();
    }
  }

  undo(): void {
    this.walk(undo);
  }

  redo(): void {
    this.walk(redo);
  }

  private walk(step: (history: History<Draft>) => History<Draft>): void {
    const { value } = this.history;
    if (value === null) {
      return;
    }
    const next = step(value);
    if (next !== value) {
      this.history.set(next);
      this.request();
    }
  }

  /** Throws changes away; they can be had back by undo. */
  reset(): void {
    const { detail } = this.session;
    if (detail !== null) {
      this.change(draftOf(detail.plan));
    }
  }

  async renderWhole(name: string): Promise<void> {
    const { draft } = this;
    const { detail } = this.session;
    if (detail !== null && draft !== null) {
      await this.session.start({
        type: 'render', file: detail.file, plan: planOf(draft), parent: detail.id, keepLoudness: this.keepLoudness.value, name,
      });
    }
  }

  // --- the loop

  /** Ends a preview that is on its way. */
  stop(): void {
    clearTimeout(this.timer);
    this.abort?.abort();
  }

  /** A loop that moved asks for another preview. */
  loopChanged(): void {
    const { listening } = this.session;
    const loop = listening.player.value?.loop.value ?? null;
    const preview = this.preview.value;
    if (preview === null || loop === null) {
      return;
    }
    // Until the other one is there, the version is heard.
    if (listening.heard.value === PREVIEW_ID && !within(loop, preview.region)) {
      this.hearVersion();
    }
    this.request();
  }

  /** Has the server prepare the song and the loop, so that the first change is heard as soon as those after it. */
  warmUp(): void {
    const player = this.session.listening.player.value;
    const { detail } = this.session;
    if (player === null || detail === null || this.warmed.has(detail.id) || this.edited) {
      return;
    }
    this.warmed.add(detail.id);
    this.abort?.abort();
    this.abort = new AbortController();
    // What comes of it is not needed, and a failure will be told by the first change.
    api.preview(
      this.session.id,
      { file: detail.file, plan: detail.plan, version: detail.id, ...this.region(player), keepLoudness: true },
      this.abort.signal,
    ).catch(() => undefined);
  }

  private request(): void {
    clearTimeout(this.timer);
    if (!this.edited) {
      this.drop();
      return;
    }
    this.timer = window.setTimeout(() => void this.render(), PREVIEW_WAIT_MS);
  }

  private drop(): void {
    this.stop();
    this.preview.set(null);
    if (this.session.listening.heard.value === PREVIEW_ID) {
      this.hearVersion();
    }
    this.session.listening.player.value?.remove(PREVIEW_ID);
  }

  private hearVersion(): void {
    if (this.session.version.value !== null) {
      void this.session.hear(this.session.version.value);
    }
  }

  /** The loop, or a stretch around the place that is heard. */
  private region(player: Player): Region {
    const { previewSeconds } = this.session.options.limits;
    const longest = Math.min(PREVIEW_SECONDS, previewSeconds);
    const loop = player.loop.value;
    const current = this.preview.value?.region;
    const place = player.position();
    if (loop !== null) {
      return { startSeconds: loop.startSeconds, endSeconds: Math.min(loop.endSeconds, loop.startSeconds + previewSeconds) };
    }
    if (current !== undefined && place >= current.startSeconds && place < current.endSeconds) {
      return current;
    }
    const start = Math.max(0, Math.min(place - 1, player.durationSeconds - longest));
    return { startSeconds: start, endSeconds: Math.min(player.durationSeconds, start + longest) };
  }

  private async render(): Promise<void> {
    const player = this.session.listening.player.value;
    const { draft } = this;
    const { detail } = this.session;
    if (player === null || detail === null || draft === null) {
      return;
    }
    this.abort?.abort();
    const abort = new AbortController();
    this.abort = abort;
    const region = this.region(player);
    const before = this.preview.value;
    this.preview.set({ busy: true, region, figures: before?.figures ?? null, tookMs: before?.tookMs ?? null, error: null });
    const began = performance.now();
    try {
      const answer = await api.preview(
        this.session.id,
        { file: detail.file, plan: planOf(draft), version: detail.id, ...region, keepLoudness: this.keepLoudness.value },
        abort.signal,
      );
      const buffer = await player.decode(answer.audio);
      if (abort.signal.aborted) {
        return;
      }
      // A preview is as long as its region: playback stays inside.
      player.add({ id: PREVIEW_ID, matchGainDb: answer.figures?.matchGainDb ?? detail.matchGainDb ?? 0 }, buffer, region.startSeconds);
      const loop = player.loop.value;
      if (loop === null || !within(loop, region)) {
        player.setLoop(region);
      }
      this.preview.set({ busy: false, region, figures: answer.figures, tookMs: performance.now() - began, error: null });
      await this.session.hear(PREVIEW_ID);
    } catch (error) {
      const superseded = error instanceof ApiError && error.problem.code === 'superseded';
      if (!isAbort(error) && !superseded && !abort.signal.aborted) {
        this.preview.set({ busy: false, region, figures: null, tookMs: null, error: messageOf(error) });
      }
    }
  }
}

function within(loop: Region, region: Region): boolean {
  return loop.startSeconds >= region.startSeconds - 0.001 && loop.endSeconds <= region.endSeconds + 0.001;
}
