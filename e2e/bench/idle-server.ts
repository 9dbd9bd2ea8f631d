import type { BackendId } from '../../server/contract/backends.ts';
import type { BenchRun } from './bench-run.ts';
import { orionServer } from './candidates.ts';
import { startServer } from './child.ts';
import { turnedBy } from './compare.ts';
import { median } from './statistics.ts';

const SETTLE_MS = 1500;

/** A server that nobody has asked for anything: medians of some starts; null where the system does not tell. */
export interface IdleServer {
  /** Until the ready line. */
  readonly startMs: number;
  readonly residentMb: number | null;
  readonly openFiles: number | null;
}

/** Starts servers with each number of stores in turn. */
export async function measureIdle(
  run: BenchRun,
  backend: BackendId,
  sizes: readonly number[],
  folderOf: (count: number) => string,
): Promise<ReadonlyMap<number, IdleServer>> {
  const seen = new Map<number, IdleServer[]>(sizes.map((count) => [count, []]));
  const rounds = run.isQuick ? 1 : 5;
  for (let round = 0; round < rounds; round += 1)
    for (const count of turnedBy(sizes, round)) seen.get(count)?.push(await startOnce(folderOf(count), backend));
  return new Map([...seen].map(([count, starts]) => [count, medianOf(starts)]));
}

async function startOnce(dataDir: string, backend: BackendId): Promise<IdleServer> {
  const startedAt = performance.now();
  const server = await startServer(orionServer({ dataDir, backend }));
  try {
    const startMs = performance.now() - startedAt;
    // What runs after a start has ended by then.
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    return { startMs, residentMb: server.residentMb(), openFiles: server.openFiles() };
  } finally {
    await server.stop();
  }
}

function medianOf(starts: readonly IdleServer[]): IdleServer {
  const of = (pick: (start: IdleServer) => number | null): number | null => {
    const values = starts.flatMap((start) => pick(start) ?? []);
    return values.length === starts.length ? median(values) : null;
  };
  return {
    startMs: median(starts.map(({ startMs }) => startMs)),
    residentMb: of((start) => start.residentMb),
    openFiles: of((start) => start.openFiles),
  };
}
