// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from 'preact/hooks';
import type { Options, Storage } from '../api/types';
import { useCell } from '../state/cell';
import { Library, beginProject } from '../state/library';
import { Button, EditableText } from '../ui/controls';
import { Icon } from '../ui/icons';
import { ago, bytes, clock, plural } from '../ui/text';
import { DropZone } from './dropzone';

/** Projects, and the place where a song is dropped. */
export function Home({ options }: { options: Options }) {
  const [library] = useState(() => new Library());
  const search = useCell(library.search);
  const items = useCell(library.items);
  const total = useCell(library.total);
  const storage = useCell(library.storage);
  const failure = useCell(library.failure);
  useEffect(() => {
    document.title = 'Lacquer Studio';
    void library.reload();
    return () => library.close();
  }, [library]);
  const fresh = items !== null && items.length === 0 && search === '';
  return (
    <main class={`home${fresh ? ' fresh' : ''}`} id="main" tabIndex={-1}>
      <section class="hero">
        <h1>Master a song</h1>
        <DropZone id="upload" class="hero-drop" multiple title="Drop your mix here, or choose a file" onFiles={(files) => void beginProject(files)}>
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
                onInput={(event) => library.find(event.currentTarget.value)}
              />
            </label>
          )}
        </header>
        {failure !== null && (
          <div class="state error">
            <Icon name="error" />
            <p>{failure}</p>
            <Button onClick={() => void library.reload()}>Try again</Button>
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
            <Button onClick={() => library.find('')}>Show all</Button>
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
                  <EditableText value={project.name} label="Project name" class="project-name" onChange={(name) => void library.rename(project, name)} />
                  <p class="muted">
                    {project.durationSeconds === null ? '' : `${clock(project.durationSeconds)} · `}
                    {project.versions === 0 ? 'not mastered yet' : plural(project.versions, 'version')}
                  </p>
                  <p class="muted">{ago(project.changedAt)} · {bytes(project.bytes)}</p>
                </div>
                <Button icon="trash" kind="quiet" label={`Delete ${project.name}`} onClick={() => void library.remove(project)} />
              </li>
            ))}
          </ul>
        )}
        {items !== null && items.length < total && (
          <p class="more"><Button onClick={() => void library.more()}>Show more</Button></p>
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
