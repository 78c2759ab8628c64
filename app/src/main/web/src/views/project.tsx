// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef, useState } from 'preact/hooks';
import { ApiError, messageOf } from '../api/client';
import type { AudioFile, Options, Role } from '../api/types';
import type { Player } from '../audio/engine';
import { openSession, route } from '../state/app';
import { useCell } from '../state/cell';
import { guessRoles, pendingUploads } from '../state/pending';
import { ended, Session } from '../state/session';
import { Button, ProgressBar } from '../ui/controls';
import { Icon } from '../ui/icons';
import { plural } from '../ui/text';
import { Change } from './change';
import { Deck, toggleLoop } from './deck';
import { DropZone } from './dropzone';
import { Devices, Findings, MixFacts } from './findings';
import { stageText, Uploads } from './progress';
import { Result } from './result';
import { Setup } from './setup';
import { Stems } from './stems';
import { Take } from './take';
import { Files, Versions } from './versions';

/** Opens a project and shows it; or says why not. */
export function ProjectPage({ id, options }: { id: string; options: Options }) {
  const [session, setSession] = useState<Session | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let open: Session | null = null;
    let gone = false;
    Session.open(id, options).then(
      (made) => {
        if (gone) {
          made.close();
          return;
        }
        open = made;
        openSession.set(made);
        setSession(made);
        const files = pendingUploads.get(id) ?? [];
        pendingUploads.delete(id);
        void made.uploadAs(rolesFor(files));
      },
      (error: unknown) => gone || setFailure(error),
    );
    return () => {
      gone = true;
      open?.close();
      openSession.set(null);
      setSession(null);
      setFailure(null);
    };
  }, [id, attempt]);
  if (failure !== null) {
    const missing = failure instanceof ApiError && failure.problem.status === 404;
    return (
      <main class="narrow" id="main" tabIndex={-1}>
        <div class="panel state error">
          <Icon name="error" />
          <h1>{missing ? 'This project is gone' : 'The project cannot be opened'}</h1>
          <p>{missing ? 'It was deleted, or it never was on this machine.' : messageOf(failure)}</p>
          <div class="row">
            <a class="button primary" href="#/">To the projects</a>
            {!missing && <Button onClick={() => setAttempt(attempt + 1)}>Try again</Button>}
          </div>
        </div>
      </main>
    );
  }
  if (session === null) {
    return (
      <main class="project" id="main" tabIndex={-1} aria-busy="true">
        <div class="deck skeleton" />
        <div class="panel skeleton tall" />
      </main>
    );
  }
  return <Project session={session} />;
}

const TABS = [
  ['prepare', 'Prepare'],
  ['result', 'Result'],
  ['change', 'Change'],
  ['versions', 'Versions'],
  ['take', 'Take'],
] as const;

type Tab = (typeof TABS)[number][0];

function Project({ session }: { session: Session }) {
  const project = useCell(session.project);
  const player = useCell(session.listening.player);
  const connected = useCell(session.connected);
  const [tab, setTab] = useState<Tab>(project.versions.length > 0 ? 'result' : 'prepare');
  const versions = useRef(project.versions.length);
  useEffect(() => {
    document.title = `${project.name} – Lacquer Studio`;
  }, [project.name]);
  useEffect(() => {
    // The first master opens its result; later ones leave the page where it is.
    if (project.versions.length > 0 && versions.current === 0) {
      setTab('result');
    }
    versions.current = project.versions.length;
  }, [project.versions.length]);
  useKeys(session, player);
  const mix = session.mix;
  const ready = mix?.state === 'ready' && player !== null;
  return (
    <main class="project" id="main" tabIndex={-1}>
      {ready && <h1 class="sr">{project.name}</h1>}
      {!connected && <p class="banner" role="alert"><Icon name="warning" /> The server does not answer. Your work is safe; this page tries again by itself.</p>}
      <Uploads session={session} />
      {mix === null && <NoMix session={session} />}
      {mix !== null && mix.state !== 'ready' && <Reading session={session} mix={mix} />}
      {ready && <Deck session={session} player={player} />}
      {ready && (
        <>
          <nav class="tabs" role="tablist" aria-label="What to do">
            {TABS.map(([name, title]) => (
              <button
                key={name}
                type="button"
                role="tab"
                id={`tab-${name}`}
                aria-selected={tab === name}
                aria-controls="tab-panel"
                tabIndex={tab === name ? 0 : -1}
                disabled={project.versions.length === 0 && (name === 'result' || name === 'change' || name === 'take')}
                onClick={() => setTab(name)}
                onKeyDown={(event) => {
                  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
                  if (by !== undefined) {
                    event.stopPropagation();
                    const usable = TABS.filter(([other]) => project.versions.length > 0 || other === 'prepare' || other === 'versions');
                    const at = usable.findIndex(([other]) => other === name);
                    const next = usable[(at + by + usable.length) % usable.length];
                    if (next !== undefined) {
                      setTab(next[0]);
                      document.getElementById(`tab-${next[0]}`)?.focus();
                    }
                  }
                }}
              >
                {title}
                {name === 'prepare' && mix.findingCounts != null && mix.findingCounts.failure + mix.findingCounts.warning > 0 && (
                  <span class="badge" title="Findings">{mix.findingCounts.failure + mix.findingCounts.warning}<span class="sr"> findings</span></span>
                )}
              </button>
            ))}
          </nav>
          <div class="tab-panel" id="tab-panel" role="tabpanel" aria-labelledby={`tab-${tab}`} tabIndex={-1}>
            {tab === 'prepare' && <Prepare session={session} mix={mix} player={player} />}
            {tab === 'result' && <Result session={session} player={player} />}
            {tab === 'change' && <Change session={session} player={player} />}
            {tab === 'versions' && <Versions session={session} />}
            {tab === 'take' && <Take session={session} />}
          </div>
        </>
      )}
    </main>
  );
}

function Prepare({ session, mix, player }: { session: Session; mix: AudioFile; player: Player }) {
  const analysis = useCell(session.fetched.analyses).get(mix.id);
  return (
    <div class="grid prepare">
      <div class="column">
        <section class="panel" aria-labelledby="findings-title">
          <h2 id="findings-title">What we found</h2>
          {analysis === undefined ? <div class="skeleton plot-room" /> : (
            <>
              <MixFacts analysis={analysis} />
              <Findings findings={analysis.findings} player={player} clean="The mix is ready for mastering: nothing to repair." />
            </>
          )}
        </section>
        <Stems session={session} />
        {analysis !== undefined && analysis.translation.length > 0 && (
          <details class="panel">
            <summary><h2>On other devices</h2></summary>
            <Devices analysis={analysis} />
          </details>
        )}
      </div>
      <Setup session={session} mix={mix} />
    </div>
  );
}

function NoMix({ session }: { session: Session }) {
  const uploads = useCell(session.uploads);
  const project = useCell(session.project);
  if (uploads.length > 0) {
    return null;
  }
  return (
    <section class="hero inner">
      <h1>{project.name}</h1>
      <DropZone id="upload" class="hero-drop" multiple title="Drop the mix here, or choose a file" onFiles={(files) => void session.uploadAs(rolesFor(files))}>
        <span class="drop-hint">{project.files.length === 0 ? 'This project has no files yet.' : `There ${project.files.length === 1 ? 'is' : 'are'} ${plural(project.files.length, 'file')}, but no mix.`}</span>
      </DropZone>
      {project.files.length > 0 && <div class="grid hero-files"><Stems session={session} /><Files session={session} /></div>}
    </section>
  );
}

function rolesFor(files: readonly File[]): readonly (readonly [File, Role])[] {
  const roles = guessRoles(files.map((file) => file.name));
  return files.map((file, k) => [file, roles[k] ?? 'mix'] as const);
}

function Reading({ session, mix }: { session: Session; mix: AudioFile }) {
  const jobs = useCell(session.jobs);
  const job = mix.analyseJob == null ? undefined : jobs.get(mix.analyseJob);
  if (mix.state === 'refused' && mix.stems != null) {
    return (
      <div class="grid">
        <section class="panel state error">
          <Icon name="error" />
          <h1>The stems cannot be mixed</h1>
          <p>{mix.error?.detail ?? 'One of them could not be read.'}</p>
        </section>
        <Stems session={session} />
        <Files session={session} />
      </div>
    );
  }
  if (mix.state === 'refused') {
    return (
      <section class="panel state error">
        <Icon name="error" />
        <h1>{mix.name} cannot be used</h1>
        <p>{mix.error?.detail ?? 'It could not be read.'}</p>
        <DropZone id="upload" class="small" title="Choose another file" onFiles={(files) => void session.deleteFile(mix).then(() => session.uploadFiles(files, 'mix'))} />
      </section>
    );
  }
  const stopped = job !== undefined && ended(job) && job.state !== 'done';
  return (
    <section class="panel reading" role="status">
      <h1>{mix.stems == null ? mix.name : `Mixing ${plural(mix.stems.length, 'stem')}`}</h1>
      {stopped ? (
        <>
          <p>{job.state === 'interrupted' ? 'The server ended while the song was measured.' : 'Measuring was ended.'}</p>
          <Button kind="primary" onClick={() => void session.start({ type: 'analyse', file: mix.id }).then(() => session.refresh())}>Measure it</Button>
        </>
      ) : (
        <>
          <p>{job === undefined ? 'Waiting for its turn' : mix.stems != null && job.state === 'queued' ? 'Measuring each of them' : stageText(job)}</p>
          <ProgressBar fraction={job === undefined || job.state === 'queued' ? null : job.fraction} label="Measuring the song" />
          <p class="hint">
            {mix.stems == null
              ? 'Loudness, peaks, tone, stereo image, faults: about a second for each minute of music.'
              : 'They are checked one by one and against each other, added, and measured together.'}
          </p>
        </>
      )}
    </section>
  );
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.matches('input:not([type=range]):not([type=checkbox]):not([type=radio]), textarea, select') || target.isContentEditable);
}

/** Keys that work anywhere in a project. */
function useKeys(session: Session, player: Player | null): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (player === null || isTyping(event.target) || document.querySelector('dialog[open]') !== null || route.value.page !== 'project') {
        return;
      }
      if (event.ctrlKey || event.metaKey) {
        const key = event.key.toLowerCase();
        if (key === 'z' || key === 'y') {
          event.preventDefault();
          if (key === 'y' || event.shiftKey) {
            session.editor.redo();
          } else {
            session.editor.undo();
          }
        }
        return;
      }
      if (event.altKey) {
        return;
      }
      const run = commandFor(event, session, player);
      if (run !== null) {
        event.preventDefault();
        // Held down, keys move the place; what is switched is switched once.
        if (!event.repeat || event.key.startsWith('Arrow')) {
          run();
        }
      }
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [session, player]);
}

function commandFor(event: KeyboardEvent, session: Session, player: Player): (() => void) | null {
  const onControl = event.target instanceof HTMLElement && event.target.closest('button, a, summary, label, input, [role=slider]') !== null;
  const place = player.position();
  switch (event.key) {
    case ' ':
      // Space presses what has the focus.
      return event.target instanceof HTMLElement && event.target.closest('button, summary, input[type=checkbox], input[type=radio]') !== null ? null : () => void player.toggle();
    case 'ArrowLeft':
    case 'ArrowRight':
      return onControl ? null : () => player.seek(place + (event.key === 'ArrowLeft' ? -1 : 1) * (event.shiftKey ? 5 : 1));
    case 'Home':
      return onControl ? null : () => player.seek(0);
    case 'l':
    case 'L':
      return () => toggleLoop(session, player);
    case 'm':
    case 'M':
      return () => player.setMatched(!player.matched.value);
    case 'x':
    case 'X':
      return () => void switchMix(session);
    case '[':
    case ']': {
      const loop = player.loop.value ?? { startSeconds: 0, endSeconds: player.durationSeconds };
      return () => {
        const next = event.key === '[' ? { ...loop, startSeconds: place } : { ...loop, endSeconds: place };
        if (next.endSeconds - next.startSeconds >= 0.25) {
          player.setLoop(next);
          session.editor.loopChanged();
        }
      };
    }
    case '0':
      return session.editor.preview.value === null ? null : () => void session.hear('preview');
    default: {
      const source = /^[1-9]$/.test(event.key) ? session.listening.sources()[Number(event.key) - 1] : undefined;
      return source === undefined ? null : () => void session.hear(source.id);
    }
  }
}

async function switchMix(session: Session): Promise<void> {
  const mix = session.mix;
  const master = session.version.value;
  if (mix !== null && master !== null) {
    await session.hear(session.listening.heard.value === mix.id ? master : mix.id);
  }
}
