// SPDX-License-Identifier: Apache-2.0
import { useState } from 'preact/hooks';
import type { VersionDetail } from '../api/types';
import type { Player } from '../audio/engine';
import { useCell } from '../state/cell';
import { starting, type Session } from '../state/session';
import { Button, Segmented } from '../ui/controls';
import { number } from '../ui/text';
import { Plans } from './plans';
import { JobProgress } from './progress';

/** Play and compare while the deck is out of sight. */
function Listening({ session, player, detail }: { session: Session; player: Player; detail: VersionDetail }) {
  const playing = useCell(player.playing);
  const listening = useCell(session.listening.heard);
  const preview = useCell(session.editor.preview);
  const mix = session.mix;
  const choices = [
    ...(mix === null ? [] : [{ value: mix.id, title: 'Mix' }]),
    { value: detail.id, title: detail.name },
    ...(preview === null ? [] : [{ value: 'preview', title: 'Your change' }]),
  ];
  return (
    <div class="toolbar-group">
      <Button kind="primary" class="round" icon={playing ? 'pause' : 'play'} label={playing ? 'Pause' : 'Play'} onClick={() => void player.toggle()} />
      <Segmented label="What you hear" value={listening ?? ''} choices={choices} onChange={(id) => void session.hear(id)} />
    </div>
  );
}

/** Play, undo, what the loop sounds like, and the way to a whole version. */
export function Toolbar({ session, player, detail }: { session: Session; player: Player | null; detail: VersionDetail }) {
  const history = useCell(session.editor.history);
  const preview = useCell(session.editor.preview);
  const [plans, setPlans] = useState(false);
  const job = session.running('render');
  const asked = useCell(session.once.underWay).has(starting('render'));
  const edited = history !== null && session.editor.edited;
  return (
    <div class="toolbar">
      {player !== null && <Listening session={session} player={player} detail={detail} />}
      <div class="toolbar-group">
        <Button icon="undo" label="Undo" keys="Ctrl+Z" disabled={history === null || history.past.length === 0} onClick={() => session.editor.undo()} />
        <Button icon="redo" label="Redo" keys="Ctrl+Y" disabled={history === null || history.future.length === 0} onClick={() => session.editor.redo()} />
        <Button kind="quiet" disabled={!edited} onClick={() => session.editor.reset()}>Reset</Button>
      </div>
      <p class="toolbar-state" role="status">
        {preview?.error != null
          ? <span class="bad-text">{preview.error}</span>
          : preview === null
            ? <span class="muted">Move something, and hear it in the loop at once.</span>
            : preview.busy ? 'Rendering the loop\u2026' : (
              <>{number(preview.figures?.integratedLufs)}&nbsp;LUFS, peak {number(preview.figures?.truePeakDbtp)}&nbsp;dBTP <span class="muted">in the loop, ready in {number((preview.tookMs ?? 0) / 1000, 2)}&nbsp;s</span></>
            )}
      </p>
      <div class="toolbar-group">
        <Button id="plans" kind="quiet" onClick={() => setPlans(true)}>Plans</Button>
        {job === null ? (
          <Button id="render" kind="primary" disabled={!edited || asked} onClick={() => void session.editor.renderWhole(nextName(session, detail))}>Render the song</Button>
        ) : <JobProgress session={session} job={job} />}
      </div>
      {plans && <Plans session={session} detail={detail} onClose={() => setPlans(false)} />}
    </div>
  );
}

/** Version 1 is followed by the next number that is free. */
function nextName(session: Session, detail: VersionDetail): string {
  const base = detail.name.replace(/ \d+$/, '');
  const taken = new Set(session.project.value.versions.map((version) => version.name));
  let count = 2;
  while (taken.has(`${base} ${count}`)) {
    count++;
  }
  return `${base} ${count}`;
}
