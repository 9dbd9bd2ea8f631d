import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import type { BenchRun } from './bench-run.ts';
import { documentedServer, limitServer, orionServer } from './candidates.ts';
import { type ServerCommand, type ServerProcess, startServer } from './child.ts';
import { turnedBy, versus } from './compare.ts';
import { installBaseline } from './documented/install.ts';
import { getPage } from './http-get.ts';
import { type LoadGenerator, startLoadGenerator } from './load.ts';
import type { ResultRow } from './report.ts';
import { requireSamePage } from './same-page.ts';
import { seedDataFolder, storeHosts } from './seed.ts';
import { withTemporaryFolder } from './temporary-folder.ts';

const PATH = '/products';
const CONNECTIONS = 10;
const LIMIT = 'written by hand';
const DOCUMENTED = 'as documented';
const ORION = 'orion';

interface Candidate {
  readonly name: string;
  readonly server: ServerProcess;
  readonly rates: number[];
  readonly p99s: number[];
  /** Processor time a request, in microseconds; empty where the system does not tell. */
  readonly cpus: number[];
}

/** A catalogue page of 24 products, the store chosen by the Host, each request another store. */
export function benchCatalogue(run: BenchRun): Promise<ResultRow[]> {
  const count = run.isQuick ? 10 : 100;
  return withTemporaryFolder(async (folder) => {
    const reason = await installBaseline(run.log);
    run.log(`Making ${count} stores, on two backends`);
    const commands = await prepare(folder, count, reason === null);
    const load = startLoadGenerator();
    const candidates: Candidate[] = [];
    try {
      for (const [name, command] of commands)
        candidates.push({ name, server: await startServer(command), rates: [], p99s: [], cpus: [] });
      await comparePages(candidates, storeHosts(count));
      await runRounds(run, load, candidates, storeHosts(count));
    } finally {
      load.stop();
      await Promise.all(candidates.map(({ server }) => server.stop()));
    }
    return rowsOf(candidates, count, reason);
  });
}

async function prepare(
  folder: string,
  count: number,
  hasDocumented: boolean,
): Promise<(readonly [string, ServerCommand])[]> {
  const dataDir = join(folder, 'orion');
  const rowDir = join(folder, 'orion-row');
  const copyDir = join(folder, 'copy');
  await seedDataFolder(dataDir, count);
  await seedDataFolder(rowDir, count, 'sqlite/row');
  await cp(dataDir, copyDir, { recursive: true });
  return [
    [LIMIT, limitServer(copyDir)],
    [ORION, orionServer({ dataDir })],
    [`${ORION}, recording off`, orionServer({ dataDir: await copyOf(dataDir), isRecording: false })],
    [`${ORION}, sqlite/row`, orionServer({ dataDir: rowDir, backend: 'sqlite/row' })],
    ...(hasDocumented ? [[DOCUMENTED, documentedServer(copyDir, join(folder, 'one.sqlite'))] as const] : []),
  ];
}

/** A folder serves one server at a time. */
async function copyOf(dataDir: string): Promise<string> {
  const copy = `${dataDir}-2`;
  await cp(dataDir, copy, { recursive: true });
  return copy;
}

async function comparePages(candidates: readonly Candidate[], hosts: readonly string[]): Promise<void> {
  const [first, ...others] = candidates;
  if (!first) return;
  for (const host of hosts) {
    const page = await getPage(first.server.port, host, PATH);
    for (const other of others)
      requireSamePage(other.name, await getPage(other.server.port, host, PATH), first.name, page);
  }
}

/** Candidates take turns, each round beginning with another one, so that what else the machine does hits all alike. */
async function runRounds(
  run: BenchRun,
  load: LoadGenerator,
  candidates: readonly Candidate[],
  hosts: readonly string[],
): Promise<void> {
  const rounds = run.isQuick ? 2 : 7;
  const seconds = run.isQuick ? 1 : 4;
  const order = { hosts, path: PATH, connections: CONNECTIONS };
  for (const { server } of candidates) await load.send({ ...order, port: server.port, seconds });
  for (let round = 0; round < rounds; round += 1) {
    for (const candidate of turnedBy(candidates, round)) {
      const before = candidate.server.cpuMs();
      const result = await load.send({ ...order, port: candidate.server.port, seconds });
      const after = candidate.server.cpuMs();
      candidate.rates.push(result.requestsPerSecond);
      candidate.p99s.push(result.p99Ms);
      if (before !== null && after !== null) candidate.cpus.push(((after - before) * 1000) / result.requests);
    }
    run.log(`Round ${round + 1} of ${rounds}: ${candidates.map(lastRate).join(', ')}`);
  }
}

function lastRate({ name, rates }: Candidate): string {
  return `${name} ${Math.round(rates.at(-1) ?? 0)}/s`;
}

function rowsOf(candidates: readonly Candidate[], count: number, reason: string | null): ResultRow[] {
  const find = (name: string) => candidates.find((candidate) => candidate.name === name);
  const limit = find(LIMIT);
  const page = `catalogue page, ${count} stores`;
  const toDocumented = { name: `${page}, against ${DOCUMENTED}`, aim: { of: 'ratio', atLeast: 3 } } as const;
  return [
    { ...compared(page, find(ORION), limit), aim: { of: 'ratio', atLeast: 0.7 } },
    reason === null
      ? { ...compared(page, find(ORION), find(DOCUMENTED)), ...toDocumented }
      : { ...toDocumented, value: null, unit: 'req/s', note: reason },
    compared(`${page}, recording off`, find(`${ORION}, recording off`), limit),
    compared(`${page}, sqlite/row`, find(`${ORION}, sqlite/row`), limit),
    cpuRow(`${page}, processor time`, find(ORION), limit),
    ...(reason === null
      ? [cpuRow(`${page}, processor time, against ${DOCUMENTED}`, find(ORION), find(DOCUMENTED))]
      : []),
    latencyRow(`${page}, 99th percentile`, find(ORION), limit),
  ];
}

function compared(name: string, candidate: Candidate | undefined, baseline: Candidate | undefined): ResultRow {
  return versus(name, 'req/s', candidate?.rates ?? [], baseline?.rates ?? [], baseline?.name ?? '');
}

function cpuRow(name: string, candidate: Candidate | undefined, baseline: Candidate | undefined): ResultRow {
  return versus(name, 'µs/req', candidate?.cpus ?? [], baseline?.cpus ?? [], baseline?.name ?? '');
}

function latencyRow(name: string, candidate: Candidate | undefined, baseline: Candidate | undefined): ResultRow {
  return versus(name, 'ms', candidate?.p99s ?? [], baseline?.p99s ?? [], baseline?.name ?? '');
}
