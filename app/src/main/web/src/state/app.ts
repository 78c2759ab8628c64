// SPDX-License-Identifier: Apache-2.0
import { api } from '../api/client';
import type { Options } from '../api/types';
import { Cell } from './cell';
import type { Session } from './session';

export type Route = { readonly page: 'home' } | { readonly page: 'project'; readonly id: string };

export function readRoute(hash: string): Route {
  const id = /^#\/project\/([A-Za-z0-9_-]+)/.exec(hash)?.[1];
  return id === undefined ? { page: 'home' } : { page: 'project', id };
}

export const route = new Cell<Route>(readRoute(location.hash));
window.addEventListener('hashchange', () => route.set(readRoute(location.hash)));

export function go(to: Route): void {
  location.hash = to.page === 'home' ? '#/' : `#/project/${to.id}`;
}

/** The project that is shown, for the bar above it. */
export const openSession = new Cell<Session | null>(null);

let asked: Promise<Options> | null = null;

/** What can be chosen; asked for once. */
export function options(): Promise<Options> {
  asked ??= api.options().catch((error: unknown) => {
    asked = null;
    throw error;
  });
  return asked;
}

export type Theme = 'system' | 'dark' | 'light';
const THEME_KEY = 'lacquer.theme';

function storedTheme(): Theme {
  try {
    const stored = localStorage.getItem(THEME_KEY);
    return stored === 'dark' || stored === 'light' ? stored : 'system';
  } catch {
    return 'system';
  }
}

export const theme = new Cell<Theme>(storedTheme());

/** Counts changes of colours, so that plots can be drawn anew. */
export const palette = new Cell(0);

export function applyTheme(next: Theme): void {
  theme.set(next);
  try {
    localStorage.setItem(THEME_KEY, next);
  } catch {
    // A browser that stores nothing: the choice holds until the page is closed.
  }
  document.documentElement.dataset['theme'] = next;
  palette.update((count) => count + 1);
}

document.documentElement.dataset['theme'] = theme.value;
matchMedia('(prefers-color-scheme: light)').addEventListener('change', () => palette.update((count) => count + 1));

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: 'plain' | 'error';
  readonly action?: { readonly label: string; readonly run: () => void };
}

export const toasts = new Cell<readonly Toast[]>([]);
let toastCount = 0;
const TOAST_MS = 8000;

export function toast(text: string, more: Partial<Pick<Toast, 'tone' | 'action'>> = {}): void {
  const id = ++toastCount;
  toasts.update((all) => [...all.slice(-2), { id, text, tone: 'plain', ...more }]);
  release(id);
}

const endings = new Map<number, number>();

/** It stays while somebody reads it or is about to press its button. */
export function hold(id: number): void {
  clearTimeout(endings.get(id));
}

/** Its time begins anew. */
export function release(id: number): void {
  hold(id);
  endings.set(id, window.setTimeout(() => dismiss(id), TOAST_MS));
}

export function dismiss(id: number): void {
  hold(id);
  endings.delete(id);
  toasts.update((all) => all.filter((item) => item.id !== id));
}

/** A sentence for screen readers. */
export const announcement = new Cell('');

export function announce(text: string): void {
  // The same words again would be no change, and not be spoken.
  announcement.set(announcement.value === text ? `${text}\u00a0` : text);
}
