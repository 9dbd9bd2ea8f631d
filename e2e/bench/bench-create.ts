import { constants } from 'node:fs';
import { copyFile, mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BenchRun } from './bench-run.ts';
import { orionServer } from './candidates.ts';
import { type ServerProcess, startServer } from './child.ts';
import type { ResultRow } from './report.ts';
import { median, percentile } from './statistics.ts';
import { withTemporaryFolder } from './temporary-folder.ts';

/** The demo store with two dozen products and their pictures. */
const CATALOGUE = 'orion';
const MAX_MS = 100;

/** Making a store through the console's API, until it answers. */
export function benchCreate(run: BenchRun): Promise<ResultRow[]> {
  return withTemporaryFolder(async (folder) => {
    run.log('Creating stores');
    const dataDir = join(folder, 'orion');
    const byHand = join(folder, 'by-hand');
    await mkdir(byHand);
    const server = await startServer(orionServer({ dataDir }));
    const times = { empty: [] as number[], filled: [] as number[], byHand: [] as number[] };
    try {
      const create = await storeCreator(server, dataDir);
      const rounds = run.isQuick ? 5 : 50;
      for (let round = -2; round < rounds; round += 1) {
        const empty = await timed(() => create(`empty-${round + 2}`, 'empty'));
        const filled = await timed(() => create(`filled-${round + 2}`, CATALOGUE));
        const copied = await timed(() => copyByHand(dataDir, byHand, round));
        // The first two rounds only warm up.
        if (round < 0) continue;
        times.empty.push(empty);
        times.filled.push(filled);
        times.byHand.push(copied);
      }
    } finally {
      await server.stop();
    }
    return rowsOf(times);
  });
}

async function storeCreator(server: ServerProcess, dataDir: string) {
  const { controlToken } = JSON.parse(await readFile(join(dataDir, 'server.json'), 'utf8')) as { controlToken: string };
  // `fetch` cannot name another Host; *.localhost need not resolve everywhere.
  const { request } = await import('node:http');
  return (code: string, catalogue: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const headers = {
        Host: `admin.localhost:${server.port}`,
        Authorization: `Bearer ${controlToken}`,
        'Content-Type': 'application/json',
      };
      const options = { host: '127.0.0.1', port: server.port, method: 'POST', path: '/api/stores', headers };
      const sent = request(options, (response) => {
        response.resume().once('end', () => {
          if (response.statusCode === 201) resolve();
          else reject(new Error(`creating ${code} answered ${response.statusCode}`));
        });
      });
      sent.once('error', reject);
      sent.end(JSON.stringify({ name: `Bench ${code}`, code, catalogue }));
    });
}

/** The least that must happen: a copy of the template that is on the disk for sure. */
async function copyByHand(dataDir: string, target: string, number: number): Promise<void> {
  const file = join(target, `store-${number}.sqlite`);
  await copyFile(join(dataDir, 'stores/template.sqlite'), file, constants.COPYFILE_FICLONE);
  await sync(file);
  await sync(target);
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function rowsOf(times: Readonly<Record<'empty' | 'filled' | 'byHand', readonly number[]>>): ResultRow[] {
  const row = (name: string, values: readonly number[], share: number): ResultRow => ({
    name,
    value: percentile(values, share),
    unit: 'ms',
    baseline: { name: 'copy and fsync', value: percentile(times.byHand, share) },
    ratio:
      share === 0.5
        ? median(values.map((value, round) => value / (times.byHand[round] ?? Number.NaN)))
        : percentile(values, share) / percentile(times.byHand, share),
  });
  return [
    { ...row('create an empty store', times.empty, 0.5), aim: { of: 'value', atMost: MAX_MS } },
    row('create an empty store, 95th percentile', times.empty, 0.95),
    row(`create a store with the ${CATALOGUE} catalogue`, times.filled, 0.5),
    row(`create a store with the ${CATALOGUE} catalogue, 95th percentile`, times.filled, 0.95),
  ];
}
