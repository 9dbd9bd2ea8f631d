import { constants } from 'node:fs';
import { copyFile, mkdir, open, readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { BACKEND_IDS, type BackendId } from '../../server/contract/backends.ts';
import type { BenchRun } from './bench-run.ts';
import { orionServer } from './candidates.ts';
import { type ServerProcess, startServer } from './child.ts';
import { turnedBy, versus } from './compare.ts';
import type { ResultRow } from './report.ts';
import { percentile } from './statistics.ts';
import { withTemporaryFolder } from './temporary-folder.ts';

/** The demo store with two dozen products and their pictures. */
const CATALOGUE = 'orion';
const MAX_MS = { sqlite: 50, postgres: 150 };
const WARM_UP_ROUNDS = 3;
const FIRST: BackendId = 'sqlite/database';

type CreateStore = (code: string, catalogue: string) => Promise<void>;

interface Candidate {
  readonly backend: BackendId;
  readonly server: ServerProcess;
  readonly create: CreateStore;
  readonly empty: number[];
  readonly filled: number[];
}

/** Making a store through the console's API, until it answers, on every backend. */
export function benchCreate(run: BenchRun): Promise<ResultRow[]> {
  return withTemporaryFolder(async (folder) => {
    run.log('Creating stores');
    const byHand = join(folder, 'by-hand');
    await mkdir(byHand);
    const candidates: Candidate[] = [];
    const copies: number[] = [];
    try {
      for (const backend of BACKEND_IDS) candidates.push(await startCandidate(join(folder, backend), backend));
      const template = join(folder, FIRST, 'stores/template.sqlite');
      const rounds = run.isQuick ? 5 : 40;
      for (let round = -WARM_UP_ROUNDS; round < rounds; round += 1) {
        const copied = await timed(() => copyByHand(template, join(byHand, `store-${round}.sqlite`)));
        if (round >= 0) copies.push(copied);
        for (const candidate of turnedBy(candidates, round + WARM_UP_ROUNDS)) await createBoth(candidate, round);
        if (round >= 0 && round % 10 === 9) run.log(`Round ${round + 1} of ${rounds}`);
      }
    } finally {
      await Promise.all(candidates.map(({ server }) => server.stop()));
    }
    return rowsOf(candidates, copies);
  });
}

async function startCandidate(dataDir: string, backend: BackendId): Promise<Candidate> {
  await mkdir(dataDir, { recursive: true });
  const server = await startServer(orionServer({ dataDir, backend }));
  return { backend, server, create: await storeCreator(server, dataDir), empty: [], filled: [] };
}

async function createBoth({ create, empty, filled }: Candidate, round: number): Promise<void> {
  const number = round + WARM_UP_ROUNDS;
  const emptyMs = await timed(() => create(`empty-${number}`, 'empty'));
  const filledMs = await timed(() => create(`filled-${number}`, CATALOGUE));
  if (round < 0) return;
  empty.push(emptyMs);
  filled.push(filledMs);
}

async function storeCreator(server: ServerProcess, dataDir: string): Promise<CreateStore> {
  const { controlToken } = JSON.parse(await readFile(join(dataDir, 'server.json'), 'utf8')) as { controlToken: string };
  // `fetch` cannot name another Host; *.localhost need not resolve everywhere.
  return (code, catalogue) =>
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
async function copyByHand(template: string, file: string): Promise<void> {
  await copyFile(template, file, constants.COPYFILE_FICLONE);
  await sync(file);
  await sync(join(file, '..'));
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

function rowsOf(candidates: readonly Candidate[], copies: readonly number[]): ResultRow[] {
  const [first] = candidates;
  const rows = (name: string, pick: (candidate: Candidate) => readonly number[]): ResultRow[] =>
    candidates.map((one) => ({
      ...versus(name, 'ms', pick(one), first ? pick(first) : [], FIRST),
      backend: one.backend,
      aim: { of: 'value', atMost: one.backend.startsWith('sqlite') ? MAX_MS.sqlite : MAX_MS.postgres },
    }));
  const slowest = (name: string, pick: (candidate: Candidate) => readonly number[]): ResultRow[] =>
    candidates.map((one) => ({ name, backend: one.backend, value: percentile(pick(one), 0.95), unit: 'ms' }));
  const filled = `create a store with the ${CATALOGUE} catalogue`;
  return [
    versus(`create an empty store, ${FIRST}`, 'ms', first?.empty ?? [], copies, 'copy and fsync'),
    ...rows('create an empty store', (one) => one.empty),
    ...slowest('create an empty store, 95th percentile', (one) => one.empty),
    ...rows(filled, (one) => one.filled),
    ...slowest(`${filled}, 95th percentile`, (one) => one.filled),
  ];
}
