// SPDX-License-Identifier: Apache-2.0
// Drawn on a grid of 20, one stroke weight.

const PATHS = {
  play: 'M6.5 4.2v11.6L16 10z',
  pause: 'M6.5 4.5v11M13.5 4.5v11',
  loop: 'M14 3l2.5 2.5L14 8M16.5 5.5H7A3.5 3.5 0 0 0 3.5 9v.5M6 17l-2.5-2.5L6 12M3.5 14.5H13a3.5 3.5 0 0 0 3.5-3.5v-.5',
  undo: 'M7.5 4L4 7.5 7.5 11M4 7.5h7.5a4.5 4.5 0 0 1 0 9H8',
  redo: 'M12.5 4L16 7.5 12.5 11M16 7.5H8.5a4.5 4.5 0 0 0 0 9H12',
  upload: 'M10 13V3.5M6 7l4-3.8L14 7M3.5 13v2.5a1 1 0 0 0 1 1h11a1 1 0 0 0 1-1V13',
  download: 'M10 3.5V13M6 9.5l4 3.8 4-3.8M3.5 13v2.5a1 1 0 0 0 1 1h11a1 1 0 0 0 1-1V13',
  search: 'M9 15A6 6 0 1 0 9 3a6 6 0 0 0 0 12zM13.5 13.5L17 17',
  close: 'M5 5l10 10M15 5L5 15',
  plus: 'M10 4v12M4 10h12',
  minus: 'M4 10h12',
  trash: 'M4 6h12M8 6V4h4v2M5.5 6l.7 10.5h7.6L14.5 6M8.5 9v5M11.5 9v5',
  pencil: 'M4 16l.8-3.2L13 4.6l2.4 2.4-8.2 8.2zM11.5 6l2.5 2.5',
  check: 'M4 10.5l4 4 8-9',
  warning: 'M10 3.5l7.5 13h-15zM10 8.5v3.5M10 14.2v.1',
  error: 'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM10 6v5M10 13.8v.1',
  info: 'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM10 9v5M10 6.3v.1',
  sun: 'M10 13.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM10 2v2M10 16v2M2 10h2M16 10h2M4.3 4.3l1.4 1.4M14.3 14.3l1.4 1.4M4.3 15.7l1.4-1.4M14.3 5.7l1.4-1.4',
  moon: 'M16 11.8A6.5 6.5 0 0 1 8.2 4 6.5 6.5 0 1 0 16 11.8z',
  screen: 'M3 4.5h14v9H3zM7.5 17h5M10 13.5V17',
  help: 'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM7.8 8a2.2 2.2 0 1 1 3.2 2c-.7.4-1 .8-1 1.6M10 13.9v.1',
  back: 'M12 4.5L6.5 10l5.5 5.5',
  up: 'M5 12l5-5 5 5',
  down: 'M5 8l5 5 5-5',
  power: 'M10 3v6M6.2 5.2a6 6 0 1 0 7.6 0',
  speaker: 'M3.5 8v4H6l4 3.5v-11L6 8zM13 7.5a3.5 3.5 0 0 1 0 5M15 5a7 7 0 0 1 0 10',
  more: 'M4.5 10h.1M10 10h.1M15.5 10h.1',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class={name === 'play' ? 'icon solid' : 'icon'} viewBox="0 0 20 20" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}

/** A drop on a line: lacquer. */
export function Logo() {
  return (
    <svg class="logo" viewBox="0 0 28 28" aria-hidden="true">
      <circle cx="14" cy="14" r="12.5" class="logo-disc" />
      <circle cx="14" cy="14" r="8.7" class="logo-groove" />
      <circle cx="14" cy="14" r="4.6" class="logo-label" />
      <circle cx="14" cy="14" r="1.1" class="logo-hole" />
    </svg>
  );
}
