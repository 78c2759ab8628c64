// SPDX-License-Identifier: Apache-2.0
import { paths } from '../api/client';
import { Dialog } from '../ui/dialog';

const KEYS: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
  ['Listen', [
    ['Space', 'play and pause'],
    ['1 \u2013 9', 'hear the mix, versions, references'],
    ['0', 'hear your change'],
    ['X', 'switch between mix and master'],
    ['M', 'same loudness on and off'],
    ['\u2190 \u2192', 'a second back or on; with Shift five'],
    ['Home', 'to the beginning'],
  ]],
  ['Loop', [
    ['L', 'loop on and off'],
    ['[  ]', 'begin and end the loop here'],
  ]],
  ['Change', [
    ['Ctrl Z', 'undo'],
    ['Ctrl Y', 'redo'],
    ['\u2191 \u2193', 'gain of the band that has the focus; with Shift finer'],
    ['\u2190 \u2192', 'its frequency'],
    ['Page \u2191 \u2193', 'its Q'],
    ['Delete', 'remove it'],
  ]],
  ['Everywhere', [
    ['?', 'this sheet'],
    ['/', 'search projects'],
    ['Esc', 'close'],
  ]],
];

export function Help({ onClose, version }: { onClose: () => void; version: string }) {
  return (
    <Dialog title="Keys" onClose={onClose} wide>
      <div class="keys">
        {KEYS.map(([title, rows]) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {rows.map(([key, text]) => (
                <div key={key}><dt><kbd>{key}</kbd></dt><dd>{text}</dd></div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p class="hint">Lacquer {version}. Everything happens on this machine. Scripts can do what this page does: <a href={paths.openapi}>its API</a>.</p>
    </Dialog>
  );
}
