// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from 'preact/hooks';
import { api, isAbort, messageOf } from '../api/client';
import type { Options, ProjectSummary, Storage } from '../api/types';
import { announce, go, toast } from '../state/app';
import { pendingUploads, projectName } from '../state/pending';
import { Button, EditableText } from '../ui/controls';
import { Icon } from '../ui/icons';
import { ago, bytes, clock, plural } from '../ui/text';
import { DropZone } from './dropzone';

/** Projects, and the place where a song is dropped. */
export function Home({ options }: { options: Options }) {
  const [search, setSearch] = useState('');
  const [items, setItems] = useState<readonly ProjectSummary[] | null>(null);
  const [total, setTotal] = useState(0);
  const [page, setPage] = useState(1);
  const [storage, setStorage] = useState<Storage | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [count, setCount] = useState(0);

  useEffect(() => {
    document.title = 'Lacquer Studio';
    const abort = new AbortController();
    const timer = setTimeout(() => {
      api.projects(search, page, abort.signal).then(
        (answer) => {
          setItems((before) => (page === 1 || before === null ? answer.items : [...before, ...answer.items]));
          setTotal(answer.total);
          setFailure(null);
        },
        (error: unknown) => isAbort(error) || setFailure(messageOf(error)),
      );
    }, search === '' ? 0 : 150);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [search, page, count]);
  useEffect(() => {
    api.storage().then(setStorage, () => setStorage(null));
  }, [count]);

  const reload = () => {
    setPage(1);
    setCount((before) => before + 1);
  };
  const open = async (files: readonly File[]) => {
    try {
      if (files.length > 0) {
        const project = await api.createProject(projectName(files.map((file) => file.name)));
        pendingUploads.set(project.id, files);
        go({ page: 'project', id: project.id });
      }
    } catch (error) {
      toast(messageOf(error), { tone: 'error' });
    }
  };
  const remove = async (project: ProjectSummary) => {
    try {
      await api.deleteProject(project.id);
      setItems((before) => before?.filter((item) => item.id !== project.id) ?? null);
      announce(`${project.name} deleted`);
      toast(`“${project.name}” was deleted.`, {
        action: {
          label: 'Undo',
          run: () => void api.restoreProject(project.id).then(reload, (error: unknown) => toast(messageOf(error), { tone: 'error' })),
        },
      });
      api.storage().then(setStorage, () => undefined);
    } catch (error) {
      toast(messageOf(error), { tone: 'error' });
    }
  };
  const rename = async (project: ProjectSummary, name: string) => {
    try {
      await api.renameProject(project.id, name);
      reload();
    } catch (error) {
      toast(messageOf(error), { tone: 'error' });
    }
  };
  const fresh = items !== null && items.length === 0 && search === '';
  return (
    <main class={`home${fresh ? ' fresh' : ''}`} id="main">
      <section class="hero">
        <h1>Master a song</h1>
        <DropZone id="upload" class="hero-drop" multiple title="Drop your mix here, or choose a file" onFiles={(files) => void open(files)}>
          <span class="drop-hint">
            WAV, FLAC, AIFF, ALAC, MP3, AAC, Ogg or Opus, up to {bytes(options.limits.fileBytes)}. Several at once are told apart by their names: mix, stems, references.
          </span>
        </DropZone>
        <p class="reassure"><Icon name="check" /> Nothing leaves this machine.</p>
      </section>
      <section class="library" aria-label="Projects">
        <header>
          <h2>{fresh ? 'How it goes' : 'Projects'}</h2>
          {(!fresh || search !== '') && (
            <label class="search">
              <Icon name="search" />
              <span class="sr">Search projects</span>
              <input
                id="search"
                type="search"
                placeholder="Search"
                value={search}
                onInput={(event) => {
                  setPage(1);
                  setSearch(event.currentTarget.value);
                }}
              />
            </label>
          )}
        </header>
        {failure !== null && (
          <div class="state error">
            <Icon name="error" />
            <p>{failure}</p>
            <Button onClick={reload}>Try again</Button>
          </div>
        )}
        {failure === null && items === null && <Skeleton />}
        {fresh && (
          <div class="state">
            <ol class="steps">
              <li><b>Drop</b> a finished mix. It is measured and checked in a few seconds.</li>
              <li><b>Hear</b> the master against the mix at equal loudness.</li>
              <li><b>Change</b> what you would do differently, and take the files.</li>
            </ol>
          </div>
        )}
        {items !== null && items.length === 0 && search !== '' && (
          <div class="state">
            <p>No project is called “{search}”.</p>
            <Button onClick={() => setSearch('')}>Show all</Button>
          </div>
        )}
        {items !== null && items.length > 0 && (
          <ul class="projects">
            {items.map((project) => (
              <li key={project.id} class="project-card">
                <a href={`#/project/${project.id}`} class="project-open" aria-label={`Open ${project.name}`}>
                  <ProjectArt id={project.id} />
                </a>
                <div class="project-text">
                  <EditableText value={project.name} label="Project name" class="project-name" onChange={(name) => void rename(project, name)} />
                  <p class="muted">
                    {project.durationSeconds === null ? '' : `${clock(project.durationSeconds)} · `}
                    {project.versions === 0 ? 'not mastered yet' : plural(project.versions, 'version')}
                  </p>
                  <p class="muted">{ago(project.changedAt)} · {bytes(project.bytes)}</p>
                </div>
                <Button icon="trash" kind="quiet" label={`Delete ${project.name}`} onClick={() => void remove(project)} />
              </li>
            ))}
          </ul>
        )}
        {items !== null && items.length < total && (
          <p class="more"><Button onClick={() => setPage((before) => before + 1)}>Show more</Button></p>
        )}
        {storage !== null && <StorageUsed storage={storage} days={options.limits.restoreDays} />}
      </section>
    </main>
  );
}

function Skeleton() {
  return (
    <ul class="projects" aria-label="Loading" aria-busy="true">
      {[0, 1, 2, 3].map((k) => <li key={k} class="project-card skeleton" />)}
    </ul>
  );
}

/** A ring for each project, from its id: projects can be told apart at a glance. */
function ProjectArt({ id }: { id: string }) {
  const seed = [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7);
  const rings = [0, 1, 2, 3, 4].map((k) => ({ radius: 9 + 5.4 * k, dash: 8 + ((seed >>> (3 * k)) & 31), turn: (seed >>> k) % 360 }));
  return (
    <svg viewBox="0 0 72 72" class={`art hue-${seed % 5}`} aria-hidden="true">
      {rings.map((ring) => (
        <circle key={ring.radius} cx="36" cy="36" r={ring.radius} stroke-dasharray={`${ring.dash} ${ring.radius * 1.1}`} transform={`rotate(${ring.turn} 36 36)`} />
      ))}
      <circle cx="36" cy="36" r="3" class="art-hole" />
    </svg>
  );
}

function StorageUsed({ storage, days }: { storage: Storage; days: number }) {
  const share = storage.usedBytes / Math.max(1, storage.limitBytes);
  return (
    <footer class="storage">
      <meter min={0} max={storage.limitBytes} high={0.9 * storage.limitBytes} value={storage.usedBytes} aria-label="Storage used" />
      <p>
        {bytes(storage.usedBytes)} of {bytes(storage.limitBytes)} used, {bytes(storage.freeBytes)} free on the disk.
        {share > 0.9 && <strong> Nearly full: delete projects to make room.</strong>}
        {storage.folder !== undefined && <span class="muted"> In {storage.folder}. Deleted projects can be had back for {days} days.</span>}
      </p>
    </footer>
  );
}
