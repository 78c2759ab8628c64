// SPDX-License-Identifier: Apache-2.0
import { ApiError, api, messageOf, paths } from '../api/client';
import type {
  Analysis, Decision, Finding, Spectra, StemsTogether, Target, VersionDetail, VersionSeries,
} from '../api/types';
import { type Peaks, readPeaks } from '../audio/peaks';
import { toast } from './app';
import { Cell } from './cell';
import { valueOfSetting } from './draft';

type Kept<T> = Cell<ReadonlyMap<string, T>>;

function kept<T>(): Kept<T> {
  return new Cell<ReadonlyMap<string, T>>(new Map());
}

/** What was fetched of a project's files and versions: each once, since neither ever changes. */
export class Fetched {
  readonly analyses: Kept<Analysis> = kept();
  readonly findings: Kept<readonly Finding[]> = kept();
  readonly stems: Kept<StemsTogether> = kept();
  readonly details: Kept<VersionDetail> = kept();
  readonly series: Kept<VersionSeries> = kept();
  readonly spectra: Kept<Spectra> = kept();
  readonly peaks: Kept<Peaks> = kept();

  /** What is on its way into which map. */
  private readonly inFlight = new Map<unknown, Map<string, Promise<void>>>();

  constructor(private readonly project: string, private readonly closing: AbortSignal) {}

  analysis(file: string): Promise<void> {
    return this.once(this.analyses, file, () => api.analysis(this.project, file));
  }

  findingsOf(file: string): Promise<void> {
    return this.once(this.findings, file, async () => (await api.findings(this.project, file)).items);
  }

  stemsOf(mix: string): Promise<void> {
    return this.once(this.stems, mix, () => api.stems(this.project, mix));
  }

  filePeaks(file: string): Promise<void> {
    return this.once(this.peaks, file, async () => readPeaks(await api.bytes(paths.filePeaks(this.project, file))));
  }

  versionPeaks(version: string): Promise<void> {
    return this.once(this.peaks, version, async () => readPeaks(await api.bytes(paths.versionPeaks(this.project, version))));
  }

  detail(version: string): Promise<void> {
    return this.once(this.details, version, () => api.version(this.project, version));
  }

  courses(version: string): Promise<void> {
    return this.once(this.series, version, () => api.versionSeries(this.project, version));
  }

  spectrum(version: string): Promise<void> {
    return this.once(this.spectra, version, () => api.spectrum(this.project, version));
  }

  /** A master is measured as a whole after it can be heard: its spectrum may have been asked for too soon. */
  async completeSpectrum(version: string): Promise<void> {
    // One that is on its way may have been told too soon as well.
    await this.inFlight.get(this.spectra)?.get(version);
    if (this.spectra.value.get(version)?.masterDb.length === 0) {
      this.spectra.update((map) => new Map([...map].filter(([id]) => id !== version)));
      await this.spectrum(version);
    }
  }

  /** The versions from which one was changed by hand, as far as they still exist. */
  async ancestorsOf(version: string, exists: (id: string) => boolean): Promise<void> {
    let next = this.details.value.get(version)?.parent;
    while (next != null && !this.details.value.has(next) && exists(next)) {
      const parent = next;
      await this.detail(parent);
      next = this.details.value.get(parent)?.parent;
    }
  }

  /** Reasons for the settings of a version; one changed by hand keeps those for what was not changed. */
  decisionsOf(detail: VersionDetail): readonly Decision[] {
    const decided = this.lineage(detail).find((version) => version.decisions.length > 0);
    if (decided === undefined || decided === detail) {
      return detail.decisions;
    }
    return decided.decisions.filter((decision) => {
      const now = valueOfSetting(detail.plan, decision.setting);
      return now !== undefined && now === valueOfSetting(decided.plan, decision.setting);
    });
  }

  targetOf(detail: VersionDetail): Target | null {
    return this.lineage(detail).find((version) => version.target != null)?.target ?? null;
  }

  /** A version, the one that it was changed from, and so on up to the one that was decided. */
  private lineage(detail: VersionDetail): readonly VersionDetail[] {
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

  /** Returns when it is there, whoever asked for it first, or could not be had. */
  private once<T>(cell: Kept<T>, id: string, fetch: () => Promise<T>): Promise<void> {
    if (cell.value.has(id)) {
      return Promise.resolve();
    }
    const asked = this.inFlight.get(cell) ?? new Map<string, Promise<void>>();
    this.inFlight.set(cell, asked);
    const before = asked.get(id);
    if (before !== undefined) {
      return before;
    }
    const answered = this.into(cell, id, fetch).finally(() => asked.delete(id));
    asked.set(id, answered);
    return answered;
  }

  private async into<T>(cell: Kept<T>, id: string, fetch: () => Promise<T>): Promise<void> {
    try {
      const value = await fetch();
      cell.update((map) => new Map(map).set(id, value));
    } catch (error) {
      const expected = error instanceof ApiError && error.problem.code === 'not-ready';
      if (!expected && !this.closing.aborted) {
        toast(messageOf(error), { tone: 'error' });
      }
    }
  }
}
