import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BenchRun } from './bench-run.ts';
import { orionServer } from './candidates.ts';
import { startServer } from './child.ts';
import { startLoadGenerator } from './load.ts';
import type { ResultRow } from './report.ts';
import { seedDataFolder, storeHosts } from './seed.ts';
import { withTemporaryFolder } from './temporary-folder.ts';

const STORES = 100;
const GROUPS = 25;
const FUNCTIONS = 40;
/** Packages that only help others. */
const HELPERS = /node_modules\/(lodash|koa-compose|lru-cache|retry-as-promised|delegates)$/;

/** The part of V8's `.cpuprofile` that tells where time went. */
interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly children?: readonly number[];
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** Where the server's processor time goes under load: functions by the time in their own code. */
export function benchProfile(run: BenchRun): Promise<ResultRow[]> {
  return withTemporaryFolder(async (folder) => {
    const dataDir = join(folder, 'orion');
    await seedDataFolder(dataDir, STORES);
    const profiles = join(folder, 'profiles');
    const server = await startServer(orionServer({ dataDir, nodeFlags: ['--cpu-prof', `--cpu-prof-dir=${profiles}`] }));
    const load = startLoadGenerator();
    const seconds = run.isQuick ? 3 : 15;
    await load.send({ port: server.port, hosts: storeHosts(STORES), path: '/products', connections: 10, seconds });
    load.stop();
    await server.stop();
    const [file = ''] = await readdir(profiles);
    const profile = JSON.parse(await readFile(join(profiles, file), 'utf8')) as CpuProfile;
    run.log(['By package or folder:', ...topOf(profile, groupNames(profile), GROUPS)].join('\n'));
    run.log(['By function:', ...topOf(profile, functionNames(profile), FUNCTIONS)].join('\n'));
    return [];
  });
}

/** Every node by its own function. */
function functionNames(profile: CpuProfile): Map<number, string> {
  return new Map(
    profile.nodes.map(({ id, callFrame: { functionName, url, lineNumber } }) => {
      const file = shortUrl(url);
      return [id, `${functionName || '(anonymous)'}  ${file}${file ? `:${lineNumber + 1}` : ''}`];
    }),
  );
}

/** Every node by the nearest caller in a package or a folder of the server; helpers and Node count for who calls them. */
function groupNames(profile: CpuProfile): Map<number, string> {
  const names = new Map<number, string>();
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const visit = (id: number, inherited: string): void => {
    const node = nodes.get(id);
    const found = /^(node_modules\/(?:@[^/]+\/)?[^/]+|server\/[^/]+(?:\/[^/]+)?|templates)/.exec(
      shortUrl(node?.callFrame.url ?? ''),
    )?.[1];
    const name = found === undefined || HELPERS.test(found) ? inherited : found;
    names.set(id, node?.callFrame.functionName === '(garbage collector)' ? 'garbage collector' : name);
    for (const child of node?.children ?? []) visit(child, name);
  };
  visit(profile.nodes[0]?.id ?? 0, 'node');
  return names;
}

function shortUrl(url: string): string {
  return url.replace(/^.*?((node_modules|server|templates)\/)/, '$1');
}

/** Names by their share of the busy time. */
function topOf(profile: CpuProfile, names: ReadonlyMap<number, string>, lines: number): string[] {
  const waiting = new Set(
    profile.nodes.flatMap(({ id, callFrame }) => (/^\((idle|program|root)\)/.test(callFrame.functionName) ? [id] : [])),
  );
  const own = new Map<string, number>();
  let busy = 0;
  for (const [index, id] of profile.samples.entries()) {
    if (waiting.has(id)) continue;
    const name = names.get(id) ?? '';
    const time = profile.timeDeltas[index] ?? 0;
    busy += time;
    own.set(name, (own.get(name) ?? 0) + time);
  }
  return [...own]
    .sort((a, b) => b[1] - a[1])
    .slice(0, lines)
    .map(([name, time]) => `${((time * 100) / busy).toFixed(1).padStart(5)} %  ${name}`);
}
