/** What is kept of the making of stores: the jobs that run, and those that ended lately. */
import type { ProvisioningJob, StepState } from '../contract/provisioning.ts';
import type { PlatformDatabase } from '../database/platform-database.ts';
import { type ProvisioningJobRecord, provisioningJobs } from '../database/platform-tables.ts';

const UNFINISHED = ['running', 'undoing'] as const;
const ENDED = ['done', 'failed'] as const;
const LISTED = 50;
const KEPT = 200;
const KEPT_MS = 7 * 24 * 60 * 60 * 1000;

/** Everything but the input, which can hold a picture. */
const SHOWN = [
  'id',
  'storeId',
  'code',
  'name',
  'state',
  'steps',
  'attempts',
  'startedAt',
  'finishedAt',
  'error',
] as const;

/** Changes what is kept of a job. */
export async function saveJob(
  platform: PlatformDatabase,
  id: string,
  changes: Partial<Omit<ProvisioningJobRecord, 'id'>>,
): Promise<void> {
  await platform.table(provisioningJobs).update({ id }, changes);
}

/** Jobs that a crash cut short, the oldest first. */
export function unfinishedJobs(platform: PlatformDatabase): Promise<ProvisioningJobRecord[]> {
  return platform.table(provisioningJobs).find({ where: { state: UNFINISHED }, order: [['startedAt', 'asc']] });
}

/** Jobs that have not ended, then those that ended lately, the latest first. */
export async function listJobs(platform: PlatformDatabase): Promise<ProvisioningJob[]> {
  const table = platform.table(provisioningJobs);
  const order = [['startedAt', 'desc']] as const;
  const unfinished = await table.find({ where: { state: UNFINISHED }, order, columns: SHOWN });
  const ended = await table.find({ where: { state: ENDED }, order, columns: SHOWN, limit: LISTED });
  return [...unfinished, ...ended].map(presentJob);
}

/** Forgets jobs that ended long ago, and more of them than anybody looks at. */
export async function pruneJobs(platform: PlatformDatabase): Promise<void> {
  const table = platform.table(provisioningJobs);
  const [next] = await table.find({
    where: { state: ENDED },
    order: [['startedAt', 'desc']],
    columns: ['startedAt'],
    offset: KEPT,
    limit: 1,
  });
  const oldest = Math.max(Date.now() - KEPT_MS, next ? next.startedAt.getTime() + 1 : 0);
  await table.delete({ state: ENDED, startedAt: { below: new Date(oldest) } });
}

/** The steps with one of them changed; the one after a finished one is running. */
export function withStep(steps: readonly StepState[], changed: StepState): StepState[] {
  const at = steps.findIndex((one) => one.step === changed.step);
  return steps.map((one, index) => {
    if (index === at) return changed;
    const isNext = index === at + 1 && changed.state === 'done' && one.state === 'pending';
    return isNext ? { ...one, state: 'running' } : one;
  });
}

function presentJob(job: ProvisioningJobRecord): ProvisioningJob {
  const { id, code, name, state, steps, attempts, error } = job;
  return {
    id,
    code,
    name,
    state,
    steps: [...steps],
    attempts,
    startedAt: job.startedAt.getTime(),
    finishedAt: job.finishedAt?.getTime() ?? null,
    error,
  };
}
