// SPDX-License-Identifier: Apache-2.0
import { ApiError, api, isAbort, messageOf, paths } from '../api/client';
import type { AudioFile, Job, JobRequest, Options, Project, Role, StemRequest, Version, VersionDetail } from '../api/types';
import { upload } from '../api/upload';
import { announce, toast } from './app';
import { Cell } from './cell';
import { Editor } from './editor';
import { Fetched } from './fetched';
import { Listening, PREVIEW_ID, mixOf } from './listening';

export interface Uploading {
  readonly key: number;
  readonly name: string;
  readonly fraction: number;
  readonly cancel: () => void;
}

/** One open project: its state on the server and its jobs; what was fetched of it, what is heard, and what is edited. */
export class Session {
  readonly project: Cell<Project>;
  readonly jobs = new Cell<ReadonlyMap<string, Job>>(new Map());
  readonly uploads = new Cell<readonly Uploading[]>([]);
  /** The version that is looked at and edited. */
  readonly version = new Cell<string | null>(null);
  readonly connected = new Cell(true);
  readonly fetched: Fetched;
  readonly listening: Listening;
  readonly editor: Editor;

  private events: EventSource | null = null;
  private uploadCount = 0;
  /** Mixes of stems that take the place of one before them as soon as they are made. */
  private readonly remixes = new Set<string>();
  private readonly closing = new AbortController();

  constructor(project: Project, readonly options: Options) {
    this.project = new Cell(project);
    this.jobs.set(new Map(project.jobs.map((job) => [job.id, job])));
    this.version.set(project.versions.at(-1)?.id ?? null);
    this.fetched = new Fetched(project.id);
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

  private follow(): void {
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
        setTimeout(() => this.closing.signal.aborted || this.follow(), 2000);
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
      this.fetched.completeSpectrum(job.version);
    }
    if (job.type === 'analyse' && typeof job.file === 'string' && this.remixes.delete(job.file)) {
      this.toldOfMix(job.file);
    }
    if (job.type === 'export') {
      announce('The files are ready.');
    }
  }

  /** Fetches what the page shows of files and versions that became ready. */
  private fetchAround(): void {
    const { files, versions } = this.project.value;
    const mix = this.mix;
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
    if (id !== PREVIEW_ID && this.listening.heard.value === PREVIEW_ID) {
      this.editor.stop();
    }
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
      return true;
    } catch (error) {
      if (!isAbort(error)) {
        toast(messageOf(error), { tone: 'error' });
      }
      return false;
    } finally {
      this.uploads.update((all) => all.filter((item) => item.key !== key));
      await this.refresh();
    }
  }

  async deleteFile(file: AudioFile): Promise<void> {
    await this.attempt(async () => {
      await api.deleteFile(this.id, file.id);
      await this.refresh();
      await this.forgetSound(file.id);
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

  /** Makes the song of stems; the mix before it stays and comes back by undo. */
  async mixStems(stems: readonly StemRequest[]): Promise<void> {
    await this.attempt(async () => {
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
      action: { label: 'Undo', run: () => void this.attempt(async () => {
        await api.deleteFile(this.id, mix);
        await this.refresh();
        await this.forgetSound(mix);
      }) },
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

  // --- versions

  async selectVersion(id: string): Promise<void> {
    const changed = this.version.value !== id;
    this.version.set(id);
    await this.fetched.detail(id);
    void this.fetched.ancestorsOf(id, (other) => this.project.value.versions.some((version) => version.id === other));
    void this.fetched.courses(id);
    void this.fetched.spectrum(id);
    const detail = this.fetched.details.value.get(id);
    if (detail !== undefined && (changed || this.editor.history.value === null)) {
      this.editor.open(detail);
    }
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
      if (this.version.value === version.id) {
        this.editor.forget();
      }
      await this.forgetSound(version.id);
      await this.refresh();
      toast(`${version.name} was deleted.`, {
        action: { label: 'Undo', run: () => void this.attempt(async () => {
          await api.restoreVersion(this.id, version.id);
          await this.refresh();
        }) },
      });
    });
  }
}

export function ended(job: Job): boolean {
  return job.state !== 'queued' && job.state !== 'running';
}
