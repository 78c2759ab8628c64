// SPDX-License-Identifier: Apache-2.0
import type { AudioFile, Finding, StemRequest } from '../api/types';
import { useCell } from '../state/cell';
import { type Levels, sameLevel } from '../state/choices';
import { ended, type Session } from '../state/session';
import { Button, Slider, Switch } from '../ui/controls';
import { Icon } from '../ui/icons';
import { number, plural } from '../ui/text';
import { Findings } from './findings';
import { JobProgress } from './progress';

const MOST_GAIN_DB = 12;

/** The stems of the song: what was found about them, how loud each is, and the mix that they make. */
export function Stems({ session }: { session: Session }) {
  const project = useCell(session.project);
  const stems = project.files.filter((file) => file.role === 'stem');
  return stems.length === 0 ? null : <Mixer session={session} stems={stems} />;
}

function Mixer({ session, stems }: { session: Session; stems: readonly AudioFile[] }) {
  const project = useCell(session.project);
  const jobs = useCell(session.jobs);
  const together = useCell(session.fetched.stems);
  const { mix } = session;
  const recipe = mix?.stems ?? null;
  const moved = useCell(session.levels);
  // As they are in the mix that is heard, but for those that were moved since.
  const levels: Levels = new Map([...(recipe ?? []).map((stem) => [stem.file, stem] as const), ...moved]);
  const asked = useCell(session.once.underWay).has('mix');
  const usable = stems.filter((stem) => stem.state !== 'refused');
  const wanted = usable.map((stem): StemRequest => levelOf(levels, stem));
  const heard = wanted.filter((stem) => stem.muted !== true);
  const found = mix === null ? undefined : together.get(mix.id);
  const newest = project.files.findLast((file) => file.stems != null);
  const job = newest?.state === 'waiting' && newest.analyseJob != null ? jobs.get(newest.analyseJob) : undefined;
  const change = (stem: AudioFile, next: Partial<StemRequest>) =>
    session.levels.update((before) => new Map(before).set(stem.id, { ...(before.get(stem.id) ?? levelOf(levels, stem)), ...next }));
  return (
    <section class="panel stems" aria-labelledby="stems-title">
      <h2 id="stems-title">Stems</h2>
      <p class="hint">
        {recipe === null && mix !== null
          ? `The mix that you dropped is mastered. These ${plural(stems.length, 'stem')} can take its place.`
          : 'They play together from their first moment. Levels stay as you delivered them unless you move them here.'}
      </p>
      <ul class="stem-list">
        {stems.map((stem) => (
          <StemRow key={stem.id} session={session} stem={stem} level={levelOf(levels, stem)} onChange={(next) => change(stem, next)} />
        ))}
      </ul>
      {found !== undefined && (
        <div class="stems-together">
          <h3>Together</h3>
          <p class="hint">
            Peak of the sum {number(found.sum.truePeakDbtp)} dBTP
            {found.rough !== null && found.sum.residualDb !== null ? `; ${number(found.sum.residualDb, 0)} dB differ from the mix beside them` : ''}.
          </p>
          <Findings findings={found.findings} player={session.listening.player.value} clean="The stems belong together: same rate and length, nothing twice." />
        </div>
      )}
      {newest?.state === 'refused' && newest.id !== mix?.id && <p class="bad-text"><Icon name="error" /> {newest.error?.detail}</p>}
      {job !== undefined && !ended(job) ? <JobProgress session={session} job={job} /> : (
        <div class="row">
          <Button
            id="mix-stems"
            kind={recipe === null && mix !== null ? 'plain' : 'primary'}
            disabled={asked || heard.length === 0 || same(wanted, recipe)}
            onClick={() => void session.mixStems(wanted)}
          >
            {recipe === null ? `Mix ${plural(heard.length, 'stem')}` : 'Mix them again'}
          </Button>
        </div>
      )}
    </section>
  );
}

interface RowProps {
  readonly session: Session;
  readonly stem: AudioFile;
  readonly level: StemRequest;
  readonly onChange: (next: Partial<StemRequest>) => void;
}

function StemRow({ session, stem, level, onChange }: RowProps) {
  const findings = useCell(session.fetched.findings).get(stem.id) ?? [];
  const grave = findings.filter((finding) => finding.severity !== 'info');
  return (
    <li class={`stem${level.muted === true ? ' muted-stem' : ''}`}>
      <div class="stem-head">
        <span class="ellipsis">{stem.name}</span>
        <small class="muted">{stem.state === 'ready' ? `${number(stem.figures?.integratedLufs)} LUFS` : stem.state === 'waiting' ? 'measuring' : ''}</small>
        <Switch label={<>Heard<span class="sr"> {stem.name}</span></>} checked={level.muted !== true} onChange={(on) => onChange({ muted: !on })} />
      </div>
      {stem.state === 'refused'
        ? <p class="bad-text"><Icon name="error" /> {stem.error?.detail ?? 'It cannot be read.'}</p>
        : <Slider label="Level" of={`of ${stem.name}`} value={level.gainDb ?? 0} minimum={-MOST_GAIN_DB} maximum={MOST_GAIN_DB} unit="dB" step={0.5} origin={0} onInput={(gainDb) => onChange({ gainDb })} />}
      {grave.map((finding: Finding) => (
        <p key={finding.code} class={`stem-finding ${finding.severity}`}><Icon name={finding.severity === 'failure' ? 'error' : 'warning'} /> {finding.message}</p>
      ))}
    </li>
  );
}

function levelOf(levels: Levels, stem: AudioFile): StemRequest {
  return levels.get(stem.id) ?? { file: stem.id, gainDb: 0, muted: false };
}

function same(wanted: readonly StemRequest[], recipe: readonly StemRequest[] | null): boolean {
  return recipe !== null && recipe.length === wanted.length && wanted.every((stem) => recipe.some((other) =>
    other.file === stem.file && sameLevel(other, stem)));
}
