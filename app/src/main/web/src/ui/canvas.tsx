// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef } from 'preact/hooks';

export interface Surface {
  readonly context: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
}

/** Fits a canvas to its element and the screen's pixels, and draws when either changes. */
export function useCanvas(draw: (surface: Surface) => void, dependencies: readonly unknown[]) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const latest = useRef(draw);
  latest.current = draw;
  const paint = useRef(() => {});
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (element === null || context === null || context === undefined) {
      return undefined;
    }
    paint.current = () => {
      const ratio = devicePixelRatio || 1;
      const { clientWidth: width, clientHeight: height } = element;
      if (width === 0 || height === 0) {
        return;
      }
      if (element.width !== Math.round(width * ratio) || element.height !== Math.round(height * ratio)) {
        element.width = Math.round(width * ratio);
        element.height = Math.round(height * ratio);
      }
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, width, height);
      latest.current({ context, width, height });
    };
    const observer = new ResizeObserver(() => paint.current());
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => paint.current(), dependencies);
  return { canvas, paint: () => paint.current() };
}

/** Calls for each picture of the screen while {@code active}. */
export function useFrames(active: boolean, frame: () => void): void {
  const latest = useRef(frame);
  latest.current = frame;
  useEffect(() => {
    if (!active) {
      latest.current();
      return undefined;
    }
    let request = requestAnimationFrame(function next() {
      latest.current();
      request = requestAnimationFrame(next);
    });
    return () => cancelAnimationFrame(request);
  }, [active]);
}

/** A colour of the theme. */
export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}
