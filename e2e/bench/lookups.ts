import type { BackendId } from '../../server/contract/backends.ts';
import { resolveRequest } from '../../server/tenancy/resolve.ts';
import { StoreDirectory } from '../../server/tenancy/store-directory.ts';
import type { BenchRun } from './bench-run.ts';
import { turnedBy } from './compare.ts';
import { type OpenedFolder, openFolder, storeCode, storeHosts } from './seed.ts';

/** Microseconds a look-up, one value a round. */
export interface LookupTimes {
  readonly cachedUs: number[];
  readonly uncachedUs: number[];
}

interface Subject {
  readonly count: number;
  readonly known: StoreDirectory;
  readonly unknown: StoreDirectory;
  at: number;
}

const SETTINGS = { platformDomain: 'localhost', pathRouting: true };
/** Steps through the stores so that neighbours in the table do not follow each other; a prime, so all are met. */
const STRIDE = 7919;
/** Names are made some at a time: as those of real requests they are new, and lie in the processor's cache. */
const AT_ONCE = 100;

/** Resolves requests by subdomain, with each number of stores in turn. */
export async function measureLookups(
  run: BenchRun,
  backend: BackendId,
  sizes: readonly number[],
  folderOf: (count: number) => string,
): Promise<ReadonlyMap<number, LookupTimes>> {
  const opened: OpenedFolder[] = [];
  try {
    const subjects: Subject[] = [];
    for (const count of sizes) {
      const folder = await openFolder(folderOf(count), backend);
      opened.push(folder);
      subjects.push(await subjectOf(count, folder));
    }
    const times = new Map(sizes.map((count) => [count, { cachedUs: [] as number[], uncachedUs: [] as number[] }]));
    const rounds = run.isQuick ? 3 : 15;
    for (let round = -1; round < rounds; round += 1)
      for (const subject of turnedBy(subjects, round + 1)) {
        const cachedUs = await timedUs(subject, run.isQuick ? 500 : 5000, (host) => resolve(host, subject.known));
        const uncachedUs = await timedUs(subject, run.isQuick ? 100 : 500, (host) => {
          subject.unknown.forget();
          return resolve(host, subject.unknown);
        });
        if (round < 0) continue;
        times.get(subject.count)?.cachedUs.push(cachedUs);
        times.get(subject.count)?.uncachedUs.push(uncachedUs);
      }
    return times;
  } finally {
    for (const folder of opened) await folder.close();
  }
}

async function subjectOf(count: number, { platform }: OpenedFolder): Promise<Subject> {
  const { directory } = platform.parts;
  for (const host of storeHosts(count)) await resolve(host, directory);
  return { count, known: directory, unknown: new StoreDirectory(platform.database), at: 0 };
}

async function resolve(host: string, directory: StoreDirectory): Promise<void> {
  const { store } = await resolveRequest({ method: 'GET', host, path: '/products' }, directory, SETTINGS);
  if (!store) throw new Error(`${host} was not found`);
}

async function timedUs(subject: Subject, repeats: number, work: (host: string) => Promise<void>): Promise<number> {
  let spentMs = 0;
  for (let done = 0; done < repeats; done += AT_ONCE) {
    const hosts = nextHosts(subject);
    const startedAt = performance.now();
    for (const host of hosts) await work(host);
    spentMs += performance.now() - startedAt;
  }
  return (spentMs * 1000) / repeats;
}

function nextHosts(subject: Subject): string[] {
  return Array.from({ length: AT_ONCE }, () => {
    subject.at = (subject.at + STRIDE) % subject.count;
    return `${storeCode(subject.at + 1)}.localhost`;
  });
}
