// SPDX-License-Identifier: Apache-2.0
import { api, messageOf } from '../api/client';
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

/** Changes of versions that were looked at, so that a look at another one, or at another project, loses none. */
const kept = new Map<string, History<Draft>>();

/** The plan that is being edited, with a way back, and what its loop sounds like. */
export class Editor {
  readonly history = new Cell<History<Draft> | null>(null);
  readonly preview = new Cell<PreviewState | null>(null);
  /** Whether a change keeps the loudness: the limiter's drive is solved again. */
  readonly keepLoudness = new Cell(true);

  /** Counts changes, there and back: tells whether something was changed since. */
  changes = 0;

  private opened: VersionDetail | null = null;
  /** Whether the preview that is on its way is to be heard when it is there: not when another source was chosen since. */
  private wanted = false;
  private abort: AbortController | null = null;
  private timer = 0;
  private readonly warmed = new Set<string>();

  constructor(private readonly session: Session) {}

  get draft(): Draft | null {
    return this.history.value?.present ?? null;
  }

  get edited(): boolean {
    const { draft, opened } = this;
    return opened !== null && draft !== null && !sameDraft(draft, draftOf(opened.plan));
  }

  /** Goes on with a version: with its plan, or with what was changed of it before. */
  open(detail: VersionDetail): void {
    if (this.opened?.id === detail.id) {
      return;
    }
    this.leave();
    this.opened = detail;
    this.history.set(kept.get(detail.id) ?? begin(draftOf(detail.plan)));
    if (this.edited) {
      this.wanted = false;
      this.request();
    }
  }

  /** Puts another version aside; its changes are there when it is opened again. */
  leave(other: string | null = null): void {
    if (this.opened !== null && this.opened.id !== other) {
      this.opened = null;
      this.history.set(null);
      this.drop();
    }
  }

  /** Changes that became a version of their own. */
  forget(version: string): void {
    if (this.opened?.id === version) {
      this.leave();
    }
    kept.delete(version);
  }

  close(): void {
    this.stop();
  }

  // --- changes

  /** A change of the plan as it is now. */
  change(edit: (draft: Draft) => Draft, tag: string | null = null): void {
    const { value } = this.history;
    if (value !== null) {
      this.put(change(value, edit(value.present), tag));
      this.changed();
    }
  }

  settle(): void {
    if (this.history.value !== null) {
      this.put(settle(this.history.value));
    }
  }

  setKeepLoudness(keep: boolean): void {
    this.keepLoudness.set(keep);
    if (this.edited) {
      this.changed();
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
      this.put(next);
      this.changed();
    }
  }

  private put(history: History<Draft>): void {
    if (this.opened !== null) {
      this.history.set(history);
      kept.set(this.opened.id, history);
    }
  }

  private changed(): void {
    this.changes++;
    this.wanted = true;
    this.request();
  }

  /** Throws changes away; they can be had back by undo. */
  reset(): void {
    const { opened } = this;
    if (opened !== null) {
      this.change(() => draftOf(opened.plan));
    }
  }

  async renderWhole(name: string): Promise<void> {
    const { draft, opened } = this;
    if (opened !== null && draft !== null) {
      await this.session.start({
        type: 'render', file: opened.file, plan: planOf(draft), parent: opened.id, keepLoudness: this.keepLoudness.value, name,
      });
    }
  }

  // --- the loop

  /** The change is heard: at once, or as soon as there is a preview of it. */
  async hear(): Promise<void> {
    const preview = this.preview.value;
    const { listening } = this.session;
    const player = listening.player.value;
    this.wanted = true;
    if (preview === null || player === null) {
      return;
    }
    if (!player.has(PREVIEW_ID)) {
      if (!preview.busy) {
        this.request();
      }
      return;
    }
    // A preview is as long as its region: playback stays inside.
    const loop = player.loop.value;
    if (loop === null || !within(loop, preview.region)) {
      player.setLoop(preview.region);
    }
    await listening.hear(PREVIEW_ID);
  }

  /** Another source was chosen: a preview that is on its way is made ready, and not heard unasked. */
  unhear(): void {
    this.wanted = false;
  }

  /** Ends a preview that is on its way. */
  private stop(): void {
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
    const heard = listening.heard.value === PREVIEW_ID || this.wanted;
    // Until the other one is there, the version is heard.
    if (!within(loop, preview.region)) {
      this.silence();
    }
    this.wanted = heard;
    this.request();
  }

  /** Has the server prepare the song and the loop, so that the first change is heard as soon as those after it. */
  warmUp(): void {
    const player = this.session.listening.player.value;
    const detail = this.opened;
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
    this.silence();
  }

  /** There is no preview to be heard any more. */
  private silence(): void {
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
    const { draft, opened: detail } = this;
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
      player.add({ id: PREVIEW_ID, matchGainDb: answer.figures?.matchGainDb ?? detail.matchGainDb ?? 0 }, buffer, region.startSeconds);
      this.preview.set({ busy: false, region, figures: answer.figures, tookMs: performance.now() - began, error: null });
      if (this.wanted) {
        await this.hear();
      }
    } catch (error) {
      if (!abort.signal.aborted) {
        this.preview.set({ busy: false, region, figures: null, tookMs: null, error: messageOf(error) });
        // The one before is of another change.
        this.silence();
      }
    }
  }
}

function within(loop: Region, region: Region): boolean {
  return loop.startSeconds >= region.startSeconds - 0.001 && loop.endSeconds <= region.endSeconds + 0.001;
}
