// SPDX-License-Identifier: Apache-2.0
import type { AudioFile, MasterRequest } from '../api/types';
import { useCell } from '../state/cell';
import type { MasterChoices } from '../state/choices';
import { starting, type Session } from '../state/session';
import { Button, Select, Slider, Switch } from '../ui/controls';
import { Icon } from '../ui/icons';
import { number, signed } from '../ui/text';
import { DropZone } from './dropzone';
import { JobProgress } from './progress';

const TRUST: Readonly<Record<string, string>> = {
  provisional: 'from few records',
  anecdotal: 'hardly measured',
};

/** What the master should be; starts it. */
export function Setup({ session, mix }: { session: Session; mix: AudioFile }) {
  const project = useCell(session.project);
  useCell(session.jobs);
  const choices = useCell(session.masterChoices);
  const { genre, platform, intensity, match, bypass } = choices;
  const choose = (next: Partial<MasterChoices>) => session.masterChoices.update((before) => ({ ...before, ...next }));
  const asked = useCell(session.once.underWay).has(starting('master'));
  const references = project.files.filter((file) => file.role === 'reference' && file.state === 'ready');
  const chosen = session.options.platforms.find((item) => item.name === platform);
  const job = session.running('master');
  const begin = () => {
    const request: MasterRequest = {
      type: 'master', file: mix.id, genre, platform, intensity, bypass,
      ...(references.length === 0 ? {} : { references: references.map((file) => file.id), match }),
    };
    void session.start(request);
  };
  return (
    <form
      class="setup panel"
      aria-label="What the master should be"
      onSubmit={(event) => {
        event.preventDefault();
        begin();
      }}
    >
      <h2>Master it</h2>
      <Select
        id="genre"
        label="Genre"
        value={genre}
        choices={session.options.genres.map((item) => ({
          value: item.name,
          title: TRUST[item.trust] === undefined ? item.title : `${item.title} (${TRUST[item.trust]})`,
        }))}
        onChange={(next) => choose({ genre: next })}
      />
      <Select
        id="platform"
        label="Made for"
        value={platform}
        choices={session.options.platforms.map((item) => ({ value: item.name, title: item.title }))}
        onChange={(next) => choose({ platform: next })}
      />
      {chosen !== undefined && (
        <p class="hint" title={chosen.source}>
          {chosen.loudnessLufs == null ? 'As loud as the genre usually is' : `${number(chosen.loudnessLufs)} LUFS`}, peaks up to {number(chosen.ceilingDbtp)} dBTP
        </p>
      )}
      <Slider id="intensity" label="Intensity" value={intensity} minimum={0} maximum={100} unit="%" step={1} onInput={(next) => choose({ intensity: next })} />
      <p class="hint">{intensityText(intensity)}</p>
      <References session={session} references={references} match={match} onMatch={(next) => choose({ match: next })} />
      <details class="more-options">
        <summary>Leave something out</summary>
        {session.options.stages.filter((stage) => stage.adjustable).map((stage) => (
          <Switch
            key={stage.name}
            label={stage.title}
            checked={!bypass.includes(stage.name)}
            onChange={(on) => choose({ bypass: on ? bypass.filter((name) => name !== stage.name) : [...bypass, stage.name] })}
          />
        ))}
      </details>
      {job === null ? (
        <div class="setup-end">
          <button id="master" type="submit" class="button primary wide" disabled={asked}>
            <span>{project.versions.length === 0 ? 'Make the master' : 'Make another master'}</span>
          </button>
        </div>
      ) : (
        <div class="setup-end"><JobProgress session={session} job={job} /></div>
      )}
    </form>
  );
}

export function intensityText(intensity: number): string {
  if (intensity === 0) {
    return 'Loudness only; the sound stays as it is.';
  }
  if (intensity < 40) {
    return 'Less than what the model advises.';
  }
  return intensity <= 60 ? 'What the model advises.' : 'Bolder than what the model advises.';
}

function References(props: { session: Session; references: readonly AudioFile[]; match: number; onMatch: (value: number) => void }) {
  const { session, references } = props;
  return (
    <div class="references">
      {references.map((file) => (
        <div key={file.id} class="reference">
          <Icon name="check" />
          <span class="ellipsis">{file.name}</span>
          <small class="muted">{signed(file.figures?.integratedLufs)} LUFS</small>
          <Button icon="close" kind="quiet" label={`Remove ${file.name}`} onClick={() => void session.deleteFile(file)} />
        </div>
      ))}
      <DropZone id="reference" class="small" multiple title={references.length === 0 ? 'Sound like a record: add one' : 'Add another record'} onFiles={(files) => void session.uploadFiles(files, 'reference')} />
      {references.length > 0 && (
        <>
          <Slider label="Follow its tone" value={props.match} minimum={0} maximum={100} unit="%" step={1} onInput={props.onMatch} />
          <p class="hint">References replace the genre. At 100 % the tone follows them fully.</p>
        </>
      )}
    </div>
  );
}
