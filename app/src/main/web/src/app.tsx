// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from 'preact/hooks';
import { messageOf } from './api/client';
import type { Options } from './api/types';
import {
  announcement, applyTheme, dismiss, hold, openSession, options, release, route, theme, toasts, type Theme, type Toast,
} from './state/app';
import { useCell } from './state/cell';
import type { Session } from './state/session';
import { Button, EditableText } from './ui/controls';
import { Icon, Logo, type IconName } from './ui/icons';
import { Help } from './views/help';
import { Home } from './views/home';
import { ProjectPage } from './views/project';

export function App() {
  const here = useCell(route);
  const [chosen, setChosen] = useState<Options | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [help, setHelp] = useState(false);
  const load = () => {
    setFailure(null);
    options().then(setChosen, (error: unknown) => setFailure(messageOf(error)));
  };
  useEffect(load, []);
  // A key that is held down presses once what has the focus.
  useEffect(() => {
    const repeat = (event: KeyboardEvent) => {
      if (event.repeat && event.key === 'Enter') {
        event.preventDefault();
      }
    };
    window.addEventListener('keydown', repeat, true);
    return () => window.removeEventListener('keydown', repeat, true);
  }, []);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && event.target.matches('input:not([type=range]):not([type=checkbox]):not([type=radio]), textarea, select');
      if (typing || event.ctrlKey || event.metaKey || event.altKey) {
        return;
      }
      if (event.key === '?') {
        setHelp(true);
      } else if (event.key === '/') {
        const search = document.getElementById('search');
        if (search !== null) {
          event.preventDefault();
          search.focus();
        }
      }
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
  // A file that misses the drop zone must not replace the page.
  useEffect(() => {
    const keep = (event: DragEvent) => event.preventDefault();
    window.addEventListener('dragover', keep);
    window.addEventListener('drop', keep);
    return () => {
      window.removeEventListener('dragover', keep);
      window.removeEventListener('drop', keep);
    };
  }, []);
  return (
    <>
      <a class="skip" href="#main" onClick={(event) => {
        event.preventDefault();
        document.getElementById('main')?.focus();
      }}>Skip to the content</a>
      <TopBar onHelp={() => setHelp(true)} />
      {failure !== null && (
        <main class="narrow" id="main" tabIndex={-1}>
          <div class="panel state error">
            <Icon name="error" />
            <h1>No answer</h1>
            <p>{failure}</p>
            <Button kind="primary" onClick={load}>Try again</Button>
          </div>
        </main>
      )}
      {failure === null && chosen === null && <main id="main" tabIndex={-1} aria-busy="true" />}
      {chosen !== null && (here.page === 'home'
        ? <Home options={chosen} />
        : <ProjectPage key={here.id} id={here.id} options={chosen} />)}
      {help && <Help version={chosen?.version ?? ''} onClose={() => setHelp(false)} />}
      <Toasts />
      <Announcer />
    </>
  );
}

function TopBar({ onHelp }: { onHelp: () => void }) {
  const session = useCell(openSession);
  return (
    <header class="topbar">
      <a class="brand" href="#/" aria-label="Lacquer, all projects"><Logo /><span>Lacquer</span></a>
      {session !== null && <ProjectName session={session} />}
      <span class="spacer" />
      <ThemeButton />
      <Button icon="help" kind="quiet" label="Keys and help" keys="?" onClick={onHelp} />
    </header>
  );
}

function ProjectName({ session }: { session: Session }) {
  const project = useCell(session.project);
  return (
    <>
      <span class="crumb" aria-hidden="true">/</span>
      <EditableText value={project.name} label="Project name" class="top-name" onChange={(name) => void session.renameProject(name)} />
    </>
  );
}

const NEXT: Readonly<Record<Theme, Theme>> = { system: 'dark', dark: 'light', light: 'system' };
const THEME_ICONS: Readonly<Record<Theme, IconName>> = { system: 'screen', dark: 'moon', light: 'sun' };

function ThemeButton() {
  const current = useCell(theme);
  return (
    <Button
      icon={THEME_ICONS[current]}
      kind="quiet"
      label={`Colours: ${current === 'system' ? 'as the system' : current}`}
      onClick={() => applyTheme(NEXT[current])}
    />
  );
}

function Toasts() {
  const items = useCell(toasts);
  return (
    <div class="toasts" role="status" aria-live="polite">
      {items.map((item) => <ToastItem key={item.id} item={item} />)}
    </div>
  );
}

function ToastItem({ item }: { item: Toast }) {
  return (
    <div
      class={`toast ${item.tone}`}
      onFocusIn={() => hold(item.id)}
      onMouseEnter={() => hold(item.id)}
      onFocusOut={() => release(item.id)}
      onMouseLeave={(event) => event.currentTarget.contains(document.activeElement) || release(item.id)}
    >
      {item.tone === 'error' && <Icon name="error" />}
      <span>{item.text}</span>
      {item.action !== undefined && (
        <Button kind="quiet" onClick={() => {
          item.action?.run();
          dismiss(item.id);
        }}>{item.action.label}</Button>
      )}
      <Button icon="close" kind="quiet" label="Close" onClick={() => dismiss(item.id)} />
    </div>
  );
}

function Announcer() {
  const text = useCell(announcement);
  return <div class="sr" aria-live="polite">{text}</div>;
}
