// SPDX-License-Identifier: Apache-2.0
import type { Control, Decision, PlanGroup, PlanValue } from '../api/types';
import { type Path, defaultOf, defaultsOf, settingName, valueAt } from '../state/draft';
import { Button, NumberField, Select, Slider, Switch } from '../ui/controls';
import { digitsFor, withUnit } from '../ui/text';

/** Where a control writes, and what it was before. */
export interface ControlContext {
  readonly stage: string;
  readonly settings: PlanGroup;
  readonly original: PlanGroup | undefined;
  readonly reasons: ReadonlyMap<string, Decision>;
  readonly set: (path: Path, value: PlanValue | undefined, tag: string | null) => void;
  readonly settled: () => void;
}

/** The settings of a stage, a band or a group. */
export function Controls(props: { controls: readonly Control[]; path: Path; context: ControlContext }) {
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
