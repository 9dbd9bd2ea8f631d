import { join } from 'node:path';
import { BACKEND_IDS, type BackendId, type SwitchStatus } from '../../server/contract/backends.ts';
import type { BackendSwitch } from '../../server/database/switch/backend-switch.ts';
import type { BenchRun } from './bench-run.ts';
import type { ResultRow } from './report.ts';
import { seedDataFolder, withPlatform } from './seed.ts';
import { PRODUCTS_PER_STORE } from './seed-content.ts';
import { withTemporaryFolder } from './temporary-folder.ts';

const POLL_MS = 20;
const START: BackendId = BACKEND_IDS[0];

/** A whole platform moved from each backend to each other one, on the server's own Postgres. */
export function benchSwitch(run: BenchRun): Promise<ResultRow[]> {
  const count = run.isQuick ? 5 : 200;
  return withTemporaryFolder(async (folder) => {
    const dataDir = join(folder, 'orion');
    run.log(`Making ${count} stores`);
    await seedDataFolder(dataDir, count, START);
    const moves: SwitchStatus[] = [];
    await withPlatform(dataDir, START, async ({ parts }) => {
      for (const to of roundTrip(BACKEND_IDS)) {
        const moved = await move(parts.switches, to);
        await parts.switches.dropKept(moved.from, 'benchmark');
        run.log(`${moved.from} to ${to}: ${secondsOf(moved).toFixed(1)} s, ${moved.rowsDone} rows`);
        moves.push(moved);
      }
    });
    requireSameContent(moves);
    return rowsOf(moves, count);
  });
}

/** Leads from the first item along every direction between two items once, and ends where it began. */
function roundTrip<Item>(items: readonly Item[]): Item[] {
  const pairs = items.flatMap((one, index) => items.slice(index + 1).flatMap((other) => [one, other]));
  return [...pairs.slice(1), ...pairs.slice(0, 1)];
}

async function move(switches: BackendSwitch, to: BackendId): Promise<SwitchStatus> {
  const { id } = await switches.start({ to }, 'benchmark');
  while (switches.running) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  const ended = (await switches.history()).find((status) => status.id === id);
  if (ended?.state !== 'done') throw new Error(`the move to ${to} has ended as ${ended?.state}: ${ended?.error}`);
  return ended;
}

/** @throws {Error} when a move changed what the stores hold */
function requireSameContent(moves: readonly SwitchStatus[]): void {
  const hashes = new Set(moves.map(({ contentHash }) => contentHash));
  if (hashes.size !== 1 || hashes.has(null)) throw new Error(`the moves ended with ${hashes.size} contents`);
}

function secondsOf({ startedAt, finishedAt }: SwitchStatus): number {
  return ((finishedAt ?? Number.NaN) - startedAt) / 1000;
}

function rowsOf(moves: readonly SwitchStatus[], count: number): ResultRow[] {
  const lines = (what: string, unit: string, pick: (moved: SwitchStatus) => number | null): ResultRow[] =>
    BACKEND_IDS.flatMap((from) =>
      moves
        .filter((moved) => moved.from === from)
        .map((moved) => ({ name: `from ${from} to ..., ${what}`, backend: moved.to, value: pick(moved), unit })),
    );
  const [first] = moves;
  return [
    {
      name: `moves of ${count} stores x ${PRODUCTS_PER_STORE} products with the same content hash`,
      value: moves.length,
      unit: `moves of ${first?.rowsTotal} rows`,
    },
    ...lines('whole move', 's', secondsOf),
    ...lines('rows', '/s', (moved) => moved.rowsTotal / secondsOf(moved)),
    ...lines('writes waited', 'ms', (moved) => moved.writesWaitedMs),
  ];
}
