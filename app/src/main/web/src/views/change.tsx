// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from 'preact/hooks';
import type { Control, Decision, PlanGroup, PlanValue, StageInfo, VersionDetail } from '../api/types';
import type { Player } from '../audio/engine';
import { useCell } from '../state/cell';
import {
  type Draft, type DraftStage, type Path, addStage, defaultOf, defaultsOf, moveStage, reasonsOf, removeStage,
  setDelivery, setValue, settingName, toggleBypass, valueAt,
} from '../state/draft';
import type { Session } from '../state/session';
import { Button, NumberField, Segmented, Select, Slider, Switch } from '../ui/controls';
import { Icon } from '../ui/icons';
import { digitsFor, number, withUnit } from '../ui/text';
import { EqEditor } from './eqeditor';
import { Plans } from './plans';
import { JobProgress } from './progress';
import { intensityText } from './setup';

/** The plan as controls. A change is heard in the loop at once; the whole song is rendered on demand. */
export function Change({ session, player }: { session: Session; player: Player | null }) {
  const history = useCell(session.edit);
  const id = useCell(session.version);
  const details = useCell(session.details);
  useCell(session.jobs);
  const detail = id === null ? undefined : details.get(id);
  useEffect(() => session.warmUp(), [session, detail?.id]);
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
                session.changeDraft(addStage(draft, withOneItem(info), order));
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
  const keep = useCell(session.keepLoudness);
  const shown = session.options.delivery.filter((control) => control.key !== 'edits' && control.key !== 'fileFormat');
  const context: ControlContext = {
    stage: 'delivery',
    settings: draft.delivery,
    original: detail.plan.delivery,
    reasons: reasonsOf(session.decisionsOf(detail), 'delivery'),
    set: (path, value, tag) => session.changeDraft(setDelivery(draft, path, value), tag === null ? null : `delivery ${tag}`),
    settled: () => session.settle(),
  };
  return (
    <details class="panel">
      <summary><h3>Loudness and delivery</h3></summary>
      <div class="stage-body flat">
        <Switch id="keep-loudness" label="Reach the loudness below, whatever I change" checked={keep} onChange={(next) => session.setKeepLoudness(next)} />
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
  const known = session.options.genres.some((genre) => genre.name === detail.genre);
  return (
    <details class="panel">
      <summary><h3>Intensity of the whole</h3></summary>
      <div class="stage-body flat">
        <Slider id="again-intensity" label="Intensity" value={intensity} minimum={0} maximum={100} unit="%" step={1} onInput={setIntensity} />
        <p class="hint">{intensityText(intensity)} All settings are decided again; this version stays beside it.</p>
        {job === null ? (
          <Button onClick={() => void session.start({ type: 'master', file: detail.file, genre: known && detail.genre !== undefined ? detail.genre : 'auto', ...(session.options.platforms.some((item) => item.name === detail.platform) ? { platform: detail.platform } : {}), intensity })}>
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

/** Play and compare while the deck is out of sight. */
function Listening({ session, player, detail }: { session: Session; player: Player; detail: VersionDetail }) {
  const playing = useCell(player.playing);
  const listening = useCell(session.listening);
  const preview = useCell(session.preview);
  const mix = session.mix;
  const choices = [
    ...(mix === null ? [] : [{ value: mix.id, title: 'Mix' }]),
    { value: detail.id, title: detail.name },
    ...(preview === null ? [] : [{ value: 'preview', title: 'Your change' }]),
  ];
  return (
    <div class="toolbar-group">
      <Button kind="primary" class="round" icon={playing ? 'pause' : 'play'} label={playing ? 'Pause' : 'Play'} onClick={() => void player.toggle()} />
      <Segmented label="What you hear" value={listening ?? ''} choices={choices} onChange={(id) => void session.hear(id)} />
    </div>
  );
}

function Toolbar({ session, player, detail }: { session: Session; player: Player | null; detail: VersionDetail }) {
  const history = useCell(session.edit);
  const preview = useCell(session.preview);
  const [plans, setPlans] = useState(false);
  const job = session.running('render');
  const edited = history !== null && session.edited;
  return (
    <div class="toolbar">
      {player !== null && <Listening session={session} player={player} detail={detail} />}
      <div class="toolbar-group">
        <Button icon="undo" label="Undo" keys="Ctrl+Z" disabled={history === null || history.past.length === 0} onClick={() => session.undo()} />
        <Button icon="redo" label="Redo" keys="Ctrl+Y" disabled={history === null || history.future.length === 0} onClick={() => session.redo()} />
        <Button kind="quiet" disabled={!edited} onClick={() => session.resetDraft()}>Reset</Button>
      </div>
      <p class="toolbar-state" role="status">
        {preview?.error != null
          ? <span class="bad-text">{preview.error}</span>
          : preview === null
            ? <span class="muted">Move something, and hear it in the loop at once.</span>
            : preview.busy ? 'Rendering the loop\u2026' : (
              <>{number(preview.figures?.integratedLufs)}&nbsp;LUFS, peak {number(preview.figures?.truePeakDbtp)}&nbsp;dBTP <span class="muted">in the loop, ready in {number((preview.tookMs ?? 0) / 1000, 2)}&nbsp;s</span></>
            )}
      </p>
      <div class="toolbar-group">
        <Button id="plans" kind="quiet" onClick={() => setPlans(true)}>Plans</Button>
        {job === null ? (
          <Button id="render" kind="primary" disabled={!edited} onClick={() => void session.renderWhole(nextName(session, detail))}>Render the song</Button>
        ) : <JobProgress session={session} job={job} />}
      </div>
      {plans && <Plans session={session} detail={detail} onClose={() => setPlans(false)} />}
    </div>
  );
}

/** Version 1 is followed by the next number that is free. */
export function nextName(session: Session, detail: VersionDetail): string {
  const base = detail.name.replace(/ \d+$/, '');
  const taken = new Set(session.project.value.versions.map((version) => version.name));
  let count = 2;
  while (taken.has(`${base} ${count}`)) {
    count++;
  }
  return `${base} ${count}`;
}

interface StageProps {
  readonly session: Session;
  readonly player: Player | null;
  readonly detail: VersionDetail;
  readonly draft: Draft;
  readonly stage: DraftStage;
  readonly place: number;
  readonly info: StageInfo | undefined;
}

function StageCard(props: StageProps) {
  const { session, detail, draft, stage, info, place } = props;
  const name = stage.settings.stage;
  const [open, setOpen] = useState(name === 'parametric-eq' || (name !== 'gain' && draft.stages.length <= 5));
  const reasons = reasonsOf(session.decisionsOf(detail), name);
  const original = detail.plan.stages.filter((item) => item.stage === name)[
    draft.stages.slice(0, place).filter((item) => item.settings.stage === name).length
  ];
  const title = info?.title ?? name;
  const set = (path: Path, value: PlanValue | undefined, tag: string | null) =>
    session.changeDraft(setValue(draft, stage.id, path, value), tag === null ? null : `${stage.id} ${tag}`);
  const context: ControlContext = { stage: name, settings: stage.settings, original, reasons, set, settled: () => session.settle() };
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
          {movable && <Button icon="up" kind="quiet" label={`Move ${title} earlier`} disabled={place === 0} onClick={() => session.changeDraft(moveStage(draft, stage.id, -1))} />}
          {movable && <Button icon="down" kind="quiet" label={`Move ${title} later`} disabled={draft.stages[place + 1] === undefined || draft.stages[place + 1]?.settings.stage === 'limiter'} onClick={() => session.changeDraft(moveStage(draft, stage.id, 1))} />}
          <Button icon="trash" kind="quiet" label={`Remove ${title}`} onClick={() => session.changeDraft(removeStage(draft, stage.id))} />
          <Switch hidden label={`${title} on`} checked={!stage.bypassed} onChange={() => session.changeDraft(toggleBypass(draft, stage.id))} />
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
export function summaryOf(stage: DraftStage): string {
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

interface ControlContext {
  readonly stage: string;
  readonly settings: PlanGroup;
  readonly original: PlanGroup | undefined;
  readonly reasons: ReadonlyMap<string, Decision>;
  readonly set: (path: Path, value: PlanValue | undefined, tag: string | null) => void;
  readonly settled: () => void;
}

function Controls(props: { controls: readonly Control[]; path: Path; context: ControlContext }) {
  return (
    <div class="controls">
      {props.controls.map((control) => (
        <PlanControl key={control.key} control={control} path={[...props.path, control.key]} context={props.context} />
      ))}
    </div>
  );
}

/** One setting, its reason below it, and the way back to what it was. */
function PlanControl({ control, path, context }: { control: Control; path: Path; context: ControlContext }) {
  const value = valueAt(context.settings, path) ?? control.default ?? null;
  const original = valueAt(context.original, path);
  const setting = settingName(context.stage, path);
  const reason = stillAbout(context, path) ? context.reasons.get(setting) : undefined;
  const moved = original !== undefined && typeof value !== 'object' && original !== value;
  const id = setting.replace(/[^A-Za-z0-9]+/g, '-');
  const wide = control.type === 'list' || control.type === 'group' || control.type === 'numbers';
  return (
    <div class={`control${wide ? ' wide' : ''}`}>
      <ControlBody control={control} path={path} context={context} value={value} id={id} />
      {(reason !== undefined || moved) && (
        <p class="because">
          {moved && (
            <button type="button" class="was" onClick={() => context.set(path, original, null)}>
              was {typeof original === 'number' ? withUnit(original, control.unit ?? '', digitsFor(control.unit, original)).trim() : String(original)}: put back
            </button>
          )}
          {reason?.because}
        </p>
      )}
    </div>
  );
}

/** Whether a reason still speaks of this band: one that was moved by an octave or has another shape is another band. */
function stillAbout(context: ControlContext, path: Path): boolean {
  const item = path.slice(0, 2);
  const now = valueAt(context.settings, [...item, 'frequencyHz']);
  const before = valueAt(context.original, [...item, 'frequencyHz']);
  if (typeof now !== 'number' || typeof before !== 'number') {
    return context.original !== undefined;
  }
  const same = valueAt(context.settings, [...item, 'shape']) === valueAt(context.original, [...item, 'shape']);
  return same && Math.abs(Math.log2(now / before)) < 1;
}

function ControlBody({ control, path, context, value, id }: { control: Control; path: Path; context: ControlContext; value: PlanValue; id: string }) {
  switch (control.type) {
    case 'number':
    case 'integer':
      return <NumberControl control={control} path={path} context={context} value={value} id={id} />;
    case 'choice':
      return (
        <Select
          id={id}
          label={control.title}
          value={String(value ?? control.choices?.[0] ?? '')}
          choices={(control.choices ?? []).map((choice) => ({ value: choice, title: choice.replace(/-/g, ' ') }))}
          onChange={(next) => context.set(path, next, null)}
        />
      );
    case 'boolean':
      return <Switch id={id} label={control.title} checked={value === true} onChange={(next) => context.set(path, next, null)} />;
    case 'list':
      return <ListControl control={control} path={path} context={context} value={value} />;
    case 'numbers':
      return <NumbersControl control={control} path={path} context={context} value={value} />;
    case 'group':
      return (
        <fieldset class="group">
          <legend>{control.title}</legend>
          <Controls controls={control.items ?? []} path={path} context={context} />
        </fieldset>
      );
    case 'text':
      return <p class="hint">{control.title}: {String(value ?? '')}</p>;
  }
}

function NumberControl({ control, path, context, value, id }: { control: Control; path: Path; context: ControlContext; value: PlanValue; id: string }) {
  const minimum = control.minimum ?? 0;
  const maximum = control.maximum ?? 100;
  if (control.optional === true && value === null) {
    const first = control.default ?? defaultOf({ ...control, optional: false }) ?? (control.logarithmic === true ? Math.sqrt(minimum * maximum) : (minimum + maximum) / 2);
    return (
      <div class="automatic">
        <span class="field-label">{control.title}</span>
        <span class="muted">{control.key === 'driveDb' ? 'solved for the loudness' : 'automatic'}</span>
        <Button kind="quiet" onClick={() => context.set(path, first, null)}>Set</Button>
      </div>
    );
  }
  if (control.minimum === undefined || control.maximum === undefined) {
    return (
      <div class="automatic">
        <span class="field-label">{control.title}</span>
        <NumberField label={control.title} value={Number(value ?? 0)} minimum={control.minimum ?? 0} maximum={control.maximum ?? 1e9} unit={control.unit ?? ''} onChange={(next) => context.set(path, next, null)} />
      </div>
    );
  }
  const logarithmic = control.logarithmic === true && minimum > 0;
  return (
    <Slider
      id={id}
      label={control.title}
      description={control.description}
      value={Number(value ?? minimum)}
      minimum={minimum}
      maximum={maximum}
      unit={control.unit ?? ''}
      logarithmic={logarithmic}
      {...(control.type === 'integer' ? { step: control.key === 'slopeDbPerOctave' ? 6 : 1 } : {})}
      {...(minimum < 0 && maximum > 0 ? { origin: 0 } : {})}
      onInput={(next) => context.set(path, next, path.join('.'))}
      onSettled={context.settled}
    />
  );
}

function ListControl({ control, path, context, value }: { control: Control; path: Path; context: ControlContext; value: PlanValue }) {
  const items = (Array.isArray(value) ? value : []) as readonly PlanGroup[];
  // Bands that are divided by crossovers come and go with them.
  const fixed = valueAt(context.settings, [...path.slice(0, -1), 'crossoversHz']) !== undefined && control.key === 'bands';
  const singular = control.title.replace(/s$/, '');
  return (
    <div class="list">
      {items.map((_item, place) => (
        <details key={place} class="item" open={items.length <= 3}>
          <summary>
            <h4>{singular} {place + 1}</h4>
          </summary>
          {!fixed && items.length > (control.minItems ?? 0) && (
            <Button icon="trash" kind="quiet" class="item-remove" label={`Remove ${singular} ${place + 1}`} onClick={() => context.set([...path, place], undefined, null)} />
          )}
          <Controls controls={control.items ?? []} path={[...path, place]} context={context} />
        </details>
      ))}
      {!fixed && items.length < (control.maxItems ?? 24) && (
        <Button icon="plus" kind="quiet" onClick={() => context.set([...path, items.length], defaultsOf(control.items ?? []), null)}>{singular}</Button>
      )}
    </div>
  );
}

function NumbersControl({ control, path, context, value }: { control: Control; path: Path; context: ControlContext; value: PlanValue }) {
  const values = (Array.isArray(value) ? value : []) as readonly number[];
  if (values.length > 12) {
    return <p class="hint">{control.title}: {values.length} points. Load a plan to change them.</p>;
  }
  return (
    <div class="numbers">
      <span class="field-label">{control.title}</span>
      {values.map((item, place) => (
        <NumberField
          key={place}
          label={`${control.title} ${place + 1}`}
          value={item}
          minimum={control.minimum ?? 0}
          maximum={control.maximum ?? 40000}
          unit={control.unit ?? ''}
          onChange={(next) => context.set([...path, place], next, null)}
        />
      ))}
      {values.length === 0 && <span class="muted">none</span>}
    </div>
  );
}
