// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from 'preact/hooks';
import type { StageInfo, VersionDetail } from '../api/types';
import type { Player } from '../audio/engine';
import { useCell } from '../state/cell';
import { type Draft, addStage, defaultsOf, reasonsOf, setDelivery } from '../state/draft';
import { starting, type Session } from '../state/session';
import { Button, Select, Slider, Switch } from '../ui/controls';
import { type ControlContext, Controls } from './plancontrols';
import { JobProgress } from './progress';
import { intensityText } from './setup';
import { StageCard } from './stagecard';
import { Toolbar } from './toolbar';

/** The plan as controls. A change is heard in the loop at once; the whole song is rendered on demand. */
export function Change({ session, player }: { session: Session; player: Player | null }) {
  const history = useCell(session.editor.history);
  const id = useCell(session.version);
  const details = useCell(session.fetched.details);
  useCell(session.jobs);
  const detail = id === null ? undefined : details.get(id);
  useEffect(() => session.editor.warmUp(), [session, detail?.id]);
  if (history === null || detail === undefined) {
    return <div class="panel skeleton tall" />;
  }
  const draft = history.present;
  const { stages } = session.options;
  const order = stages.map((stage) => stage.name);
  const missing = stages.filter((info) => !draft.stages.some((stage) => stage.settings.stage === info.name));
  return (
    <div class="change">
      <Toolbar session={session} player={player} detail={detail} />
      <ol class="chain">
        {draft.stages.map((stage, k) => (
          <StageCard
            key={`${detail.id}:${stage.id}`}
            session={session}
            player={player}
            detail={detail}
            draft={draft}
            stage={stage}
            place={k}
            info={stages.find((info) => info.name === stage.settings.stage)}
          />
        ))}
      </ol>
      <div class="below-chain">
      {missing.length > 0 && (
        <div class="add-stage">
          <Select
            id="add-stage"
            label="Add a stage"
            value=""
            choices={[{ value: '', title: 'Choose\u2026' }, ...missing.map((info) => ({ value: info.name, title: info.title }))]}
            onChange={(name) => {
              const info = stages.find((item) => item.name === name);
              if (info !== undefined) {
                session.editor.change((now) => addStage(now, withOneItem(info), order));
              }
            }}
          />
        </div>
      )}
      <Delivery session={session} detail={detail} draft={draft} />
      <Again session={session} detail={detail} />
      </div>
    </div>
  );
}

/** How loud the song becomes, and as what it is written. */
function Delivery({ session, detail, draft }: { session: Session; detail: VersionDetail; draft: Draft }) {
  const keep = useCell(session.editor.keepLoudness);
  const shown = session.options.delivery.filter((control) => control.key !== 'edits' && control.key !== 'fileFormat');
  const context: ControlContext = {
    stage: 'delivery',
    settings: draft.delivery,
    original: detail.plan.delivery,
    reasons: reasonsOf(session.fetched.decisionsOf(detail), 'delivery'),
    set: (path, value, tag) => session.editor.change((now) => setDelivery(now, path, value), tag === null ? null : `delivery ${tag}`),
    settled: () => session.editor.settle(),
  };
  return (
    <details class="panel">
      <summary><h3>Loudness and delivery</h3></summary>
      <div class="stage-body flat">
        <Switch id="keep-loudness" label="Reach the loudness below, whatever I change" checked={keep} onChange={(next) => session.editor.setKeepLoudness(next)} />
        <p class="hint">{keep ? 'The limiter\u2019s drive is solved again.' : 'The limiter\u2019s drive is taken as it is set: the loudness follows from it.'}</p>
        <Controls controls={shown} path={[]} context={context} />
      </div>
    </details>
  );
}

/** The whole chain decided once more, bolder or gentler. */
function Again({ session, detail }: { session: Session; detail: VersionDetail }) {
  const [intensity, setIntensity] = useState(detail.intensity ?? 50);
  const job = session.running('master');
  const asked = useCell(session.once.underWay).has(starting('master'));
  const known = session.options.genres.some((genre) => genre.name === detail.genre);
  return (
    <details class="panel">
      <summary><h3>Intensity of the whole</h3></summary>
      <div class="stage-body flat">
        <Slider id="again-intensity" label="Intensity" value={intensity} minimum={0} maximum={100} unit="%" step={1} onInput={setIntensity} />
        <p class="hint">{intensityText(intensity)} All settings are decided again; this version stays beside it.</p>
        {job === null ? (
          <Button disabled={asked} onClick={() => void session.start({ type: 'master', file: detail.file, genre: known && detail.genre !== undefined ? detail.genre : 'auto', ...(session.options.platforms.some((item) => item.name === detail.platform) ? { platform: detail.platform } : {}), intensity })}>
            Make it at {intensity} %
          </Button>
        ) : <JobProgress session={session} job={job} />}
      </div>
    </details>
  );
}

/** A list that may be empty starts with one item when it is added by hand: an empty equaliser shows nothing to move. */
function withOneItem(info: StageInfo): StageInfo {
  return {
    ...info,
    controls: info.controls.map((control) => (control.type === 'list' && control.key === 'bands'
      ? { ...control, default: [defaultsOf(control.items ?? [])] }
      : control)),
  };
}
