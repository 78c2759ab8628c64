// SPDX-License-Identifier: Apache-2.0
import type { Role } from '../api/types';
import { withoutExtension } from '../ui/text';

/** Files that were dropped on the list; the project's page takes them. */
export const pendingUploads = new Map<string, readonly File[]>();

/** Words that name a part of a song; the same as in the check of stems. */
const PART = new RegExp(
  '(^|[^a-z])(stems?|drums?|kick|kik|bd|snare|sn|hi-?hats?|hats?|hh|cymbals?|overheads?|toms?|perc|percussion|claps?|shakers?|beats?|loops?'
    + '|bass|sub|808|gtrs?|guits?|guitars?|acoustic|piano|keys?|rhodes|organ|synths?|pads?|arps?|plucks?|strings?|violins?|cello|brass|horns?'
    + '|sax|trumpets?|winds?|flutes?|orch|orchestra|vox|vocals?|voc|voices?|leads?|bgv|backing|choir|harmony|harmonies|rap|ad-?libs?|fx|sfx'
    + '|effects?|atmo|ambience|noise|reverb|melody|melodies|music|inst|instrumental|other|rest|rhythm|lows|mids|highs)([^a-z]|$)',
);
const MIX = /(^|[^a-z])(mix|mixdown|roughmix|rough|premaster|bounce|2mix)([^a-z]|$)/;
const MASTER = /(^|[^a-z])(master|mastered)([^a-z]|$)/;
const REFERENCE = /(^|[^a-z])(ref|reference|references)([^a-z]|$)/;

function bare(name: string): string {
  return withoutExtension(name).toLowerCase();
}

/** What several files dropped at once are, from their names; a lone file is the mix. The page lets it be changed. */
export function guessRoles(names: readonly string[]): readonly Role[] {
  if (names.length === 1) {
    return ['mix'];
  }
  const all = names.map(bare);
  // What all names have in common is the song's name and says nothing about the parts.
  const song = commonStart(all);
  const own = all.map((name) => name.slice(song.length));
  const parts = own.map((name) => !MIX.test(name) && !REFERENCE.test(name) && PART.test(name));
  const several = parts.filter(Boolean).length > 1;
  const says = own.map((name) => name === '' || MIX.test(name));
  const others = own.filter((name, k) => parts[k] !== true && !REFERENCE.test(name) && !MASTER.test(name));
  // Beside several parts a file is one more of them, unless it says that it is the mix, or alone could be it.
  const oneMore = several && (says.includes(true) || song !== '' || others.length > 1);
  let mixes = 0;
  return own.map((name, k): Role => {
    if (REFERENCE.test(name)) {
      return 'reference';
    }
    if (parts[k] === true) {
      return 'stem';
    }
    if (MASTER.test(name)) {
      return 'master';
    }
    if (oneMore && says[k] !== true) {
      return 'stem';
    }
    // One mix leads; further ones are records to sound like.
    return mixes++ === 0 ? 'mix' : 'reference';
  });
}

/** The name of a project made of files: what they have in common, else the name of the first. */
export function projectName(names: readonly string[]): string {
  const bareNames = names.map(withoutExtension);
  const roles = guessRoles(names);
  const mix = bareNames[roles.indexOf('mix')];
  const common = commonStart(bareNames).replace(/[\s_.-]+$/, '');
  const stems = roles.filter((role) => role === 'stem').length > 1;
  return mix ?? (common.length > 2 ? common : stems ? 'New song' : (bareNames[0] ?? 'New song'));
}

/** The longest start that all have, up to the end of a word. */
function commonStart(names: readonly string[]): string {
  const [first = '', ...others] = names;
  let length = first.length;
  for (const other of others) {
    let same = 0;
    while (same < Math.min(length, other.length) && first[same] === other[same]) {
      same++;
    }
    length = same;
  }
  const whole = names.every((name) => name.length === length || /[^a-z0-9]/i.test(name[length] ?? ''));
  return whole ? first.slice(0, length) : first.slice(0, length).replace(/[a-z0-9]+$/i, '');
}
