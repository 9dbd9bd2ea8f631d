/** Archives from and to the recorder of this server. */
import { randomUUID } from 'node:crypto';
import type { RequestPage, RequestRecorder } from '../../observability/request-recorder.ts';
import type { RequestTrace } from '../../observability/trace.ts';
import type { StoreLookup } from '../../tenancy/resolution.ts';
import { type ResolverSettings, resolveRequest } from '../../tenancy/resolve.ts';
import { harText } from './export-har.ts';
import { importEntries } from './import-har.ts';

/** As many as an archive that is read here may have. */
export const MAX_ENTRIES = 20_000;

/** The matching requests as an archive, oldest first, piece by piece. */
export function exportRecorded(recorder: RequestRecorder, page: RequestPage, version: string): AsyncGenerator<string> {
  const { requests, total } = recorder.list(page);
  let written = 0;
  function* traces() {
    for (const summary of requests.reverse()) {
      const trace = recorder.at(summary.sequence) ?? recorder.get(summary.requestId);
      if (trace === null || trace === 'dropped') continue;
      written += 1;
      yield trace;
    }
  }
  const comment = () =>
    written === total
      ? 'Secrets are masked.'
      : `Secrets are masked. ${written} of ${total} requests: the details of the others are not kept any more, or they are more than were asked for.`;
  return harText(traces(), version, comment);
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
