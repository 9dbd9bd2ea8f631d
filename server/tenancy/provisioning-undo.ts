import type { StepState } from '../contract/provisioning.ts';
import { provisioningJobs } from '../database/platform-tables.ts';
import { saveJob } from './provisioning-jobs.ts';
import type { ProvisioningParts, StepWork } from './provisioning-steps.ts';
import { schemaNameOf } from './store-code.ts';

/**
 * Takes back what a job did, the last step first; its names are free then. Repeatable: what a crash or a failure cuts
 * short is gone on with at the next start.
 * @param error why, as the job will say
 * @throws {Error} when something cannot be taken back now
 */
export async function undoJob(
  parts: ProvisioningParts,
  work: readonly StepWork[],
  job: { readonly id: string; readonly steps: readonly StepState[] },
  error: string,
): Promise<void> {
  const { platform } = parts;
  const kept = await platform.table(provisioningJobs).findOne({ where: { id: job.id } });
  // Without a kept job no names were taken: there is nothing, and the number may be another store's by now.
  if (!kept) return;
  const store = { id: kept.storeId, code: kept.code, schemaName: schemaNameOf(kept.code) };
  const begun = new Set(job.steps.filter((one) => one.state !== 'pending').map((one) => one.step));
  const [reserving, ...further] = work.filter((one) => begun.has(one.step));
  const steps = namedFailure(job.steps);
  await saveJob(platform, job.id, { state: 'undoing', steps, error });
  try {
    for (const { undo } of further.toReversed()) await undo(parts, store);
    await platform.transaction(async (inside) => {
      await reserving?.undo({ ...parts, platform: inside }, store);
      const ended = { state: 'failed', steps: steps.map(undone), input: null, finishedAt: new Date() } as const;
      await saveJob(inside, job.id, ended);
    });
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    await saveJob(platform, job.id, {
      error: `${error} It could not be taken back yet: ${message} The next start tries again.`,
    });
    throw cause;
  }
}

/** After a crash no step says that it failed: it is the one that ran. */
function namedFailure(steps: readonly StepState[]): StepState[] {
  const failed = steps.find((one) => one.state === 'failed') ?? steps.find((one) => one.state !== 'done');
  return steps.map((one) => (one === failed ? { ...one, state: 'failed' } : one));
}

function undone(one: StepState): StepState {
  return one.state === 'failed' || one.state === 'pending' ? one : { ...one, state: 'undone' };
}
