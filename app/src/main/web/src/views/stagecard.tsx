// SPDX-License-Identifier: Apache-2.0
import { useState } from 'preact/hooks';
import type { PlanGroup, PlanValue, StageInfo, VersionDetail } from '../api/types';
import type { Player } from '../audio/engine';
import { type Draft, type DraftStage, type Path, moveStage, reasonsOf, removeStage, setValue, toggleBypass } from '../state/draft';
import type { Session } from '../state/session';
import { Button, Switch } from '../ui/controls';
import { Icon } from '../ui/icons';
import { withUnit } from '../ui/text';
import { EqEditor } from './eqeditor';
import { type ControlContext, Controls } from './plancontrols';

interface StageProps {
  readonly session: Session;
  readonly player: Player | null;
  readonly detail: VersionDetail;
  readonly draft: Draft;
  readonly stage: DraftStage;
  readonly place: number;
  readonly info: StageInfo | undefined;
}

/** One stage of the chain with its settings. */
export function StageCard(props: StageProps) {
  const { session, detail, draft, stage, info, place } = props;
  const name = stage.settings.stage;
  const [open, setOpen] = useState(name === 'parametric-eq' || (name !== 'gain' && draft.stages.length <= 5));
  const reasons = reasonsOf(session.fetched.decisionsOf(detail), name);
  const original = detail.plan.stages.filter((item) => item.stage === name)[
    draft.stages.slice(0, place).filter((item) => item.settings.stage === name).length
  ];
  const title = info?.title ?? name;
  const set = (path: Path, value: PlanValue | undefined, tag: string | null) =>
    session.editor.change((now) => setValue(now, stage.id, path, value), tag === null ? null : `${stage.id} ${tag}`);
  const context: ControlContext = { stage: name, settings: stage.settings, original, reasons, set, settled: () => session.editor.settle() };
  const movable = name !== 'limiter';
  return (
    <li class={`stage${stage.bypassed ? ' bypassed' : ''}${open ? ' open' : ''}`} id={`stage-${name}`}>
      <header>
        <button type="button" class="stage-title" aria-expanded={open} onClick={() => setOpen(!open)}>
          <Icon name={open ? 'up' : 'down'} />
          <h3>{title}</h3>
          <span class="muted stage-summary">{summaryOf(stage)}</span>
        </button>
        <div class="stage-tools">
          {movable && <Button icon="up" kind="quiet" label={`Move ${title} earlier`} disabled={place === 0} onClick={() => session.editor.change((now) => moveStage(now, stage.id, -1))} />}
          {movable && <Button icon="down" kind="quiet" label={`Move ${title} later`} disabled={draft.stages[place + 1] === undefined || draft.stages[place + 1]?.settings.stage === 'limiter'} onClick={() => session.editor.change((now) => moveStage(now, stage.id, 1))} />}
          <Button icon="trash" kind="quiet" label={`Remove ${title}`} onClick={() => session.editor.change((now) => removeStage(now, stage.id))} />
          <Switch hidden label={`${title} on`} checked={!stage.bypassed} onChange={() => session.editor.change((now) => toggleBypass(now, stage.id))} />
        </div>
      </header>
      {open && info !== undefined && (
        <div class="stage-body">
          <p class="hint">{info.description}</p>
          {name === 'parametric-eq'
            ? <EqStage {...props} context={context} />
            : <Controls controls={info.controls} path={[]} context={context} />}
        </div>
      )}
    </li>
  );
}

/** The one thing that matters about a stage, on its closed card. */
function summaryOf(stage: DraftStage): string {
  const { settings } = stage;
  const bands = settings['bands'];
  if (stage.bypassed) {
    return 'off';
  }
  switch (settings.stage) {
    case 'gain':
      return withUnit(Number(settings['gainDb'] ?? 0), 'dB');
    case 'high-pass':
    case 'low-pass':
      return withUnit(Number(settings['cutoffHz'] ?? 0), 'Hz', 0);
    case 'limiter':
      return `ceiling ${withUnit(Number(settings['ceilingDbtp'] ?? -1), 'dBTP')}`;
    default:
      return Array.isArray(bands) ? `${bands.length} band${bands.length === 1 ? '' : 's'}` : '';
  }
}

function EqStage(props: StageProps & { context: ControlContext }) {
  const { session, draft, stage, info, context } = props;
  const [chosen, setChosen] = useState<number | null>(0);
  const bands = (stage.settings['bands'] ?? []) as readonly PlanGroup[];
  const listControl = info?.controls.find((control) => control.key === 'bands');
  const others = info?.controls.filter((control) => control.key !== 'bands') ?? [];
  const at = chosen !== null && chosen < bands.length ? chosen : null;
  return (
    <>
      <EqEditor
        stage={stage.settings}
        chain={draft.stages.filter((item) => !item.bypassed).map((item) => item.settings)}
        sampleRateHz={Number(props.detail.plan.delivery?.['sampleRateHz'] ?? session.project.value.playRateHz ?? 44100)}
        player={props.player}
        chosen={at}
        onChoose={setChosen}
        onBand={(band, next, tag) => context.set(['bands', band], next, tag)}
        onAdd={(band) => {
          context.set(['bands', bands.length], band, null);
          setChosen(bands.length);
        }}
        onRemove={(band) => {
          context.set(['bands', band], undefined, null);
          setChosen(null);
        }}
        onSettled={context.settled}
      />
      {at !== null && listControl !== undefined && (
        <div class="item">
          <header>
            <h4>Band {at + 1}</h4>
            <Button icon="trash" kind="quiet" label={`Remove band ${at + 1}`} onClick={() => context.set(['bands', at], undefined, null)} />
          </header>
          <Controls controls={listControl.items ?? []} path={['bands', at]} context={context} />
        </div>
      )}
      <Controls controls={others} path={[]} context={context} />
    </>
  );
}
