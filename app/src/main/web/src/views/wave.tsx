// SPDX-License-Identifier: Apache-2.0
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Finding, Section } from '../api/types';
import type { Player } from '../audio/engine';
import { type Peaks, peakBetween } from '../audio/peaks';
import { type Region, regionOf } from '../audio/timeline';
import { clamp, linearScale } from '../dsp/scale';
import { palette } from '../state/app';
import { useCell } from '../state/cell';
import { colour, type Surface, useCanvas, useFrames } from '../ui/canvas';
import { Button } from '../ui/controls';
import { clock } from '../ui/text';

interface WaveProps {
  readonly player: Player;
  /** What is heard, in front. */
  readonly front: Peaks | undefined;
  readonly frontColour: string;
  /** Gain at which it is heard: what is drawn is as high as what is heard. */
  readonly frontGain: number;
  /** The mix, behind. */
  readonly back: Peaks | undefined;
  readonly sections: readonly Section[];
  readonly findings: readonly Finding[];
  readonly preview: Region | null;
  readonly onLoop: () => void;
}

const SHORTEST_VIEW_SECONDS = 1;
const EDGE_PIXELS = 7;

/** Waveform: the whole song above, a part of it below. A click goes there, a drag makes a loop. */
export function Wave(props: WaveProps) {
  const { player } = props;
  const duration = Math.max(player.durationSeconds, 0.1);
  const loop = useCell(player.loop);
  const playing = useCell(player.playing);
  const colours = useCell(palette);
  const [view, setView] = useState<Region>({ startSeconds: 0, endSeconds: duration });
  const zoomed = view.endSeconds - view.startSeconds < duration - 0.01;
  const overview = useCanvas((surface) => drawOverview(surface, props, duration), [props.front, props.back, props.frontGain, colours, duration]);
  const detail = useCanvas((surface) => drawDetail(surface, props, view), [props.front, props.back, props.frontGain, view, colours]);
  const detailHead = useRef<HTMLDivElement>(null);
  const overviewHead = useRef<HTMLDivElement>(null);
  const viewNow = useRef(view);
  viewNow.current = view;

  useFrames(playing, () => {
    const place = player.position();
    const { startSeconds, endSeconds } = viewNow.current;
    const length = endSeconds - startSeconds;
    // Turns the page when the song leaves it.
    if (playing && zoomed && (place > endSeconds || place < startSeconds) && place < duration) {
      const start = clamp(place - 0.05 * length, 0, duration - length);
      setView({ startSeconds: start, endSeconds: start + length });
    }
    setPlace(detailHead.current, (place - startSeconds) / length);
    setPlace(overviewHead.current, place / duration);
  });
  useEffect(() => {
    const timer = setInterval(() => {
      const place = player.position();
      const { startSeconds, endSeconds } = viewNow.current;
      setPlace(detailHead.current, (place - startSeconds) / (endSeconds - startSeconds));
      setPlace(overviewHead.current, place / duration);
    }, 100);
    return () => clearInterval(timer);
  }, [player, duration]);

  const zoom = (factor: number, around: number) => {
    const length = clamp((view.endSeconds - view.startSeconds) * factor, Math.min(SHORTEST_VIEW_SECONDS, duration), duration);
    const share = (around - view.startSeconds) / (view.endSeconds - view.startSeconds);
    const start = clamp(around - share * length, 0, duration - length);
    setView({ startSeconds: start, endSeconds: start + length });
  };
  const drag = useRef<{ from: number; mode: 'new' | 'start' | 'end'; moved: boolean } | null>(null);
  const timeAt = (element: HTMLElement, x: number, region: Region) => {
    const box = element.getBoundingClientRect();
    return clamp(linearScale(region.startSeconds, region.endSeconds, box.left, box.right).value(x), 0, duration);
  };
  const near = (element: HTMLElement, x: number, seconds: number) => {
    const box = element.getBoundingClientRect();
    return Math.abs(linearScale(view.startSeconds, view.endSeconds, box.left, box.right).place(seconds) - x) < EDGE_PIXELS;
  };
  const whole: Region = { startSeconds: 0, endSeconds: duration };
  const sectionNames = useMemo(() => nameSections(props.sections), [props.sections]);

  return (
    <div class="wave">
      <div class="wave-marks" aria-label="Sections of the song">
        {props.sections.map((section, k) => (
          <SectionMark
            key={section.startSeconds}
            name={sectionNames[k] ?? ''}
            section={section}
            duration={duration}
            onClick={() => {
              player.setLoop(regionOf(section.startSeconds, section.endSeconds, duration));
              player.seek(section.startSeconds);
              props.onLoop();
            }}
          />
        ))}
      </div>
      <div
        class="wave-overview"
        onPointerDown={(event) => {
          const element = event.currentTarget;
          element.setPointerCapture(event.pointerId);
          player.seek(timeAt(element, event.clientX, whole));
          if (zoomed) {
            const length = view.endSeconds - view.startSeconds;
            const start = clamp(player.position() - length / 2, 0, duration - length);
            setView({ startSeconds: start, endSeconds: start + length });
          }
        }}
      >
        <canvas ref={overview.canvas} aria-hidden="true" />
        {zoomed && <Span region={view} within={whole} class="wave-window" />}
        {loop !== null && <Span region={loop} within={whole} class="wave-loop small" />}
        {props.findings.filter((finding) => finding.atSeconds !== null).map((finding) => (
          <Flag key={`${finding.code}${finding.atSeconds}`} finding={finding} duration={duration} />
        ))}
        <div ref={overviewHead} class="playhead" aria-hidden="true" />
      </div>
      <div
        class="wave-detail"
        role="slider"
        tabIndex={0}
        aria-label="Position in the song"
        aria-valuemin={0}
        aria-valuemax={Math.round(duration)}
        aria-valuenow={Math.round(player.position())}
        aria-valuetext={`${clock(player.position())} of ${clock(duration)}`}
        onKeyDown={(event) => {
          const step = { ArrowLeft: -1, ArrowRight: 1, PageDown: -10, PageUp: 10 }[event.key];
          if (step !== undefined) {
            event.preventDefault();
            event.stopPropagation();
            player.seek(player.position() + step * (event.shiftKey ? 5 : 1));
          }
        }}
        onWheel={(event) => {
          if (event.ctrlKey || event.altKey) {
            event.preventDefault();
            zoom(1.2 ** Math.sign(event.deltaY), timeAt(event.currentTarget, event.clientX, view));
          }
        }}
        onPointerDown={(event) => {
          const element = event.currentTarget;
          element.setPointerCapture(event.pointerId);
          const mode = loop !== null && near(element, event.clientX, loop.startSeconds)
            ? 'start'
            : loop !== null && near(element, event.clientX, loop.endSeconds) ? 'end' : 'new';
          drag.current = { from: timeAt(element, event.clientX, view), mode, moved: false };
        }}
        onPointerMove={(event) => {
          const element = event.currentTarget;
          const now = timeAt(element, event.clientX, view);
          if (drag.current === null) {
            const edge = loop !== null && (near(element, event.clientX, loop.startSeconds) || near(element, event.clientX, loop.endSeconds));
            element.classList.toggle('at-edge', edge);
            return;
          }
          drag.current.moved ||= Math.abs(now - drag.current.from) > (view.endSeconds - view.startSeconds) / 150;
          if (!drag.current.moved) {
            return;
          }
          const other = drag.current.mode === 'new'
            ? drag.current.from
            : drag.current.mode === 'start' ? (loop?.endSeconds ?? duration) : (loop?.startSeconds ?? 0);
          const region = regionOf(other, now, duration);
          if (region !== null) {
            player.loop.set(region);
          }
        }}
        onPointerUp={(event) => {
          const { current } = drag;
          drag.current = null;
          if (current === null) {
            return;
          }
          if (current.moved) {
            player.setLoop(player.loop.value);
            props.onLoop();
          } else {
            player.seek(timeAt(event.currentTarget, event.clientX, view));
          }
        }}
        onPointerCancel={() => {
          drag.current = null;
        }}
      >
        <canvas ref={detail.canvas} aria-hidden="true" />
        {props.preview !== null && <Span region={props.preview} within={view} class="wave-preview" />}
        {loop !== null && <Span region={loop} within={view} class="wave-loop" />}
        <div ref={detailHead} class="playhead" aria-hidden="true" />
      </div>
      <div class="wave-tools">
        <Button icon="minus" kind="quiet" label="Zoom out" onClick={() => zoom(2, player.position())} disabled={!zoomed} />
        <Button icon="plus" kind="quiet" label="Zoom in" onClick={() => zoom(0.5, player.position())} />
      </div>
    </div>
  );
}

function setPlace(element: HTMLElement | null, share: number): void {
  if (element !== null) {
    element.style.left = `${100 * clamp(share, -0.1, 1.1)}%`;
    element.hidden = share < 0 || share > 1;
  }
}

function Span(props: { region: Region; within: Region; class: string }) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const length = props.within.endSeconds - props.within.startSeconds;
    const from = clamp((props.region.startSeconds - props.within.startSeconds) / length, 0, 1);
    const to = clamp((props.region.endSeconds - props.within.startSeconds) / length, 0, 1);
    const { current } = element;
    if (current !== null) {
      current.style.left = `${100 * from}%`;
      current.style.width = `${100 * (to - from)}%`;
      current.hidden = to <= from;
    }
  });
  return <div ref={element} class={props.class} aria-hidden="true" />;
}

function Flag(props: { finding: Finding; duration: number }) {
  const element = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    element.current?.style.setProperty('left', `${(100 * (props.finding.atSeconds ?? 0)) / props.duration}%`);
  });
  return <span ref={element} class={`flag ${props.finding.severity}`} aria-hidden="true" />;
}

function SectionMark(props: { name: string; section: Section; duration: number; onClick: () => void }) {
  const element = useRef<HTMLButtonElement>(null);
  const { section, duration } = props;
  useEffect(() => {
    element.current?.style.setProperty('left', `${(100 * section.startSeconds) / duration}%`);
    element.current?.style.setProperty('width', `${(100 * (section.endSeconds - section.startSeconds)) / duration}%`);
  });
  const title = `${props.name}, ${clock(section.startSeconds)} to ${clock(section.endSeconds)}: loop`;
  return (
    <button ref={element} type="button" class={`section-mark ${section.level}`} title={title} aria-label={title} onClick={props.onClick}>
      <span>{props.name}</span>
    </button>
  );
}

/** Intro, A, B ... by loudness level, outro. */
export function nameSections(sections: readonly Section[]): readonly string[] {
  return sections.map((section, k) => {
    if (section.place === 'intro' && k === 0) {
      return 'Intro';
    }
    if (section.place === 'outro' && k === sections.length - 1) {
      return 'Outro';
    }
    return { silent: 'Silence', quiet: 'Quiet', medium: 'Medium', loud: 'Loud' }[section.level];
  });
}

function drawOverview(surface: Surface, props: WaveProps, duration: number): void {
  const whole = { startSeconds: 0, endSeconds: duration };
  drawBoth(surface, props, whole);
}

function drawBoth(surface: Surface, props: WaveProps, view: Region): void {
  const back = props.front === props.back ? undefined : props.back;
  const highest = Math.max(highestOf(props.front) * props.frontGain, highestOf(back), 0.05);
  drawPeaks(surface, back, view, colour('wave-mix'), 1 / highest);
  drawPeaks(surface, props.front, view, colour(props.frontColour), props.frontGain / highest);
}

function drawDetail(surface: Surface, props: WaveProps, view: Region): void {
  const { context, width, height } = surface;
  context.fillStyle = colour('line-soft');
  const step = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60].find((size) => ((view.endSeconds - view.startSeconds) / size) * 64 < width) ?? 120;
  context.font = '10.5px Inter, system-ui, sans-serif';
  for (let at = Math.ceil(view.startSeconds / step) * step; at < view.endSeconds; at += step) {
    const x = linearScale(view.startSeconds, view.endSeconds, 0, width).place(at);
    context.fillStyle = colour('line-soft');
    context.fillRect(Math.round(x), 0, 1, height);
    context.fillStyle = colour('muted');
    if (x < width - 30) {
      context.fillText(clock(at, step < 1 ? 1 : 0), x + 4, height - 5);
    }
  }
  drawBoth(surface, props, view);
}

const highestKnown = new WeakMap<Peaks, number>();

function highestOf(peaks: Peaks | undefined): number {
  if (peaks === undefined) {
    return 0;
  }
  const known = highestKnown.get(peaks);
  if (known !== undefined) {
    return known;
  }
  let highest = 0;
  for (let at = 0; at < peaks.low.length; at++) {
    highest = Math.max(highest, -(peaks.low[at] ?? 0), peaks.high[at] ?? 0);
  }
  highestKnown.set(peaks, highest);
  return highest;
}

function drawPeaks(surface: Surface, peaks: Peaks | undefined, view: Region, ink: string, scale: number): void {
  if (peaks === undefined) {
    return;
  }
  const { context, width, height } = surface;
  const perPixel = (view.endSeconds - view.startSeconds) / width;
  const middle = height / 2;
  context.fillStyle = ink;
  context.beginPath();
  for (let x = 0; x < width; x++) {
    const from = view.startSeconds + x * perPixel;
    const [low, high] = peakBetween(peaks, from, from + perPixel);
    const half = scale * middle * 0.94;
    context.rect(x, middle - high * half, 1, Math.max(1, (high - low) * half));
  }
  context.fill();
}
