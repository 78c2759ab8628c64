// SPDX-License-Identifier: Apache-2.0
import type { Job } from '../api/types';
import { useCell } from '../state/cell';
import type { Session } from '../state/session';
import { Button, ProgressBar } from '../ui/controls';

const STAGES: Readonly<Record<string, string>> = {
  queued: 'Waiting for its turn',
  mix: 'Adding the stems',
  read: 'Reading the song',
  analyse: 'Measuring the song',
  infer: 'Deciding what it needs',
  render: 'Rendering',
  verify: 'Measuring the master',
  encode: 'Encoding',
  compare: 'Comparing',
  explain: 'Finding out how your master was made',
  finish: 'Finishing',
};

export function stageText(job: Job): string {
  if (job.state === 'queued' && typeof job.position === 'number' && job.position > 0) {
    return `Waiting: ${job.position} before it`;
  }
  return STAGES[job.stage] ?? 'Working';
}

/** A job that runs: how far, with what, and a way to end it. */
export function JobProgress({ session, job }: { session: Session; job: Job }) {
  return (
    <div class="job" role="status" tabIndex={-1}>
      <div class="job-text">
        <span>{stageText(job)}</span>
        <span class="muted">{Math.floor(100 * job.fraction)}&nbsp;%</span>
      </div>
      <ProgressBar fraction={job.state === 'queued' ? null : job.fraction} label={stageText(job)} />
      <Button kind="quiet" onClick={() => void session.cancel(job)}>Cancel</Button>
    </div>
  );
}

export function Uploads({ session }: { session: Session }) {
  const uploads = useCell(session.uploads);
  if (uploads.length === 0) {
    return null;
  }
  return (
    <section class="panel uploads" aria-label="Uploads">
      {uploads.map((item) => (
        <div key={item.key} class="job">
          <div class="job-text">
            <span class="ellipsis">{item.fraction < 1 ? 'Copying' : 'Storing'} {item.name}</span>
            <span class="muted">{Math.floor(100 * item.fraction)}&nbsp;%</span>
          </div>
          <ProgressBar fraction={item.fraction} label={`Copying ${item.name}`} />
          <Button kind="quiet" onClick={item.cancel}>Cancel</Button>
        </div>
      ))}
    </section>
  );
}
