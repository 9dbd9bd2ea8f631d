import { join } from 'node:path';
import type { BackendId } from '../../server/contract/backends.ts';
import { stores as storeTable } from '../../server/database/platform-tables.ts';
import type { StoreRef } from '../../server/database/store-database.ts';
import { inParallel } from '../../server/database/switch/in-parallel.ts';
import type { Platform } from '../../server/platform.ts';
import type { BenchRun } from './bench-run.ts';
import { type IdleServer, measureIdle } from './idle-server.ts';
import { type LookupTimes, measureLookups } from './lookups.ts';
import type { ResultRow } from './report.ts';
import { storeCodes, withPlatform } from './seed.ts';
import { median } from './statistics.ts';
import { withTemporaryFolder } from './temporary-folder.ts';

const ROWS_AT_ONCE = 500;
const MAKERS = 4;
const MAX_LOOKUP_RATIO = 1.2;
const MAX_MEMORY_RATIO = 1.5;

/** What was measured with one number of stores. */
interface Measured {
  readonly count: number;
  readonly createdPerSecond: number;
  readonly lookups: LookupTimes;
  readonly idle: IdleServer;
}

/** Many stores: how fast they are made and found, and what a server with them takes while nobody asks. */
export async function benchScale(run: BenchRun): Promise<ResultRow[]> {
  const rows: ResultRow[] = [];
  for (const backend of run.backends)
    rows.push(
      ...(await withTemporaryFolder(async (folder) => {
        const sizes = run.isQuick ? [10, 60] : backend === 'postgres/database' ? [10, 1000] : [10, 1000, 10_000];
        return rowsOf(backend, await measure(run, backend, sizes, (count) => join(folder, String(count))));
      })),
    );
  return rows;
}

async function measure(
  run: BenchRun,
  backend: BackendId,
  sizes: readonly number[],
  folderOf: (count: number) => string,
): Promise<Measured[]> {
  const rates = new Map<number, number>();
  for (const count of sizes) {
    run.log(`Making ${count} stores on ${backend}`);
    rates.set(count, await withPlatform(folderOf(count), backend, (platform) => makeStores(platform, count)));
  }
  run.log(`Looking up stores on ${backend}`);
  const lookups = await measureLookups(run, backend, sizes, folderOf);
  run.log(`Starting servers on ${backend}`);
  const idle = await measureIdle(run, backend, sizes, folderOf);
  return sizes.flatMap((count) => {
    const [ofLookups, ofIdle] = [lookups.get(count), idle.get(count)];
    return ofLookups && ofIdle
      ? [{ count, createdPerSecond: rates.get(count) ?? Number.NaN, lookups: ofLookups, idle: ofIdle }]
      : [];
  });
}

/** Makes stores the fastest way there is: their records in bulk, then their places, a few at once. Returns how many a second. */
async function makeStores({ parts, database }: Platform, count: number): Promise<number> {
  const startedAt = performance.now();
  const codes = storeCodes(count);
  for (let start = 0; start < count; start += ROWS_AT_ONCE)
    await database.table(storeTable).insert(...codes.slice(start, start + ROWS_AT_ONCE).map(recordOf));
  const refs: StoreRef[] = await database.table(storeTable).find({ columns: ['id', 'code', 'schemaName'] });
  await inParallel(refs, MAKERS, (store) => parts.backend.create(store));
  return (count * 1000) / (performance.now() - startedAt);
}

function recordOf(code: string) {
  const now = new Date();
  return {
    code,
    subdomain: code,
    schemaName: code.replaceAll('-', '_'),
    name: code,
    isActive: true,
    state: 'ready' as const,
    currency: 'EUR',
    locale: 'en',
    color: '#336699',
    version: 1,
    createdAt: now,
    updatedAt: now,
    metadata: {},
  };
}

function rowsOf(backend: BackendId, measured: readonly Measured[]): ResultRow[] {
  const [base] = measured;
  if (!base) return [];
  return measured.flatMap((one) => {
    const { count, idle, lookups } = one;
    const isBase = one === base;
    const row = (what: string, value: number | null, unit: string): ResultRow => ({
      name: `${count} stores: ${what}`,
      backend,
      value,
      unit,
    });
    const found = (what: string, values: readonly number[], baselines: readonly number[]): ResultRow => ({
      ...row(what, median(values), 'µs'),
      ...(isBase
        ? {}
        : {
            ratio: median(values.map((value, round) => value / (baselines[round] ?? Number.NaN))),
            aim: { of: 'ratio', atMost: MAX_LOOKUP_RATIO },
          }),
    });
    const memory = idle.residentMb === null || base.idle.residentMb === null ? null : idle.residentMb;
    return [
      row('made a second', one.createdPerSecond, '/s'),
      found('look-up, cached', lookups.cachedUs, base.lookups.cachedUs),
      found('look-up, not cached', lookups.uncachedUs, base.lookups.uncachedUs),
      row('start', idle.startMs, 'ms'),
      {
        ...row('resident memory, idle', memory, 'MiB'),
        ...(isBase || memory === null
          ? {}
          : { ratio: memory / (base.idle.residentMb ?? Number.NaN), aim: { of: 'ratio', atMost: MAX_MEMORY_RATIO } }),
      },
      row('open files, idle', idle.openFiles, ''),
    ];
  });
}
