// SPDX-License-Identifier: Apache-2.0

/** States with a way back. Immutable, as the states in it. */
export interface History<T> {
  readonly past: readonly T[];
  readonly present: T;
  readonly future: readonly T[];
  /** What the last change was about; further ones about the same thing merge with it. */
  readonly tag: string | null;
}

const DEPTH = 200;

export function begin<T>(present: T): History<T> {
  return { past: [], present, future: [], tag: null };
}

/**
 * A change. With the tag of the change before it becomes one step with it, so that a drag is undone at once;
 * {@link settle} ends that.
 */
export function change<T>(history: History<T>, next: T, tag: string | null = null): History<T> {
  if (Object.is(next, history.present)) {
    return history;
  }
  const merges = tag !== null && tag === history.tag;
  const past = merges ? history.past : [...history.past, history.present].slice(-DEPTH);
  return { past, present: next, future: [], tag };
}

/** The next change is a step of its own. */
export function settle<T>(history: History<T>): History<T> {
  return history.tag === null ? history : { ...history, tag: null };
}

export function undo<T>(history: History<T>): History<T> {
  const present = history.past.at(-1);
  if (present === undefined) {
    return history;
  }
  return { past: history.past.slice(0, -1), present, future: [history.present, ...history.future], tag: null };
}

export function redo<T>(history: History<T>): History<T> {
  const present = history.future[0];
  if (present === undefined) {
    return history;
  }
  return { past: [...history.past, history.present], present, future: history.future.slice(1), tag: null };
}
