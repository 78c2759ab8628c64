// SPDX-License-Identifier: Apache-2.0
import { paths } from '../api/client';
import type { AudioFile, Figures, Role, Version } from '../api/types';
import { useCell } from '../state/cell';
import { ended, starting, type Session } from '../state/session';
import { Button, EditableText, LinkButton, Select } from '../ui/controls';
import { Icon } from '../ui/icons';
import { ago, clock, number, plural } from '../ui/text';
import { DropZone } from './dropzone';
import { JobProgress } from './progress';

const COLUMNS: readonly { key: keyof Figures; title: string; digits: number }[] = [
  { key: 'integratedLufs', title: 'LUFS', digits: 1 },
  { key: 'truePeakDbtp', title: 'dBTP', digits: 1 },
  { key: 'loudnessRangeLu', title: 'Range LU', digits: 1 },
  { key: 'plrDb', title: 'PLR dB', digits: 1 },
  { key: 'dr14', title: 'DR', digits: 0 },
];

/** Versions side by side, files of the project, and the comparison with a master made elsewhere. */
export function Versions({ session }: { session: Session }) {
  const project = useCell(session.project);
  const mix = session.mix;
  return (
    <div class="grid">
      <section class="panel" aria-labelledby="versions-title">
        <h2 id="versions-title">Versions</h2>
        <div class="scroll-x">
          <table class="versions">
            <thead>
              <tr>
                <th scope="col">Name</th>
                {COLUMNS.map((column) => <th key={column.key} scope="col">{column.title}</th>)}
                <th scope="col">Made</th>
                <th scope="col"><span class="sr">Actions</span></th>
              </tr>
            </thead>
            <tbody>
              {mix?.figures != null && <FileRow session={session} file={mix} figures={mix.figures} />}
              {project.versions.map((version) => <VersionRow key={version.id} session={session} version={version} />)}
            </tbody>
          </table>
        </div>
        {project.versions.length === 0 && <p class="state">No master yet. Make one under Prepare.</p>}
      </section>
      <Compare session={session} />
      <Files session={session} />
    </div>
  );
}

function Numbers({ figures }: { figures: Figures }) {
  return <>{COLUMNS.map((column) => <td key={column.key}>{number(figures[column.key], column.digits)}</td>)}</>;
}

function HearButton({ session, id, name }: { session: Session; id: string; name: string }) {
  const listening = useCell(session.listening.heard);
  return (
    <Button icon="speaker" kind="quiet" label={`Hear ${name}`} pressed={listening === id} onClick={() => void session.hear(id)} />
  );
}

function FileRow({ session, file, figures }: { session: Session; file: AudioFile; figures: Figures }) {
  return (
    <tr>
      <th scope="row">Mix <small class="muted">{file.name}</small></th>
      <Numbers figures={figures} />
      <td class="muted">{ago(file.createdAt)}</td>
      <td class="row-tools"><HearButton session={session} id={file.id} name="the mix" /></td>
    </tr>
  );
}

function VersionRow({ session, version }: { session: Session; version: Version }) {
  const current = useCell(session.version) === version.id;
  const about = version.kind === 'rendered'
    ? 'changed by hand'
    : [version.genre, version.platform, version.intensity == null ? null : `${version.intensity} %`].filter((part) => part != null).join(', ');
  return (
    <tr class={current ? 'current' : ''}>
      <th scope="row">
        <EditableText value={version.name} label="Version name" onChange={(name) => void session.renameVersion(version, name)} />
        <small class="muted">{about}</small>
      </th>
      <Numbers figures={version.figures} />
      <td class="muted">{ago(version.createdAt)}</td>
      <td class="row-tools">
        <HearButton session={session} id={version.id} name={version.name} />
        <Button icon="trash" kind="quiet" label={`Delete ${version.name}`} onClick={() => void session.deleteVersion(version)} />
      </td>
    </tr>
  );
}

function Compare({ session }: { session: Session }) {
  const project = useCell(session.project);
  useCell(session.jobs);
  const masters = project.files.filter((file) => file.role === 'master');
  const ready = masters.filter((file) => file.state === 'ready');
  const job = session.running('compare');
  const asked = useCell(session.once.underWay).has(starting('compare'));
  const mix = session.mix;
  const candidates = ready.length + project.versions.length;
  return (
    <section class="panel" aria-labelledby="compare-title">
      <h2 id="compare-title">Compare with your own master</h2>
      <p class="hint">Add masters of this song that were made elsewhere. The comparison lines them up with the mix, measures all at equal loudness, and ranks them figure by figure.</p>
      <ul class="file-list">
        {masters.map((file) => <FileItem key={file.id} session={session} file={file} />)}
      </ul>
      <DropZone id="own-master" class="small" multiple title="Add a master made elsewhere" onFiles={(files) => void session.uploadFiles(files, 'master')} />
      <div class="row">
        {job === null ? (
          <Button
            kind="primary"
            disabled={mix === null || candidates === 0 || asked}
            onClick={() => mix !== null && void session.start({
              type: 'compare', file: mix.id, versions: project.versions.map((version) => version.id), masters: ready.map((file) => file.id),
            })}
          >
            Compare {plural(candidates + 1, 'candidate')}
          </Button>
        ) : <JobProgress session={session} job={job} />}
      </div>
      {project.comparisons.length > 0 && (
        <ul class="file-list">
          {[...project.comparisons].reverse().map((comparison) => (
            <li key={comparison.id}>
              <span class="ellipsis">{comparison.names?.join(', ') ?? 'Comparison'} <small class="muted">{ago(comparison.createdAt)}</small></span>
              <LinkButton href={paths.comparison(session.id, comparison.id)} newTab>Open the comparison</LinkButton>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

const ROLE_NAMES = { mix: 'Mix', reference: 'Reference', master: 'Own master', stem: 'Stem' } as const;

export function Files({ session }: { session: Session }) {
  const project = useCell(session.project);
  return (
    <section class="panel" aria-labelledby="files-title">
      <h2 id="files-title">Files</h2>
      <ul class="file-list">
        {project.files.map((file) => <FileItem key={file.id} session={session} file={file} showRole />)}
      </ul>
      <DropZone id="more-files" class="small" multiple title="Add stems" onFiles={(files) => void session.uploadFiles(files, 'stem')} />
    </section>
  );
}

function FileItem({ session, file, showRole = false }: { session: Session; file: AudioFile; showRole?: boolean }) {
  const jobs = useCell(session.jobs);
  const job = file.analyseJob == null ? undefined : jobs.get(file.analyseJob);
  const busy = file.state === 'waiting' && job !== undefined && !ended(job);
  return (
    <li>
      <span class="file-name">
        <span class="ellipsis">{file.name}</span>
        <small class="muted">
          {file.state === 'refused' ? '' : busy ? `measuring, ${Math.floor(100 * (job?.fraction ?? 0))} %` : `${clock(file.figures?.durationSeconds ?? 0)} · ${number(file.figures?.integratedLufs)} LUFS`}
        </small>
        {file.state === 'refused' && <small class="bad-text"><Icon name="error" /> {file.error?.detail ?? 'It cannot be read.'}</small>}
      </span>
      {showRole && (
        <span class="role">
          <Select
            label={`What ${file.name} is`}
            hideLabel
            value={file.role}
            choices={Object.entries(ROLE_NAMES).map(([value, title]) => ({ value, title }))}
            onChange={(role) => void session.changeRole(file, role as Role)}
          />
        </span>
      )}
      <Button icon="trash" kind="quiet" label={`Remove ${file.name}`} onClick={() => void session.deleteFile(file)} />
    </li>
  );
}
