// SPDX-License-Identifier: Apache-2.0
import type {
  Analysis, AudioFile, Finding, Job, JobRequest, Options, Plan, PreviewFigures, Problem, Project, ProjectSummary, Role, SavedPlan,
  Spectra, StemRequest, StemsTogether, Storage, Version, VersionDetail, VersionSeries,
} from './types';

const ROOT = 'api/v1';

/** Where something is that is not fetched here. */
export function addressOf(path: string): string {
  return `${ROOT}${path}`;
}

/** An answer that is no success; `message` can be shown as it is. */
export class ApiError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail || problem.title);
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

const UNREACHABLE: Problem = {
  status: 0,
  code: 'unreachable',
  title: 'No answer',
  detail: 'The Lacquer server does not answer. Is “lacquer serve” still running?',
};

export function problemFrom(status: number, body: string): Problem {
  try {
    const problem = JSON.parse(body) as Partial<Problem>;
    if (typeof problem.detail === 'string') {
      return { ...UNREACHABLE, ...problem, status };
    }
  } catch {
    // Not JSON: the status says all there is.
  }
  return { status, code: 'fault', title: 'Refused', detail: `The server answered with status ${status}.` };
}

async function send(path: string, init?: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(`${ROOT}${path}`, init);
  } catch (error) {
    if (isAbort(error)) {
      throw error;
    }
    throw new ApiError(UNREACHABLE);
  }
  if (!response.ok) {
    throw new ApiError(problemFrom(response.status, await response.text()));
  }
  return response;
}

async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await send(path, signal ? { signal } : {});
  return (await response.json()) as T;
}

async function write<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await send(path, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  return (response.status === 204 ? undefined : await response.json()) as T;
}

export interface Listing {
  readonly items: readonly ProjectSummary[];
  readonly total: number;
}

export interface Preview {
  readonly audio: ArrayBuffer;
  readonly figures: PreviewFigures | null;
}

export const api = {
  options: () => get<Options>('/options'),
  storage: () => get<Storage>('/storage'),
  projects: (search: string, page: number, size: number, signal?: AbortSignal) =>
    get<Listing>(`/projects?search=${encodeURIComponent(search)}&page=${page}&size=${size}`, signal),
  createProject: (name: string) => write<Project>('POST', '/projects', { name }),
  project: (id: string) => get<Project>(`/projects/${id}`),
  renameProject: (id: string, name: string) => write<Project>('PATCH', `/projects/${id}`, { name }),
  deleteProject: (id: string) => write<void>('DELETE', `/projects/${id}`),
  restoreProject: (id: string) => write<Project>('POST', `/projects/${id}/restore`),
  changeFile: (project: string, file: string, change: { name?: string; role?: Role }) =>
    write<AudioFile>('PATCH', `/projects/${project}/files/${file}`, change),
  deleteFile: (project: string, file: string) => write<void>('DELETE', `/projects/${project}/files/${file}`),
  restoreFile: (project: string, file: string) =>
    write<AudioFile>('POST', `/projects/${project}/files/${file}/restore`),
  findings: (project: string, file: string) =>
    get<{ readonly items: readonly Finding[] }>(`/projects/${project}/files/${file}/findings`),
  stems: (project: string, mix: string) => get<StemsTogether>(`/projects/${project}/files/${mix}/stems`),
  mixStems: (project: string, stems: readonly StemRequest[]) =>
    write<AudioFile>('POST', `/projects/${project}/mixes`, { stems }),
  analysis: (project: string, file: string) => get<Analysis>(`/projects/${project}/files/${file}/analysis`),
  startJob: (project: string, request: JobRequest) => write<Job>('POST', `/projects/${project}/jobs`, request),
  job: (id: string) => get<Job>(`/jobs/${id}`),
  cancelJob: (id: string) => write<Job>('DELETE', `/jobs/${id}`),
  version: (project: string, version: string) => get<VersionDetail>(`/projects/${project}/versions/${version}`),
  renameVersion: (project: string, version: string, name: string) =>
    write<Version>('PATCH', `/projects/${project}/versions/${version}`, { name }),
  deleteVersion: (project: string, version: string) =>
    write<void>('DELETE', `/projects/${project}/versions/${version}`),
  restoreVersion: (project: string, version: string) =>
    write<Version>('POST', `/projects/${project}/versions/${version}/restore`),
  versionSeries: (project: string, version: string) =>
    get<VersionSeries>(`/projects/${project}/versions/${version}/series`),
  spectrum: (project: string, version: string) => get<Spectra>(`/projects/${project}/versions/${version}/spectrum`),
  deleteExport: (project: string, id: string) => write<void>('DELETE', `/projects/${project}/exports/${id}`),

  plans: () => get<{ readonly items: readonly SavedPlan[] }>('/plans'),
  plan: (id: string) => get<Plan>(`/plans/${id}`),
  savePlan: (name: string, plan: Plan) => write<SavedPlan>('POST', '/plans', { name, plan }),
  deletePlan: (id: string) => write<void>('DELETE', `/plans/${id}`),
  restorePlan: (id: string) => write<SavedPlan>('POST', `/plans/${id}/restore`),

  async readPlan(text: string): Promise<Plan> {
    const response = await send('/plans/read', {
      method: 'POST',
      headers: { 'content-type': 'application/yaml' },
      body: text,
    });
    return (await response.json()) as Plan;
  },

  async bytes(path: string, signal?: AbortSignal): Promise<ArrayBuffer> {
    return (await send(path, signal ? { signal } : {})).arrayBuffer();
  },

  async preview(project: string, request: PreviewRequest, signal: AbortSignal): Promise<Preview> {
    const response = await send(`/projects/${project}/preview`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
      signal,
    });
    const header = response.headers.get('Lacquer-Preview');
    return {
      audio: await response.arrayBuffer(),
      figures: header === null ? null : (JSON.parse(header) as PreviewFigures),
    };
  },
};

export interface PreviewRequest {
  readonly file: string;
  readonly plan: Plan;
  readonly version?: string;
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly keepLoudness: boolean;
}

/** Addresses for links, players and downloads. */
export const paths = {
  fileAudio: (project: string, file: string) => `/projects/${project}/files/${file}/audio`,
  filePeaks: (project: string, file: string) => `/projects/${project}/files/${file}/peaks?framesPerPeak=128`,
  versionAudio: (project: string, version: string, codec: string) =>
    `/projects/${project}/versions/${version}/audio${codec === 'none' ? '' : `?codec=${codec}`}`,
  versionPeaks: (project: string, version: string) =>
    `/projects/${project}/versions/${version}/peaks?framesPerPeak=128`,
  monitor: (name: string, rateHz: number) => `/monitors/${name}/impulse?rate=${rateHz}`,
  events: (project: string) => `${ROOT}/projects/${project}/events`,
  savedPlan: (id: string) => `${ROOT}/plans/${id}?format=yaml`,
  planFile: (project: string, version: string) => `${ROOT}/projects/${project}/versions/${version}/plan?format=yaml`,
  report: (project: string, version: string) => `${ROOT}/projects/${project}/versions/${version}/report`,
  exportedFile: (project: string, id: string, place: number) => `${ROOT}/projects/${project}/exports/${id}/files/${place}`,
  zip: (project: string, id: string) => `${ROOT}/projects/${project}/exports/${id}/zip`,
  comparison: (project: string, id: string) => `${ROOT}/projects/${project}/comparisons/${id}/report`,
  upload: (project: string, name: string, role: Role) =>
    `${ROOT}/projects/${project}/files?name=${encodeURIComponent(name)}&role=${role}`,
  openapi: `${ROOT}/openapi.yaml`,
};
