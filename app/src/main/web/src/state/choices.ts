// SPDX-License-Identifier: Apache-2.0
import type { ExportItem, Options, Project, StemRequest } from '../api/types';

/** What a master should be. */
export interface MasterChoices {
  readonly genre: string;
  readonly platform: string;
  readonly intensity: number;
  /** How far references are followed, percent. */
  readonly match: number;
  readonly bypass: readonly string[];
}

/** As the last master was made, as far as that can still be chosen. */
export function masterChoices(project: Project, options: Options): MasterChoices {
  const last = project.versions.findLast((version) => version.kind === 'mastered');
  return {
    genre: options.genres.find((item) => item.name === last?.genre)?.name ?? 'auto',
    platform: options.platforms.find((item) => item.name === last?.platform)?.name ?? 'streaming',
    intensity: last?.intensity ?? 50,
    match: 0,
    bypass: [],
  };
}

/** Which files are taken. */
export interface TakeChoices {
  readonly items: readonly ExportItem[];
  readonly report: boolean;
  readonly plan: boolean;
}

export const USUAL_FILES: TakeChoices = {
  items: [{ format: 'wav', bitDepth: '24' }, { format: 'flac', bitDepth: '24' }, { format: 'mp3' }, { format: 'aac' }],
  report: true,
  plan: true,
};

/** Stems whose level was moved since they were mixed. */
export type Levels = ReadonlyMap<string, StemRequest>;

/** What is left to be mixed of levels once a mix was made by a recipe. */
export function withoutMixed(levels: Levels, recipe: readonly StemRequest[]): Levels {
  return new Map([...levels].filter(([id, level]) => !recipe.some((stem) => stem.file === id && sameLevel(stem, level))));
}

export function sameLevel(one: StemRequest, other: StemRequest): boolean {
  return (one.gainDb ?? 0) === (other.gainDb ?? 0) && (one.muted ?? false) === (other.muted ?? false);
}
