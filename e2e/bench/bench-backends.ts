import { join } from 'node:path';
import { BACKEND_IDS, type BackendId } from '../../server/contract/backends.ts';
import { measureHandles } from './backend-handles.ts';
import type { BenchRun } from './bench-run.ts';
import { orionServer } from './candidates.ts';
import { type ServerProcess, startServer } from './child.ts';
import { turnedBy, versus } from './compare.ts';
import { getPage } from './http-get.ts';
import { startLoadGenerator } from './load.ts';
import type { ResultRow } from './report.ts';
import { requireSamePage } from './same-page.ts';
import { seedDataFolder, storeHosts } from './seed.ts';
import { withTemporaryFolder } from './temporary-folder.ts';

export const STORES = 8;
const PATH = '/products';
const CONNECTIONS = 10;
/** What the others are compared with. */
export const FIRST: BackendId = 'sqlite/database';

interface Candidate {
  readonly backend: BackendId;
  readonly server: ServerProcess;
  readonly rates: number[];
  readonly medians: number[];
}

/** The five backends side by side: pages over HTTP, then reads and orders through the store handle. */
export function benchBackends(run: BenchRun): Promise<ResultRow[]> {
  return withTemporaryFolder(async (folder) => {
    const folderOf = (backend: BackendId) => join(folder, backend.replace('/', '-'));
    for (const backend of BACKEND_IDS) {
      run.log(`Making ${STORES} stores on ${backend}`);
      await seedDataFolder(folderOf(backend), STORES, backend);
    }
    return [...(await measurePages(run, folderOf)), ...(await measureHandles(run, folderOf))];
  });
}

async function measurePages(run: BenchRun, folderOf: (backend: BackendId) => string): Promise<ResultRow[]> {
  const load = startLoadGenerator();
  const candidates: Candidate[] = [];
  try {
    for (const backend of BACKEND_IDS) {
      const server = await startServer(orionServer({ dataDir: folderOf(backend), backend }));
      candidates.push({ backend, server, rates: [], medians: [] });
    }
    await comparePages(candidates);
    const rounds = run.isQuick ? 2 : 7;
    const order = { hosts: storeHosts(STORES), path: PATH, connections: CONNECTIONS, seconds: run.isQuick ? 1 : 4 };
    // Round -1 only warms up.
    for (let round = -1; round < rounds; round += 1) {
      for (const { server, rates, medians } of turnedBy(candidates, round + 1)) {
        const result = await load.send({ ...order, port: server.port });
        if (round < 0) continue;
        rates.push(result.requestsPerSecond);
        medians.push(result.p50Ms);
      }
      run.log(`Pages, round ${round + 1} of ${rounds}`);
    }
  } finally {
    load.stop();
    await Promise.all(candidates.map(({ server }) => server.stop()));
  }
  const [first] = candidates;
  const rows = (name: string, unit: string, pick: (candidate: Candidate) => readonly number[]) =>
    candidates.map((one) => ({
      ...versus(name, unit, pick(one), first ? pick(first) : [], FIRST),
      backend: one.backend,
    }));
  return [
    ...rows('catalogue page', 'req/s', (one) => one.rates),
    ...rows(`catalogue page, median latency, ${CONNECTIONS} connections`, 'ms', (one) => one.medians),
  ];
}

async function comparePages(candidates: readonly Candidate[]): Promise<void> {
  const [first, ...others] = candidates;
  for (const host of storeHosts(STORES)) {
    const page = first ? await getPage(first.server.port, host, PATH) : '';
    for (const other of others)
      requireSamePage(other.backend, await getPage(other.server.port, host, PATH), FIRST, page);
  }
}
