// SPDX-License-Identifier: Apache-2.0
import { render } from 'preact';
import { App } from './app';
import { openSession } from './state/app';
import { keepFocus } from './ui/focus';
import './styles/studio.css';

declare global {
  interface Window {
    /** For scripts that check that sound really plays. */
    lacquer: {
      readonly position: () => number | null;
      readonly clock: () => number | null;
      readonly levels: () => { momentaryLufs: number | null; peaksDbfs: readonly [number, number] } | null;
      readonly listening: () => string | null;
    };
  }
}

const player = () => openSession.value?.listening.player.value ?? null;

window.lacquer = {
  position: () => player()?.position() ?? null,
  clock: () => player()?.clockSeconds ?? null,
  levels: () => player()?.taps.read() ?? null,
  listening: () => player()?.active.value ?? null,
};

const root = document.getElementById('app');
if (root !== null) {
  root.replaceChildren();
  keepFocus(root);
  render(<App />, root);
}
