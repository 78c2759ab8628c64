// SPDX-License-Identifier: Apache-2.0
import { useRef } from 'preact/hooks';
import type { Player } from '../audio/engine';
import { clamp, logPoints, logScale } from '../dsp/scale';
import { palette } from '../state/app';
import { useCell } from '../state/cell';
import { colour, useCanvas, useFrames } from '../ui/canvas';
import { number } from '../ui/text';

const LOWEST_DB = -48;
const FALL_DB_PER_PICTURE = 0.4;
const TEXT_EVERY = 8;

/** What plays now: peaks of left and right, and loudness of 0.4 s and 3 s. */
export function Meters({ player }: { player: Player }) {
  const playing = useCell(player.playing);
  const colours = useCell(palette);
  const state = useRef({ shown: [LOWEST_DB, LOWEST_DB], held: -Infinity, momentary: null as number | null, pictures: 0 });
  const texts = { momentary: useRef<HTMLElement>(null), shortTerm: useRef<HTMLElement>(null), peak: useRef<HTMLElement>(null) };
  const bars = useCanvas(({ context, width, height }) => {
    const share = (db: number) => clamp((db - LOWEST_DB) / -LOWEST_DB, 0, 1);
    const rows = [...state.current.shown, state.current.momentary ?? LOWEST_DB];
    const gap = 3;
    const thick = (height - gap * (rows.length - 1)) / rows.length;
    rows.forEach((db, k) => {
      const y = k * (thick + gap);
      context.fillStyle = colour('well');
      context.fillRect(0, y, width, thick);
      context.fillStyle = k === 2 ? colour('cool') : colour('accent');
      context.fillRect(0, y, width * share(db), thick);
      if (k < 2 && db > -1) {
        context.fillStyle = colour('bad');
        context.fillRect(width * share(-1), y, width * (share(db) - share(-1)), thick);
      }
    });
    context.fillStyle = colour('line');
    [-36, -24, -12, -6].forEach((db) => context.fillRect(Math.round(width * share(db)), 0, 1, height));
  }, [colours]);
  useFrames(playing, () => {
    const now = state.current;
    if (playing) {
      const levels = player.taps.read();
      now.shown = now.shown.map((db, k) => Math.max(levels.peaksDbfs[k as 0 | 1], db - FALL_DB_PER_PICTURE, LOWEST_DB));
      now.held = Math.max(now.held, ...levels.peaksDbfs);
      now.momentary = levels.momentaryLufs;
      if (now.pictures++ % TEXT_EVERY === 0) {
        write(texts.momentary.current, number(levels.momentaryLufs));
        write(texts.shortTerm.current, number(levels.shortTermLufs));
        write(texts.peak.current, number(now.held));
      }
    } else {
      now.shown = [LOWEST_DB, LOWEST_DB];
      now.momentary = null;
      now.held = -Infinity;
      player.taps.reset();
    }
    bars.paint();
  });
  return (
    <div class="meters">
      <canvas ref={bars.canvas} aria-hidden="true" />
      <dl title="Read from what plays, about ten times a second. The exact figures are under Result.">
        <div><dt>0.4&#8239;s</dt><dd><b ref={texts.momentary}>&ndash;</b> LUFS</dd></div>
        <div><dt>3&#8239;s</dt><dd><b ref={texts.shortTerm}>&ndash;</b> LUFS</dd></div>
        <div><dt>peak</dt><dd><b ref={texts.peak}>&ndash;</b> dBFS</dd></div>
      </dl>
      <span class="hint">live, approximate</span>
    </div>
  );
}

function write(element: HTMLElement | null, text: string): void {
  if (element !== null && element.textContent !== text) {
    element.textContent = text;
  }
}

const LOW_HZ = 20;
const HIGH_HZ = 20000;
/** Tilts the picture, so that music looks level. */
const SLOPE_DB_PER_OCTAVE = 4.5;
const FLOOR_DB = -96;
const TOP_DB = -18;

/** Live spectrum of what plays. */
export function Spectrum({ player, plain = false }: { player: Player; plain?: boolean }) {
  const playing = useCell(player.playing);
  const colours = useCell(palette);
  const held = useRef<Float32Array | null>(null);
  const view = useCanvas(({ context, width, height }) => {
    const scale = logScale(LOW_HZ, HIGH_HZ, 0, width);
    if (!plain) {
      context.font = '10.5px Inter, system-ui, sans-serif';
      [50, 100, 200, 500, 1000, 2000, 5000, 10000].forEach((hz) => {
        const x = Math.round(scale.place(hz));
        context.fillStyle = colour('line-soft');
        context.fillRect(x, 0, 1, height);
        context.fillStyle = colour('muted');
        if ([100, 1000, 10000].includes(hz)) {
          context.fillText(hz >= 1000 ? `${hz / 1000}k` : `${hz}`, x + 3, height - 4);
        }
      });
    }
    if (!playing) {
      held.current = null;
      return;
    }
    const bins = player.taps.readSpectrum();
    const points = logPoints(LOW_HZ, HIGH_HZ, Math.max(2, Math.floor(width / 2)));
    const levels = points.map((hz, k) => {
      const next = points[k + 1] ?? hz * 1.02;
      return levelBetween(bins, hz / player.taps.binHz, next / player.taps.binHz) + SLOPE_DB_PER_OCTAVE * Math.log2(hz / 1000);
    });
    const y = (db: number) => height * clamp((TOP_DB - db) / (TOP_DB - FLOOR_DB), 0, 1);
    if (held.current === null || held.current.length !== levels.length) {
      held.current = new Float32Array(levels.length).fill(-Infinity);
    }
    const peaks = held.current;
    levels.forEach((db, k) => {
      peaks[k] = Math.max((peaks[k] ?? -Infinity) - 0.15, db);
    });
    trace(context, points, peaks, scale.place, y);
    context.strokeStyle = colour('line-strong');
    context.lineWidth = 1;
    context.stroke();
    trace(context, points, levels, scale.place, y);
    context.strokeStyle = colour('accent');
    context.globalAlpha = plain ? 0.45 : 1;
    context.lineWidth = 1.5;
    context.stroke();
    context.lineTo(width, height);
    context.lineTo(0, height);
    context.fillStyle = colour('accent');
    context.globalAlpha = plain ? 0.08 : 0.16;
    context.fill();
    context.globalAlpha = 1;
  }, [colours, playing]);
  useFrames(playing, () => view.paint());
  return <canvas ref={view.canvas} class="spectrum" role="img" aria-label="Live spectrum of what plays" />;
}

/** Highest bin of a stretch; where that is less than a bin wide, between its neighbours. */
export function levelBetween(bins: Float32Array, from: number, to: number): number {
  const first = Math.ceil(from);
  if (first >= to) {
    const below = Math.floor(from);
    const share = from - below;
    return (1 - share) * Math.max(bins[below] ?? -200, -200) + share * Math.max(bins[below + 1] ?? -200, -200);
  }
  let most = -Infinity;
  for (let at = first; at < to && at < bins.length; at++) {
    most = Math.max(most, bins[at] ?? -Infinity);
  }
  return most;
}

function trace(
  context: CanvasRenderingContext2D,
  points: readonly number[],
  levels: ArrayLike<number>,
  x: (hz: number) => number,
  y: (db: number) => number,
): void {
  context.beginPath();
  points.forEach((hz, k) => context.lineTo(x(hz), y(levels[k] ?? -Infinity)));
}
