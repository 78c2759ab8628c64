// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { palette } from '../state/app';
import { useCell } from '../state/cell';
import { colour } from './canvas';

export interface Curve {
  readonly title: string;
  readonly colour: string;
  readonly values: readonly (number | null)[];
  readonly width?: number;
  readonly dashed?: boolean;
  /** Shades the space between this and the next curve, or down to zero. */
  readonly fill?: 'next' | 'zero';
}

interface PlotProps {
  readonly label: string;
  readonly x: readonly number[];
  readonly curves: readonly Curve[];
  readonly height: number;
  readonly logarithmic?: boolean;
  readonly xText: (value: number) => string;
  readonly yText: (value: number) => string;
  readonly yRange?: readonly [number, number];
  readonly xRange?: readonly [number, number];
  readonly xSplits?: readonly number[];
  readonly onPick?: (x: number) => void;
}

/** Lines over time or frequency. What they show is said in {@code label} for those who do not see them. */
export function Plot(props: PlotProps) {
  const host = useRef<HTMLDivElement>(null);
  const colours = useCell(palette);
  const pick = useRef(props.onPick);
  pick.current = props.onPick;
  useEffect(() => {
    const element = host.current;
    if (element === null) {
      return undefined;
    }
    const plot = new uPlot(optionsOf(props, element.clientWidth, pick), dataOf(props), element);
    const observer = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: props.height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.destroy();
    };
  }, [props.x, props.curves, props.height, colours]);
  return <div class="plot" ref={host} role="img" aria-label={props.label} />;
}

function dataOf(props: PlotProps): uPlot.AlignedData {
  return [[...props.x], ...props.curves.map((curve) => [...curve.values])] as uPlot.AlignedData;
}

function optionsOf(props: PlotProps, width: number, pick: { current: ((x: number) => void) | undefined }): uPlot.Options {
  const ink = colour('muted');
  const grid = { stroke: colour('line-soft'), width: 1 };
  const axis = { stroke: ink, grid, ticks: { show: false }, font: '11px Inter, system-ui, sans-serif' };
  return {
    width,
    height: props.height,
    padding: [8, 8, 0, 0],
    legend: { show: true, live: true },
    cursor: {
      y: false,
      points: { size: 6 },
      drag: { x: false, y: false },
      bind: {
        click: (self: uPlot, _target: HTMLElement, handler: (event: MouseEvent) => null) => (event: MouseEvent) => {
          const at = self.cursor.left;
          if (pick.current !== undefined && at !== undefined && at >= 0) {
            pick.current(self.posToVal(at, 'x'));
          }
          return handler(event);
        },
      },
    },
    scales: {
      x: { time: false, ...(props.logarithmic === true ? { distr: 3 as const } : {}), ...(props.xRange === undefined ? {} : { range: [props.xRange[0], props.xRange[1]] as [number, number] }) },
      y: props.yRange === undefined ? {} : { range: [props.yRange[0], props.yRange[1]] },
    },
    axes: [
      {
        ...axis,
        values: (_self, splits) => splits.map((value) => (value === null ? '' : props.xText(value))),
        ...(props.xSplits === undefined ? {} : { splits: width < 420 ? props.xSplits.filter((_split, k) => k % 3 === 1) : [...props.xSplits], filter: (_self: uPlot, splits: number[]) => splits }),
      },
      { ...axis, size: 46, values: (_self, splits) => splits.map((value) => props.yText(value)) },
    ],
    series: [
      { label: props.logarithmic === true ? 'Frequency' : 'Time', value: (_self, value) => (value === null ? '\u2013' : props.xText(value)) },
      ...props.curves.map((curve): uPlot.Series => ({
        label: curve.title,
        stroke: colour(curve.colour),
        width: curve.width ?? 1.75,
        spanGaps: false,
        points: { show: false },
        value: (_self, value) => (value === null ? '\u2013' : props.yText(value)),
        ...(curve.dashed === true ? { dash: [5, 4] } : {}),
        ...(curve.fill === 'zero' ? { fill: translucent(curve.colour) } : {}),
      })),
    ],
    bands: props.curves.flatMap((curve, k) =>
      curve.fill === 'next' ? [{ series: [k + 1, k + 2] as [number, number], fill: translucent(curve.colour) }] : [],
    ),
  };
}

function translucent(name: string): string {
  // Colours of the theme are written #rrggbb.
  return `${colour(name)}30`;
}
