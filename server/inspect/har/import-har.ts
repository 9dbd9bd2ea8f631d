import type { RequestTrace } from '../../observability/trace.ts';
import { foreignTrace } from './foreign-entry.ts';
import { ownTrace } from './own-entry.ts';
import { readEntry } from './read-entry.ts';

/** An entry that could not be read, or what it became. */
export type ReadTrace = { readonly trace: RequestTrace } | { readonly reason: string };

/** Reads one entry of an archive: of this program's own, or of any other's. Never fails. */
export function traceOf(entry: unknown): ReadTrace {
  const read = readEntry(entry);
  if ('reason' in read) return read;
  return read.entry._orion === undefined ? foreignTrace(read.entry) : ownTrace(read.entry);
}

/** What importing needs of a server. */
export interface ImportParts {
  /** Fills in what this server would make of the request, when it is for one of its own names. */
  readonly resolve: (trace: RequestTrace) => Promise<void>;
  readonly add: (trace: RequestTrace) => void;
  /** Ids that are taken. */
  readonly isKnown: (requestId: string) => boolean;
  readonly newId: () => string;
}

/** How many entries are read before others get their turn. */
const TURN = 200;
const MAX_SKIPPED = 100;

/** Takes an archive's entries in their order; those that cannot be read are named. */
export async function importEntries(
  entries: readonly unknown[],
  { resolve, add, isKnown, newId }: ImportParts,
): Promise<{ imported: number; skipped: { entry: number; reason: string }[] }> {
  const skipped: { entry: number; reason: string }[] = [];
  let imported = 0;
  for (const [index, entry] of entries.entries()) {
    if (index % TURN === TURN - 1) await new Promise((done) => setImmediate(done));
    const read = traceOf(entry);
    if ('reason' in read) {
      skipped.push({ entry: index, reason: read.reason });
      continue;
    }
    const { trace } = read;
    if (trace.requestId === '' || isKnown(trace.requestId)) trace.requestId = newId();
    if (trace.outcome === null) await resolve(trace);
    trace.origin = 'imported';
    add(trace);
    imported += 1;
  }
  return { imported, skipped: shortened(skipped) };
}

/** A file of another kind would name every entry. */
function shortened(skipped: { entry: number; reason: string }[]): { entry: number; reason: string }[] {
  const last = skipped.at(-1);
  if (skipped.length <= MAX_SKIPPED || !last) return skipped;
  const more = skipped.length - MAX_SKIPPED + 1;
  return [
    ...skipped.slice(0, MAX_SKIPPED - 1),
    { entry: last.entry, reason: `${more} more entries could not be read.` },
  ];
}
