// SPDX-License-Identifier: Apache-2.0
// Numbers and names as people read them.

const MINUS = '\u2212';

export function number(value: number | null | undefined, digits = 1): string {
  if (value === null || value === undefined || !Number.isFinite(value)) {
    return '\u2013';
  }
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? MINUS + text : text;
}

export function signed(value: number | null | undefined, digits = 1): string {
  const text = number(value, digits);
  return value !== null && value !== undefined && value > 0 && Number(value.toFixed(digits)) !== 0 ? `+${text}` : text;
}

export function withUnit(value: number | null | undefined, unit: string, digits = 1): string {
  return `${number(value, digits)}\u00a0${unit}`;
}

/** 0:07, 3:21.4 with a digit. */
export function clock(seconds: number, digits = 0): string {
  const scale = 10 ** digits;
  const whole = Math.max(0, Math.floor(seconds * scale) / scale);
  const minutes = Math.floor(whole / 60);
  const rest = (whole - 60 * minutes).toFixed(digits).padStart(digits > 0 ? 3 + digits : 2, '0');
  return `${minutes}:${rest}`;
}

export function bytes(count: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let value = count;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value.toFixed(unit === 0 || value >= 100 ? 0 : 1)}\u00a0${units[unit]}`;
}

export function hertz(value: number): string {
  return value >= 1000 ? `${Number((value / 1000).toPrecision(3))}\u00a0kHz` : `${Number(value.toPrecision(3))}\u00a0Hz`;
}

/** As many digits as the unit deserves. */
export function digitsFor(unit: string | undefined, value: number): number {
  switch (unit) {
    case 'Hz':
      return value < 100 ? 1 : 0;
    case 'ms':
      return value < 10 ? 1 : 0;
    case '%':
      return 0;
    case undefined:
    case '':
      return 2;
    default:
      // Small moves of a plan have hundredths.
      return Math.abs(value) < 10 && Math.abs(value * 10 - Math.round(value * 10)) > 1e-6 ? 2 : 1;
  }
}

export function ago(instant: string, now: number = Date.now()): string {
  const seconds = (now - Date.parse(instant)) / 1000;
  if (seconds < 60) {
    return 'just now';
  }
  const steps: readonly [number, Intl.RelativeTimeFormatUnit][] = [[60, 'minute'], [3600, 'hour'], [86400, 'day']];
  const [size, unit] = [...steps].reverse().find(([length]) => seconds >= length) ?? [60, 'minute'];
  return seconds > 30 * 86400
    ? new Date(instant).toLocaleDateString('en', { dateStyle: 'medium' })
    : new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(-Math.floor(seconds / size), unit);
}

export function withoutExtension(name: string): string {
  return name.replace(/\.[^.]{1,5}$/, '');
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
