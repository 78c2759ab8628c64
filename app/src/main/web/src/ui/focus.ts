// SPDX-License-Identifier: Apache-2.0

const FOCUSABLE = 'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), summary, [tabindex]';

/**
 * Keeps the focus near what is taken away: who deletes a row or begins a work by the keyboard, or hears the page read,
 * goes on from there and not from the top of the page. What stands in its place now has it, else what follows, else
 * what comes before. Who points has no use for it.
 */
export function keepFocus(root: HTMLElement): void {
  let last: Element | null = null;
  let pointed = false;
  window.addEventListener('pointerdown', () => { pointed = true; }, true);
  window.addEventListener('keydown', () => { pointed = false; }, true);
  root.addEventListener('focusin', (event) => {
    last = event.target as Element;
  });
  root.addEventListener('focusout', () => queueMicrotask(() => {
    // Left for nothing on purpose, and not because it went or was switched off.
    if (last !== null && isLost() && last.isConnected && !last.matches(':disabled')) {
      last = null;
    }
  }));
  new MutationObserver((records) => {
    if (last === null || last.isConnected || !isLost()) {
      return;
    }
    const hole = holeOf(last, records);
    last = null;
    if (hole !== null && !pointed) {
      nearest(root, hole)?.focus({ preventScroll: true });
    }
  }).observe(root, { childList: true, subtree: true });
}

function isLost(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}

interface Hole {
  readonly parent: Element;
  readonly before: Node | null;
}

/** Where something was, in the part of the page that is still there. */
function holeOf(element: Element, records: readonly MutationRecord[]): Hole | null {
  let gone: Node = element;
  for (const record of records) {
    if (![...record.removedNodes].some((node) => node.contains(gone))) {
      continue;
    }
    gone = record.target;
    if (gone.isConnected) {
      return { parent: gone as Element, before: record.previousSibling };
    }
  }
  return null;
}

function nearest(root: HTMLElement, hole: Hole): HTMLElement | null {
  const { parent, before } = hole;
  if (parent.matches('[tabindex]')) {
    return parent as HTMLElement;
  }
  const children = [...parent.children];
  const place = before?.parentNode === parent ? children.findIndex((child) => follows(before, child)) : 0;
  const from = place < 0 ? children.length : place;
  const found = children.slice(from).map(firstIn).find((item) => item !== null)
    ?? children.slice(0, from).reverse().map(firstIn).find((item) => item !== null);
  if (found != null) {
    return found;
  }
  return parent === root || parent.parentElement === null ? null : nearest(root, { parent: parent.parentElement, before: parent.previousSibling });
}

function follows(before: Node, child: Element): boolean {
  return (before.compareDocumentPosition(child) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
}

function firstIn(element: Element): HTMLElement | null {
  return element.matches(FOCUSABLE) ? (element as HTMLElement) : element.querySelector<HTMLElement>(FOCUSABLE);
}
