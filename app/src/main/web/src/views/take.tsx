// SPDX-License-Identifier: Apache-2.0
import { api, paths } from '../api/client';
import type { Export, ExportedFile, ExportItem, Format } from '../api/types';
import { useCell } from '../state/cell';
import type { TakeChoices } from '../state/choices';
import { starting, type Session } from '../state/session';
import { Button, LinkButton, Select, Switch } from '../ui/controls';
import { Icon } from '../ui/icons';
import { ago, bytes, number } from '../ui/text';
import { JobProgress } from './progress';

const AS_IT_IS = '';
/** What the meters of an encoder's output may differ by without a word. */
const ABOVE_DB = 0.05;

/** Files to take away: formats and platforms at once, report, plan, and a zip of all. */
export function Take({ session }: { session: Session }) {
  const project = useCell(session.project);
  const id = useCell(session.version);
  useCell(session.jobs);
  const { items, report, plan } = useCell(session.takeChoices);
  const choose = (next: Partial<TakeChoices>) => session.takeChoices.update((before) => ({ ...before, ...next }));
  const asked = useCell(session.once.underWay).has(starting('export'));
  const version = project.versions.find((item) => item.id === id);
  const job = session.running('export');
  const { formats, platforms } = session.options;
  if (version === undefined) {
    return <p class="panel state">There is no master to take yet. Make one under Prepare.</p>;
  }
  const change = (place: number, next: ExportItem) => choose({ items: items.map((item, k) => (k === place ? next : item)) });
  return (
    <div class="grid two">
      <section class="panel" aria-labelledby="take-title">
        <h2 id="take-title">Take {version.name}</h2>
        <ul class="take-rows">
          {items.map((item, place) => (
            <TakeRow
              key={place}
              item={item}
              place={place}
              formats={formats}
              platforms={[
                { value: AS_IT_IS, title: `As it is (${number(version.figures.integratedLufs)} LUFS)` },
                ...platforms.map((platform) => ({ value: platform.name, title: `${platform.title}${platform.loudnessLufs == null ? '' : `, ${number(platform.loudnessLufs, 0)} LUFS`}` })),
              ]}
              onChange={(next) => change(place, next)}
              onRemove={() => choose({ items: items.filter((_item, k) => k !== place) })}
            />
          ))}
        </ul>
        <Button icon="plus" kind="quiet" disabled={items.length >= 20} onClick={() => choose({ items: [...items, { format: 'wav', bitDepth: '24' }] })}>Another file</Button>
        <div class="row">
          <Switch label="Report" checked={report} onChange={(next) => choose({ report: next })} />
          <Switch label="Plan" checked={plan} onChange={(next) => choose({ plan: next })} />
        </div>
        {job === null ? (
          <Button id="export" kind="primary" class="wide" disabled={asked || (items.length === 0 && !report && !plan)} onClick={() => void session.start({ type: 'export', version: version.id, files: items, report, plan })}>
            Make the files
          </Button>
        ) : <JobProgress session={session} job={job} />}
      </section>
      <section class="panel" aria-labelledby="taken-title">
        <h2 id="taken-title">Ready to download</h2>
        {project.exports.length === 0 && <p class="state">Files appear here. They stay until you delete them.</p>}
        {[...project.exports].reverse().map((made) => (
          <ExportCard key={made.id} session={session} made={made} name={project.versions.find((item) => item.id === made.version)?.name ?? 'A deleted version'} />
        ))}
      </section>
    </div>
  );
}

interface RowProps {
  readonly item: ExportItem;
  readonly place: number;
  readonly formats: readonly Format[];
  readonly platforms: readonly { value: string; title: string }[];
  readonly onChange: (next: ExportItem) => void;
  readonly onRemove: () => void;
}

function TakeRow({ item, place, formats, platforms, onChange, onRemove }: RowProps) {
  const format = formats.find((candidate) => candidate.name === item.format);
  const depths = format?.bitDepths ?? [];
  return (
    <li class="take-row">
      <Select
        label={`Format of file ${place + 1}`}
        hideLabel
        value={item.format}
        choices={formats.map((candidate) => ({ value: candidate.name, title: candidate.title }))}
        onChange={(name) => {
          const next = formats.find((candidate) => candidate.name === name);
          const depth = next?.bitDepths.includes('24') === true ? '24' : next?.bitDepths[0];
          onChange({
            format: name,
            ...(item.platform === undefined ? {} : { platform: item.platform }),
            ...(depth === undefined ? {} : { bitDepth: depth }),
          });
        }}
      />
      {depths.length > 0 ? (
        <Select label={`Depth of file ${place + 1}`} hideLabel value={item.bitDepth ?? '24'} choices={depths.map((depth) => ({ value: depth, title: depth === '32f' ? '32 bit float' : `${depth} bit` }))} onChange={(bitDepth) => onChange({ ...item, bitDepth })} />
      ) : <span class="muted take-lossy">best quality</span>}
      <Select
        label={`Loudness of file ${place + 1}`}
        hideLabel
        value={item.platform ?? AS_IT_IS}
        choices={platforms}
        onChange={(platform) => {
          const { platform: _before, ...rest } = item;
          onChange(platform === AS_IT_IS ? rest : { ...rest, platform });
        }}
      />
      <Button icon="close" kind="quiet" label={`Leave out file ${place + 1}`} onClick={onRemove} />
    </li>
  );
}

function ExportCard({ session, made, name }: { session: Session; made: Export; name: string }) {
  const remove = () => void session.attempt(`delete ${made.id}`, async () => {
    await api.deleteExport(session.id, made.id);
    await session.refresh();
  });
  return (
    <article class="export">
      <header>
        <div><h3>{name}</h3><small class="muted">{ago(made.createdAt)} · {bytes(made.bytes)}</small></div>
        <LinkButton kind="primary" icon="download" href={paths.zip(session.id, made.id)} download>All as zip</LinkButton>
        <Button icon="trash" kind="quiet" label={`Delete these files of ${name}`} onClick={remove} />
      </header>
      <ul class="file-list">
        {made.files.map((file, place) => (
          <li key={file.name} class="taken">
            <a class="file-name" href={paths.exportedFile(session.id, made.id, place)} download={file.name}>
              <Icon name="download" /> <span class="ellipsis">{file.name}</span>
            </a>
            <small class="muted">
              {file.figures == null ? '' : `${number(file.figures.integratedLufs)} LUFS, ${number(file.figures.truePeakDbtp)} dBTP${file.lossy === true ? ' decoded' : ''} · `}{bytes(file.bytes)}
            </small>
            {file.lossy === true && <PeakAfterDecoding session={session} made={made} file={file} />}
          </li>
        ))}
      </ul>
    </article>
  );
}

/** Encoders move peaks: says when those of the decoded file are above what was asked for, and offers a file where they are not. */
function PeakAfterDecoding({ session, made, file }: { session: Session; made: Export; file: ExportedFile }) {
  useCell(session.jobs);
  const peak = file.figures?.truePeakDbtp ?? null;
  const ceiling = file.ceilingDbtp ?? null;
  if (peak === null || ceiling === null || file.format === undefined) {
    return null;
  }
  const lowered = file.loweredDb ?? 0;
  const { format, platform } = file;
  if (peak <= ceiling + ABOVE_DB) {
    return lowered > 0
      ? <p class="peak-note"><Icon name="check" /> Its limiter works {number(lowered)} dB lower, so that it stays below {number(ceiling)} dBTP after decoding.</p>
      : null;
  }
  const title = session.options.formats.find((item) => item.name === format)?.title ?? format.toUpperCase();
  return (
    <div class="peak-note warn">
      <Icon name="warning" />
      <p>
        Decoded, it peaks at {number(peak, 2)} dBTP, above the {number(ceiling)} dBTP asked for{peak > 0 ? '; players will clip it' : ''}. Encoders do that to loud masters.
      </p>
      <Button
        disabled={session.running('export') !== null}
        onClick={() => void session.start({
          type: 'export',
          version: made.version,
          files: [{ format, ...(platform === undefined || platform === '' ? {} : { platform }), safePeaks: true }],
          report: false,
          plan: false,
        })}
      >
        Make it safe for {title}
      </Button>
    </div>
  );
}
