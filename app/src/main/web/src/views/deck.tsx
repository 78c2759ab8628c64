// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef } from 'preact/hooks';
import type { Player } from '../audio/engine';
import { useCell } from '../state/cell';
import type { PreviewState } from '../state/editor';
import type { Source } from '../state/listening';
import type { Session } from '../state/session';
import { useFrames } from '../ui/canvas';
import { Button, Select, Switch } from '../ui/controls';
import { clock, number, signed } from '../ui/text';
import { Meters, Spectrum } from './meters';
import { Wave } from './wave';

/** Listening: sources to switch between, the waveform, transport, meters. Always in reach. */
export function Deck({ session, player }: { session: Session; player: Player }) {
  useCell(session.project);
  const listening = useCell(session.listening.heard);
  const peaks = useCell(session.fetched.peaks);
  const analyses = useCell(session.fetched.analyses);
  const preview = useCell(session.editor.preview);
  const edit = useCell(session.editor.history);
  const { mix } = session;
  const heard = session.listening.sources().find((source) => source.id === listening);
  const matched = useCell(player.matched);
  const analysis = mix === null ? undefined : analyses.get(mix.id);
  const shown = listening === 'preview' ? session.version.value : listening;
  return (
    <section class="deck" aria-label="Listen">
      <Sources session={session} player={player} edited={edit !== null && session.editor.edited} />
      <div class="deck-main">
        <Wave
          player={player}
          front={shown === null ? undefined : peaks.get(shown)}
          frontColour={heard?.kind === 'mix' ? 'wave-front-mix' : heard?.kind === 'reference' ? 'wave-reference' : 'wave-master'}
          frontGain={matched && heard !== undefined ? 10 ** (heard.matchGainDb / 20) : 1}
          back={mix === null || heard?.kind === 'reference' ? undefined : peaks.get(mix.id)}
          sections={analysis?.sections ?? []}
          findings={analysis?.findings ?? []}
          preview={preview?.region ?? null}
          onLoop={() => session.editor.loopChanged()}
        />
        <div class="deck-side">
          <Spectrum player={player} />
          <Meters player={player} />
        </div>
      </div>
      <Transport session={session} player={player} />
    </section>
  );
}

function Sources({ session, player, edited }: { session: Session; player: Player; edited: boolean }) {
  const listening = useCell(session.listening.heard);
  const loading = useCell(session.listening.loading);
  const preview = useCell(session.editor.preview);
  const matched = useCell(player.matched);
  const sources = session.listening.sources();
  const move = (by: number) => {
    const ids = [...sources.map((source) => source.id), ...(preview === null ? [] : ['preview'])];
    const next = ids[(ids.indexOf(listening ?? '') + by + ids.length) % ids.length];
    if (next !== undefined) {
      document.getElementById(`source-${next}`)?.focus();
      void session.hear(next);
    }
  };
  return (
    <div
      class="sources"
      role="radiogroup"
      aria-label="What you hear"
      onKeyDown={(event) => {
        const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
        if (by !== undefined) {
          event.preventDefault();
          event.stopPropagation();
          move(by);
        }
      }}
    >
      {sources.map((source, k) => (
        <SourceButton
          key={source.id}
          source={source}
          place={k + 1}
          chosen={listening === source.id}
          busy={[...loading].some((track) => track === source.id || track.startsWith(`${source.id}:`))}
          matched={matched}
          onClick={() => void session.hear(source.id)}
        />
      ))}
      {edited && (
        <button
          type="button"
          role="radio"
          id="source-preview"
          class={`source preview${listening === 'preview' ? ' chosen' : ''}`}
          aria-checked={listening === 'preview'}
          tabIndex={listening === 'preview' ? 0 : -1}
          disabled={preview === null}
          onClick={() => void session.hear('preview')}
        >
          <span class="source-title">Your change</span>
          <span class="source-figure" role="status">{previewText(preview)}</span>
        </button>
      )}
    </div>
  );
}

function previewText(preview: PreviewState | null): string {
  if (preview === null || preview.busy) {
    return 'rendering the loop\u2026';
  }
  if (preview.error !== null) {
    return 'no preview';
  }
  return `loop, ${number((preview.tookMs ?? 0) / 1000, 2)}\u00a0s`;
}

function SourceButton(props: { source: Source; place: number; chosen: boolean; busy: boolean; matched: boolean; onClick: () => void }) {
  const { source, chosen } = props;
  const gain = props.matched ? source.matchGainDb : 0;
  return (
    <button
      type="button"
      role="radio"
      id={`source-${source.id}`}
      class={`source ${source.kind}${chosen ? ' chosen' : ''}`}
      aria-checked={chosen}
      aria-busy={props.busy}
      aria-keyshortcuts={props.place <= 9 ? String(props.place) : undefined}
      tabIndex={chosen ? 0 : -1}
      title={source.title}
      onClick={props.onClick}
    >
      <span class="source-title">{source.title}</span>
      <span class="source-figure">
        {props.busy ? 'getting it ready\u2026' : <>{number(source.lufs)}&nbsp;LUFS{gain < -0.05 ? `, heard ${signed(gain)}\u00a0dB` : ''}</>}
      </span>
      {props.place <= 9 && <kbd aria-hidden="true">{props.place}</kbd>}
    </button>
  );
}

function Transport({ session, player }: { session: Session; player: Player }) {
  const playing = useCell(player.playing);
  const loop = useCell(player.loop);
  const matched = useCell(player.matched);
  const volume = useCell(player.volume);
  const pending = useCell(player.pending);
  const monitor = useCell(session.listening.monitor);
  const codec = useCell(session.listening.codec);
  const time = useRef<HTMLSpanElement>(null);
  const showTime = () => {
    if (time.current !== null) {
      const text = clock(player.position(), 1);
      if (time.current.textContent !== text) {
        time.current.textContent = text;
      }
    }
  };
  useFrames(playing, showTime);
  useEffect(() => {
    const timer = setInterval(showTime, 150);
    return () => clearInterval(timer);
  }, [player]);
  return (
    <div class="transport">
      <Button
        id="play"
        class="play"
        kind="primary"
        icon={playing || pending ? 'pause' : 'play'}
        label={playing ? 'Pause' : pending ? 'Plays when the sound is here' : 'Play'}
        keys="Space"
        busy={pending}
        onClick={() => void player.toggle()}
      />
      <span class="clock"><span ref={time}>0:00.0</span><span class="muted"> / {clock(player.durationSeconds)}</span></span>
      <Button
        icon="loop"
        kind="quiet"
        label={loop === null ? 'Loop ten seconds from here' : 'Stop looping'}
        keys="L"
        pressed={loop !== null}
        onClick={() => toggleLoop(session, player)}
      />
      <span class="loop-text">{loop === null ? '' : `${clock(loop.startSeconds, 1)} \u2013 ${clock(loop.endSeconds, 1)}`}</span>
      <Switch id="match" label="Same loudness" checked={matched} onChange={(checked) => player.setMatched(checked)} />
      <label class="volume">
        <span class="sr">Volume</span>
        <svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d="M3.5 8v4H6l4 3.5v-11L6 8zM13 7.5a3.5 3.5 0 0 1 0 5M15 5a7 7 0 0 1 0 10" /></svg>
        <input type="range" min={0} max={1} step={0.01} value={volume} onInput={(event) => player.setVolume(Number(event.currentTarget.value))} />
      </label>
      <Select
        id="monitor"
        label="Heard on"
        value={monitor}
        choices={[{ value: 'none', title: 'Your speakers' }, ...session.options.monitors.map((item) => ({ value: item.name, title: deviceTitle(item.title) }))]}
        onChange={(name) => void session.listening.setMonitor(name)}
      />
      <Select
        id="codec"
        label="Through a codec"
        value={codec}
        choices={[{ value: 'none', title: 'Lossless' }, ...session.options.codecs.filter((item) => item.name !== 'none').map((item) => ({ value: item.name, title: item.title }))]}
        onChange={(name) => void session.listening.setCodec(name)}
      />
    </div>
  );
}

export function toggleLoop(session: Session, player: Player): void {
  if (player.loop.value !== null) {
    player.setLoop(null);
    return;
  }
  const start = Math.min(player.position(), Math.max(0, player.durationSeconds - 10));
  player.setLoop({ startSeconds: start, endSeconds: Math.min(player.durationSeconds, start + 10) });
  session.editor.loopChanged();
}

/** "a car stereo": Car stereo. */
function deviceTitle(title: string): string {
  const bare = title.replace(/^an? /, '');
  return bare.charAt(0).toUpperCase() + bare.slice(1);
}
