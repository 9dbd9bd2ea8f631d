import { join } from 'node:path';
import type { BenchRun } from './bench-run.ts';
import { orionServer } from './candidates.ts';
import { startServer } from './child.ts';
import { getPage } from './http-get.ts';
import type { ResultRow } from './report.ts';
import { seedDataFolder, storeHosts } from './seed.ts';
import { withTemporaryFolder } from './temporary-folder.ts';

/** Resident memory of the server after one page of every store. */
export function benchMemory(run: BenchRun): Promise<ResultRow[]> {
  const many = run.isQuick ? 60 : 1000;
  return withTemporaryFolder(async (folder) => {
    const few = await residentAfterPages(run, folder, 10);
    const all = await residentAfterPages(run, folder, many);
    const name = `resident memory, ${many} stores`;
    if (few === null || all === null)
      return [{ name, value: null, unit: 'MiB', note: 'this system has no /proc/PID/status' }];
    return [{ name, value: all, unit: 'MiB', baseline: { name: '10 stores', value: few }, ratio: all / few }];
  });
}

async function residentAfterPages(run: BenchRun, folder: string, count: number): Promise<number | null> {
  run.log(`Making ${count} stores`);
  const dataDir = join(folder, `stores-${count}`);
  await seedDataFolder(dataDir, count);
  const server = await startServer(orionServer({ dataDir }));
  try {
    for (const host of storeHosts(count)) await getPage(server.port, host, '/products');
    return server.residentMb();
  } finally {
    await server.stop();
  }
}
