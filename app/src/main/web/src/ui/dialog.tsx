// SPDX-License-Identifier: Apache-2.0
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Button } from './controls';

/** The browser's own modal dialog: it keeps the focus and closes by Escape. */
export function Dialog(props: { title: string; onClose: () => void; children: ComponentChildren; wide?: boolean }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    // Closing gives the focus back to who opened it; taking it away would not.
    return () => shown?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      class={props.wide === true ? 'dialog wide' : 'dialog'}
      aria-labelledby="dialog-title"
      onClose={props.onClose}
      onClick={(event) => {
        if (event.target === dialog.current) {
          dialog.current?.close();
        }
      }}
    >
      <div class="dialog-body">
        <header>
          <h2 id="dialog-title">{props.title}</h2>
          <Button icon="close" kind="quiet" label="Close" onClick={() => dialog.current?.close()} />
        </header>
        {props.children}
      </div>
    </dialog>
  );
}
