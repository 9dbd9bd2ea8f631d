/** What recording costs, how long a list of recorded requests takes, and whether its screen stays smooth. */
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import type { RequestFilter } from '../../server/contract/requests.ts';
import { benchRequestsScreen } from './bench-inspector-screen.ts';
import type { BenchRun } from './bench-run.ts';
import { orionServer } from './candidates.ts';
import { changeInspector } from './change-inspector.ts';
import { type ServerProcess, startServer } from './child.ts';
import { turnedBy, versus } from './compare.ts';
import { type LoadGenerator, startLoadGenerator } from './load.ts';
import { recorderOf } from './made-up-traces.ts';
import type { ResultRow } from './report.ts';
import { seedDataFolder, storeHosts } from './seed.ts';
import { median, roundsText } from './statistics.ts';
import { withTemporaryFolder } from './temporary-folder.ts';

const PATH = '/products';
const CONNECTIONS = 10;
const ON = 'recording on, bodies kept';
const WITHOUT_BODIES = 'recording on, bodies not kept';
const KEPT = 'recording on, kept across restarts';
const OFF = 'recording off';

interface Candidate {
  readonly name: string;
  readonly server: ServerProcess;
  readonly rates: number[];
  readonly cpus: number[];
}

/** Throughput with and without recording, side by side, the time of lists, and the screen with many rows. */
export async function benchInspector(run: BenchRun): Promise<ResultRow[]> {
  return [...(await benchRecording(run)), ...benchLists(run), ...(await benchRequestsScreen(run))];
}

function benchRecording(run: BenchRun): Promise<ResultRow[]> {
  const stores = run.isQuick ? 10 : 100;
  return withTemporaryFolder(async (folder) => {
    run.log(`Making ${stores} stores`);
    const dataDir = join(folder, 'orion');
    await seedDataFolder(dataDir, stores);
    const load = startLoadGenerator();
    const candidates: Candidate[] = [];
    try {
      for (const name of [ON, OFF, WITHOUT_BODIES, KEPT]) {
        const copy = join(folder, name.replaceAll(/\W+/g, '-'));
        await cp(dataDir, copy, { recursive: true });
        const server = await startServer(orionServer({ dataDir: copy, isRecording: name !== OFF }));
        candidates.push({ name, server, rates: [], cpus: [] });
        if (name === WITHOUT_BODIES) await changeInspector(server, copy, { bodies: false });
        if (name === KEPT) await changeInspector(server, copy, { keepAcrossRestarts: true });
      }
      await runRounds(run, load, candidates, storeHosts(stores));
    } finally {
      load.stop();
      await Promise.all(candidates.map(({ server }) => server.stop()));
    }
    return recordingRows(candidates);
  });
}

async function runRounds(
  run: BenchRun,
  load: LoadGenerator,
  candidates: readonly Candidate[],
  hosts: readonly string[],
): Promise<void> {
  // Many short ones: what else the machine does changes from one second to the next.
  const rounds = run.isQuick ? 2 : 40;
  const seconds = run.isQuick ? 1 : 0.75;
  const order = { hosts, path: PATH, connections: CONNECTIONS };
  for (const { server } of candidates) await load.send({ ...order, port: server.port, seconds });
  for (let round = 0; round < rounds; round += 1) {
    for (const { server, rates, cpus } of turnedBy(candidates, round)) {
      const before = server.cpuMs();
      const result = await load.send({ ...order, port: server.port, seconds });
      const after = server.cpuMs();
      rates.push(result.requestsPerSecond);
      if (before !== null && after !== null) cpus.push(((after - before) * 1000) / result.requests);
    }
    const shown = candidates.map(({ name, rates }) => `${name} ${Math.round(rates.at(-1) ?? 0)}/s`);
    run.log(`Round ${round + 1} of ${rounds}: ${shown.join('; ')}`);
  }
}

function recordingRows(candidates: readonly Candidate[]): ResultRow[] {
  const off = candidates.find(({ name }) => name === OFF);
  const rows = candidates
    .filter((candidate) => candidate !== off)
    .flatMap(({ name, rates, cpus }): ResultRow[] => [
      {
        ...versus(`catalogue page, ${name}`, 'req/s', rates, off?.rates ?? [], OFF),
        ...(name === KEPT ? {} : { aim: { of: 'ratio', atLeast: 0.9 } as const }),
        note: `rounds' ratios ${roundsText(
          rates.map((rate, round) => rate / (off?.rates[round] ?? Number.NaN)),
          2,
        )}`,
      },
      versus(`catalogue page, ${name}, processor time`, 'µs/req', cpus, off?.cpus ?? [], OFF),
    ]);
  const rates = candidates.find(({ name }) => name === ON)?.rates ?? [];
  return [
    ...rows,
    { name: 'requests recorded a second', value: median(rates), unit: 'req/s', aim: { of: 'value', atLeast: 1000 } },
  ];
}

const FILTERS: Readonly<Record<string, RequestFilter>> = {
  'no filter': {},
  role: { role: 'store_owner' },
  flag: { flag: 'slow' },
  'time range': { from: 400_000, to: 500_000 },
  text: { text: 'mug' },
};

/** Lists in this process: what the server does for a page of the list, without HTTP. */
function benchLists(run: BenchRun): ResultRow[] {
  const [few, many] = run.isQuick ? [100, 10_000] : [1000, 100_000];
  const rounds = run.isQuick ? 5 : 50;
  const [small, large] = [recorderOf(few), recorderOf(many)];
  return Object.entries(FILTERS).map(([name, filter]) => {
    const times = { small: [] as number[], large: [] as number[] };
    for (let round = 0; round < rounds; round += 1) {
      times.small.push(timed(() => small.list({ ...filter, limit: 100, offset: 0 })));
      times.large.push(timed(() => large.list({ ...filter, limit: 100, offset: 0 })));
    }
    return versus(`list of ${many} requests, ${name}`, 'ms', times.large, times.small, `${few} requests`);
  });
}

function timed(work: () => unknown): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}
