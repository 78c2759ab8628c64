// SPDX-License-Identifier: Apache-2.0
import type { Role } from '../api/types';

/** Files that were dropped on the list; the project's page takes them. */
export const pendingUploads = new Map<string, readonly File[]>();

const STEM = /(^|[ _.-])(stems?|drums?|bass|vocals?|voc|vox|kick|snare|gtr|guitars?|keys|synths?|pads?|strings|harmony|melody|perc|fx|lead)([ _.-]|\d|$)/i;
const REFERENCE = /(^|[ _.-])(ref|reference)([ _.-]|$)/i;

/** What several files dropped at once are, from their names; a lone file is the mix. The page lets it be changed. */
export function guessRoles(names: readonly string[]): readonly Role[] {
  if (names.length === 1) {
    return ['mix'];
  }
  const guesses = names.map((name): Role => (REFERENCE.test(name) ? 'reference' : STEM.test(name) ? 'stem' : 'mix'));
  // One mix leads; further unnamed files are references.
  const lead = guesses.indexOf('mix');
  return guesses.map((role, k) => (role === 'mix' && k !== lead && lead >= 0 ? 'reference' : role));
}
