// SPDX-License-Identifier: Apache-2.0
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { clamp, roundTo, significant } from '../dsp/scale';
import { Icon, type IconName } from './icons';
import { digitsFor, number } from './text';

interface ButtonProps {
  readonly children?: ComponentChildren;
  readonly icon?: IconName;
  readonly label?: string;
  readonly kind?: 'plain' | 'primary' | 'quiet' | 'danger';
  readonly pressed?: boolean;
  readonly busy?: boolean;
  readonly disabled?: boolean;
  readonly class?: string;
  readonly id?: string;
  readonly keys?: string;
  readonly onClick: (event: MouseEvent) => void;
}

/** With a label and no children it is a square with an icon. */
export function Button(props: ButtonProps) {
  const { children, icon, label, kind = 'plain', pressed, disabled, keys } = props;
  const alone = children === undefined;
  return (
    <button
      type="button"
      id={props.id}
      class={`button ${kind}${alone ? ' square' : ''} ${props.class ?? ''}`}
      aria-label={label}
      aria-pressed={pressed}
      aria-busy={props.busy}
      aria-keyshortcuts={keys}
      title={label === undefined ? undefined : keys === undefined ? label : `${label} (${keys})`}
      disabled={disabled}
      onClick={props.onClick}
    >
      {icon !== undefined && <Icon name={icon} />}
      {!alone && <span>{children}</span>}
    </button>
  );
}

export function LinkButton(props: { href: string; download?: boolean | string; icon?: IconName; kind?: string; newTab?: boolean; children: ComponentChildren }) {
  return (
    <a
      class={`button ${props.kind ?? 'plain'}`}
      href={props.href}
      {...(props.download === undefined || props.download === false ? {} : { download: props.download === true ? '' : props.download })}
      {...(props.newTab === true ? { target: '_blank', rel: 'noopener' } : {})}
    >
      {props.icon !== undefined && <Icon name={props.icon} />}
      <span>{props.children}</span>
    </a>
  );
}

export function Switch(props: { label: ComponentChildren; checked: boolean; onChange: (checked: boolean) => void; id?: string; hidden?: boolean }) {
  return (
    <label class="switch">
      <input
        id={props.id}
        type="checkbox"
        role="switch"
        checked={props.checked}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      <span class="switch-track" aria-hidden="true" />
      <span class={props.hidden === true ? 'sr' : 'switch-label'}>{props.label}</span>
    </label>
  );
}

export interface Choice {
  readonly value: string;
  readonly title: string;
  readonly hint?: string;
}

export function Select(props: { label: string; value: string; choices: readonly Choice[]; onChange: (value: string) => void; id?: string; hideLabel?: boolean }) {
  const fallback = useId();
  const id = props.id ?? fallback;
  return (
    <div class="field">
      <label for={id} class={props.hideLabel === true ? 'sr' : 'field-label'}>{props.label}</label>
      <div class="select">
        <select id={id} value={props.value} onChange={(event) => props.onChange(event.currentTarget.value)}>
          {props.choices.map((choice) => (
            <option key={choice.value} value={choice.value} selected={choice.value === props.value}>{choice.title}</option>
          ))}
        </select>
        <Icon name="down" />
      </div>
    </div>
  );
}

interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly unit?: string;
  readonly step?: number;
  readonly logarithmic?: boolean;
  readonly origin?: number;
  readonly description?: string | undefined;
  /** Tells sliders with the same label apart, where only the place on the page does. */
  readonly of?: string;
  readonly id?: string;
  readonly onInput: (value: number) => void;
  readonly onSettled?: () => void;
}

const STEPS = 1000;

/** A range and a number for the same value, with its unit. */
export function Slider(props: SliderProps) {
  const { minimum, maximum, value, unit = '', logarithmic = false } = props;
  const fallback = useId();
  const id = props.id ?? fallback;
  const toPlace = (v: number) =>
    STEPS * (logarithmic ? Math.log(v / minimum) / Math.log(maximum / minimum) : (v - minimum) / (maximum - minimum));
  const step = props.step ?? stepFor(minimum, maximum, unit);
  const toValue = (place: number) => {
    const raw = logarithmic ? minimum * (maximum / minimum) ** (place / STEPS) : minimum + (place / STEPS) * (maximum - minimum);
    return clamp(logarithmic ? significant(raw, 3) : roundTo(raw, step), minimum, maximum);
  };
  const fraction = clamp(toPlace(value) / STEPS, 0, 1);
  const origin = props.origin === undefined ? 0 : clamp(toPlace(props.origin) / STEPS, 0, 1);
  const track = useRef<HTMLInputElement>(null);
  useEffect(() => {
    track.current?.style.setProperty('--from', `${100 * Math.min(fraction, origin)}%`);
    track.current?.style.setProperty('--to', `${100 * Math.max(fraction, origin)}%`);
  }, [fraction, origin]);
  const nudge = (event: KeyboardEvent) => {
    const direction = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 }[event.key];
    if (direction === undefined) {
      return;
    }
    event.preventDefault();
    const factor = event.shiftKey ? 10 : 1;
    const next = logarithmic ? significant(value * 2 ** ((direction * factor) / 24), 3) : roundTo(value + direction * factor * step, step);
    props.onInput(clamp(next, minimum, maximum));
    props.onSettled?.();
  };
  return (
    <div class="slider">
      <label for={id} class="field-label" title={props.description}>
        {props.label}{props.of !== undefined && <span class="sr"> {props.of}</span>}
      </label>
      <input
        ref={track}
        id={id}
        type="range"
        min={0}
        max={STEPS}
        step="any"
        value={toPlace(value)}
        aria-valuetext={`${number(value, digitsFor(unit, value))} ${unit}`}
        onInput={(event) => props.onInput(toValue(Number(event.currentTarget.value)))}
        onChange={() => props.onSettled?.()}
        onKeyDown={nudge}
      />
      <NumberField
        label={props.of === undefined ? props.label : `${props.label} ${props.of}`}
        value={value}
        minimum={minimum}
        maximum={maximum}
        unit={unit}
        onChange={(next) => {
          props.onInput(next);
          props.onSettled?.();
        }}
      />
    </div>
  );
}

function stepFor(minimum: number, maximum: number, unit: string): number {
  if (unit === '%' || unit === 'ms' && maximum > 100) {
    return 1;
  }
  return maximum - minimum <= 10 && unit === '' ? 0.01 : 0.1;
}

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly unit?: string;
  readonly onChange: (value: number) => void;
}

/** Takes effect on Enter or when it is left; what is no number in range goes back. */
export function NumberField(props: NumberFieldProps) {
  const { unit = '' } = props;
  const shown = number(props.value, digitsFor(unit, props.value)).replace('\u2212', '-');
  const [text, setText] = useState<string | null>(null);
  // What the field is left with counts, also before it is drawn again.
  const typed = useRef<string | null>(null);
  const type = (next: string | null) => {
    typed.current = next;
    setText(next);
  };
  const commit = () => {
    const { current } = typed;
    const next = Number((current ?? '').replace(',', '.').replace('\u2212', '-'));
    type(null);
    if (current !== null && current.trim() !== '' && Number.isFinite(next)) {
      props.onChange(clamp(next, props.minimum, props.maximum));
    }
  };
  return (
    <span class="number">
      <input
        type="text"
        inputMode="decimal"
        aria-label={unit === '' ? props.label : `${props.label}, ${unit}`}
        value={text ?? shown}
        onFocus={(event) => event.currentTarget.select()}
        onInput={(event) => type(event.currentTarget.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            // It sets the number; it does not send the form around it.
            event.preventDefault();
            commit();
          } else if (event.key === 'Escape') {
            type(null);
            event.currentTarget.blur();
          }
        }}
      />
      {unit !== '' && <span class="unit" aria-hidden="true">{unit}</span>}
    </span>
  );
}

/** One of a few; arrow keys move, as in a radio group. */
export function Segmented(props: { label: string; value: string; choices: readonly Choice[]; onChange: (value: string) => void }) {
  const name = useId();
  return (
    <fieldset class="segmented">
      <legend class="sr">{props.label}</legend>
      {props.choices.map((choice) => (
        <label key={choice.value} class={choice.value === props.value ? 'segment chosen' : 'segment'} title={choice.hint}>
          <input
            type="radio"
            name={name}
            class="sr"
            checked={choice.value === props.value}
            onChange={() => props.onChange(choice.value)}
          />
          {choice.title}
        </label>
      ))}
    </fieldset>
  );
}

/** Text that becomes a field by a click or Enter. */
export function EditableText(props: { value: string; label: string; class?: string; onChange: (value: string) => void }) {
  const [editing, setEditing] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  // The field is left also when it goes: what was taken back or saved by a key is not saved then.
  const open = useRef(false);
  const begin = () => {
    open.current = true;
    setEditing(true);
  };
  useEffect(() => {
    if (editing) {
      field.current?.focus();
      field.current?.select();
    }
  }, [editing]);
  if (!editing) {
    return (
      <button type="button" class={`editable ${props.class ?? ''}`} title="Rename" onClick={begin}>
        <span>{props.value}</span>
        <span class="sr">, rename</span>
        <Icon name="pencil" />
      </button>
    );
  }
  const end = () => {
    open.current = false;
    setEditing(false);
  };
  const commit = (text: string) => {
    if (!open.current) {
      return;
    }
    end();
    const next = text.trim();
    if (next !== '' && next !== props.value) {
      props.onChange(next);
    }
  };
  return (
    <input
      ref={field}
      class={`editing ${props.class ?? ''}`}
      aria-label={props.label}
      maxLength={200}
      defaultValue={props.value}
      onBlur={(event) => commit(event.currentTarget.value)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') {
          // The button that takes its place would be pressed by it.
          event.preventDefault();
          commit(event.currentTarget.value);
        } else if (event.key === 'Escape') {
          end();
        }
      }}
    />
  );
}

export function ProgressBar(props: { fraction: number | null; label: string }) {
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    bar.current?.style.setProperty('--done', `${100 * (props.fraction ?? 0)}%`);
  }, [props.fraction]);
  return (
    <div
      class={props.fraction === null ? 'progress unknown' : 'progress'}
      role="progressbar"
      aria-label={props.label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(props.fraction === null ? {} : { 'aria-valuenow': Math.round(100 * props.fraction) })}
    >
      <div ref={bar} class="progress-bar" />
    </div>
  );
}
