// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef, useState } from 'preact/hooks';
import type { PlanGroup, Stage } from '../api/types';
import type { Player } from '../audio/engine';
import { bandOf, placementsOf, stageResponseDb, type EqBand } from '../dsp/eq';
import { clamp, linearScale, logPoints, logScale, roundTo, significant } from '../dsp/scale';
import { Button } from '../ui/controls';
import { hertz, number, signed } from '../ui/text';
import { Spectrum } from './meters';

const LOW_HZ = 20;
const HIGH_HZ = 20000;
const HEIGHT = 300;
const MARGIN = { left: 34, right: 10, top: 12, bottom: 22 };
const RANGES_DB = [3, 6, 12, 24];
const GRID_HZ = [20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000];

interface EqProps {
  readonly stage: Stage;
  /** Every filter of the chain that is on, this one among them. */
  readonly chain: readonly Stage[];
  readonly sampleRateHz: number;
  readonly player: Player | null;
  readonly chosen: number | null;
  readonly onChoose: (band: number | null) => void;
  readonly onBand: (place: number, band: PlanGroup, tag: string) => void;
  readonly onAdd: (band: PlanGroup) => void;
  readonly onRemove: (place: number) => void;
  readonly onSettled: () => void;
}

/** The response of the equaliser, with a handle for each band: drag it, or move it by the arrow keys. */
export function EqEditor(props: EqProps) {
  const host = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(640);
  useEffect(() => {
    const element = host.current;
    if (element === null) {
      return undefined;
    }
    const observer = new ResizeObserver(() => setWidth(Math.max(280, element.clientWidth)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const items = (props.stage['bands'] ?? []) as readonly PlanGroup[];
  const bands = items.map(bandOf);
  const largest = Math.max(2.5, ...bands.map((band) => Math.abs(band.gainDb)));
  const range = RANGES_DB.find((db) => db >= largest * 1.15) ?? 24;
  const [shownRange, setShownRange] = useState(range);
  const dragging = useRef(false);
  const endDrag = useRef(() => {});
  useEffect(() => () => endDrag.current(), []);
  useEffect(() => {
    if (!dragging.current) {
      setShownRange(range);
    }
  }, [range]);
  const x = logScale(LOW_HZ, HIGH_HZ, MARGIN.left, width - MARGIN.right);
  const y = linearScale(-shownRange, shownRange, HEIGHT - MARGIN.bottom, MARGIN.top);
  const points = logPoints(LOW_HZ, HIGH_HZ, 256);
  const pathOf = (response: (hz: number) => number) =>
    points.map((hz, k) => `${k === 0 ? 'M' : 'L'}${x.place(hz).toFixed(1)} ${clamp(y.place(response(hz)), -50, HEIGHT + 50).toFixed(1)}`).join('');
  const total = (placement: string) => (hz: number) =>
    props.chain.reduce((sum, stage) => sum + stageResponseDb(stage, hz, props.sampleRateHz, placement), 0);
  const curve = pathOf(total('stereo'));
  const zero = y.place(0);
  const chosenBand = props.chosen === null ? undefined : bands[props.chosen];

  const put = (place: number, change: Partial<EqBand>, tag: string) =>
    props.onBand(place, { ...items[place], ...change } as PlanGroup, tag);
  const drag = (place: number) => (event: PointerEvent) => {
    const svg = host.current?.querySelector('svg');
    if (svg === null || svg === undefined) {
      return;
    }
    event.preventDefault();
    (event.currentTarget as SVGElement).focus();
    props.onChoose(place);
    dragging.current = true;
    const box = svg.getBoundingClientRect();
    const move = (moved: PointerEvent) => {
      const hz = clamp(x.value(((moved.clientX - box.left) / box.width) * width), LOW_HZ, HIGH_HZ);
      const db = clamp(y.value(((moved.clientY - box.top) / box.height) * HEIGHT), -24, 24);
      put(place, { frequencyHz: significant(hz, 3), gainDb: roundTo(db, 0.1) }, `drag ${place}`);
    };
    const end = () => {
      dragging.current = false;
      setShownRange(range);
      props.onSettled();
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', end);
      window.removeEventListener('pointercancel', end);
      endDrag.current = () => {};
    };
    endDrag.current();
    endDrag.current = end;
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', end);
    window.addEventListener('pointercancel', end);
  };
  const keys = (place: number, band: EqBand) => (event: KeyboardEvent) => {
    const fine = event.shiftKey ? 0.1 : 0.5;
    const changes: Readonly<Record<string, Partial<EqBand>>> = {
      ArrowUp: { gainDb: clamp(roundTo(band.gainDb + fine, 0.1), -24, 24) },
      ArrowDown: { gainDb: clamp(roundTo(band.gainDb - fine, 0.1), -24, 24) },
      ArrowRight: { frequencyHz: clamp(significant(band.frequencyHz * 2 ** (event.shiftKey ? 1 / 48 : 1 / 12), 3), 10, 20000) },
      ArrowLeft: { frequencyHz: clamp(significant(band.frequencyHz / 2 ** (event.shiftKey ? 1 / 48 : 1 / 12), 3), 10, 20000) },
      PageUp: { q: clamp(roundTo(band.q * 1.15, 0.01), 0.1, 24) },
      PageDown: { q: clamp(roundTo(band.q / 1.15, 0.01), 0.1, 24) },
    };
    const change = changes[event.key];
    if (change !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      put(place, change, `keys ${place} ${event.key}`);
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault();
      props.onRemove(place);
    }
  };
  return (
    <div class="eq" ref={host}>
      {props.player !== null && <Spectrum player={props.player} plain />}
      <svg
        viewBox={`0 0 ${width} ${HEIGHT}`}
        width={width}
        height={HEIGHT}
        role="group"
        aria-label="Equaliser curve"
        onDblClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          props.onAdd({
            shape: 'bell',
            frequencyHz: significant(clamp(x.value(((event.clientX - box.left) / box.width) * width), LOW_HZ, HIGH_HZ), 3),
            gainDb: roundTo(clamp(y.value(((event.clientY - box.top) / box.height) * HEIGHT), -12, 12), 0.1),
            q: 0.9,
            placement: 'stereo',
          });
        }}
      >
        <g class="eq-grid" aria-hidden="true">
          {GRID_HZ.map((hz) => (
            <g key={hz}>
              <line x1={x.place(hz)} x2={x.place(hz)} y1={MARGIN.top} y2={HEIGHT - MARGIN.bottom} />
              <text x={x.place(hz)} y={HEIGHT - 6} text-anchor={hz === 20000 ? 'end' : 'middle'}>{hz >= 1000 ? `${hz / 1000}k` : hz}</text>
            </g>
          ))}
          {[-1, -0.5, 0, 0.5, 1].map((share) => (
            <g key={share}>
              <line class={share === 0 ? 'zero' : ''} x1={MARGIN.left} x2={width - MARGIN.right} y1={y.place(share * shownRange)} y2={y.place(share * shownRange)} />
              <text x={MARGIN.left - 6} y={y.place(share * shownRange) + 4} text-anchor="end">{signed(share * shownRange, shownRange === 3 && Math.abs(share) === 0.5 ? 1 : 0)}</text>
            </g>
          ))}
        </g>
        <clipPath id="eq-plot">
          <rect x={MARGIN.left} y={MARGIN.top} width={width - MARGIN.left - MARGIN.right} height={HEIGHT - MARGIN.top - MARGIN.bottom} />
        </clipPath>
        <g clip-path="url(#eq-plot)">
        {chosenBand !== undefined && (
          <path class="eq-band" d={`${pathOf((hz) => bandAlone(chosenBand, hz, props.sampleRateHz))}L${width - MARGIN.right} ${zero}L${MARGIN.left} ${zero}Z`} />
        )}
        <path class="eq-fill" d={`${curve}L${width - MARGIN.right} ${zero}L${MARGIN.left} ${zero}Z`} />
        {placementsOf(props.chain).map((placement) => (
          <path key={placement} class={`eq-curve ${placement}`} d={pathOf(total(placement))} />
        ))}
        <path class="eq-curve" d={curve} />
        </g>
        {bands.map((band, place) => (
          <g
            key={place}
            class={`eq-node${props.chosen === place ? ' chosen' : ''}`}
            id={`eq-node-${place}`}
            role="slider"
            tabIndex={0}
            transform={`translate(${x.place(clamp(band.frequencyHz, LOW_HZ, HIGH_HZ)).toFixed(1)} ${clamp(y.place(band.gainDb), MARGIN.top, HEIGHT - MARGIN.bottom).toFixed(1)})`}
            aria-label={`Band ${place + 1}, ${band.shape.replace('-', ' ')}`}
            aria-valuemin={-24}
            aria-valuemax={24}
            aria-valuenow={band.gainDb}
            aria-valuetext={`${signed(band.gainDb)} dB at ${hertz(band.frequencyHz)}, Q ${number(band.q, 2)}`}
            onPointerDown={drag(place)}
            onDblClick={(event) => event.stopPropagation()}
            onFocus={() => props.onChoose(place)}
            onKeyDown={keys(place, band)}
            onKeyUp={(event) => event.key.startsWith('Arrow') && props.onSettled()}
            onWheel={(event) => {
              event.preventDefault();
              put(place, { q: clamp(roundTo(band.q * 1.08 ** -Math.sign(event.deltaY), 0.01), 0.1, 24) }, `q ${place}`);
            }}
          >
            <circle class="hit" r={20} />
            <circle class="dot" r={10} />
            <text y={3.8} text-anchor="middle" aria-hidden="true">{place + 1}</text>
          </g>
        ))}
      </svg>
      <div class="eq-foot">
        <span class="hint">Drag a band, or arrow keys; wheel or Page keys for Q; double click adds one.</span>
        <Button icon="plus" kind="quiet" onClick={() => props.onAdd({ shape: 'bell', frequencyHz: 1000, gainDb: 0, q: 0.9, placement: 'stereo' })} disabled={bands.length >= 24}>Band</Button>
      </div>
    </div>
  );
}

function bandAlone(band: EqBand, hz: number, sampleRateHz: number): number {
  const stage: Stage = { stage: 'parametric-eq', bands: [{ ...band }] as unknown as readonly PlanGroup[] };
  return stageResponseDb(stage, hz, sampleRateHz, band.placement);
}
