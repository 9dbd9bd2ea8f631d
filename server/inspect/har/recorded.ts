/** Archives from and to the recorder of this server. */
import { randomUUID } from 'node:crypto';
import { matcherOf, type RequestSummary } from '../../contract/requests.ts';
import type { RequestPage, RequestRecorder } from '../../observability/request-recorder.ts';
import type { RequestTrace } from '../../observability/trace.ts';
import type { StoreLookup } from '../../tenancy/resolution.ts';
import { type ResolverSettings, resolveRequest } from '../../tenancy/resolve.ts';
import { harText } from './export-har.ts';
import { importEntries } from './import-har.ts';

/** Which requests are wanted; without a limit every one that matches. */
export type WantedRequests = Omit<RequestPage, 'limit'> & { readonly limit: number | null };

/** So many summaries are looked at before others get their turn. */
const CHUNK = 1000;

/** The matching requests as an archive, oldest first, piece by piece. */
export function exportRecorded(
  recorder: RequestRecorder,
  wanted: WantedRequests,
  version: string,
): AsyncGenerator<string> {
  let found = 0;
  let written = 0;
  async function* traces(): AsyncGenerator<RequestTrace> {
    for (const chunk of chunksOf(recorder, wanted, (total) => (found += total))) {
      for (const { sequence } of chunk) {
        const trace = recorder.detail(sequence);
        if (trace === null) continue;
        written += 1;
        yield trace;
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  const comment = () =>
    written === found
      ? 'Secrets are masked.'
      : `Secrets are masked. ${written} of ${found} requests: the details of the others are not kept any more, or they are more than were asked for.`;
  return harText(traces(), version, comment);
}

/**
 * The matching requests, oldest first, a few at a time: all of them are more than is good to have at once.
 * @param count told how many match, as they are found
 */
function* chunksOf(
  recorder: RequestRecorder,
  { limit, ...page }: WantedRequests,
  count: (matching: number) => void,
): Generator<RequestSummary[]> {
  if (limit !== null) {
    const { requests, total } = recorder.list({ ...page, limit });
    count(total);
    yield requests.reverse();
    return;
  }
  const { offset: _offset, upTo = recorder.newest, before = Number.POSITIVE_INFINITY, ...filter } = page;
  const isWanted = matcherOf(filter);
  const last = Math.min(upTo, before - 1);
  // What is recorded meanwhile may push the oldest out.
  for (let next = recorder.oldest; next <= last && next <= recorder.newest; next += CHUNK) {
    next = Math.max(next, recorder.oldest);
    const chunk = recorder.between(next, Math.min(next + CHUNK - 1, last, recorder.newest)) ?? [];
    const wanted = chunk.filter(isWanted);
    count(wanted.length);
    yield wanted;
  }
}

export interface ImportTarget {
  readonly recorder: RequestRecorder;
  readonly directory: StoreLookup;
  readonly resolver: ResolverSettings;
}

/** Adds an archive's entries to the recorded requests. */
export function importRecorded(
  entries: readonly unknown[],
  { recorder, directory, resolver }: ImportTarget,
): Promise<{ imported: number; skipped: { entry: number; reason: string }[] }> {
  const { requests } = recorder.stats();
  const { newest } = recorder;
  const kept = requests === 0 ? [] : (recorder.between(newest - requests + 1, newest) ?? []);
  const known = new Set(kept.map(({ requestId }) => requestId));
  return importEntries(entries, {
    resolve: (trace) => resolveOwn(trace, directory, resolver),
    add(trace) {
      known.add(trace.requestId);
      recorder.add(trace);
    },
    isKnown: (requestId) => known.has(requestId),
    newId: randomUUID,
  });
}

/** What this server makes of a request to one of its names; requests to other sites stay as they are. */
async function resolveOwn(trace: RequestTrace, directory: StoreLookup, settings: ResolverSettings): Promise<void> {
  const { method, scheme, host, path, requestHeaders } = trace;
  const end = path.indexOf('?');
  const pathname = end === -1 ? path : path.slice(0, end);
  const storeHeader = requestHeaders['x-store-id'];
  const found = await resolveRequest({ method, scheme, host, path: pathname, storeHeader }, directory, settings);
  const isOwn = found.hostKind === 'platform' || found.hostKind === 'admin' || found.hostKind === 'subdomain';
  if (!isOwn && !found.store) return;
  const { store } = found;
  trace.outcome = found.outcome;
  trace.mode = found.mode;
  trace.area = found.area;
  trace.ladder = found.ladder;
  trace.cleanPath = found.cleanPath;
  trace.hint = found.hint;
  trace.refusal = found.refusal?.message ?? null;
  trace.store = store ? { id: store.id, code: store.code, name: store.name, color: store.color } : null;
}
