import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import type { BenchRun } from './bench-run.ts';
import { limitServer, orionServer } from './candidates.ts';
import { type ServerCommand, startServer } from './child.ts';
import { getPage } from './http-get.ts';
import type { ResultRow } from './report.ts';
import { seedDataFolder, storeHosts } from './seed.ts';
import { median } from './statistics.ts';
import { withTemporaryFolder } from './temporary-folder.ts';

const STORES = 10;
const MAX_MS = 1500;

/** From starting the process to the last byte of the first page, on a data folder that was served before. */
export function benchStart(run: BenchRun): Promise<ResultRow[]> {
  return withTemporaryFolder(async (folder) => {
    run.log('Starting servers');
    const dataDir = join(folder, 'orion');
    const copyDir = join(folder, 'copy');
    await seedDataFolder(dataDir, STORES);
    await cp(dataDir, copyDir, { recursive: true });
    const orion = orionServer({ dataDir });
    const limit = limitServer(copyDir);
    // The first start fills the caches of compiled code.
    await firstPage(orion);
    await firstPage(limit);
    const rounds = run.isQuick ? 2 : 9;
    const times: number[] = [];
    const baselines: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      times.push(await firstPage(orion));
      baselines.push(await firstPage(limit));
    }
    return [
      {
        name: 'start to first page',
        value: median(times),
        unit: 'ms',
        baseline: { name: 'written by hand', value: median(baselines) },
        ratio: median(times.map((time, round) => time / (baselines[round] ?? Number.NaN))),
        aim: { of: 'value', atMost: MAX_MS },
      },
    ];
  });
}

async function firstPage(command: ServerCommand): Promise<number> {
  const [host = ''] = storeHosts(1);
  const startedAt = performance.now();
  const server = await startServer(command);
  try {
    await getPage(server.port, host, '/products');
    return performance.now() - startedAt;
  } finally {
    await server.stop();
  }
}
