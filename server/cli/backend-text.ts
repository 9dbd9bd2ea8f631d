/** What `orion backend` prints for people. */
import type { BackendConnection, BackendOverview, SwitchPlan, SwitchStatus } from '../contract/backends.ts';
import { table } from './output.ts';

/** The five, one a line. */
export function describeBackends({ backends }: BackendOverview): string {
  return table(
    ['BACKEND', 'STATE', 'WHERE'],
    backends.map(({ id, state, place, keptSince }) => [
      id,
      keptSince === null ? state : `${state} since ${inWords(keptSince)}`,
      place ?? '-',
    ]),
  );
}

/**
 * How the data in force can be reached.
 * @param isServed whether a server runs beside this command
 */
export function describeConnection(current: string, connection: BackendConnection, isServed: boolean): string {
  const { kind, version, host, port, database, user, isEncrypted, directory, shellCommand, passwordFile, pool } =
    connection;
  const facts: readonly (readonly [string, string | null])[] = [
    ['backend', current],
    ['kind', KINDS[kind]],
    ['version', version],
    ['folder', directory],
    ['host', host],
    ['port', port === null ? null : String(port)],
    ['database', database],
    ['user', user],
    ['encrypted', host === null ? null : isEncrypted ? 'yes' : 'no'],
    ['password in', passwordFile],
    ['open with', shellCommand],
    ['runs', kind === 'embedded' && !isServed ? 'only while the server does; it is not running' : null],
    ['connections', `${pool.open} open, ${pool.used} used, ${pool.waiting} waited for, at most ${pool.max}`],
  ];
  return facts
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name.padEnd(11)}  ${value}`)
    .join('\n');
}

const KINDS: Readonly<Record<BackendConnection['kind'], string>> = {
  file: 'SQLite files in the data folder',
  embedded: 'Postgres, run by Orion Studio',
  external: 'a Postgres of its own',
};

/** What a move would do, and what stands in its way. */
export function describePlan(plan: SwitchPlan): string {
  const { from, to, target, stores, rows, estimateMs, obstacles } = plan;
  const lines = [
    `From ${from} to ${to}${target ? ` at ${target}` : ''}: ${counted(stores, 'store')}, ${counted(rows, 'row')}, about ${duration(estimateMs)}.`,
    ...(plan.tables.length > 0
      ? [
          '',
          table(
            ['TABLE', 'ROWS'],
            plan.tables.map((one) => [one.table, String(one.rows)]),
          ),
        ]
      : []),
    '',
    ...(obstacles.length > 0 ? describeObstacles(plan) : ['Nothing stands in its way.']),
  ];
  return lines.join('\n');
}

/** One line for each, with what to do. */
export function describeObstacles({ obstacles }: SwitchPlan): string[] {
  return obstacles.map(({ message, fix }) => `${message} ${fix}`);
}

/** How a move went. */
export function describeSwitch(status: SwitchStatus): string {
  const { from, to, state, storesTotal, rowsTotal, startedAt, finishedAt, writesWaitedMs, contentHash, error } = status;
  if (state === 'running') return `The move from ${from} to ${to} is running: ${progressText(status)}.`;
  // A move that failed says itself what is in force.
  if (state === 'failed' && error !== null) return `The move to ${to} has failed. ${error}`;
  if (state !== 'done') {
    const ended = state === 'failed' ? 'has failed' : `was ${state}`;
    return `The move to ${to} ${ended}. ${from} is still in force; nothing was lost.`;
  }
  const took = finishedAt === null ? '' : ` in ${duration(finishedAt - startedAt)}`;
  const waited = writesWaitedMs === null ? '' : ` Writes waited for ${duration(writesWaitedMs)}.`;
  const hash = contentHash === null ? '' : `\nContent hash ${contentHash}`;
  return `${to} is in force: ${counted(storesTotal, 'store')} and ${counted(rowsTotal, 'row')} were moved and compared${took}.${waited}${hash}`;
}

/** Those that ended, the latest first. */
export function describeHistory({ history }: BackendOverview): string {
  if (history.length === 0) return 'The platform has not been moved yet.';
  return table(
    ['WHEN', 'FROM', 'TO', 'RESULT', 'STORES', 'ROWS', 'TOOK', 'BY'],
    history.map((one) => [
      inWords(one.startedAt),
      one.from,
      one.to,
      one.error ? `${one.state}: ${one.error}` : one.state,
      String(one.storesTotal),
      String(one.rowsTotal),
      one.finishedAt === null ? '-' : duration(one.finishedAt - one.startedAt),
      one.actor,
    ]),
  );
}

/** `copy, 12 of 200 stores, 480 of 4800 rows, techstore`. */
export function progressText({ phase, storesDone, storesTotal, rowsDone, rowsTotal, store }: SwitchStatus): string {
  const at = store === null ? '' : `, ${store}`;
  return `${phase}, ${storesDone} of ${counted(storesTotal, 'store')}, ${rowsDone} of ${counted(rowsTotal, 'row')}${at}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function duration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** @param at milliseconds since 1970 */
function inWords(at: number): string {
  return new Date(at).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
}
