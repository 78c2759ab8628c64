// SPDX-License-Identifier: Apache-2.0
import { api, isAbort, messageOf } from '../api/client';
import type { ProjectSummary, Storage } from '../api/types';
import { announce, go, toast } from './app';
import { Cell } from './cell';
import { Once } from './once';
import { pendingUploads, projectName } from './pending';

const PAGE = 24;
const SEARCH_WAIT_MS = 150;

/** The list of projects, as far as it was asked for. */
export class Library {
  readonly items = new Cell<readonly ProjectSummary[] | null>(null);
  readonly total = new Cell(0);
  readonly search = new Cell('');
  readonly storage = new Cell<Storage | null>(null);
  readonly failure = new Cell<string | null>(null);
  readonly once = new Once();

  private abort = new AbortController();
  private timer = 0;

  find(text: string): void {
    this.search.set(text);
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.load(1), text === '' ? 0 : SEARCH_WAIT_MS);
  }

  /** As much of the list as is shown, as it is now. */
  async reload(): Promise<void> {
    void this.measure();
    await this.load(Math.max(1, Math.ceil((this.items.value?.length ?? 0) / PAGE)));
  }

  /** The next page; where something was deleted it is the rest of the one before. */
  async more(): Promise<void> {
    await this.once.run('more', async () => {
      const shown = this.items.value ?? [];
      await this.attempt(async (signal) => {
        const next = await api.projects(this.search.value, Math.floor(shown.length / PAGE) + 1, PAGE, signal);
        this.show([...(this.items.value ?? []), ...next.items], next.total);
      });
    });
  }

  close(): void {
    clearTimeout(this.timer);
    this.abort.abort();
  }

  async remove(project: ProjectSummary): Promise<void> {
    await this.change(`delete ${project.id}`, async () => {
      await api.deleteProject(project.id);
      this.items.update((items) => items?.filter((item) => item.id !== project.id) ?? null);
      this.total.update((total) => total - 1);
      announce(`${project.name} deleted`);
      toast(`“${project.name}” was deleted.`, { action: { label: 'Undo', run: () => void this.restore(project) } });
      void this.measure();
    });
  }

  async rename(project: ProjectSummary, name: string): Promise<void> {
    await this.change(`rename ${project.id} ${name}`, async () => {
      await api.renameProject(project.id, name);
      // It stays where it is, whatever the order is now.
      this.items.update((items) => items?.map((item) => (item.id === project.id ? { ...item, name } : item)) ?? null);
    });
  }

  private async restore(project: ProjectSummary): Promise<void> {
    await this.change(`restore ${project.id}`, async () => {
      await api.restoreProject(project.id);
      await this.reload();
    });
  }

  private async load(pages: number): Promise<void> {
    this.abort.abort();
    this.abort = new AbortController();
    await this.attempt(async (signal) => {
      const found: ProjectSummary[] = [];
      let total = 0;
      for (let page = 1; page <= pages; page++) {
        const answer = await api.projects(this.search.value, page, PAGE, signal);
        found.push(...answer.items);
        total = answer.total;
      }
      this.show(found, total);
    });
  }

  private show(items: readonly ProjectSummary[], total: number): void {
    this.items.set([...new Map(items.map((item) => [item.id, item])).values()]);
    this.total.set(total);
    this.failure.set(null);
  }

  private async measure(): Promise<void> {
    try {
      this.storage.set(await api.storage());
    } catch {
      this.storage.set(null);
    }
  }

  private async attempt(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    try {
      await work(this.abort.signal);
    } catch (error) {
      if (!isAbort(error)) {
        this.failure.set(messageOf(error));
      }
    }
  }

  private async change(name: string, work: () => Promise<void>): Promise<void> {
    try {
      await this.once.run(name, work);
    } catch (error) {
      toast(messageOf(error), { tone: 'error' });
    }
  }
}

let dropped: File[] | null = null;

/** Makes a project of files and goes there; what is dropped before it is made belongs to it, each file once. */
export async function beginProject(files: readonly File[]): Promise<void> {
  if (dropped !== null) {
    const already = dropped;
    already.push(...files.filter((file) => !already.some((other) => sameFile(file, other))));
    return;
  }
  dropped = [...files];
  try {
    const project = await api.createProject(projectName(files.map((file) => file.name)));
    pendingUploads.set(project.id, dropped);
    go({ page: 'project', id: project.id });
  } catch (error) {
    toast(messageOf(error), { tone: 'error' });
  } finally {
    dropped = null;
  }
}

function sameFile(one: File, other: File): boolean {
  return one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;
}
