// SPDX-License-Identifier: Apache-2.0
import { ApiError, api, isAbort, messageOf, paths } from '../api/client';
import type {
  Analysis, AudioFile, Decision, Job, JobRequest, Options, PreviewFigures, Project, Role, Spectra, Target, Version, VersionDetail,
  VersionSeries,
} from '../api/types';
import { upload } from '../api/upload';
import { Player } from '../audio/engine';
import { type Peaks, readPeaks } from '../audio/peaks';
import type { Region } from '../audio/timeline';
import { announce, toast } from './app';
import { Cell } from './cell';
import { type Draft, draftOf, planOf, sameDraft, valueOfSetting } from './draft';
import { type History, begin, change, redo, settle, undo } from './history';

export interface Uploading {
  readonly key: number;
  readonly name: string;
  readonly fraction: number;
  readonly cancel: () => void;
}

/** What can be listened to. */
export interface Source {
  readonly id: string;
  readonly title: string;
  readonly kind: 'mix' | 'version' | 'reference' | 'master' | 'stem' | 'preview';
  readonly lufs: number | null;
  readonly matchGainDb: number;
  readonly durationSeconds: number;
}

export interface PreviewState {
  readonly busy: boolean;
  readonly region: Region;
  readonly figures: PreviewFigures | null;
  readonly tookMs: number | null;
  readonly error: string | null;
}

const PREVIEW_ID = 'preview';
const PREVIEW_WAIT_MS = 140;
/** Decoded sound that is kept: 1.5 GB of 32-bit samples, about 70 minutes of stereo. */
const KEPT_SAMPLES = 375_000_000;

/** One open project: its state on the server, what was fetched of it, the player, and the plan that is being edited. */
export class Session {
  readonly project: Cell<Project>;
  readonly analyses = new Cell<ReadonlyMap<string, Analysis>>(new Map());
  readonly details = new Cell<ReadonlyMap<string, VersionDetail>>(new Map());
  readonly series = new Cell<ReadonlyMap<string, VersionSeries>>(new Map());
  readonly spectra = new Cell<ReadonlyMap<string, Spectra>>(new Map());
  readonly peaks = new Cell<ReadonlyMap<string, Peaks>>(new Map());
  readonly jobs = new Cell<ReadonlyMap<string, Job>>(new Map());
  readonly uploads = new Cell<readonly Uploading[]>([]);
  readonly player = new Cell<Player | null>(null);
  readonly loading = new Cell<ReadonlySet<string>>(new Set());
  readonly listening = new Cell<string | null>(null);
  readonly codec = new Cell('none');
  /** The version that is looked at and edited. */
  readonly version = new Cell<string | null>(null);
  readonly edit = new Cell<History<Draft> | null>(null);
  readonly preview = new Cell<PreviewState | null>(null);
  readonly connected = new Cell(true);
  /** Whether a change keeps the loudness: the limiter's drive is solved again. */
  readonly keepLoudness = new Cell(true);

  private events: EventSource | null = null;
  private uploadCount = 0;
  private previewAbort: AbortController | null = null;
  private previewTimer = 0;
  private readonly loadedSamples = new Map<string, number>();
  /** What is being fetched into which map. */
  private readonly inFlight = new Map<unknown, Set<string>>();
  private readonly warmed = new Set<string>();
  private readonly closing = new AbortController();

  constructor(project: Project, readonly options: Options) {
    this.project = new Cell(project);
    this.jobs.set(new Map(project.jobs.map((job) => [job.id, job])));
    const newest = project.versions.at(-1);
    if (newest !== undefined) {
      this.version.set(newest.id);
    }
  }

  static async open(id: string, options: Options): Promise<Session> {
    const session = new Session(await api.project(id), options);
    session.listen();
    session.fetchAround();
    return session;
  }

  get id(): string {
    return this.project.value.id;
  }

  get mix(): AudioFile | null {
    return this.project.value.files.find((file) => file.role === 'mix') ?? null;
  }

  get detail(): VersionDetail | null {
    return this.version.value === null ? null : (this.details.value.get(this.version.value) ?? null);
  }

  sources(): readonly Source[] {
    const { files, versions } = this.project.value;
    const fromFile = (file: AudioFile): Source => ({
      id: file.id,
      title: file.role === 'mix' ? 'Mix' : file.name,
      kind: file.role,
      lufs: file.figures?.integratedLufs ?? null,
      matchGainDb: file.matchGainDb ?? 0,
      durationSeconds: file.figures?.durationSeconds ?? 0,
    });
    const ready = files.filter((file) => file.state === 'ready');
    return [
      ...ready.filter((file) => file.role === 'mix').slice(0, 1).map(fromFile),
      ...versions.map((version): Source => ({
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

  close(): void {
    this.closing.abort();
    this.events?.close();
    this.previewAbort?.abort();
    void this.player.value?.close();
  }

  // --- the server's state

  async refresh(): Promise<void> {
    try {
      this.project.set(await api.project(this.id));
      this.fetchAround();
    } catch (error) {
      toast(messageOf(error), { tone: 'error' });
    }
  }

  /** After a break of the connection: what became of jobs that the server no longer tells of. */
  private async catchUp(): Promise<void> {
    await this.refresh();
    const told = new Set(this.project.value.jobs.map((job) => job.id));
    for (const job of this.project.value.jobs) {
      this.onJob(job);
    }
    for (const job of [...this.jobs.value.values()].filter((known) => !ended(known) && !told.has(known.id))) {
      try {
        this.onJob(await api.job(job.id));
      } catch (error) {
        if (error instanceof ApiError && error.problem.status === 404) {
          this.onJob({ ...job, state: 'interrupted' });
        }
      }
    }
  }

  private listen(): void {
    const events = new EventSource(paths.events(this.id));
    this.events = events;
    events.addEventListener('job', (event) => this.onJob(JSON.parse((event as MessageEvent<string>).data) as Job));
    events.onopen = () => {
      if (!this.connected.value) {
        this.connected.set(true);
        void this.catchUp();
      }
    };
    events.onerror = () => {
      this.connected.set(false);
      if (events.readyState === EventSource.CLOSED && !this.closing.signal.aborted) {
        setTimeout(() => this.closing.signal.aborted || this.listen(), 2000);
      }
    };
  }

  private onJob(job: Job): void {
    const known = this.jobs.value.get(job.id);
    if (known !== undefined && ended(known)) {
      return;
    }
    this.jobs.update((jobs) => new Map(jobs).set(job.id, job));
    if (ended(job)) {
      void this.onEnded(job);
    }
  }

  private async onEnded(job: Job): Promise<void> {
    await this.refresh();
    if (job.state === 'failed' && job.type !== 'analyse') {
      toast(job.error?.detail ?? 'The work failed.', { tone: 'error' });
    }
    if (job.state === 'interrupted' && job.type !== 'analyse') {
      toast('The server ended in the middle of the work. Start it again.', { tone: 'error' });
    }
    if (job.state !== 'done') {
      return;
    }
    if ((job.type === 'master' || job.type === 'render') && typeof job.version === 'string') {
      announce(job.type === 'master' ? 'The master is ready.' : 'The new version is ready.');
      await this.selectVersion(job.version);
      await this.hear(job.version);
    }
    if (job.type === 'describe' && typeof job.version === 'string') {
      const version = job.version;
      // A master is measured as a whole after it can be heard: its spectrum may have been asked for too soon.
      if (this.spectra.value.get(version)?.masterDb.length === 0) {
        this.spectra.update((map) => new Map([...map].filter(([id]) => id !== version)));
        void this.keep(this.spectra, version, () => api.spectrum(this.id, version));
      }
    }
    if (job.type === 'export') {
      announce('The files are ready.');
    }
  }

  /** Fetches what the page shows of files and versions that became ready. */
  private fetchAround(): void {
    const { files, versions, playRateHz } = this.project.value;
    const mix = this.mix;
    for (const file of files) {
      if (file.state === 'ready' && file.role === 'mix') {
        void this.keep(this.analyses, file.id, () => api.analysis(this.id, file.id));
      }
      if (file.state === 'ready') {
        void this.keep(this.peaks, file.id, async () => readPeaks(await api.bytes(paths.filePeaks(this.id, file.id))));
      }
    }
    for (const version of versions) {
      void this.keep(this.peaks, version.id, async () =>
        readPeaks(await api.bytes(paths.versionPeaks(this.id, version.id))),
      );
    }
    if (playRateHz !== null && mix?.state === 'ready' && this.player.value === null) {
      const made = new Player(playRateHz, mix.figures?.durationSeconds ?? 0);
      // A preview is heard in its loop only.
      made.loop.subscribe((loop) => {
        if (loop === null && this.listening.value === PREVIEW_ID && this.version.value !== null) {
          void this.hear(this.version.value);
        }
      });
      this.player.set(made);
    }
    const player = this.player.value;
    if (player !== null) {
      this.sources().forEach((source) => player.setMatchGain(source.id, source.matchGainDb));
      if (this.version.value === null || !versions.some((version) => version.id === this.version.value)) {
        this.version.set(versions.at(-1)?.id ?? null);
      }
      if (this.listening.value === null && mix !== null) {
        void this.hear(this.version.value ?? mix.id);
      }
      // The mix is what everything is compared with: it comes along.
      if (mix?.state === 'ready') {
        void this.load(mix.id);
      }
    }
    if (this.version.value !== null) {
      void this.selectVersion(this.version.value);
    }
  }

  /** Fetches something once. */
  private async keep<T>(cell: Cell<ReadonlyMap<string, T>>, id: string, fetch: () => Promise<T>): Promise<void> {
    const asked = this.inFlight.get(cell) ?? new Set();
    if (cell.value.has(id) || asked.has(id)) {
      return;
    }
    this.inFlight.set(cell, asked.add(id));
    try {
      const value = await fetch();
      cell.update((map) => new Map(map).set(id, value));
    } catch (error) {
      if (!(error instanceof ApiError && error.problem.code === 'not-ready')) {
        toast(messageOf(error), { tone: 'error' });
      }
    } finally {
      asked.delete(id);
    }
  }

  // --- files

  async uploadFiles(files: readonly File[], role: Role): Promise<void> {
    await Promise.all(files.map((file) => this.uploadFile(file, role)));
  }

  private async uploadFile(file: File, role: Role): Promise<void> {
    const key = ++this.uploadCount;
    const abort = new AbortController();
    const show = (fraction: number) =>
      this.uploads.update((all) => all.map((item) => (item.key === key ? { ...item, fraction } : item)));
    this.uploads.update((all) => [...all, { key, name: file.name, fraction: 0, cancel: () => abort.abort() }]);
    try {
      await upload(this.id, file, role, show, abort.signal);
    } catch (error) {
      if (!isAbort(error)) {
        toast(messageOf(error), { tone: 'error' });
      }
    } finally {
      this.uploads.update((all) => all.filter((item) => item.key !== key));
      await this.refresh();
    }
  }

  async deleteFile(file: AudioFile): Promise<void> {
    await this.attempt(async () => {
      await api.deleteFile(this.id, file.id);
      this.player.value?.remove(file.id);
      if (this.listening.value === file.id) {
        await this.hear(this.version.value ?? this.mix?.id ?? '');
      }
      await this.refresh();
      toast(`${file.name} was removed.`, {
        action: { label: 'Undo', run: () => void this.attempt(async () => {
          await api.restoreFile(this.id, file.id);
          await this.refresh();
        }) },
      });
    });
  }

  async changeRole(file: AudioFile, role: Role): Promise<void> {
    await this.attempt(async () => {
      await api.changeFile(this.id, file.id, { role });
      await this.refresh();
    });
  }

  // --- jobs

  async start(request: JobRequest): Promise<Job | null> {
    return this.attempt(async () => {
      const job = await api.startJob(this.id, request);
      this.onJob(job);
      return job;
    });
  }

  async cancel(job: Job): Promise<void> {
    await this.attempt(async () => this.onJob(await api.cancelJob(job.id)));
  }

  /** The unfinished job of a kind, if there is one. */
  running(...types: readonly Job['type'][]): Job | null {
    return [...this.jobs.value.values()].find((job) => types.includes(job.type) && !ended(job)) ?? null;
  }

  async attempt<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      if (!isAbort(error)) {
        toast(messageOf(error), { tone: 'error' });
      }
      return null;
    }
  }

  // --- versions

  async selectVersion(id: string): Promise<void> {
    const changed = this.version.value !== id;
    this.version.set(id);
    await this.keep(this.details, id, () => api.version(this.id, id));
    void this.fetchAncestors(id);
    void this.keep(this.series, id, () => api.versionSeries(this.id, id));
    void this.keep(this.spectra, id, () => api.spectrum(this.id, id));
    const detail = this.details.value.get(id);
    if (detail !== undefined && (changed || this.edit.value === null)) {
      this.dropPreview();
      this.edit.set(begin(draftOf(detail.plan)));
    }
  }

  /** The version from which this one was changed by hand, and so on up to the one that was decided. */
  private ancestors(detail: VersionDetail): readonly VersionDetail[] {
    const found: VersionDetail[] = [detail];
    for (let next = detail.parent; next != null && found.length < 50; next = found.at(-1)?.parent) {
      const parent = this.details.value.get(next);
      if (parent === undefined) {
        break;
      }
      found.push(parent);
    }
    return found;
  }

  private async fetchAncestors(id: string): Promise<void> {
    let next = this.details.value.get(id)?.parent;
    while (next != null && !this.details.value.has(next) && this.project.value.versions.some((version) => version.id === next)) {
      const parent = next;
      await this.keep(this.details, parent, () => api.version(this.id, parent));
      next = this.details.value.get(parent)?.parent;
    }
  }

  /** Reasons for the settings of a version; one changed by hand keeps those for what was not changed. */
  decisionsOf(detail: VersionDetail): readonly Decision[] {
    const decided = this.ancestors(detail).find((version) => version.decisions.length > 0);
    if (decided === undefined || decided === detail) {
      return detail.decisions;
    }
    return decided.decisions.filter((decision) => {
      const now = valueOfSetting(detail.plan, decision.setting);
      return now !== undefined && now === valueOfSetting(decided.plan, decision.setting);
    });
  }

  targetOf(detail: VersionDetail): Target | null {
    return this.ancestors(detail).find((version) => version.target != null)?.target ?? null;
  }

  async renameVersion(version: Version, name: string): Promise<void> {
    await this.attempt(async () => {
      await api.renameVersion(this.id, version.id, name);
      await this.refresh();
    });
  }

  async deleteVersion(version: Version): Promise<void> {
    await this.attempt(async () => {
      await api.deleteVersion(this.id, version.id);
      this.player.value?.remove(version.id);
      if (this.version.value === version.id) {
        this.edit.set(null);
      }
      if (this.listening.value === version.id && this.mix !== null) {
        await this.hear(this.mix.id);
      }
      await this.refresh();
      toast(`${version.name} was deleted.`, {
        action: { label: 'Undo', run: () => void this.attempt(async () => {
          await api.restoreVersion(this.id, version.id);
          await this.refresh();
        }) },
      });
    });
  }

  // --- listening

  /** Makes a source the one that is heard; fetches and decodes it first when it was not heard yet. */
  async hear(id: string): Promise<void> {
    if (id !== PREVIEW_ID && this.listening.value === PREVIEW_ID) {
      this.previewAbort?.abort();
    }
    this.listening.set(id);
    if (id !== PREVIEW_ID && this.project.value.versions.some((version) => version.id === id)) {
      void this.selectVersion(id);
    }
    const track = id === PREVIEW_ID ? PREVIEW_ID : await this.load(id);
    if (track !== null && this.listening.value === id) {
      this.player.value?.select(track);
    }
  }

  async setCodec(codec: string): Promise<void> {
    this.codec.set(codec);
    if (this.listening.value !== null) {
      await this.hear(this.listening.value);
    }
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
    if (2 * source.durationSeconds * player.sampleRateHz > KEPT_SAMPLES) {
      toast(`${source.title} is too long to be heard here. Its files can be taken all the same.`, { tone: 'error' });
      return null;
    }
    this.loading.update((all) => new Set(all).add(track));
    try {
      const path = source.kind === 'version'
        ? paths.versionAudio(this.id, id, codec)
        : paths.fileAudio(this.id, id);
      const buffer = await player.decode(await api.bytes(path, this.closing.signal));
      this.makeRoom(buffer.length * buffer.numberOfChannels);
      this.loadedSamples.set(track, buffer.length * buffer.numberOfChannels);
      player.add({ id: track, matchGainDb: source.matchGainDb }, buffer);
      return track;
    } catch (error) {
      if (!isAbort(error)) {
        toast(messageOf(error), { tone: 'error' });
      }
      return null;
    } finally {
      this.loading.update((all) => new Set([...all].filter((item) => item !== track)));
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
    for (const [track, count] of this.loadedSamples) {
      if (total <= KEPT_SAMPLES) {
        return;
      }
      if (track !== this.mix?.id && track !== this.player.value?.active.value) {
        this.player.value?.remove(track);
        this.loadedSamples.delete(track);
        total -= count;
      }
    }
  }

  // --- editing

  get draft(): Draft | null {
    return this.edit.value?.present ?? null;
  }

  get edited(): boolean {
    const { detail, draft } = this;
    return detail !== null && draft !== null && !sameDraft(draft, draftOf(detail.plan));
  }

  changeDraft(next: Draft, tag: string | null = null): void {
    const { value } = this.edit;
    if (value !== null) {
      this.edit.set(change(value, next, tag));
      this.requestPreview();
    }
  }

  settle(): void {
    if (this.edit.value !== null) {
      this.edit.set(settle(this.edit.value));
    }
  }

  setKeepLoudness(keep: boolean): void {
    this.keepLoudness.set(keep);
    if (this.edited) {
      this.requestPreview();
    }
  }

  undo(): void {
    this.walk(undo);
  }

  redo(): void {
    this.walk(redo);
  }

  private walk(step: (history: History<Draft>) => History<Draft>): void {
    const { value } = this.edit;
    if (value === null) {
      return;
    }
    const next = step(value);
    if (next !== value) {
      this.edit.set(next);
      this.requestPreview();
    }
  }

  /** Throws changes away; they can be had back by undo. */
  resetDraft(): void {
    if (this.detail !== null) {
      this.changeDraft(draftOf(this.detail.plan));
    }
  }

  private requestPreview(): void {
    clearTimeout(this.previewTimer);
    if (!this.edited) {
      this.dropPreview();
      return;
    }
    this.previewTimer = window.setTimeout(() => void this.renderPreview(), PREVIEW_WAIT_MS);
  }

  private dropPreview(): void {
    clearTimeout(this.previewTimer);
    this.previewAbort?.abort();
    this.preview.set(null);
    if (this.listening.value === PREVIEW_ID && this.version.value !== null) {
      void this.hear(this.version.value);
    }
    this.player.value?.remove(PREVIEW_ID);
  }

  /** The loop, or a stretch around the place that is heard. */
  private previewRegion(player: Player): Region {
    const longest = Math.min(15, this.options.limits.previewSeconds);
    const loop = player.loop.value;
    const current = this.preview.value?.region;
    const place = player.position();
    if (loop !== null) {
      return { startSeconds: loop.startSeconds, endSeconds: Math.min(loop.endSeconds, loop.startSeconds + this.options.limits.previewSeconds) };
    }
    if (current !== undefined && place >= current.startSeconds && place < current.endSeconds) {
      return current;
    }
    const start = Math.max(0, Math.min(place - 1, player.durationSeconds - longest));
    return { startSeconds: start, endSeconds: Math.min(player.durationSeconds, start + longest) };
  }

  private async renderPreview(): Promise<void> {
    const player = this.player.value;
    const { detail, draft } = this;
    if (player === null || detail === null || draft === null) {
      return;
    }
    this.previewAbort?.abort();
    const abort = new AbortController();
    this.previewAbort = abort;
    const region = this.previewRegion(player);
    const before = this.preview.value;
    this.preview.set({ busy: true, region, figures: before?.figures ?? null, tookMs: before?.tookMs ?? null, error: null });
    const began = performance.now();
    try {
      const answer = await api.preview(
        this.id,
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
      await this.hear(PREVIEW_ID);
    } catch (error) {
      const superseded = error instanceof ApiError && error.problem.code === 'superseded';
      if (!isAbort(error) && !superseded && !abort.signal.aborted) {
        this.preview.set({ busy: false, region, figures: null, tookMs: null, error: messageOf(error) });
      }
    }
  }

  /** Has the server prepare the song, so that the first change is heard as soon as those after it. */
  warmUp(): void {
    const player = this.player.value;
    const { detail } = this;
    if (player === null || detail === null || this.warmed.has(detail.file) || this.edited) {
      return;
    }
    this.warmed.add(detail.file);
    const region = this.previewRegion(player);
    this.previewAbort?.abort();
    this.previewAbort = new AbortController();
    // What comes of it is not needed, and a failure will be told by the first change.
    api.preview(
      this.id,
      { file: detail.file, plan: detail.plan, version: detail.id, ...region, keepLoudness: true },
      this.previewAbort.signal,
    ).catch(() => undefined);
  }

  /** A loop that moved asks for another preview. */
  loopChanged(): void {
    const loop = this.player.value?.loop.value ?? null;
    const preview = this.preview.value;
    if (preview === null || loop === null) {
      return;
    }
    // Until the other one is there, the version is heard.
    if (this.listening.value === PREVIEW_ID && !within(loop, preview.region) && this.version.value !== null) {
      void this.hear(this.version.value);
    }
    this.requestPreview();
  }

  async renderWhole(name: string): Promise<void> {
    const { detail, draft } = this;
    if (detail !== null && draft !== null) {
      await this.start({
        type: 'render', file: detail.file, plan: planOf(draft), parent: detail.id, keepLoudness: this.keepLoudness.value, name,
      });
    }
  }
}

function within(loop: Region, region: Region): boolean {
  return loop.startSeconds >= region.startSeconds - 0.001 && loop.endSeconds <= region.endSeconds + 0.001;
}

export function ended(job: Job): boolean {
  return job.state !== 'queued' && job.state !== 'running';
}
