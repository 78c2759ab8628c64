// SPDX-License-Identifier: Apache-2.0
// The server's JSON, as openapi.yaml describes it.

export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly field?: string;
  readonly line?: number;
  readonly limit?: number;
}

export interface Figures {
  readonly integratedLufs: number | null;
  readonly loudnessRangeLu: number | null;
  readonly momentaryMaxLufs: number | null;
  readonly shortTermMaxLufs: number | null;
  readonly truePeakDbtp: number | null;
  readonly samplePeakDbfs: number | null;
  readonly plrDb: number | null;
  readonly psrMinDb: number | null;
  readonly dr14: number | null;
  readonly durationSeconds: number;
  readonly sampleRateHz: number;
  readonly channels: number;
}

export type Severity = 'info' | 'warning' | 'failure';

export interface Finding {
  readonly severity: Severity;
  readonly code: string;
  readonly message: string;
  readonly value: number | null;
  readonly unit: string;
  readonly atSeconds: number | null;
}

export interface Section {
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly loudnessLufs: number | null;
  readonly level: 'silent' | 'quiet' | 'medium' | 'loud';
  readonly place: 'intro' | 'body' | 'outro';
}

export interface Translation {
  readonly device: string;
  readonly verdict: string;
  readonly reason: string;
}

export interface Analysis extends Figures {
  readonly findings: readonly Finding[];
  readonly sections: readonly Section[];
  readonly translation: readonly Translation[];
  readonly dynamics?: { readonly tempoBpm?: number | null };
}

export type Role = 'mix' | 'reference' | 'master' | 'stem';

export interface AudioFile {
  readonly id: string;
  readonly project: string;
  readonly name: string;
  readonly role: Role;
  readonly bytes: number;
  readonly createdAt: string;
  readonly state: 'waiting' | 'ready' | 'refused';
  readonly analyseJob?: string | null;
  readonly error?: Problem | null;
  readonly figures?: Figures | null;
  readonly source?: { container: string; codec: string; bitDepth: number; lossy: boolean } | null;
  readonly findingCounts?: { failure: number; warning: number; info: number } | null;
  readonly playFrames?: number | null;
  readonly matchGainDb?: number | null;
  /** Of a mix that was made of stems. */
  readonly stems?: readonly StemRequest[] | null;
}

/** A stem as it is to be heard in a mix. */
export interface StemRequest {
  readonly file: string;
  readonly gainDb?: number;
  readonly muted?: boolean;
}

/** What stems are together. */
export interface StemsTogether {
  readonly stems: readonly (StemRequest & { readonly name: string })[];
  /** The uploaded mix that they were compared with. */
  readonly rough: string | null;
  readonly sum: { readonly truePeakDbtp: number | null; readonly residualDb: number | null };
  readonly findings: readonly Finding[];
}

export interface Version {
  readonly id: string;
  readonly project: string;
  readonly name: string;
  readonly file: string;
  readonly parent?: string | null;
  readonly kind: 'mastered' | 'rendered';
  readonly createdAt: string;
  readonly genre?: string;
  readonly platform: string;
  readonly intensity?: number | null;
  readonly figures: Figures;
  readonly playFrames?: number;
  readonly matchGainDb: number | null;
  readonly bytes?: number;
  readonly seconds?: number;
}

/** A value in a plan: numbers, texts, lists of items. */
export type PlanValue = number | string | boolean | null | readonly PlanValue[] | PlanGroup;
export interface PlanGroup {
  readonly [key: string]: PlanValue;
}
export type Stage = PlanGroup & { readonly stage: string };

export interface Plan {
  readonly schemaVersion: 1;
  readonly stages: readonly Stage[];
  readonly delivery?: PlanGroup;
  readonly provenance?: PlanGroup;
}

export interface SavedPlan {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
}

export interface Decision {
  readonly setting: string;
  readonly stage?: string;
  readonly value: number;
  readonly unit: string;
  readonly because: string;
  readonly evidence?: Readonly<Record<string, number | null>>;
}

export interface Reduction {
  readonly meanDb: number;
  readonly activeMeanDb: number;
  readonly maxDb: number;
  readonly activeShare: number;
}

export interface Target {
  readonly name: string;
  readonly label: string;
  readonly provenance: string;
  readonly platform: string;
  readonly loudnessLufs: number | null;
  readonly ceilingDbtp: number;
  readonly weights?: Readonly<Record<string, number>>;
}

export interface VersionDetail extends Version {
  readonly plan: Plan;
  readonly decisions: readonly Decision[];
  readonly findings: readonly Finding[];
  readonly input: Figures;
  readonly output: Figures;
  readonly target?: Target | null;
  readonly reductions?: Readonly<Record<string, readonly Reduction[]>>;
}

export interface Series {
  readonly startSeconds: number;
  readonly stepSeconds: number;
  readonly values: readonly (number | null)[];
}

export interface FileSeries {
  readonly momentaryLufs: Series;
  readonly shortTermLufs: Series;
  readonly sections: readonly Section[];
}

export interface VersionSeries {
  readonly input: FileSeries;
  readonly output: FileSeries;
  readonly reductions: Readonly<Record<string, readonly Series[]>>;
}

export interface Spectra {
  readonly centresHz: readonly number[];
  readonly mixDb: readonly (number | null)[];
  readonly masterDb: readonly (number | null)[];
  readonly corridor: { name: string; lowDb: readonly number[]; highDb: readonly number[] } | null;
}

export type JobType = 'analyse' | 'master' | 'render' | 'export' | 'compare' | 'codec' | 'describe';
export type JobState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted';

export interface Job {
  readonly id: string;
  readonly project: string;
  readonly type: JobType;
  readonly state: JobState;
  readonly stage: string;
  readonly fraction: number;
  readonly position?: number | null;
  readonly createdAt: string;
  readonly startedAt?: string | null;
  readonly endedAt?: string | null;
  readonly request?: JobRequest;
  readonly file?: string | null;
  readonly version?: string | null;
  readonly export?: string | null;
  readonly comparison?: string | null;
  readonly error?: Problem | null;
}

export interface MasterRequest {
  readonly type: 'master';
  readonly file: string;
  readonly name?: string;
  readonly genre?: string;
  readonly references?: readonly string[];
  readonly platform?: string;
  readonly intensity?: number;
  readonly match?: number;
  readonly amounts?: Readonly<Record<string, number>>;
  readonly bypass?: readonly string[];
}

export interface ExportItem {
  readonly format: string;
  readonly platform?: string;
  readonly bitDepth?: string;
  readonly safePeaks?: boolean;
}

export type JobRequest =
  | MasterRequest
  | { readonly type: 'analyse'; readonly file: string }
  | {
      readonly type: 'render';
      readonly file: string;
      readonly plan: Plan;
      readonly parent?: string;
      readonly keepLoudness?: boolean;
      readonly name?: string;
    }
  | {
      readonly type: 'export';
      readonly version: string;
      readonly files: readonly ExportItem[];
      readonly report: boolean;
      readonly plan: boolean;
    }
  | {
      readonly type: 'compare';
      readonly file: string;
      readonly versions: readonly string[];
      readonly masters: readonly string[];
    };

export interface ExportedFile {
  readonly name: string;
  readonly bytes: number;
  readonly kind: 'audio' | 'report' | 'plan';
  readonly format?: string;
  readonly platform?: string;
  readonly lossy?: boolean;
  /** Of what it decodes to. */
  readonly figures?: Figures;
  readonly ceilingDbtp?: number | null;
  readonly loweredDb?: number;
}

export interface Export {
  readonly id: string;
  readonly version: string;
  readonly createdAt: string;
  readonly files: readonly ExportedFile[];
  readonly bytes: number;
}

export interface Project {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  readonly changedAt: string;
  readonly deletedAt: string | null;
  readonly bytes: number;
  readonly playRateHz: number | null;
  readonly matchedLufs: number | null;
  readonly files: readonly AudioFile[];
  readonly versions: readonly Version[];
  readonly jobs: readonly Job[];
  readonly exports: readonly Export[];
  readonly comparisons: readonly { id: string; createdAt: string; names?: readonly string[] }[];
}

export interface ProjectSummary {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  readonly changedAt: string;
  readonly files: number;
  readonly versions: number;
  readonly bytes: number;
  readonly durationSeconds: number | null;
}

export interface Control {
  readonly key: string;
  readonly title: string;
  readonly type: 'number' | 'integer' | 'choice' | 'boolean' | 'list' | 'numbers' | 'group' | 'text';
  readonly unit?: string;
  readonly description?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: PlanValue;
  readonly optional?: boolean;
  readonly logarithmic?: boolean;
  readonly choices?: readonly string[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: readonly Control[];
}

export interface StageInfo {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly adjustable: boolean;
  readonly controls: readonly Control[];
}

export interface Genre {
  readonly name: string;
  readonly title: string;
  readonly trust: string;
  readonly provenance?: string;
}

export interface Platform {
  readonly name: string;
  readonly title: string;
  readonly loudnessLufs?: number | null;
  readonly ceilingDbtp: number;
  readonly source?: string;
}

export interface Format {
  readonly name: string;
  readonly title: string;
  readonly extension: string;
  readonly lossy: boolean;
  readonly bitDepths: readonly string[];
}

export interface Monitor {
  readonly name: string;
  readonly title: string;
  readonly basis?: string;
}

export interface Options {
  readonly version: string;
  readonly genres: readonly Genre[];
  readonly platforms: readonly Platform[];
  readonly stages: readonly StageInfo[];
  readonly delivery: readonly Control[];
  readonly formats: readonly Format[];
  readonly codecs: readonly { name: string; title: string }[];
  readonly monitors: readonly Monitor[];
  readonly limits: {
    readonly fileBytes: number;
    readonly durationSeconds: number;
    readonly storageBytes: number;
    readonly previewSeconds: number;
    readonly filesPerProject: number;
    readonly restoreDays: number;
  };
}

export interface Storage {
  readonly usedBytes: number;
  readonly limitBytes: number;
  readonly freeBytes: number;
  readonly folder?: string;
}

export interface PreviewFigures {
  readonly seconds: number;
  readonly integratedLufs: number | null;
  readonly truePeakDbtp: number | null;
  readonly driveDb: number | null;
  readonly matchGainDb: number | null;
}
