import type { Command } from 'commander';
import type { ProvisioningJob } from '../contract/provisioning.ts';
import { openConsoleApi } from './console-api.ts';
import { dataDirOf, formatOf } from './context.ts';
import { print } from './output.ts';

const MARKS = { pending: ' ', running: '>', done: '+', failed: 'x', undone: '-' } as const;

/** `orion store jobs`: how making stores went. */
export function addJobsCommand(store: Command): void {
  store
    .command('jobs')
    .description('list stores that are being made, or were made or failed lately, step by step')
    .action(async (_flags: object, command: Command) => {
      const api = await openConsoleApi(dataDirOf(command));
      try {
        const { jobs } = await api.call('listProvisioningJobs');
        print(formatOf(command), { jobs }, () =>
          jobs.length === 0 ? 'No store is being made, and none was made lately.' : jobs.map(describe).join('\n\n'),
        );
      } finally {
        await api.close();
      }
    });
}

function describe({ code, name, state, steps, attempts, startedAt, error }: ProvisioningJob): string {
  const begun = new Date(startedAt).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
  const again = attempts > 1 ? `, attempt ${attempts}` : '';
  const lines = steps.map(({ step, state: stepState, durationMs }) => {
    const time = durationMs > 0 ? `  ${durationMs.toFixed(1)} ms` : '';
    return `  ${MARKS[stepState]} ${step.padEnd(10)}  ${stepState.padEnd(7)}${time}`.trimEnd();
  });
  return [`${name} (${code}): ${state}, ${begun}${again}`, ...lines, ...(error ? [`  ${error}`] : [])].join('\n');
}
