import type { Command } from 'commander';
import type { ChangeLimitsInput, StoreLimits, StoreLimitsAnswer } from '../contract/backends.ts';
import { StartupError } from '../errors.ts';
import { formatOf, withClient } from './context.ts';
import { print, table } from './output.ts';

type LimitFlags = Readonly<Partial<Record<keyof StoreLimits, string>>>;

/** `orion store limits CODE`: shows what a store may use and uses, and changes it. */
export function addLimitsCommand(store: Command): void {
  store
    .command('limits')
    .argument('<code>')
    .description('show what a store may use and uses, or change it')
    .option('--requests-per-minute <n>', 'API requests in a minute; "default" for the platform\'s default')
    .option('--connections <n>', 'statements and transactions at once, or "default"')
    .option('--storage-megabytes <n>', 'database and files together, in MB, or "default"')
    .option('--concurrent-jobs <n>', 'background jobs at once, or "default"')
    .action(async (code: string, flags: LimitFlags, command: Command) => {
      const changes = readChanges(flags);
      await withClient(command, async (client) => {
        const answer = await client.storeLimits(code, changes);
        print(formatOf(command), answer, () => inWords(answer));
      });
    });
}

/** Ranges are the server's to judge. @throws {StartupError} when a value is neither a number nor `default` */
function readChanges(flags: LimitFlags): ChangeLimitsInput {
  const faults = [];
  const changes: Record<string, number | null> = {};
  for (const [name, text] of Object.entries(flags)) {
    if (text !== 'default' && !/^\d{1,9}$/.test(text))
      faults.push({ field: flagOf(name), message: `must be a whole number or default, not ${JSON.stringify(text)}` });
    changes[name] = text === 'default' ? null : Number(text);
  }
  if (faults.length > 0) throw new StartupError('The limits were not changed.', 2, faults);
  return changes;
}

function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function inWords({ limits, changed, usage }: StoreLimitsAnswer): string {
  const source = (name: keyof StoreLimits) => (changed.includes(name) ? 'of this store' : 'default');
  const waiting = usage.waiting > 0 ? `, ${usage.waiting} waiting` : '';
  const megabytes = (usage.storageBytes / 1024 / 1024).toFixed(1);
  return table(
    ['LIMIT', 'MAY', 'USES', ''],
    [
      [
        'API requests a minute',
        `${limits.requestsPerMinute}`,
        `${usage.requestsThisMinute}`,
        source('requestsPerMinute'),
      ],
      ['connections', `${limits.connections}`, `${usage.connections}${waiting}`, source('connections')],
      ['storage in MB', `${limits.storageMegabytes}`, megabytes, source('storageMegabytes')],
      ['jobs at once', `${limits.concurrentJobs}`, `${usage.jobs}`, source('concurrentJobs')],
    ],
  );
}
