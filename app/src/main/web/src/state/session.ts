// SPDX-License-Identifier: Apache-2.0
import { ApiError, api, isAbort, messageOf, paths } from '../api/client';
import type { AudioFile, Job, JobRequest, Options, Project, Role, StemRequest, Version, VersionDetail } from '../api/types';
import { upload } from '../api/upload';
import { announce, toast } from './app';
import { Cell } from './cell';
import { type Levels, type MasterChoices, type TakeChoices, USUAL_FILES, masterChoices, withoutMixed } from './choices';
import { Editor } from './editor';
import { Fetched } from './fetched';
import { Listening, PREVIEW_ID, mixOf } from './listening';
import { Once } from './once';

export interface Uploading {
  readonly key: number;
  readonly name: string;
  readonly fraction: number;
  readonly cancel: () => void;
}

/** What could not be fetched is asked for again after so long. */
const RETRY_MS = 1000;

/** One open project: its state on the server and its jobs; what was fetched of it, what is heard, and what is edited. */
export class Session {
  readonly project: Cell<Project>;
  readonly jobs = new Cell<ReadonlyMap<string, Job>>(new Map());
  readonly uploads = new Cell<readonly Uploading[]>([]);
  /** The version that is looked at and edited. */
  readonly version = new Cell<string | null>(null);
  readonly connected = new Cell(true);
  readonly once = new Once();
  /** What was chosen for the next master, for files, and for the next mix of stems. */
  readonly masterChoices: Cell<MasterChoices>;
  readonly takeChoices = new Cell<TakeChoices>(USUAL_FILES);
  readonly levels = new Cell<Levels>(new Map());
  readonly fetched: Fetched;
  readonly listening: Listening;
  readonly editor: Editor;

  private events: EventSource | null = null;
  private uploadCount = 0;
  /** Whether the server tells of jobs, and whether it answered last. */
  private told = true;
  private answered = true;
  /** Answers are told apart by when they were asked for: an older one never replaces a newer one. */
  private refreshes = 0;
  private refreshed = 0;
  private writes: Promise<unknown> = Promise.resolve();
  private mixed: string | null = null;
  /** How much had been changed in the editor when a job began. */
  private readonly changesAt = new Map<string, number>();
  /** Mixes of stems that take the place of one before them as soon as they are made. */
  private readonly remixes = new Set<string>();
  private readonly closing = new AbortController();

  constructor(project: Project, readonly options: Options) {
    this.project = new Cell(project);
    this.jobs.set(new Map(project.jobs.map((job) => [job.id, job])));
    this.version.set(project.versions.at(-1)?.id ?? null);
    this.masterChoices = new Cell(masterChoices(project, options));
    this.fetched = new Fetched(project.id, this.closing.signal);
    this.listening = new Listening(this.project, this.closing.signal);
    this.editor = new Editor(this);
  }

  static async open(id: string, options: Options): Promise<Session> {
    const session = new Session(await api.project(id), options);
    session.follow();
    session.fetchAround();
    return session;
  }

  get id(): string {
    return this.project.value.id;
  }

  get mix(): AudioFile | null {
    return mixOf(this.project.value);
  }

  get detail(): VersionDetail | null {
    return this.version.value === null ? null : (this.fetched.details.value.get(this.version.value) ?? null);
  }

  close(): void {
    this.closing.abort();
    this.events?.close();
    this.editor.close();
    this.listening.close();
  }

  /** Does something and tells when it cannot be done; not twice at once. */
  async attempt<T>(name: string, work: () => Promise<T>): Promise<T | null> {
    try {
      return await this.once.run(name, work);
    } catch (error) {
      if (!isAbort(error)) {
        toast(messageOf(error), { tone: 'error' });
      }
      return null;
    }
  }

  /**
   * Writes after what was asked for before: the last wish is the one that holds. What is shown then is what holds, also
   * when it was refused.
   */
  private async inTurn(name: string, write: () => Promise<unknown>): Promise<void> {
    const written = this.writes.then(() => this.attempt(name, write));
    this.writes = written;
    await written;
    await this.refresh();
  }

  // --- the server's state

  /** Returns when the state of now, or a newer one, is there; a server that does not answer is asked again. */
  async refresh(): Promise<void> {
    const turn = ++this.refreshes;
    while (this.refreshed < turn) {
      try {
        const project = await api.project(this.id);
        this.setAnswered(true);
        if (turn > this.refreshed) {
          this.refreshed = turn;
          this.project.set(project);
          this.fetchAround();
        }
      } catch (error) {
        if (this.closing.signal.aborted) {
          return;
        }
        if (error instanceof ApiError && error.problem.status === 404) {
          toast(messageOf(error), { tone: 'error' });
          return;
        }
        this.setAnswered(false);
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }

  private setAnswered(answered: boolean): void {
    this.answered = answered;
    this.connected.set(this.told && this.answered);
  }

  private setTold(told: boolean): void {
    this.told = told;
    this.connected.set(this.told && this.answered);
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

  private follow(): void {
    const events = new EventSource(paths.events(this.id));
    this.events = events;
    events.addEventListener('job', (event) => this.onJob(JSON.parse((event as MessageEvent<string>).data) as Job));
    events.onopen = () => {
      // What ended before anybody listened is not told.
      const missed = !this.told || [...this.jobs.value.values()].some((job) => !ended(job));
      this.setTold(true);
      if (missed) {
        void this.catchUp();
      }
    };
    events.onerror = () => {
      this.setTold(false);
      if (events.readyState === EventSource.CLOSED && !this.closing.signal.aborted) {
        setTimeout(() => this.closing.signal.aborted || this.follow(), RETRY_MS);
      }
    };
  }

  private onJob(job: Job): void {
    const known = this.jobs.value.get(job.id);
    if (known !== undefined && ended(known)) {
      return;
    }
    if (known === undefined && !this.changesAt.has(job.id)) {
      this.changesAt.set(job.id, this.editor.changes);
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
      await this.onVersion(job.version, job.type === 'master' ? 'The master is ready.' : 'The new version is ready.', job);
    }
    if (job.type === 'describe' && typeof job.version === 'string') {
      await this.fetched.completeSpectrum(job.version);
    }
    if (job.type === 'analyse' && typeof job.file === 'string' && this.remixes.delete(job.file)) {
      this.toldOfMix(job.file);
    }
    if (job.type === 'export') {
      announce('The files are ready.');
    }
  }

  /** A new version is heard, unless something else was changed since it was asked for. */
  private async onVersion(version: string, text: string, job: Job): Promise<void> {
    announce(text);
    if (this.editor.changes !== this.changesAt.get(job.id)) {
      toast(text, { action: { label: 'Hear it', run: () => void this.hear(version) } });
      return;
    }
    const parent = this.project.value.versions.find((item) => item.id === version)?.parent;
    if (job.type === 'render' && parent != null) {
      this.editor.forget(parent);
    }
    await this.selectVersion(version);
    await this.hear(version);
  }

  /** Fetches what the page shows of files and versions that became ready. */
  private fetchAround(): void {
    if (this.closing.signal.aborted) {
      return;
    }
    const { files, versions } = this.project.value;
    const mix = this.mix;
    if (mix !== null && mix.id !== this.mixed) {
      this.mixed = mix.id;
      this.levels.update((levels) => withoutMixed(levels, mix.stems ?? []));
    }
    for (const file of files.filter((item) => item.state === 'ready')) {
      if (file.role === 'mix') {
        void this.fetched.analysis(file.id);
      }
      if (file.role === 'stem') {
        void this.fetched.findingsOf(file.id);
      }
      if (file.stems != null) {
        void this.fetched.stemsOf(file.id);
      }
      void this.fetched.filePeaks(file.id);
    }
    for (const version of versions) {
      void this.fetched.versionPeaks(version.id);
    }
    // A preview is heard in its loop only.
    this.listening.update(() => {
      if (this.version.value !== null) {
        void this.hear(this.version.value);
      }
    });
    if (this.listening.player.value !== null) {
      if (this.version.value === null || !versions.some((version) => version.id === this.version.value)) {
        this.version.set(versions.at(-1)?.id ?? null);
      }
      const heard = this.listening.heard.value;
      const gone = heard !== PREVIEW_ID && !this.listening.sources().some((source) => source.id === heard);
      if (gone && mix !== null) {
        void this.hear(heard === null ? (this.version.value ?? mix.id) : mix.id);
      }
    }
    if (this.version.value !== null) {
      void this.selectVersion(this.version.value);
    }
  }

  // --- listening

  /** Makes a source the one that is heard; a version is then also the one that is looked at. */
  async hear(id: string): Promise<void> {
    if (id === PREVIEW_ID) {
      await this.editor.hear();
      return;
    }
    this.editor.unhear();
    if (this.project.value.versions.some((version) => version.id === id)) {
      void this.selectVersion(id);
    }
    await this.listening.hear(id);
  }

  private async forgetSound(id: string): Promise<void> {
    this.listening.remove(id);
    const next = this.version.value !== id ? (this.version.value ?? this.mix?.id) : this.mix?.id;
    if (this.listening.heard.value === id && next !== undefined) {
      await this.hear(next);
    }
  }

  // --- files

  async uploadFiles(files: readonly File[], role: Role): Promise<void> {
    await this.uploadAs(files.map((file) => [file, role] as const));
  }

  /** Sends files; stems that came without a mix are added as soon as all are here. */
  async uploadAs(files: readonly (readonly [File, Role])[]): Promise<void> {
    const sent = await Promise.all(files.map(([file, role]) => this.uploadFile(file, role)));
    await this.refresh();
    const stems = this.project.value.files.filter((file) => file.role === 'stem' && file.state !== 'refused');
    const dropped = files.filter(([, role]) => role === 'stem').length;
    if (dropped > 1 && sent.every((done) => done) && this.mix === null) {
      await this.mixStems(stems.map((file) => ({ file: file.id })));
    }
  }

  /** Returns whether it arrived. */
  private async uploadFile(file: File, role: Role): Promise<boolean> {
    const key = ++this.uploadCount;
    const abort = new AbortController();
    const show = (fraction: number) =>
      this.uploads.update((all) => all.map((item) => (item.key === key ? { ...item, fraction } : item)));
    this.uploads.update((all) => [...all, { key, name: file.name, fraction: 0, cancel: () => abort.abort() }]);
    try {
      await upload(this.id, file, role, show, abort.signal);
      // Until it is seen among the files it is seen here.
      await this.refresh();
      return true;
    } catch (error) {
      if (!isAbort(error)) {
        toast(messageOf(error), { tone: 'error' });
      }
      return false;
    } finally {
      this.uploads.update((all) => all.filter((item) => item.key !== key));
    }
  }

  async deleteFile(file: AudioFile): Promise<void> {
    await this.attempt(`delete ${file.id}`, async () => {
      await api.deleteFile(this.id, file.id);
      await this.refresh();
      await this.forgetSound(file.id);
      toast(`${file.name} was removed.`, {
        action: { label: 'Undo', run: () => void this.attempt(`restore ${file.id}`, async () => {
          await api.restoreFile(this.id, file.id);
          await this.refresh();
        }) },
      });
    });
  }

  async changeRole(file: AudioFile, role: Role): Promise<void> {
    await this.inTurn(`role ${file.id} ${role}`, () => api.changeFile(this.id, file.id, { role }));
  }

  /** Makes the song of stems; the mix before it stays and comes back by undo. */
  async mixStems(stems: readonly StemRequest[]): Promise<void> {
    await this.attempt('mix', async () => {
      const before = this.mix;
      const made = await api.mixStems(this.id, stems);
      await this.refresh();
      if (before !== null) {
        this.remixes.add(made.id);
      }
    });
  }

  private toldOfMix(mix: string): void {
    announce('The mix is ready.');
    toast('The stems are mixed again.', {
      action: { label: 'Undo', run: () => void this.attempt(`delete ${mix}`, async () => {
        await api.deleteFile(this.id, mix);
        await this.refresh();
        await this.forgetSound(mix);
      }) },
    });
  }

  // --- jobs

  /** Begins work of which there is one at a time. */
  async start(request: JobRequest): Promise<Job | null> {
    return this.attempt(starting(request.type), async () => {
      const { changes } = this.editor;
      const job = await api.startJob(this.id, request);
      this.changesAt.set(job.id, changes);
      // Events may have told more of it by now.
      if (!this.jobs.value.has(job.id)) {
        this.onJob(job);
      }
      return job;
    });
  }

  async cancel(job: Job): Promise<void> {
    await this.attempt(`cancel ${job.id}`, async () => this.onJob(await api.cancelJob(job.id)));
  }

  /** The unfinished job of a kind, if there is one. */
  running(...types: readonly Job['type'][]): Job | null {
    return [...this.jobs.value.values()].find((job) => types.includes(job.type) && !ended(job)) ?? null;
  }

  // --- versions

  async selectVersion(id: string): Promise<void> {
    this.version.set(id);
    this.editor.leave(id);
    await this.fetched.detail(id);
    void this.fetched.ancestorsOf(id, (other) => this.project.value.versions.some((version) => version.id === other));
    void this.fetched.courses(id);
    void this.fetched.spectrum(id);
    const detail = this.fetched.details.value.get(id);
    // Another one may have been chosen meanwhile.
    if (detail !== undefined && this.version.value === id && !this.closing.signal.aborted) {
      this.editor.open(detail);
    }
  }

  async renameProject(name: string): Promise<void> {
    await this.inTurn(`rename ${this.id} ${name}`, () => api.renameProject(this.id, name));
  }

  async renameVersion(version: Version, name: string): Promise<void> {
    await this.inTurn(`rename ${version.id} ${name}`, () => api.renameVersion(this.id, version.id, name));
  }

  async deleteVersion(version: Version): Promise<void> {
    await this.attempt(`delete ${version.id}`, async () => {
      await api.deleteVersion(this.id, version.id);
      if (this.version.value === version.id) {
        this.editor.leave();
      }
      await this.forgetSound(version.id);
      await this.refresh();
      toast(`${version.name} was deleted.`, {
        action: { label: 'Undo', run: () => void this.attempt(`restore ${version.id}`, async () => {
          await api.restoreVersion(this.id, version.id);
          await this.refresh();
        }) },
      });
    });
  }
}

/** The name of work that is being asked for. */
export function starting(type: Job['type']): string {
  return `start ${type}`;
}

export function ended(job: Job): boolean {
  return job.state !== 'queued' && job.state !== 'running';
}
