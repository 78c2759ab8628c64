// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef, useState } from 'preact/hooks';
import { api, messageOf, paths } from '../api/client';
import type { Plan, SavedPlan, VersionDetail } from '../api/types';
import { toast } from '../state/app';
import { draftOf, planOf } from '../state/draft';
import { Once } from '../state/once';
import type { Session } from '../state/session';
import { Button, LinkButton } from '../ui/controls';
import { Dialog } from '../ui/dialog';
import { ago } from '../ui/text';

/** Plans to keep for other songs, and plans from files. */
export function Plans({ session, detail, onClose }: { session: Session; detail: VersionDetail; onClose: () => void }) {
  const [saved, setSaved] = useState<readonly SavedPlan[] | null>(null);
  const [name, setName] = useState(`${session.project.value.name}, ${detail.name}${session.editor.edited ? ', changed' : ''}`);
  const file = useRef<HTMLInputElement>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [once] = useState(() => new Once());
  const asked = useRef(0);
  const attempt = async (title: string, work: () => Promise<unknown>) => {
    try {
      setFailure(null);
      await once.run(title, work);
      const turn = ++asked.current;
      const { items } = await api.plans();
      if (turn === asked.current) {
        setSaved(items);
      }
    } catch (error) {
      setFailure(messageOf(error));
    }
  };
  useEffect(() => void attempt('look', async () => undefined), []);
  const use = (plan: Plan, title: string) => {
    session.editor.change(() => draftOf(plan));
    toast(`“${title}” is loaded. Undo brings the former plan back.`);
    onClose();
  };
  const keep = () => void attempt('keep', async () => {
    const draft = session.editor.draft;
    await api.savePlan(name, draft === null ? detail.plan : planOf(draft));
  });
  const remove = (plan: SavedPlan) => void attempt(`delete ${plan.id}`, async () => {
    await api.deletePlan(plan.id);
    toast(`“${plan.name}” was deleted.`, { action: { label: 'Undo', run: () => void attempt(`restore ${plan.id}`, () => api.restorePlan(plan.id)) } });
  });
  return (
    <Dialog title="Plans" onClose={onClose} wide>
      <form class="row plan-save" onSubmit={(event) => {
        event.preventDefault();
        keep();
      }}>
        <label class="field grow">
          <span class="field-label">Keep the plan as it is now</span>
          <input class="text" value={name} maxLength={200} required onInput={(event) => setName(event.currentTarget.value)} />
        </label>
        <button type="submit" class="button primary" id="keep-plan"><span>Keep</span></button>
      </form>
      <div class="row">
        <input
          ref={file}
          id="load-plan"
          class="sr"
          type="file"
          tabIndex={-1}
          aria-label="Plan file"
          accept=".yaml,.yml,.json"
          onChange={(event) => {
            const chosen = event.currentTarget.files?.[0];
            if (chosen !== undefined) {
              void attempt('use', async () => use(await api.readPlan(await chosen.text()), chosen.name));
            }
            event.currentTarget.value = '';
          }}
        />
        <Button icon="upload" onClick={() => file.current?.click()}>Load from a file</Button>
        <LinkButton icon="download" href={paths.planFile(session.id, detail.id)} download>{detail.name} as a file</LinkButton>
      </div>
      {failure !== null && <p class="bad-text" role="alert">{failure}</p>}
      <h3>Kept plans</h3>
      {saved !== null && saved.length === 0 && <p class="state">None yet. A kept plan can be used for any song.</p>}
      <ul class="file-list">
        {saved?.map((plan) => (
          <li key={plan.id}>
            <span class="file-name"><span class="ellipsis">{plan.name}</span> <small class="muted">{ago(plan.createdAt)}</small></span>
            <span class="row-tools">
              <Button onClick={() => void attempt('use', async () => use(await api.plan(plan.id), plan.name))}>Use</Button>
              <LinkButton kind="quiet" icon="download" href={paths.savedPlan(plan.id)} download>File</LinkButton>
              <Button icon="trash" kind="quiet" label={`Delete ${plan.name}`} onClick={() => remove(plan)} />
            </span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
